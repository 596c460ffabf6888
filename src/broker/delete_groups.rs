//! DeleteGroups 0-2: groups without members are deleted, and what they have committed (KIP-229). A group that is named twice is answered
//! once.

use super::Broker;
use super::connections::{Answer, RequestContext};
use super::coordinators::Gathered;
use crate::base::Context;
use crate::coordinator::group::GroupReply;
use crate::wire::messages::delete_groups_response::DeletableGroupResult;
use crate::wire::messages::{DeleteGroupsRequest, DeleteGroupsResponse};

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: DeleteGroupsRequest) -> Answer {
    let mut groups: Vec<String> = Vec::new();
    for group in body.groups_names {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    let refusal = |group: &str| GroupReply::DeleteGroup(DeletableGroupResult { group_id: group.to_owned(), ..Default::default() });
    broker.coordinate_each(cx, request, Gathered::DeleteGroups, &groups, refusal, |index, shard, cx, out, waiter| {
        if let Some(group) = groups.get(index) {
            shard.delete_group(cx, out, &group.as_str().into(), waiter);
        }
    })
}

pub(super) fn answer(request: &RequestContext, parts: Vec<GroupReply>) -> Answer {
    let mut response = DeleteGroupsResponse::default();
    for part in parts {
        if let GroupReply::DeleteGroup(result) = part {
            response.results.push(result);
        }
    }
    request.reply(&mut response)
}
