//! DescribeGroups 0-6: classic groups, with their members, what those said and what they were given.
//!
//! - A group that is not there is Dead; in v6 that is GROUP_ID_NOT_FOUND, with a message (KIP-1043).
//! - v3: what the asking client may do with the group (KIP-430): without an authorizer, everything. v4: static members (KIP-345).

use super::Broker;
use super::connections::{Answer, RequestContext};
use super::coordinators::Gathered;
use crate::base::Context;
use crate::coordinator::group::GroupReply;
use crate::wire::ErrorCode;
use crate::wire::messages::describe_groups_response::DescribedGroup;
use crate::wire::messages::{DescribeGroupsRequest, DescribeGroupsResponse};

/// Read, Delete, Describe, DescribeConfigs, AlterConfigs: a bit each (`AclEntry.supportedOperations` of groups).
const ALL_OPERATIONS: i32 = 1 << 3 | 1 << 6 | 1 << 8 | 1 << 10 | 1 << 11;

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: DescribeGroupsRequest) -> Answer {
    let refusal = |group: &str| GroupReply::DescribeGroup(DescribedGroup { group_id: group.to_owned(), ..Default::default() });
    let what = Gathered::DescribeGroups { with_operations: body.include_authorized_operations };
    let not_found_is_error = request.version >= 6;
    broker.coordinate_each(cx, request, what, &body.groups, refusal, |index, shard, _, out, waiter| {
        if let Some(group) = body.groups.get(index) {
            shard.describe_group(out, group, not_found_is_error, waiter);
        }
    })
}

pub(super) fn answer(request: &RequestContext, with_operations: bool, parts: Vec<GroupReply>) -> Answer {
    let mut groups = Vec::with_capacity(parts.len());
    for part in parts {
        let GroupReply::DescribeGroup(mut group) = part else { continue };
        if with_operations && group.error_code == ErrorCode::None as i16 {
            group.authorized_operations = ALL_OPERATIONS;
        }
        groups.push(group);
    }
    request.reply(&mut DescribeGroupsResponse { groups, ..Default::default() })
}
