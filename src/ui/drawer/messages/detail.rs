//! One record, whole: what it says, where it is from, and what can be done with it.

use super::Form;
use super::rows::{key_mark, line, size, time};
use crate::playground::Command;
use crate::ui::ask::use_answer;
use crate::ui::catalogue::{common, inspector, messages as say, scene};
use crate::ui::desk::{Desk, outcome, use_desk};
use crate::ui::draft::Draft;
use crate::ui::icons::{Icon, icon};
use crate::ui::menus::MenuAct;
use crate::ui::panels::problem;
use crate::ui::share;
use crate::ui::state::{Act, Place, State};
use crate::view::query::records::{Decoding, FoundRecord, From, Payload, RecordsAsk};
use crate::view::{Answer, Outcome, OutcomeState, PartitionView, Query, RecordKind, Unsettled, View};
use std::rc::Rc;
use std::sync::Arc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// How much of a value is shown before all of it is asked for, in bytes.
const SHOWN_BYTES: u32 = 32_768;

#[derive(Properties, PartialEq)]
pub struct RecordPageProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
    pub topic: Arc<str>,
    pub partition: i32,
    pub offset: i64,
    /// What stands below the page. It is given where the record stands, as soon as that is known.
    pub facts: Callback<Option<Standing>, Html>,
}

/// What decides which readers are told of a record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub kind: RecordKind,
    pub transaction: Option<Unsettled>,
}

/// The question for one record.
fn question(topic: &Arc<str>, partition: i32, offset: i64, bytes_max: u32) -> Query {
    let (topic, filter) = (Arc::clone(topic), format!("offset = {offset}"));
    let look = RecordsAsk { topic, partition: Some(partition), from: From::Offset(offset), filter, cursor: None, limit: 1, bytes_max };
    Query::Records { look }
}

fn only(answer: &Answer) -> Option<&FoundRecord> {
    match answer {
        Answer::Records { records } => records.found.first(),
        _ => None,
    }
}

/// What the inspector shows of a record: beyond its facts, what only the log knows of it.
#[component]
pub fn RecordPage(props: &RecordPageProps) -> Html {
    let RecordPageProps { view, state, topic, partition, offset, facts } = props;
    let desk = use_desk();
    let whole = use_state(|| false);
    let part = view.topics.iter().find(|t| t.name == *topic).and_then(|t| t.partitions.get(usize::try_from(*partition).ok()?));
    // What was asked before it was committed, or removed, or before its transaction was ended, is old.
    let told = |part: &Arc<PartitionView>| {
        let below = [part.high_watermark, part.log_start, part.last_stable].map(|end| u64::from(*offset < end));
        1 + below[0] + 2 * below[1] + 4 * below[2]
    };
    let fresh = part.map_or(0, told);
    let bytes_max = if *whole { u32::MAX } else { SHOWN_BYTES };
    let answer = use_answer(Some(question(topic, *partition, *offset, bytes_max)), fresh);
    let Some(answer) = answer else { return facts.emit(None) };
    // The answer before stands until this one is there.
    let Some(record) = only(&answer).filter(|record| (record.partition, record.offset) == (*partition, *offset)) else {
        return html! { <><p class="pt-dim" role="status">{ say::GONE }</p>{ facts.emit(None) }</> };
    };
    let decoding = state.messages.decoding;
    let cut = record.value.as_ref().filter(|value| value.is_cut()).map(|value| say::cut(value.bytes.len(), value.len));
    let show_as = {
        let (desk, form) = (desk.clone(), state.messages.clone());
        move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            let decoding = DECODINGS.iter().find(|(_, name, _)| *name == value).map_or(Decoding::Auto, |(decoding, ..)| *decoding);
            desk.act(Act::Messages(Form { decoding, ..form.clone() }));
        }
    };
    html! {
        <>
            <div class="pt-record">
                <div class="pt-record__head"><h3>{ say::VALUE }</h3>
                    <span class="pt-select"><select class="pt-field" aria-label={say::DECODING} onchange={show_as}>
                        { for DECODINGS.map(|(it, value, text)| html! { <option {value} selected={it == decoding}>{ text }</option> }) }
                    </select>{ icon(Icon::Down) }</span>
                </div>
                { page(record.shown_value(decoding), decoding, say::NO_VALUE) }
                if let Some(cut) = cut { <p class="pt-dim">{ cut }{ " " }<button type="button" class="pt-link" onclick={move |_: MouseEvent| whole.set(true)}>{ say::WHOLE }</button></p> }
                <dl class="pt-facts">
                    <dt>{ say::COLUMN_KEY }</dt><dd>{ key_mark(record.shown_key(decoding), decoding, record, &view.keys) }</dd>
                    { for record.headers.iter().map(|(name, value)| html! {
                        <><dt><bdi>{ &**name }</bdi></dt><dd class="m">{ line(value.as_ref(), decoding, common::NULL) }</dd></>
                    }) }
                    <dt>{ say::WRITTEN }</dt><dd class="m">{ written(record, view.epoch_ms) }</dd>
                    if record.kind != RecordKind::Data { <><dt>{ inspector::KIND }</dt><dd>{ kind(record) }</dd></> }
                    if let Some(fate) = record.transaction { <><dt>{ inspector::TRANSACTION }</dt><dd>{ say::transaction(fate) }</dd></> }
                    <dt>{ inspector::EPOCH }</dt><dd class="m">{ record.leader_epoch }</dd>
                    <dt>{ inspector::SIZE }</dt><dd class="m">{ inspector::bytes(size(record)) }</dd>
                    <dt>{ say::BATCH }</dt><dd class="m">{ say::batch(record.batch_offset, record.batch_records, &record.compression) }</dd>
                    if record.producer_id >= 0 {
                        <dt>{ say::PRODUCER }</dt><dd class="m">{ say::producer(record.producer_id, record.producer_epoch, record.sequence) }</dd>
                    }
                </dl>
                if view.frames.is_some() { <Brought topic={Arc::clone(topic)} {partition} base={record.batch_offset}/> }
                <Acts topic={Arc::clone(topic)} {partition} {offset} topics={view.topics.iter().filter(|t| !t.internal).map(|t| Arc::clone(&t.name)).collect::<Vec<_>>()}
                    draft={state.draft.clone()} outcome={outcome(view, state, &Place::Replay)}/>
            </div>
            { facts.emit(Some(Standing { kind: record.kind, transaction: record.transaction })) }
        </>
    }
}

fn kind(record: &FoundRecord) -> &'static str {
    match record.kind {
        RecordKind::Data => "",
        RecordKind::Tombstone => inspector::TOMBSTONE,
        RecordKind::Control => inspector::CONTROL,
        RecordKind::Commit => scene::COMMIT,
        RecordKind::Abort => scene::ABORT,
    }
}

#[derive(Properties, PartialEq)]
struct BroughtProps {
    topic: Arc<str>,
    partition: i32,
    /// The first offset of its batch.
    base: i64,
}

/// The way to the frame that brought it.
#[component]
fn Brought(props: &BroughtProps) -> Html {
    let desk = use_desk();
    let BroughtProps { topic, partition, base } = props;
    let answer = use_answer(Some(Query::Brought { topic: Arc::clone(topic), partition: *partition, base: *base }), 0);
    let Some(Answer::Brought { exchange }) = answer.as_deref() else { return Html::default() };
    let Some(exchange) = exchange else { return html! { <p class="pt-dim">{ say::NO_FRAME }</p> } };
    let frame = exchange.id;
    html! {
        <p>{ say::BROUGHT_BY }{ " " }<button type="button" class="pt-plain pt-goes" onclick={move |_: MouseEvent| desk.run(MenuAct::Frame(frame))}>
            { say::frame_of(&exchange.api, &exchange.from.name, frame) }</button></p>
    }
}

pub const DECODINGS: [(Decoding, &str, &str); 4] = [
    (Decoding::Auto, "auto", say::AUTO),
    (Decoding::Text, "text", say::TEXT),
    (Decoding::Json, "json", say::JSON),
    (Decoding::Hex, "hex", say::HEX),
];

fn page(payload: Option<&Payload>, decoding: Decoding, none: &'static str) -> Html {
    let Some(payload) = payload else { return html! { <p class="pt-dim">{ none }</p> } };
    if payload.len == 0 {
        return html! { <p class="pt-dim">{ say::EMPTY_VALUE }</p> };
    }
    let (shown, text) = payload.page(decoding);
    html! { <pre class="pt-value-page" dir={(shown == Decoding::Hex).then_some("ltr")}><bdi>{ text }</bdi></pre> }
}

/// The session's clock, the world's, and who set it.
fn written(record: &FoundRecord, epoch_ms: i64) -> String {
    let clock = if record.log_append_time { say::BY_BROKER } else { say::BY_PRODUCER };
    let date = js_sys::Date::new(&(record.timestamp_ms as f64).into());
    let date = if date.get_time().is_nan() { String::new() } else { String::from(date.to_iso_string()) };
    format!("{}, {date}, {clock}", time(record.timestamp_ms, epoch_ms))
}

/// What is done with a record.
type Deed = Rc<dyn Fn(&Desk, &FoundRecord)>;

#[derive(Properties, PartialEq)]
struct ActsProps {
    topic: Arc<str>,
    partition: i32,
    offset: i64,
    topics: Vec<Arc<str>>,
    /// The form for publishing, as it is filled in.
    draft: Draft,
    outcome: Option<Arc<Outcome>>,
}

#[component]
fn Acts(props: &ActsProps) -> Html {
    let desk = use_desk();
    let to = use_state(|| None::<Arc<str>>);
    let copied = use_state(|| None::<bool>);
    // What became of another record's replay is not said of this one.
    let sent = use_state(|| false);
    let target = (*to).clone().filter(|to| props.topics.contains(to)).unwrap_or_else(|| Arc::clone(&props.topic));
    // What is done is done with all of the record, however little of it shows.
    let with_all = |act: Deed| {
        let desk = desk.clone();
        let query = question(&props.topic, props.partition, props.offset, u32::MAX);
        move |_: MouseEvent| {
            let (desk, act, query) = (desk.clone(), Rc::clone(&act), query.clone());
            let teller = desk.clone();
            desk.ask(
                query,
                Callback::from(move |answer: Answer| {
                    if let Some(record) = only(&answer) {
                        act(&teller, record)
                    }
                }),
            );
        }
    };
    let replay = {
        let (target, sent) = (target.to_string(), sent.clone());
        with_all(Rc::new(move |desk, record| {
            sent.set(true);
            desk.send(Place::Replay, publish(&target, record));
        }))
    };
    let edit = {
        let (topic, before) = (Arc::clone(&props.topic), props.draft.clone());
        with_all(Rc::new(move |desk, record| {
            desk.act(Act::Draft(draft(&before, record)));
            desk.publish(Some((Arc::clone(&topic), None)));
        }))
    };
    let copy = {
        let copied = copied.clone();
        with_all(Rc::new(move |_, record| {
            let text = record.value.as_ref().map(|value| value.text().map_or_else(|| value.page(Decoding::Hex).1, str::to_owned));
            let copied = copied.clone();
            share::copy(&text.unwrap_or_default(), Callback::from(move |done| copied.set(Some(done))));
        }))
    };
    let choose = move |event: Event| to.set(Some(event.target_unchecked_into::<HtmlSelectElement>().value().into()));
    html! {
        <div class="pt-record__acts">
            <button type="button" class="pt-btn pt-btn--edge" onclick={replay}>{ say::REPLAY }</button>
            <span class="pt-select"><select class="pt-field" aria-label={say::REPLAY_TO} onchange={choose}>
                { for props.topics.iter().map(|topic| html! { <option value={topic.to_string()} selected={*topic == target}>{ &**topic }</option> }) }
            </select>{ icon(Icon::Down) }</span>
            <button type="button" class="pt-btn pt-btn--edge" onclick={edit}>{ say::EDIT }</button>
            <button type="button" class="pt-btn pt-btn--edge" onclick={copy}>{ say::COPY_VALUE }</button>
            { replayed(props.outcome.as_deref().filter(|_| *sent)) }
            if let Some(copied) = *copied { <span role="status">{ if copied { say::COPIED } else { say::NOT_COPIED } }</span> }
        </div>
    }
}

/// What became of a replay.
fn replayed(outcome: Option<&Outcome>) -> Html {
    match outcome.map(|outcome| &outcome.state) {
        None => Html::default(),
        Some(OutcomeState::Pending) => html! { <span role="status">{ say::ON_ITS_WAY }</span> },
        Some(OutcomeState::Done { text, partition, offset, .. }) => {
            html! { <span role="status">{ say::replayed(text, partition.unwrap_or_default(), *offset) }</span> }
        }
        Some(OutcomeState::Failed { .. }) => outcome.map_or_else(Html::default, problem),
    }
}

/// The record once more, byte for byte.
fn publish(topic: &str, record: &FoundRecord) -> Command {
    let payloads = [&record.key, &record.value].into_iter().chain(record.headers.iter().map(|(_, value)| value)).flatten();
    let base64 = payloads.into_iter().any(|payload| payload.text().is_none());
    let written = |payload: &Payload| match payload.text() {
        Some(text) if !base64 => text.to_owned(),
        _ => payload.base64(),
    };
    let header = |(name, value): &(Arc<str>, Option<Payload>)| (name.to_string(), value.as_ref().map(&written));
    Command::Publish {
        producer: None,
        topic: topic.to_owned(),
        key: record.key.as_ref().map(&written),
        value: record.value.as_ref().map(&written),
        headers: record.headers.iter().map(header).collect(),
        partition: None,
        base64,
    }
}

/// The record in the form for publishing; what is no text is shown in hex.
fn draft(before: &Draft, record: &FoundRecord) -> Draft {
    let text = |payload: &Payload| payload.text().map_or_else(|| payload.line(Decoding::Hex), str::to_owned);
    let header = |(name, value): &(Arc<str>, Option<Payload>)| (name.to_string(), value.as_ref().map(text));
    Draft {
        key: record.key.as_ref().map(text).unwrap_or_default(),
        keyless: record.key.is_none(),
        value: record.value.as_ref().map(text).unwrap_or_default(),
        tombstone: record.value.is_none(),
        headers: record.headers.iter().map(header).collect(),
        headers_open: !record.headers.is_empty(),
        ..before.clone()
    }
}
