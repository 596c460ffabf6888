//! The one place for whatever is chosen: its name and its facts.

use super::partition_acts::PartitionActs;
use crate::ui::desk::use_desk;
use crate::ui::icons::{Icon, icon};
use crate::ui::state::{Act, Chosen, State};
use crate::ui::words;
use crate::view::{GroupView, MemberCondition, PartitionView, RecordView, TopicView, View};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct InspectorProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
}

#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let desk = use_desk();
    let close = move |_: MouseEvent| desk.act(Act::Clear);
    let found = props.state.chosen.as_ref().and_then(|chosen| describe(&props.view, chosen));
    let open = found.is_some();
    let (kind, name, facts) = found.unwrap_or_else(|| ("Inspector", String::new(), Vec::new()));
    html! {
        <aside class="pt-inspector" aria-label="Inspector" data-open={open.then_some("")}>
            <div class="pt-inspector__head">
                <h2>{ kind }</h2><span class="pt-mono pt-dim">{ name }</span>
                if open { <button type="button" class="pt-btn pt-btn--icon" aria-label="Close" onclick={close}>{ icon(Icon::Close) }</button> }
            </div>
            if open {
                <dl class="pt-facts">
                    { for facts.into_iter().map(|(name, fact)| html! { <><dt>{ name }</dt><dd class="m">{ fact }</dd></> }) }
                </dl>
                { acts(props) }
            } else {
                <p class="pt-dim">{ "Choose a record, a partition or a member. What it is shows here." }</p>
            }
        </aside>
    }
}

/// What can be done to what is chosen.
fn acts(props: &InspectorProps) -> Html {
    let Some(Chosen::Partition { topic, partition }) = &props.state.chosen else { return Html::default() };
    let view = &props.view;
    let part = view.topics.iter().find(|t| t.name == *topic).and_then(|t| t.partitions.get(usize::try_from(*partition).ok()?));
    match part {
        Some(part) => html! {
            <PartitionActs key={format!("{topic} {partition}")} view={Rc::clone(view)} state={Rc::clone(&props.state)} topic={std::sync::Arc::clone(topic)} part={std::sync::Arc::clone(part)}/>
        },
        None => Html::default(),
    }
}

type Facts = Vec<(&'static str, String)>;

fn describe(view: &View, chosen: &Chosen) -> Option<(&'static str, String, Facts)> {
    match chosen {
        Chosen::Record { topic, partition, offset } => {
            let part = part_of(view, topic, *partition)?.1;
            let at = part.window.binary_search_by_key(offset, |r| r.offset).ok()?;
            Some(("Record", format!("{topic} {partition} @ {offset}"), record(view, topic, part, part.window.get(at)?)))
        }
        Chosen::Partition { topic, partition } => {
            let (topic, part) = part_of(view, topic, *partition)?;
            Some(("Partition", format!("{} {partition}", topic.name), partition_facts(part)))
        }
        Chosen::Member { group, label } => {
            let group = view.groups.iter().find(|g| g.name == *group)?;
            Some(("Member", format!("{label} of {}", group.name), member(group, label)?))
        }
        Chosen::Event(_) => None,
    }
}

fn part_of<'v>(view: &'v View, topic: &str, partition: i32) -> Option<(&'v TopicView, &'v PartitionView)> {
    let topic = view.topics.iter().find(|t| *t.name == *topic)?;
    Some((topic, topic.partitions.get(usize::try_from(partition).ok()?)?))
}

fn record(view: &View, topic: &str, part: &PartitionView, record: &RecordView) -> Facts {
    let committed = record.offset < part.high_watermark;
    let since = u64::try_from(record.timestamp_ms - view.epoch_ms).unwrap_or_default();
    let headers: Vec<String> =
        record.headers.iter().map(|(name, value)| format!("{name}={}", value.as_deref().unwrap_or("null"))).collect();
    let readers: Vec<String> = view.groups.iter().filter_map(|g| reader(g, topic, part.index, record.offset)).collect();
    let mut facts = vec![
        ("key", record.key.as_deref().unwrap_or("null").to_owned()),
        ("value", record.value.as_deref().unwrap_or("null").to_owned()),
        ("state", if committed { "committed: below the high watermark".to_owned() } else { "uncommitted".to_owned() }),
        ("written", crate::base::Instant::from_micros(since * 1_000).to_string()),
        ("epoch", format!("leader epoch {}", record.leader_epoch)),
    ];
    if record.producer_id >= 0 {
        facts.push(("producer", format!("id {}", record.producer_id)));
    }
    if !headers.is_empty() {
        facts.push(("headers", headers.join(", ")));
    }
    facts.push(("read by", if readers.is_empty() { "nobody yet".to_owned() } else { readers.join("; ") }));
    facts
}

/// How far a group is with a record.
fn reader(group: &GroupView, topic: &str, partition: i32, offset: i64) -> Option<String> {
    let at = group.offsets.iter().find(|o| *o.topic == *topic && o.partition == partition)?;
    if at.committed.is_some_and(|c| c > offset) {
        Some(format!("{}, committed", group.name))
    } else if at.position.is_some_and(|p| p > offset) {
        Some(format!("{}, delivered, not committed", group.name))
    } else {
        None
    }
}

/// What the replicas are, and where each stands, is told below.
fn partition_facts(part: &PartitionView) -> Facts {
    let mut facts = vec![
        ("leader", part.leader.map_or_else(|| "none".to_owned(), |id| format!("broker {id}, epoch {}", part.leader_epoch))),
        ("log", format!("{} to {}", words::number(part.log_start), words::number(part.log_end))),
        ("high watermark", words::number(part.high_watermark)),
    ];
    if !part.removed.is_empty() {
        let (kept, gone) = (part.window.len(), part.removed.len());
        let last = part.removed.last().map(|last| format!("; the last: offset {}, {}", last.offset, last.why)).unwrap_or_default();
        facts.push((
            "compacted",
            format!("{} of the last {} offsets{last}", words::number(gone as i64), words::number((kept + gone) as i64)),
        ));
    }
    facts
}

fn member(group: &GroupView, label: &str) -> Option<Facts> {
    let (at, member) = group.members.iter().enumerate().find(|(_, m)| *m.label == *label)?;
    let owns: Vec<String> =
        group.offsets.iter().filter(|o| o.owner == Some(at as u32)).map(|o| format!("{} {}", o.topic, o.partition)).collect();
    let state = match &member.condition {
        MemberCondition::Starting => "starting; not in the group yet",
        MemberCondition::AwaitsJoin => "has to send JoinGroup again",
        MemberCondition::AwaitsSync => "sent SyncGroup, awaits the assignment",
        MemberCondition::Stable => "in the group",
        MemberCondition::Crashed => "crashed; the group waits for its session timeout",
        MemberCondition::Gone(how) => how,
    };
    let mut facts = vec![
        ("state", state.to_owned()),
        ("client id", member.client_id.to_string()),
        ("member id", member.id.to_string()),
        ("host", member.host.to_string()),
        ("session", format!("{} s", member.session_timeout_ms / 1_000)),
        ("owns", if owns.is_empty() { "nothing".to_owned() } else { owns.join(", ") }),
    ];
    if member.leader {
        facts.push(("leader", "computes the assignment".to_owned()));
    }
    if let Some(id) = &member.instance_id {
        facts.push(("instance id", id.to_string()));
    }
    if let Some(pace) = member.per_minute {
        facts.push(("pace", words::rate(pace)));
    }
    Some(facts)
}
