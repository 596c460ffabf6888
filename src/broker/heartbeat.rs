//! Heartbeat 0-4: a member of a classic group is alive, and hears whether it has to join again.
//!
//! - v3: static members (KIP-345).

use super::Broker;
use super::connections::{Answer, RequestContext};
use crate::base::Context;
use crate::coordinator::group::GroupReply;
use crate::coordinator::group::classic::Heartbeat;
use crate::wire::messages::{HeartbeatRequest, HeartbeatResponse};

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: HeartbeatRequest) -> Answer {
    let group = body.group_id.clone();
    let refusal = GroupReply::Heartbeat(HeartbeatResponse::default());
    broker.coordinate_named(cx, request, &group, refusal, |shard, cx, out, token| {
        shard.heartbeat(cx, out, Heartbeat { request: body, token });
    })
}
