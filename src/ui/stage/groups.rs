//! Consumer groups: state, generation, members, and what each member owns, committed and lags behind.

use super::layout::{Hand, Layout, hands, is_gone, nobodys, rebalances};
use super::lines::{self, Lines};
use super::sight::{Sight, TURNS_UNSEEN};
use crate::base::Instant;
use crate::playground::Command;
use crate::ui::acts::another_member;
use crate::ui::catalogue::{acts, events, groups as say};
use crate::ui::chosen::Chosen;
use crate::ui::desk::{Desk, outcome, use_desk};
use crate::ui::drawer::Tab;
use crate::ui::filled::filled;
use crate::ui::geometry::Class;
use crate::ui::icons::{Icon, icon};
use crate::ui::panels::{menu_of, problem};
use crate::ui::state::{Act, Place, Sheet, State};
use crate::ui::words;
use crate::view::query::story::Parties;
use crate::view::{GroupOffset, GroupState, GroupView, MemberCondition, MemberView, Outcome, View};
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct GroupsProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
    /// All of the view is shown; else as much of it as a frame has time for.
    pub whole: bool,
}

#[component]
pub fn Groups(props: &GroupsProps) -> Html {
    let GroupsProps { view, state, whole } = props;
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
                <h2>{ say::TITLE }</h2>
                <button type="button" class="pt-btn" onclick={add} disabled={!has_topics}>{ icon(Icon::Plus) }{ say::ADD_GROUP }</button>
            </div>
            <>{ for view.groups.iter().map(|group| {
                let focus = layout.follow.is_some_and(|f| f.name == group.name);
                let chosen = match &state.chosen {
                    Some(Chosen::Member { group: g, label }) if *g == group.name => Some(Arc::clone(label)),
                    _ => None,
                };
                let outcome = outcome(view, state, &Place::Group(Arc::clone(&group.name)));
                html! { <Group key={group.name.to_string()} group={Arc::clone(group)} {focus} parties={Rc::clone(&state.parties)} wide={state.size.class() == Class::Wide} {chosen} {outcome} tenths={Tenths::of(view.now)} near={state.near.clone()} compact={layout.is_compact(group)} whole={*whole}
                    order={Rc::clone(&layout.order)}/> }
            }) }</>
            if view.groups.is_empty() {
                <p class="pt-none">{ say::NO_GROUPS }</p>
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
    parties: Rc<Parties>,
    chosen: Option<Arc<str>>,
    outcome: Option<Arc<Outcome>>,
    tenths: Tenths,
    near: Option<(Arc<str>, i32)>,
    /// A line a member.
    compact: bool,
    whole: bool,
    /// The topics' names, as their tapes stand.
    order: Rc<Vec<Arc<str>>>,
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
    let why = {
        let desk = desk.clone();
        Callback::from(move |event: u64| tell_why(&desk, event))
    };
    let menu = {
        let (desk, name) = (desk.clone(), Arc::clone(&group.name));
        move |event: MouseEvent| menu_of(&desk, &event, say::group(&name), &Chosen::Group(Arc::clone(&name)))
    };
    let changing = rebalances(group.state);
    let moved = moved(group);
    let held = hands(group, &props.order);
    let sights = use_sights(held.len().div_ceil(LINES));
    let lags = use_lags(props, &held, &sights);
    html! {
        <section class="pt-group" data-group={group.name.to_string()} data-dense={props.compact.then_some("")} data-focus={focus.then_some("")} data-told={props.parties.groups.contains(&group.name).then_some("")} aria-label={say::group(&group.name)}>
            <div class="pt-group__head">
                <div>
                    <h3><button type="button" class="pt-plain" aria-pressed={if *focus { "true" } else { "false" }} onclick={follow}
                        title={say::FOLLOW}>{ &*group.name }</button></h3>
                    if let Some(outcome) = &props.outcome { { problem(outcome) } }
                    <span class="pt-grow"/>
                    <span class="pt-state" data-tone={changing.then_some("change")}>{ group.state.name() }</span>
                    { stops(group.state) }
                </div>
                <p data-moved={moved.as_ref().map(|_| "")}>
                    if let Some(said) = moved { <span title={said.clone()}>{ said }</span> } else { <span>{ generation(group) }</span> }
                    if let Some(event) = group.event {
                        <button type="button" class="pt-link" aria-label={say::why(&group.name, group.state.name())}
                            onclick={move |_: MouseEvent| why.emit(event)}>{ say::WHY }</button>
                    }
                    <i>{ say::COMMITTED }</i><i>{ say::LAG }</i>
                </p>
            </div>
            if props.compact {
                { for group.members.chunks(LINES).zip(held.chunks(LINES)).zip(lags.chunks(LINES)).zip(sights).map(|(((members, held), lags), sight)| {
                    let lines = members.iter().zip(held).zip(lags).map(|((member, held), lag)| member_line(props, member, held, lag));
                    html! { <Lines lines={lines.collect::<Vec<_>>()} {sight}/> }
                }) }
            } else {
                <>{ for group.members.iter().zip(&held).map(|(member, held)| full(props, member, held)) }</>
            }
            { for nobodys(group, &props.order).into_iter().filter(|_| !props.compact).map(|offset| line(&desk, &Line::of(group, offset, Hand::Has), false, false)) }
            <div class="pt-group__foot">
                <button type="button" class="pt-btn pt-group__add" onclick={add} disabled={group.topics.is_empty()}>{ icon(Icon::Plus) }{ say::ADD_MEMBER }</button>
                if group.members.is_empty() { <button type="button" class="pt-btn" onclick={delete}>{ say::DELETE_GROUP }</button> }
                <span>{ &*group.assignor }</span>
                <button type="button" class="pt-btn pt-btn--icon" aria-haspopup="menu" aria-label={say::actions(&group.name)} onclick={menu}>{ icon(Icon::More) }</button>
            </div>
        </section>
    }
}

/// Its generation, and who coordinates it: what is shown of a group without a coordinator is what was known last.
fn generation(group: &GroupView) -> Html {
    let number = Html::from(group.generation);
    match group.coordinator {
        Some(id) => filled(say::COORDINATED, &[number, html! { <span class="pt-broker">{ id.0 }</span> }]),
        None if group.generation > 0 => filled(say::UNCOORDINATED, &[number, html! { <b data-tone="fault">{ say::NO_COORDINATOR }</b> }]),
        None => filled(say::GENERATION, &[number]),
    }
}

/// Why the group moves, or what has just moved in it: none while it is at rest.
fn moved(group: &GroupView) -> Option<String> {
    let came: Vec<&str> = group.came.iter().map(|label| &**label).collect();
    let gone = group.members.iter().filter_map(|member| match &member.condition {
        MemberCondition::Gone(how) => Some((&*member.label, &**how)),
        _ => None,
    });
    let gone: Vec<_> = gone.collect();
    match group.state {
        GroupState::PreparingRebalance => Some(say::rebalances(&came, &gone, false)),
        GroupState::CompletingRebalance => Some(say::rebalances(&came, &gone, true)),
        GroupState::Stable => {
            let moved = group.moves().count();
            (moved > 0).then(|| say::has_moved(&came, &gone, moved, group.offsets.len()))
        }
        GroupState::Empty | GroupState::Dead => None,
    }
}

/// A member with all it has.
fn full(props: &GroupProps, member: &MemberView, held: &[(&GroupOffset, Hand)]) -> Html {
    let owns: Vec<Line> = held.iter().map(|(offset, hand)| Line::of(&props.group, offset, *hand)).collect();
    html! {
        <Member key={member.label.to_string()} group={Arc::clone(&props.group.name)} member={member.clone()} {owns} tenths={props.tenths}
            chosen={props.chosen.as_ref() == Some(&member.label)} told={props.parties.clients.contains(&member.label)} near={props.near.clone()}/>
    }
}

/// So many lines are laid out and painted together.
const LINES: usize = 10;

/// Where a frame has no time for all lines, each run of those in sight is written anew in one of so many turns.
const TURNS_SEEN: usize = 2;

/// What a member's line says of its lag.
#[derive(Clone)]
struct Lag {
    label: Arc<str>,
    lag: i64,
    /// Beside the group's greatest, in hundredths.
    share: u8,
    /// Far beyond the group's mean.
    late: bool,
}

/// Whether each of so many runs of lines is in sight.
#[hook]
fn use_sights(runs: usize) -> Vec<Sight> {
    let sights = use_mut_ref(Vec::new);
    let mut sights = sights.borrow_mut();
    sights.resize_with(runs, Sight::default);
    sights.clone()
}

/// What the lines of a compact group's members say; none of others.
#[hook]
fn use_lags(props: &GroupProps, held: &[Vec<(&GroupOffset, Hand)>], sights: &[Sight]) -> Vec<Lag> {
    let shown = use_mut_ref(|| (0, Vec::<Lag>::new()));
    let (turn, before) = &mut *shown.borrow_mut();
    let group = &props.group;
    if !props.compact {
        before.clear();
        return Vec::new();
    }
    *turn = (*turn + 1) % TURNS_UNSEEN;
    let is_due = |run: usize| {
        let turns = if sights.get(run).is_some_and(Sight::is_seen) { TURNS_SEEN } else { TURNS_UNSEEN };
        run % turns == *turn % turns
    };
    let lags: Vec<i64> = held.iter().map(|held| lag_of(held)).collect();
    let most = lags.iter().copied().max().unwrap_or_default().max(1);
    let usual = lags.iter().sum::<i64>() / (lags.len() as i64).max(1);
    let of = |(at, (member, lag)): (usize, (&MemberView, &i64))| {
        let waits = !props.whole && !is_due(at / LINES);
        let stays = before.get(at).filter(|before| waits && before.label == member.label).cloned();
        let share = (lag * 100 / most).clamp(0, 100) as u8;
        stays.unwrap_or_else(|| Lag { label: Arc::clone(&member.label), lag: *lag, share, late: *lag > 1 && *lag > usual * 4 })
    };
    let now: Vec<Lag> = group.members.iter().zip(&lags).enumerate().map(of).collect();
    before.clone_from(&now);
    now
}

/// A member as a line.
fn member_line(props: &GroupProps, member: &MemberView, held: &[(&GroupOffset, Hand)], says: &Lag) -> lines::Line {
    let &Lag { lag, share, late, .. } = says;
    let gone = is_gone(member);
    let has = || held.iter().filter(|(_, hand)| *hand != Hand::Had).map(|(offset, _)| *offset);
    let near = props.near.as_ref().is_some_and(|(topic, partition)| has().any(|o| o.topic == *topic && o.partition == *partition));
    let at_rest = matches!(member.condition, MemberCondition::Stable);
    lines::Line {
        group: Arc::clone(&props.group.name),
        label: Arc::clone(&member.label),
        condition: if at_rest { String::new() } else { describe(member) },
        owns: has().map(|o| o.partition).collect(),
        lag,
        share,
        late,
        gone,
        acts: member.consumer.is_some() || gone,
        chosen: props.chosen.as_ref() == Some(&member.label) || props.parties.clients.contains(&member.label),
        near,
    }
}

/// What waits to be read by the one who has these.
fn lag_of(held: &[(&GroupOffset, Hand)]) -> i64 {
    held.iter().filter(|(_, hand)| *hand != Hand::Had).filter_map(|(offset, _)| offset.lag).sum()
}

/// Shows why a group is as it is.
fn tell_why(desk: &Desk, event: u64) {
    desk.act(Act::Tab(Tab::Events));
    desk.act(Act::Look(Chosen::Event(event)));
}

/// A member's line: a partition, and what the member has to do with it.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    offset: GroupOffset,
    hand: Hand,
    /// From whom, or to whom it goes.
    other: Option<Arc<str>>,
    /// The move in words.
    said: Option<String>,
}

impl Line {
    fn of(group: &GroupView, offset: &GroupOffset, hand: Hand) -> Self {
        let label = |at: Option<u32>| at.and_then(|at| group.members.get(at as usize)).map(|m| Arc::clone(&m.label));
        let (from, to) = (label(offset.was), label(offset.owner));
        let said = from.as_ref().map(|from| say::moves(&offset.topic, offset.partition, from, to.as_deref()));
        let other = if hand == Hand::Had { to } else { from };
        Self { offset: offset.clone(), hand, other, said }
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
    owns: Vec<Line>,
    tenths: Tenths,
    chosen: bool,
    told: bool,
    near: Option<(Arc<str>, i32)>,
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
        let (desk, title) = (desk.clone(), acts::member(&member.label));
        let member = Chosen::Member { group: Arc::clone(group), label: Arc::clone(&member.label) };
        move |event: MouseEvent| menu_of(&desk, &event, title.clone(), &member)
    };
    let gone = is_gone(member);
    let acts = member.consumer.is_some() || gone;
    html! {
        <div class="pt-mem" style={format!("--n:{}", owns.len())} data-gone={gone.then_some("")} data-paused={(member.condition == MemberCondition::Paused).then_some("")} data-changes={changes(&member.condition).then_some("")}
            data-told={props.told.then_some("")} data-member={member.label.to_string()}>
            <div class="pt-mem__head">
                <button type="button" class="pt-member" data-gone={gone.then_some("")} aria-pressed={if props.chosen { "true" } else { "false" }}
                    aria-label={if props.told { events::in_story(&spoken(member, owns)) } else { spoken(member, owns) }} onclick={choose}>{ &*member.label }</button>
                <span class="pt-mem__name">{ describe(member) }</span>
                { beat(member, props.tenths.instant()) }
                if acts {
                    <button type="button" class="pt-btn pt-btn--icon" aria-haspopup="menu" aria-label={say::actions(&member.label)} onclick={menu}>{ icon(Icon::More) }</button>
                }
            </div>
            { for owns.iter().map(|of| {
                let on = props.near.as_ref().is_some_and(|(topic, p)| *topic == of.offset.topic && *p == of.offset.partition);
                line(&desk, of, gone, on)
            }) }
        </div>
    }
}

/// Its group rebalances, and it takes part.
const fn changes(condition: &MemberCondition) -> bool {
    matches!(condition, MemberCondition::AwaitsJoin | MemberCondition::AwaitsSync)
}

/// A partition in a member's list, where its thread ends.
fn line(desk: &Desk, line: &Line, gone: bool, near: bool) -> Html {
    let Line { offset: o, hand, other, said } = line;
    let had = *hand == Hand::Had;
    let at = Some((Arc::clone(&o.topic), o.partition));
    let (on, off) = (desk.clone(), desk.clone());
    let (enter, leave) = (move |_: MouseEvent| on.act(Act::Near(at.clone())), move |_: MouseEvent| off.act(Act::Near(None)));
    let number = |n: Option<i64>| n.map_or_else(|| "–".to_owned(), words::number);
    let way = match (hand, other) {
        (Hand::Gets(_), Some(from)) => Some(say::from(from)),
        (Hand::Had, Some(to)) => Some(say::to(to)),
        (Hand::Had, None) => Some(say::LET_GO.to_owned()),
        (Hand::Has | Hand::Gets(_), _) => None,
    };
    html! {
        <div class="pt-own" data-new={(!o.owned && o.owner.is_some() && !gone).then_some("")} data-lost={(gone || had).then_some("")}
            data-moves={said.as_ref().map(|_| "")} data-near={near.then_some("")} title={said.clone()} onmouseenter={enter} onmouseleave={leave}>
            <span>{ say::partition(&o.topic, o.partition) }if let Some(way) = way { <em>{ way }</em> }</span>
            <span>{ if had { String::new() } else { number(o.committed) } }</span>
            <span data-zero={(o.lag == Some(0)).then_some("")}>{ if had { String::new() } else { number(o.lag) } }</span>
        </div>
    }
}

/// A member in words, with what it owns: what threads say to the eye.
fn spoken(member: &MemberView, owns: &[Line]) -> String {
    let has = owns.iter().filter(|line| line.hand != Hand::Had);
    let mut owned: Vec<String> =
        has.map(|line| say::own(&line.offset.topic, line.offset.partition, line.offset.lag.unwrap_or_default())).collect();
    if owned.is_empty() {
        owned.push(say::NOTHING.to_owned());
    }
    owned.extend(owns.iter().filter_map(|line| line.said.clone()));
    say::owns(&member.label, &describe(member), &owned.join("; "))
}

fn describe(member: &MemberView) -> String {
    match &member.condition {
        MemberCondition::Starting => say::STARTS.to_owned(),
        MemberCondition::AwaitsJoin => say::HAS_TO_REJOIN.to_owned(),
        MemberCondition::AwaitsSync if member.leader => say::ASSIGNS.to_owned(),
        MemberCondition::AwaitsSync => say::AWAITS_SHARE.to_owned(),
        MemberCondition::Stable if member.client_id != member.label => member.client_id.to_string(),
        MemberCondition::Stable if member.leader => say::LEADER.to_owned(),
        MemberCondition::Stable => String::new(),
        MemberCondition::Paused => say::PAUSED.to_owned(),
        MemberCondition::Crashed => say::CRASHED.to_owned(),
        MemberCondition::Gone(how) => how.to_string(),
    }
}

/// The time since the last heartbeat, as a bar that fills towards the session timeout.
fn beat(member: &MemberView, now: Instant) -> Html {
    let Some(heard) = member.heard else { return html! { <span class="pt-mem__beat"/> } };
    let since = now.since(heard);
    let share = (since.as_millis() * 100 / u64::from(member.session_timeout_ms.max(1))).min(100);
    let title = say::since_heartbeat(member.session_timeout_ms / 1_000);
    html! {
        <span class="pt-mem__beat" {title}>
            { words::seconds(since) }
            <span class="pt-beat" data-tone={(share > 66).then_some("fault")}><i style={format!("width:{share}%")}/></span>
        </span>
    }
}
