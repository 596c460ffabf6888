//! SyncGroup 0-5: a classic group's leader says who gets what, and the members hear it.
//!
//! - v3: static members (KIP-345). v5: the protocol's type and name must be there and be the group's (KIP-559).

use super::Broker;
use super::connections::{Answer, RequestContext};
use crate::base::Context;
use crate::coordinator::group::GroupReply;
use crate::coordinator::group::classic::SyncGroup;
use crate::wire::ErrorCode;
use crate::wire::messages::{SyncGroupRequest, SyncGroupResponse};

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: SyncGroupRequest) -> Answer {
    if request.version >= 5 && (body.protocol_type.is_none() || body.protocol_name.is_none()) {
        let code = ErrorCode::InconsistentGroupProtocol as i16;
        return request.reply(&mut SyncGroupResponse { error_code: code, ..Default::default() });
    }
    let group = body.group_id.clone();
    let refusal = GroupReply::SyncGroup(SyncGroupResponse::default());
    broker.coordinate_named(cx, request, &group, refusal, |shard, cx, out, token| {
        shard.sync_group(cx, out, SyncGroup { request: body, token });
    })
}
