//! Members of a group with too many of them, or too many partitions: a line each.

use crate::ui::catalogue::{common, scene as say};
use crate::ui::chosen::Chosen;
use crate::ui::desk::use_desk;
use crate::ui::icons::{Icon, icon};
use crate::ui::panels::menu_of;
use crate::ui::state::Act;
use crate::ui::words;
use std::sync::Arc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct MemberLineProps {
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

/// Name, partitions, lag as a bar and as a number.
#[component]
pub fn MemberLine(props: &MemberLineProps) -> Html {
    let MemberLineProps { group, label, .. } = props;
    let desk = use_desk();
    let member = Chosen::Member { group: Arc::clone(group), label: Arc::clone(label) };
    let choose = {
        let (desk, member) = (desk.clone(), member.clone());
        move |_: MouseEvent| desk.act(Act::Choose(member.clone()))
    };
    let menu = {
        let (desk, title) = (desk, crate::ui::catalogue::acts::member(label));
        move |event: MouseEvent| menu_of(&desk, &event, title.clone(), &member)
    };
    let numbers: Vec<String> = props.owns.iter().map(i32::to_string).collect();
    let numbers = numbers.join(", ");
    let gone = props.gone.then_some("");
    let owns = if props.condition.is_empty() { &numbers } else { &props.condition };
    html! {
        <div class="pt-line" data-member={label.to_string()} data-gone={gone} data-late={props.late.then_some("")} data-near={(props.near || props.chosen).then_some("")}>
            <button type="button" class="pt-line__name" aria-pressed={if props.chosen { "true" } else { "false" }}
                aria-label={say::member_line(label, &props.condition, &numbers)} onclick={choose}>{ &**label }</button>
            <span class="pt-line__owns" title={numbers.clone()} data-long={(owns.chars().count() > OWNS_MAX).then_some("")}>{ owns }</span>
            <span class="pt-line__bar" aria-hidden="true" style={format!("--share:{}%", props.share)}/>
            <span class="pt-line__lag">{ words::number(props.lag) }</span>
            if props.acts {
                <button type="button" class="pt-btn pt-btn--icon" aria-haspopup="menu" aria-label={common::actions(label)} onclick={menu}>{ icon(Icon::More) }</button>
            }
        </div>
    }
}
