//! The wire: exchanges (a request and its response) between all parties, and one of them field by field.
//!
//! The simulation keeps the last frames, bounded in number and bytes; what came before is forgotten, and answers say from where on they
//! know. Frames are decoded here, when they are looked at, with the descriptions that brokers and clients read with.

mod batches;
mod brought;
mod exchange;
mod fields;
mod filter;
mod meaning;
mod values;

pub(super) use brought::look as brought;
pub use exchange::{Exchange, ExchangeState, Fault};
pub use fields::{FieldView, FrameView, LayerView, RecordAt};
pub use filter::Filter;

use super::Answer;
use super::peers::Known;
use crate::playground::Session;
use crate::simulation::Frame;
use crate::wire::ApiKey;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How many exchanges an answer has at most.
pub const EXCHANGES_MAX: usize = 400;
/// Of how many exchanges without an answer one may ask again at a time.
pub const OPEN_MAX: usize = 400;
/// How many bytes of a frame, or of what was inflated, an answer shows.
pub const SHOWN_BYTES_MAX: usize = 64 << 10;

/// Which exchanges are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WireQuery {
    /// See [`Filter::read`]; empty: all.
    pub filter: String,
    /// Only those whose request is newer than this frame.
    pub after: u64,
    /// Those that were known before and not over: they are told again, as far as the filter lets them through.
    pub open: Vec<u64>,
    /// How many at most; the newest come first.
    pub max: u32,
}

/// Exchanges, newest first, and what is known of the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WireList {
    pub exchanges: Vec<Exchange>,
    /// Older ones were left out, because there were more than asked for.
    pub more: bool,
    /// The newest frame's number: what to ask after next.
    pub last: u64,
    /// The oldest frame's that is known; none is older in any answer.
    pub first: u64,
    /// Of all frames that are kept.
    pub bytes: u64,
    /// What is wrong with the filter; then nothing was looked for.
    pub wrong: Option<String>,
}

/// One exchange with its frames.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExchangeDetail {
    pub exchange: Exchange,
    pub request: FrameView,
    pub response: Option<FrameView>,
}

const NOT_KEPT: &str = "No frames are kept of this cluster.";

pub(super) fn list(session: &Session, query: &WireQuery) -> Answer {
    let frames = session.simulation().frames();
    if !frames.are_kept() {
        return Answer::absent(NOT_KEPT);
    }
    let mut list = WireList { last: frames.last(), first: frames.first(), bytes: frames.bytes() as u64, ..WireList::default() };
    let filter = match Filter::read(&query.filter) {
        Ok(filter) => filter,
        Err(wrong) => {
            list.wrong = Some(wrong);
            return Answer::Wire(Box::new(list));
        }
    };
    let known = Known::of(session);
    let max = usize::try_from(query.max).unwrap_or(usize::MAX).min(EXCHANGES_MAX);
    let seen = |request: &Frame| {
        let response = request.other.and_then(|number| frames.get(number));
        let exchange = Exchange::of(&known, request, response);
        filter.lets(&exchange, request, response).then_some(exchange)
    };
    for request in frames.since(query.after).rev().filter(|frame| frame.is_request()) {
        if list.exchanges.len() >= max {
            list.more = true;
            break;
        }
        list.exchanges.extend(seen(request));
    }
    let open = query.open.iter().take(OPEN_MAX).filter(|number| **number <= query.after).filter_map(|number| frames.get(*number));
    list.exchanges.extend(open.filter_map(seen));
    Answer::Wire(Box::new(list))
}

/// By the number of either of its frames.
pub(super) fn detail(session: &Session, number: u64) -> Answer {
    let frames = session.simulation().frames();
    if !frames.are_kept() {
        return Answer::absent(NOT_KEPT);
    }
    let asked = frames.get(number);
    let request = match asked {
        Some(frame) if frame.is_request() => asked,
        Some(response) => response.other.and_then(|number| frames.get(number)),
        None => None,
    };
    let Some(request) = request else {
        return Answer::absent("This frame is not kept any more, or not sent yet at this moment.");
    };
    let response = request.other.and_then(|number| frames.get(number));
    let known = Known::of(session);
    let exchange = Exchange::of(&known, request, response);
    let (api, version) = (exchange.key(), exchange.version);
    let batches = match response {
        _ if api != Some(ApiKey::Produce) => Vec::new(),
        Some(response) => batches::told(&known, response, version),
        None => batches::found(session, &known, request),
    };
    let mut request = fields::request(&known, request);
    fields::place_records(&mut request, &batches);
    let response = response.map(|response| fields::response(&known, api, version, response));
    Answer::Exchange(Arc::new(ExchangeDetail { exchange, request, response }))
}
