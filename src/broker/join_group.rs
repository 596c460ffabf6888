//! JoinGroup 0-9: a member asks to be part of a classic group's next generation.
//!
//! - v0 has no rebalance timeout: the session timeout counts.
//! - v4: a new member is told its id first, and joins with that (KIP-394). v5: static members (KIP-345).
//! - v7: the protocol's type and name may be null in errors (KIP-559). v8: a reason (KIP-800). v9: the leader may be told to skip the
//!   assignment (KIP-814).

use super::Broker;
use super::connections::{Answer, RequestContext};
use super::coordinators::finish;
use crate::base::Context;
use crate::coordinator::group::GroupReply;
use crate::coordinator::group::classic::{Caller, JoinGroup, validate_join};
use crate::wire::messages::{JoinGroupRequest, JoinGroupResponse};

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, mut body: JoinGroupRequest) -> Answer {
    if request.version == 0 {
        body.rebalance_timeout_ms = body.session_timeout_ms;
    }
    if let Err(error) = validate_join(&body, broker.groups.config()) {
        return finish(request, GroupReply::join_error(error, body.member_id));
    }
    let refusal = GroupReply::JoinGroup(JoinGroupResponse::default());
    let group = body.group_id.clone();
    broker.coordinate(cx, request, &group, refusal, |shard, cx, out, token| {
        let join = JoinGroup {
            request: body,
            caller: Caller { client_id: request.client_id.clone().unwrap_or_default(), host: format!("/{}", request.host).into() },
            requires_member_id: request.version >= 4,
            can_skip_assignment: request.version >= 9,
            token,
        };
        shard.join_group(cx, out, join);
    })
}

/// Before v7 the protocol's name cannot be null.
pub(super) fn answer(request: &RequestContext, mut response: JoinGroupResponse) -> Answer {
    if request.version < 7 {
        response.protocol_name.get_or_insert_default();
    }
    request.reply(&mut response)
}
