//! What a classic group writes, and how it is read back.

use super::group::ClassicGroup;
use super::{Member, Protocol, State};
use crate::base::GenerationId;
use crate::coordinator::group::GroupRecord;
use crate::wire::messages::GroupMetadataValue;
use crate::wire::messages::group_metadata_value::MemberMetadata;
use bytes::Bytes;
use std::fmt::Debug;
use std::sync::Arc;

impl<T: Clone + Debug> ClassicGroup<T> {
    /// What is written before a group's first member joins.
    pub(in crate::coordinator::group) fn new_record(group: Arc<str>, now_ms: i64) -> GroupRecord {
        GroupRecord::Group { group, value: Some(GroupMetadataValue { current_state_timestamp: now_ms, ..Default::default() }) }
    }

    /// The group as it is.
    pub(super) fn record(&self) -> GroupRecord {
        self.record_with(|member| member.assignment.clone())
    }

    /// The group, with these assignments.
    pub(super) fn record_with(&self, assignment: impl Fn(&Member<T>) -> Bytes) -> GroupRecord {
        let protocol = self.protocol.as_deref();
        let member = |member: &Member<T>| MemberMetadata {
            member_id: member.id.to_string(),
            group_instance_id: member.instance_id.as_deref().map(str::to_owned),
            client_id: member.client_id.to_string(),
            client_host: member.client_host.to_string(),
            rebalance_timeout: member.rebalance_timeout_ms,
            session_timeout: member.session_timeout_ms,
            subscription: protocol.map(|protocol| member.metadata(protocol)).unwrap_or_default(),
            assignment: assignment(member),
            ..Default::default()
        };
        let value = GroupMetadataValue {
            protocol_type: self.protocol_type.as_deref().unwrap_or_default().to_owned(),
            generation: self.generation.0,
            protocol: protocol.map(str::to_owned),
            leader: self.leader.as_deref().map(str::to_owned),
            current_state_timestamp: self.state_since_ms.unwrap_or(-1),
            members: self.members.values().map(member).collect(),
            ..Default::default()
        };
        GroupRecord::Group { group: self.id.clone(), value: Some(value) }
    }

    /// The group as a record has it: Stable if it has members.
    pub(in crate::coordinator::group) fn from_record(id: Arc<str>, value: &GroupMetadataValue) -> Self {
        let mut group = Self::empty(id, (value.current_state_timestamp != -1).then_some(value.current_state_timestamp));
        group.generation = GenerationId(value.generation);
        group.protocol_type = (!value.protocol_type.is_empty()).then(|| value.protocol_type.as_str().into());
        group.protocol = value.protocol.as_deref().map(Arc::from);
        group.leader = value.leader.as_deref().map(Arc::from);
        for member in value.members.iter().map(|member| from_metadata(member, value.protocol.as_deref())) {
            group.state = State::Stable;
            group.add(member, &value.protocol_type);
        }
        group.compute_subscribed_topics();
        group
    }

    /// Whether the record is of this generation and these members, some of which may have come back under another id.
    pub(in crate::coordinator::group) fn is_of(&self, value: &GroupMetadataValue) -> bool {
        self.generation.0 == value.generation
            && self.members.len() == value.members.len()
            && value.members.iter().all(|member| self.known_as(member).is_some())
    }

    /// Takes over what the record says of this generation's members. What is not written (their other protocols, who waits) stays.
    pub(in crate::coordinator::group) fn adopt(&mut self, value: &GroupMetadataValue) {
        for metadata in &value.members {
            let Some(mut member) = self.known_as(metadata).and_then(|id| self.members.remove(&id)) else { continue };
            member.id = metadata.member_id.as_str().into();
            member.assignment = metadata.assignment.clone();
            member.rebalance_timeout_ms = rebalance_timeout_ms(metadata);
            member.session_timeout_ms = metadata.session_timeout;
            if let Some(protocol) = member.protocols.iter_mut().find(|own| Some(&*own.name) == value.protocol.as_deref()) {
                protocol.metadata = metadata.subscription.clone();
            }
            if let Some(instance) = &member.instance_id {
                self.static_members.insert(instance.clone(), member.id.clone());
            }
            self.members.insert(member.id.clone(), member);
        }
        self.leader = value.leader.as_deref().map(Arc::from);
        if !self.members.is_empty() {
            self.state = State::Stable;
        }
        self.state_since_ms = (value.current_state_timestamp != -1).then_some(value.current_state_timestamp);
        self.compute_subscribed_topics();
    }

    /// The id under which the group knows a record's member so far.
    fn known_as(&self, metadata: &MemberMetadata) -> Option<Arc<str>> {
        let by_id = self.members.get_key_value(metadata.member_id.as_str()).map(|(id, _)| id);
        let by_instance = || metadata.group_instance_id.as_deref().and_then(|instance| self.static_members.get(instance));
        by_id.or_else(by_instance).cloned()
    }
}

fn from_metadata<T>(metadata: &MemberMetadata, protocol: Option<&str>) -> Member<T> {
    let protocol = Protocol { name: protocol.unwrap_or_default().into(), metadata: metadata.subscription.clone() };
    Member {
        id: metadata.member_id.as_str().into(),
        instance_id: metadata.group_instance_id.as_deref().map(Arc::from),
        client_id: metadata.client_id.as_str().into(),
        client_host: metadata.client_host.as_str().into(),
        rebalance_timeout_ms: rebalance_timeout_ms(metadata),
        session_timeout_ms: metadata.session_timeout,
        protocols: vec![protocol],
        assignment: metadata.assignment.clone(),
        is_new: false,
        awaiting_join: None,
        awaiting_sync: None,
    }
}

/// Versions below 1 of the record have none: the session timeout counts.
fn rebalance_timeout_ms(metadata: &MemberMetadata) -> i32 {
    if metadata.rebalance_timeout == -1 { metadata.session_timeout } else { metadata.rebalance_timeout }
}
