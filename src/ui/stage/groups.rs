//! Consumer groups: state, generation, members, and what each member owns, committed and lags behind.

use super::layout::{Layout, owned, rebalances};
use crate::base::Instant;
use crate::playground::Command;
use crate::ui::acts::another_member;
use crate::ui::catalogue::acts as say;
use crate::ui::desk::{outcome, use_desk};
use crate::ui::geometry::Class;
use crate::ui::icons::{Icon, icon};
use crate::ui::panels::{menu_of, problem};
use crate::ui::state::{Act, Chosen, Place, Sheet, State};
use crate::ui::words;
use crate::view::{GroupOffset, GroupState, GroupView, MemberCondition, MemberView, Outcome, View};
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct GroupsProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
}

#[component]
pub fn Groups(props: &GroupsProps) -> Html {
    let GroupsProps { view, state } = props;
    let desk = use_desk();
    let layout = Layout::new(view, state);
    let add = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Sheet(Some(Sheet::AddGroup)))
    };
    let has_topics = view.topics.iter().any(|t| !t.internal);
    html! {
        <div class="pt-groups">
            <div class="pt-colhead">
                <h2>{ "Consumer groups" }</h2>
                <button type="button" class="pt-btn" onclick={add} disabled={!has_topics}>{ icon(Icon::Plus) }{ "Add group" }</button>
            </div>
            { for view.groups.iter().map(|group| {
                let focus = layout.follow.is_some_and(|f| f.name == group.name);
                let chosen = match &state.chosen {
                    Some(Chosen::Member { group: g, label }) if *g == group.name => Some(Arc::clone(label)),
                    _ => None,
                };
                let outcome = outcome(view, state, &Place::Group(Arc::clone(&group.name)));
                html! { <Group key={group.name.to_string()} group={Arc::clone(group)} {focus} wide={state.size.class() == Class::Wide} {chosen} {outcome} tenths={Tenths::of(view.now)} near={state.near.clone()} compact={layout.is_compact(group)}/> }
            }) }
            if view.groups.is_empty() {
                <p class="pt-none">{ "No group reads yet. A group begins with its first member: add one, and its committed offsets and threads appear under the tapes." }</p>
            }
        </div>
    }
}

/// Virtual time in tenths of a second: bars that measure a wait need no more.
#[derive(Clone, Copy, PartialEq)]
struct Tenths(u64);

impl Tenths {
    const fn of(now: Instant) -> Self {
        Self(now.as_millis() / 100)
    }

    const fn instant(self) -> Instant {
        Instant::from_micros(self.0 * 100_000)
    }
}

#[derive(Properties, PartialEq)]
struct GroupProps {
    group: Arc<GroupView>,
    focus: bool,
    wide: bool,
    chosen: Option<Arc<str>>,
    outcome: Option<Arc<Outcome>>,
    tenths: Tenths,
    near: Option<(Arc<str>, i32)>,
    /// A line a member.
    compact: bool,
}

#[component]
fn Group(props: &GroupProps) -> Html {
    let GroupProps { group, focus, .. } = props;
    let desk = use_desk();
    let wide = props.wide;
    let follow = {
        let (desk, name) = (desk.clone(), Arc::clone(&group.name));
        move |_: MouseEvent| {
            desk.act(Act::Follow(Arc::clone(&name)));
            // Where the inspector would cover the group, following is all.
            if wide {
                desk.act(Act::Look(Chosen::Group(Arc::clone(&name))));
            }
        }
    };
    let add = {
        let (desk, group) = (desk.clone(), Arc::clone(group));
        move |_: MouseEvent| desk.send(Place::Group(Arc::clone(&group.name)), another_member(&group))
    };
    let delete = {
        let (desk, name) = (desk.clone(), Arc::clone(&group.name));
        move |_: MouseEvent| desk.send(Place::Group(Arc::clone(&name)), Command::DeleteGroup { group: name.to_string() })
    };
    let changing = rebalances(group.state);
    html! {
        <section class="pt-group" data-group={group.name.to_string()} data-focus={focus.then_some("")} aria-label={format!("Group {}", group.name)}>
            <div class="pt-group__head">
                <div>
                    <h3><button type="button" class="pt-plain" aria-pressed={if *focus { "true" } else { "false" }} onclick={follow}
                        title="Follow this group's threads">{ &*group.name }</button></h3>
                    if let Some(outcome) = &props.outcome { { problem(outcome) } }
                    <span class="pt-grow"/>
                    <span class="pt-state" data-tone={changing.then_some("change")}>{ group.state.name() }</span>
                    { stops(group.state) }
                </div>
                <p>
                    { format!("generation {}", group.generation) }
                    if let Some(id) = group.coordinator { { ", coordinator " }<span class="pt-broker">{ id.0 }</span> }
                    <i>{ "committed" }</i><i>{ "lag" }</i>
                </p>
            </div>
            { for group.members.iter().enumerate().map(|(i, member)| {
                let owns: Vec<GroupOffset> = owned(group, i).cloned().collect();
                html! {
                    <Member key={member.label.to_string()} group={Arc::clone(&group.name)} member={member.clone()} {owns} tenths={props.tenths}
                        chosen={props.chosen.as_ref() == Some(&member.label)} near={props.near.clone()} compact={props.compact}/>
                }
            }) }
            <div class="pt-group__foot">
                <button type="button" class="pt-btn pt-group__add" onclick={add} disabled={group.topics.is_empty()}>{ icon(Icon::Plus) }{ "Add member" }</button>
                if group.members.is_empty() { <button type="button" class="pt-btn" onclick={delete}>{ "Delete group" }</button> }
                <span>{ &*group.assignor }</span>
            </div>
        </section>
    }
}

/// Where the state lies on the way to Stable.
pub fn stops(state: GroupState) -> Html {
    let now = match state {
        GroupState::Empty => 0,
        GroupState::PreparingRebalance => 1,
        GroupState::CompletingRebalance => 2,
        GroupState::Stable => 3,
        GroupState::Dead => 4,
    };
    html! {
        <svg class="pt-stops" viewBox="0 0 46 12" data-tone={rebalances(state).then_some("change")} aria-hidden="true">
            <line x1="4" x2="42" y1="6" y2="6"/>
            { for (0..4).map(|i| html! {
                <circle cx={(5 + 12 * i).to_string()} cy="6" r={if i == now { "4" } else { "2.5" }} class={(i == now).then_some("is-now")}/>
            }) }
        </svg>
    }
}

#[derive(Properties, PartialEq)]
struct MemberProps {
    group: Arc<str>,
    member: MemberView,
    owns: Vec<GroupOffset>,
    tenths: Tenths,
    chosen: bool,
    near: Option<(Arc<str>, i32)>,
    compact: bool,
}

#[component]
fn Member(props: &MemberProps) -> Html {
    let MemberProps { group, member, owns, .. } = props;
    let desk = use_desk();
    let choose = {
        let (desk, group, label) = (desk.clone(), Arc::clone(group), Arc::clone(&member.label));
        move |_: MouseEvent| desk.act(Act::Choose(Chosen::Member { group: Arc::clone(&group), label: Arc::clone(&label) }))
    };
    let menu = {
        let (desk, title) = (desk.clone(), say::member(&member.label));
        let member = Chosen::Member { group: Arc::clone(group), label: Arc::clone(&member.label) };
        move |event: MouseEvent| menu_of(&desk, &event, title.clone(), &member)
    };
    let near = |o: &GroupOffset| {
        let at = Some((Arc::clone(&o.topic), o.partition));
        let (on, off) = (desk.clone(), desk.clone());
        (move |_: MouseEvent| on.act(Act::Near(at.clone())), move |_: MouseEvent| off.act(Act::Near(None)))
    };
    let gone = matches!(member.condition, MemberCondition::Crashed | MemberCondition::Gone(_));
    let acts = member.consumer.is_some() || gone;
    let lag: i64 = owns.iter().filter_map(|o| o.lag).sum();
    html! {
        <div class="pt-mem" data-line={props.compact.then_some("")} style={format!("--n:{}", owns.len())} data-gone={gone.then_some("")} data-member={member.label.to_string()}>
            <div class="pt-mem__head">
                <button type="button" class="pt-member" data-gone={gone.then_some("")} aria-pressed={if props.chosen { "true" } else { "false" }}
                    aria-label={spoken(member, owns)} onclick={choose}>{ &*member.label }</button>
                if props.compact {
                    <span class="pt-mem__name">{ brief(owns) }</span>
                    <span class="pt-mem__lag">{ words::number(lag) }</span>
                } else {
                    <span class="pt-mem__name">{ describe(member) }</span>
                    { beat(member, props.tenths.instant()) }
                }
                if acts {
                    <button type="button" class="pt-btn pt-btn--icon" aria-haspopup="menu" aria-label={format!("{}: actions", member.label)} onclick={menu}>{ icon(Icon::More) }</button>
                }
            </div>
            { for owns.iter().filter(|_| !props.compact).map(|o| {
                let (enter, leave) = near(o);
                let on = props.near.as_ref().is_some_and(|(topic, p)| *topic == o.topic && *p == o.partition);
                html! {
                    <div class="pt-own" data-new={(!o.owned && !gone).then_some("")} data-lost={gone.then_some("")} data-near={on.then_some("")} onmouseenter={enter} onmouseleave={leave}>
                        <span>{ format!("{} {}", o.topic, o.partition) }</span>
                        <span>{ o.committed.map_or_else(|| "–".to_owned(), words::number) }</span>
                        <span data-zero={(o.lag == Some(0)).then_some("")}>{ o.lag.map_or_else(|| "–".to_owned(), words::number) }</span>
                    </div>
                }
            }) }
        </div>
    }
}

/// A member in words, with what it owns: what threads say to the eye.
fn spoken(member: &MemberView, owns: &[GroupOffset]) -> String {
    let owns: Vec<String> = owns.iter().map(|o| format!("{} {}, lag {}", o.topic, o.partition, o.lag.unwrap_or_default())).collect();
    let owns = if owns.is_empty() { "nothing".to_owned() } else { owns.join("; ") };
    format!("{}, {}, owns {owns}", member.label, describe(member))
}

/// The partitions of a member that has many: their numbers.
fn brief(owns: &[GroupOffset]) -> String {
    owns.iter().map(|o| o.partition.to_string()).collect::<Vec<_>>().join(", ")
}

fn describe(member: &MemberView) -> String {
    match &member.condition {
        MemberCondition::Starting => "starts".to_owned(),
        MemberCondition::AwaitsJoin => "has to rejoin".to_owned(),
        MemberCondition::AwaitsSync if member.leader => "assigns partitions".to_owned(),
        MemberCondition::AwaitsSync => "awaits its share".to_owned(),
        MemberCondition::Stable if member.client_id != member.label => member.client_id.to_string(),
        MemberCondition::Stable if member.leader => "leader".to_owned(),
        MemberCondition::Stable => String::new(),
        MemberCondition::Crashed => "crashed".to_owned(),
        MemberCondition::Gone(how) => how.to_string(),
    }
}

/// The time since the last heartbeat, as a bar that fills towards the session timeout.
fn beat(member: &MemberView, now: Instant) -> Html {
    let Some(heard) = member.heard else { return html! { <span class="pt-mem__beat"/> } };
    let since = now.since(heard);
    let share = (since.as_millis() * 100 / u64::from(member.session_timeout_ms.max(1))).min(100);
    let title = format!("since its last heartbeat, of {} s", member.session_timeout_ms / 1_000);
    html! {
        <span class="pt-mem__beat" {title}>
            { words::seconds(since) }
            <span class="pt-beat" data-tone={(share > 66).then_some("fault")}><i style={format!("width:{share}%")}/></span>
        </span>
    }
}
