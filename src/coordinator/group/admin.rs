//! What admins ask for: DescribeGroups, ListGroups, DeleteGroups.

use super::classic::{ClassicGroup, Member, State};
use super::{GroupRecord, GroupReply, GroupShard};
use crate::base::{Context, EventKind};
use crate::coordinator::runtime::Outcome;
use crate::wire::ErrorCode;
use crate::wire::messages::delete_groups_response::DeletableGroupResult;
use crate::wire::messages::describe_groups_response::{DescribedGroup, DescribedGroupMember};
use crate::wire::messages::list_groups_response::ListedGroup;
use std::fmt::Debug;
use std::sync::Arc;

/// A group's type, as ListGroups v5 has it.
const CLASSIC: &str = "classic";

impl<T: Clone + Debug> GroupShard<T> {
    /// A group that is not there is Dead; GROUP_ID_NOT_FOUND where the version has that (KIP-1043, 6 on).
    pub fn describe_group(&mut self, out: &mut Outcome<Self>, id: &str, not_found_is_error: bool, token: T) {
        let described = self.groups.get(id).map_or_else(|| not_found(id, not_found_is_error), describe);
        out.reply_at_once(token, GroupReply::DescribeGroup(described));
    }

    /// Those in one of the states, and of one of the types, in any case of letters; empty lists: all.
    pub fn list_groups(&mut self, out: &mut Outcome<Self>, states: &[String], types: &[String], token: T) {
        let is_in = |list: &[String], name: &str| list.is_empty() || list.iter().any(|wanted| wanted.eq_ignore_ascii_case(name));
        let groups = self.groups.values().filter(|group| is_in(states, group.state.name()) && is_in(types, CLASSIC));
        let listed = groups.map(|group| ListedGroup {
            group_id: group.id.to_string(),
            protocol_type: group.protocol_type.as_deref().unwrap_or_default().to_owned(),
            group_state: group.state.name().to_owned(),
            group_type: CLASSIC.to_owned(),
            ..Default::default()
        });
        out.reply_at_once(token, GroupReply::ListGroups(Ok(listed.collect())));
    }

    /// Deletes a group without members, and its offsets.
    pub fn delete_group(&mut self, cx: &mut Context<'_>, out: &mut Outcome<Self>, id: &Arc<str>, token: T) {
        let error = match self.groups.get(id).map(|group| group.state) {
            None => ErrorCode::GroupIdNotFound,
            Some(State::PreparingRebalance | State::CompletingRebalance | State::Stable) => ErrorCode::NonEmptyGroup,
            Some(State::Empty) => {
                out.records.extend(self.offsets.tombstones(id));
                out.records.push(GroupRecord::Group { group: id.clone(), value: None });
                cx.trace(EventKind::GroupDeleted { group: id.clone() });
                ErrorCode::None
            }
        };
        let result = DeletableGroupResult { group_id: id.to_string(), error_code: error as i16, ..Default::default() };
        out.reply(token, GroupReply::DeleteGroup(result));
    }
}

fn not_found(id: &str, is_error: bool) -> DescribedGroup {
    let dead = DescribedGroup { group_id: id.to_owned(), group_state: State::DEAD.to_owned(), ..Default::default() };
    if !is_error {
        return dead;
    }
    let (error_code, error_message) = (ErrorCode::GroupIdNotFound as i16, Some(format!("Group {id} not found.")));
    DescribedGroup { error_code, error_message, ..dead }
}

/// The protocol, metadata and assignments are told of stable groups only.
fn describe<T: Clone + Debug>(group: &ClassicGroup<T>) -> DescribedGroup {
    let protocol = group.protocol.as_deref().filter(|_| group.state == State::Stable);
    let member = |member: &Member<T>| DescribedGroupMember {
        member_id: member.id.to_string(),
        group_instance_id: member.instance_id.as_deref().map(str::to_owned),
        client_id: member.client_id.to_string(),
        client_host: member.client_host.to_string(),
        member_metadata: protocol.map(|protocol| member.metadata(protocol)).unwrap_or_default(),
        member_assignment: protocol.map(|_| member.assignment.clone()).unwrap_or_default(),
        ..Default::default()
    };
    DescribedGroup {
        group_id: group.id.to_string(),
        group_state: group.state.name().to_owned(),
        protocol_type: group.protocol_type.as_deref().unwrap_or_default().to_owned(),
        protocol_data: protocol.unwrap_or_default().to_owned(),
        members: group.members.values().map(member).collect(),
        ..Default::default()
    }
}
