//! Members of a group with too many of them, or too many partitions: a line each.

use super::sight::{Sight, use_sight};
use crate::ui::catalogue::{common, scene as say};
use crate::ui::chosen::Chosen;
use crate::ui::desk::use_desk;
use crate::ui::icons::{Icon, icon};
use crate::ui::panels::menu_of;
use crate::ui::state::Act;
use crate::ui::words;
use std::fmt::Write as _;
use std::sync::Arc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct LinesProps {
    pub lines: Vec<Line>,
    /// Is told whether they are in sight.
    pub sight: Sight,
}

/// A member's line.
#[derive(Clone, PartialEq)]
pub struct Line {
    pub group: Arc<str>,
    pub label: Arc<str>,
    /// What it is at, where that is not all well.
    pub condition: String,
    /// The partitions that it owns, by number.
    pub owns: Vec<i32>,
    pub lag: i64,
    /// Its lag beside the group's worst, in hundredths.
    pub share: u8,
    /// It is late beside its topic's logs.
    pub late: bool,
    /// Its process is gone.
    pub gone: bool,
    pub acts: bool,
    pub chosen: bool,
    /// One of its partitions is under the pointer.
    pub near: bool,
}

/// So many characters have room in a line's column of partitions.
const OWNS_MAX: usize = 11;
/// A line's height where bars are drawn, in px; where a bar begins in it, and how high it is.
const LINE: usize = 16;
const BAR_TOP: usize = 6;
const BAR: usize = 4;

/// Lines that are laid out and painted together: name, partitions, lag as a bar and as a number. What changes with every record is drawn here,
/// the bars as one; the rest is drawn apart, and stays.
#[component]
pub fn Lines(props: &LinesProps) -> Html {
    let node = use_node_ref();
    use_sight(&node, Some(&props.sight));
    let line = |line: &Line| {
        html! {
            <div key={line.label.to_string()} class="pt-line" data-member={line.label.to_string()} data-gone={line.gone.then_some("")} data-late={line.late.then_some("")} data-near={(line.near || line.chosen).then_some("")}>
                <Named group={Arc::clone(&line.group)} label={Arc::clone(&line.label)} condition={line.condition.clone()} owns={line.owns.clone()} chosen={line.chosen}/>
                <span class="pt-line__lag">{ words::number(line.lag) }</span>
                if line.acts { <Actions group={Arc::clone(&line.group)} label={Arc::clone(&line.label)}/> }
            </div>
        }
    };
    let (tracks, shares) = bars(&props.lines);
    let height = props.lines.len() * LINE;
    html! {
        <div ref={node} class="pt-lines" style={format!("--n:{}", props.lines.len())}>
            <>{ for props.lines.iter().map(line) }</>
            <svg class="pt-lines__bars" viewBox={format!("0 0 100 {height}")} preserveAspectRatio="none" aria-hidden="true">
                <path d={tracks}/><path class="s" d={shares}/>
            </svg>
        </div>
    }
}

/// Where bars may reach, and how far they do.
fn bars(lines: &[Line]) -> (String, String) {
    let (mut tracks, mut shares) = (String::new(), String::new());
    for (at, line) in lines.iter().enumerate() {
        let y = at * LINE + BAR_TOP;
        let _ = write!(tracks, "M0 {y}h100v{BAR}h-100z");
        if line.share > 0 {
            let _ = write!(shares, "M0 {y}h{share}v{BAR}h-{share}z", share = line.share);
        }
    }
    (tracks, shares)
}

#[derive(Properties, PartialEq)]
struct NamedProps {
    group: Arc<str>,
    label: Arc<str>,
    condition: String,
    owns: Vec<i32>,
    chosen: bool,
}

/// A line's name, which chooses the member, and what it owns or is at.
#[component]
fn Named(props: &NamedProps) -> Html {
    let NamedProps { group, label, .. } = props;
    let desk = use_desk();
    let choose = {
        let member = Chosen::Member { group: Arc::clone(group), label: Arc::clone(label) };
        move |_: MouseEvent| desk.act(Act::Choose(member.clone()))
    };
    let numbers: Vec<String> = props.owns.iter().map(i32::to_string).collect();
    let numbers = numbers.join(", ");
    let owns = if props.condition.is_empty() { &numbers } else { &props.condition };
    html! {
        <>
            <button type="button" class="pt-line__name" aria-pressed={if props.chosen { "true" } else { "false" }}
                aria-label={say::member_line(label, &props.condition, &numbers)} onclick={choose}>{ &**label }</button>
            <span class="pt-line__owns" title={numbers.clone()} data-long={(owns.chars().count() > OWNS_MAX).then_some("")}>{ owns }</span>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ActionsProps {
    group: Arc<str>,
    label: Arc<str>,
}

/// What can be done to a line's member.
#[component]
fn Actions(props: &ActionsProps) -> Html {
    let ActionsProps { group, label } = props;
    let desk = use_desk();
    let menu = {
        let title = crate::ui::catalogue::acts::member(label);
        let member = Chosen::Member { group: Arc::clone(group), label: Arc::clone(label) };
        move |event: MouseEvent| menu_of(&desk, &event, title.clone(), &member)
    };
    html! {
        <button type="button" class="pt-btn pt-btn--icon" aria-haspopup="menu" aria-label={common::actions(label)} onclick={menu}>{ icon(Icon::More) }</button>
    }
}
