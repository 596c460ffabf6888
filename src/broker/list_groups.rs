//! ListGroups 0-5: the groups that this broker coordinates.
//!
//! - v4: only those in certain states (KIP-518). v5: only those of certain types (KIP-848). Upper and lower case are the same; a state or
//!   type that does not exist is that of no group.

use super::Broker;
use super::connections::{Answer, RequestContext};
use super::coordinators::Gathered;
use crate::base::Context;
use crate::coordinator::group::GroupReply;
use crate::wire::ErrorCode;
use crate::wire::messages::{ListGroupsRequest, ListGroupsResponse};

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: ListGroupsRequest) -> Answer {
    let refusal = GroupReply::ListGroups(Ok(Vec::new()));
    broker.coordinate_all(cx, request, Gathered::ListGroups, &refusal, |shard, out, waiter| {
        shard.list_groups(out, &body.states_filter, &body.types_filter, waiter);
    })
}

/// Partitions that went to another broker meanwhile are that one's to list; any other error is the response's.
pub(super) fn answer(request: &RequestContext, parts: Vec<GroupReply>) -> Answer {
    let mut response = ListGroupsResponse::default();
    for part in parts {
        match part {
            GroupReply::ListGroups(Ok(groups)) => response.groups.extend(groups),
            GroupReply::ListGroups(Err(ErrorCode::NotCoordinator)) => {}
            GroupReply::ListGroups(Err(error)) => {
                return request.reply(&mut ListGroupsResponse { error_code: error as i16, ..Default::default() });
            }
            _ => {}
        }
    }
    request.reply(&mut response)
}
