//! Commands that the admin client carries out: each is a request, and the cluster's answer is its outcome.

use super::command::{Command, ConfigOf};
use super::execute::Done;
use super::outcome::Refusal;
use super::session::Session;
use crate::base::SortedMap;
use crate::base::{NodeId, Offset, TopicPartition};
use crate::client::admin::{Operation, Resource};

/// `DeleteRecordsRequest.HIGH_WATERMARK`: up to what is committed.
const EVERYTHING: Offset = Offset(-1);

impl Session {
    /// Asks the cluster for what such a command wants.
    pub(super) fn administer(&mut self, command: Command) -> Result<Done, Refusal> {
        let what = command.to_string();
        match command {
            Command::ElectLeader { topic, partition, unclean } => {
                let partition = TopicPartition::new(topic, partition);
                let done = format!("Held an election for {partition}.");
                self.ask(&what, done, "partition", Operation::ElectLeader { partition, unclean })
            }
            Command::Reassign { topic, partition, replicas } => {
                let partition = TopicPartition::new(topic, partition);
                let replicas = Some(replicas.into_iter().map(NodeId).collect());
                let done = format!("{partition} is being reassigned.");
                self.ask(&what, done, "replicas", Operation::Reassign { partition, replicas })
            }
            Command::CancelReassignment { topic, partition } => {
                let partition = TopicPartition::new(topic, partition);
                let done = format!("Cancelled the reassignment of {partition}.");
                self.ask(&what, done, "partition", Operation::Reassign { partition, replicas: None })
            }
            Command::DeleteRecords { topic, partition, before } => {
                if let Some(before) = before.filter(|before| *before < 0) {
                    return Err(Refusal::new("before", format!("{before} is no offset: the first is 0.")));
                }
                let partition = TopicPartition::new(topic, partition);
                let done = match before {
                    Some(before) => format!("{partition} begins at {before}."),
                    None => format!("Deleted all records of {partition}."),
                };
                let before = before.map_or(EVERYTHING, Offset);
                self.ask(&what, done, "before", Operation::DeleteRecords { partition, before })
            }
            Command::AlterConfig { of, name, key, value } => {
                let resource = self.resource(of, &name)?;
                let done = match &value {
                    Some(value) => format!("{key} is {value}."),
                    None => format!("{key} is the default again."),
                };
                self.ask(&what, done, "value", Operation::AlterConfigs { resource, configs: SortedMap::from([(key, value)]) })
            }
            other => Err(Refusal::new("do", format!("'{other}' is nothing that an admin client does."))),
        }
    }

    fn resource(&self, of: ConfigOf, name: &str) -> Result<Resource, Refusal> {
        match of {
            ConfigOf::Topic => Ok(Resource::Topic(name.to_owned())),
            ConfigOf::Group => Ok(Resource::Group(name.to_owned())),
            ConfigOf::Brokers => Ok(Resource::Brokers),
            ConfigOf::Broker => {
                let id = name.parse().map_err(|_| Refusal::new("name", format!("Node id must be an integer, but it is: {name}")))?;
                let node = self.simulation().node(NodeId(id))?;
                Ok(Resource::Broker(node.id))
            }
        }
    }
}
