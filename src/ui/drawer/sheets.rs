//! Between 480 and 1080 px: what has no room comes up as a sheet.

use super::Tab;
use crate::ui::catalogue::drawer as say;
use crate::ui::desk::use_desk;
use crate::ui::state::{Act, Sheet};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SheetBarProps {
    pub sheet: Option<Sheet>,
    pub tab: Tab,
}

#[component]
pub fn SheetBar(props: &SheetBarProps) -> Html {
    let desk = use_desk();
    let button = |name: &'static str, open: bool, opens: fn() -> Act| {
        let desk = desk.clone();
        let onclick = move |_: MouseEvent| desk.act(if open { Act::Sheet(None) } else { opens() });
        html! { <button type="button" class="pt-tab" aria-expanded={if open { "true" } else { "false" }} {onclick}>{ name }</button> }
    };
    let sheet = |name, sheet: Sheet, opens| button(name, props.sheet.as_ref() == Some(&sheet), opens);
    let tab = |tab: Tab, opens| button(tab.name(), props.sheet == Some(Sheet::Drawer) && props.tab == tab, opens);
    html! {
        <nav class="pt-sheets" aria-label={say::SHEETS}>
            { sheet(say::PUBLISH, Sheet::Publish, || Act::Sheet(Some(Sheet::Publish))) }
            { sheet(say::BROKERS, Sheet::Brokers, || Act::Sheet(Some(Sheet::Brokers))) }
            { tab(Tab::Events, || Act::Tab(Tab::Events)) }{ tab(Tab::Wire, || Act::Tab(Tab::Wire)) }
            { tab(Tab::Messages, || Act::Tab(Tab::Messages)) }{ tab(Tab::Configs, || Act::Tab(Tab::Configs)) }
            <span class="pt-grow"/>
            { sheet(say::CREATE_TOPIC, Sheet::CreateTopic, || Act::Sheet(Some(Sheet::CreateTopic))) }
            { sheet(say::ADD_GROUP, Sheet::AddGroup, || Act::Sheet(Some(Sheet::AddGroup))) }
        </nav>
    }
}
