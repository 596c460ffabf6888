//! LeaveGroup 0-5: members leave a classic group, or an admin takes them out.
//!
//! - Below v3 one member, whose error is the response's. v3: several, and static members by their instance id alone (KIP-345).
//! - v5: a reason each (KIP-800).

use super::Broker;
use super::connections::{Answer, RequestContext};
use crate::base::Context;
use crate::coordinator::group::GroupReply;
use crate::coordinator::group::classic::LeaveGroup;
use crate::wire::messages::leave_group_request::MemberIdentity;
use crate::wire::messages::{LeaveGroupRequest, LeaveGroupResponse};

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, mut body: LeaveGroupRequest) -> Answer {
    if request.version < 3 {
        body.members = vec![MemberIdentity { member_id: body.member_id.clone(), ..Default::default() }];
    }
    let group = body.group_id.clone();
    let refusal = GroupReply::LeaveGroup(LeaveGroupResponse::default());
    broker.coordinate_named(cx, request, &group, refusal, |shard, cx, out, token| {
        shard.leave_group(cx, out, LeaveGroup { request: body, token });
    })
}

pub(super) fn answer(request: &RequestContext, mut response: LeaveGroupResponse) -> Answer {
    if request.version < 3
        && let Some(member) = response.members.pop()
    {
        response.error_code = member.error_code;
    }
    request.reply(&mut response)
}
