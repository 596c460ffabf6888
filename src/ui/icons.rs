//! Every pictogram of the page, as paths: inline, so that no id or file is needed.

use crate::view::EventSign;
use yew::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Icon {
    Play,
    Pause,
    Step,
    Theme,
    More,
    Plus,
    Down,
    Right,
    Left,
    Close,
    Ok,
    Log,
    People,
    Pen,
    Rack,
    Why,
    Back,
    Next,
    Undo,
    Redo,
    Fork,
    Share,
    Heal,
    Save,
    Find,
}

pub fn icon(which: Icon) -> Html {
    let paths = match which {
        Icon::Play => html! { <path d="M5 2.8v10.4L13 8z" fill="currentColor" stroke="none"/> },
        Icon::Pause => html! { <path d="M4 3h3v10H4zM9 3h3v10H9z" fill="currentColor" stroke="none"/> },
        Icon::Step => html! { <><path d="M3.5 3.5v9L10 8z" fill="currentColor" stroke="none"/><path d="M12.5 3.5v9"/></> },
        Icon::Theme => {
            html! { <><circle cx="8" cy="8" r="5.5"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" stroke="none"/></> }
        }
        Icon::More => html! { <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" stroke-width="2"/> },
        Icon::Plus => html! { <path d="M8 3.5v9M3.5 8h9"/> },
        Icon::Down => html! { <path d="M4.5 6.5L8 10l3.5-3.5"/> },
        Icon::Right => html! { <path d="M6.5 4.5L10 8l-3.5 3.5"/> },
        Icon::Left => html! { <path d="M9.5 4.5L6 8l3.5 3.5"/> },
        Icon::Close => html! { <path d="M4 4l8 8M12 4l-8 8"/> },
        Icon::Ok => html! { <path d="M3 8.5l3.2 3.2L13 4.5"/> },
        Icon::Log => html! { <path d="M2 4.5h9M2 8h12M2 11.5h6"/> },
        Icon::People => html! {
            <><circle cx="4" cy="4.5" r="1.8"/><circle cx="12" cy="8" r="1.8"/><circle cx="4" cy="11.5" r="1.8"/>
            <path d="M6 4.7c3 .3 2.500 3 4 3.2M6 11.300c3-.3 2.500-3 4-3.200"/></>
        },
        Icon::Pen => html! { <path d="M3 8h8M8 4.500L11.500 8 8 11.500M13.500 3v10"/> },
        Icon::Rack => html! {
            <><rect x="2.5" y="2.5" width="4.5" height="4.5" rx=".5"/><rect x="9" y="2.5" width="4.5" height="4.5" rx=".5"/>
            <rect x="5.75" y="9" width="4.5" height="4.5" rx=".5"/></>
        },
        Icon::Back => html! { <><path d="M12.5 3.5v9L6 8z" fill="currentColor" stroke="none"/><path d="M3.500 3.500v9"/></> },
        Icon::Next => {
            html! { <><path d="M2.500 3.500v9L7.500 8zM7.500 3.500v9l5-4.500z" fill="currentColor" stroke="none"/><path d="M13.500 3.500v9"/></> }
        }
        Icon::Undo => html! { <path d="M6 3L2.800 6.200 6 9.400M3 6.200h6.500a3.500 3.500 0 0 1 0 7H6"/> },
        Icon::Redo => html! { <path d="M10 3l3.200 3.200L10 9.400M13 6.200H6.500a3.500 3.500 0 0 0 0 7H10"/> },
        Icon::Fork => html! {
            <><circle cx="4" cy="3.500" r="1.500"/><circle cx="12" cy="3.500" r="1.500"/><circle cx="4" cy="12.500" r="1.500"/>
            <path d="M4 5v6M12 5c0 3.500-8 2-8 6"/></>
        },
        Icon::Share => {
            html! { <path d="M6.500 9.500l3-3M7 4.500l1.500-1.500a3 3 0 0 1 4.500 4.500L11.500 9M9 11.500L7.500 13A3 3 0 0 1 3 8.500L4.500 7"/> }
        }
        Icon::Find => html! { <><circle cx="7" cy="7" r="4"/><path d="M10 10l3.500 3.500"/></> },
        Icon::Heal => html! { <path d="M8 3v10M3 8h10"/> },
        Icon::Save => html! { <path d="M8 2.500v7M5 7l3 3 3-3M3 13h10"/> },
        Icon::Why => html! { <><path d="M3 3.500h6M3 8h10M3 12.500h4"/><circle cx="12" cy="3.5" r="1"/></> },
    };
    html! { <svg class="pt-i" viewBox="0 0 16 16" aria-hidden="true">{ paths }</svg> }
}

/// The wordmark's sign: four lines of music, whose notes are records.
pub fn logo() -> Html {
    html! {
        <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M1 2.5h18M1 7.5h18M1 12.5h18M1 17.5h18" fill="none" stroke="currentColor" opacity=".45"/>
            <path fill="currentColor" d="M3 3.4h3.2v3.200H3zM7 3.400h3.200v3.200H7zM11 3.400h3.200v3.200H11zM3 8.400h3.200v3.200H3zM3 13.400h3.200v3.200H3zM7 13.400h3.200v3.200H7z"/>
        </svg>
    }
}

/// The mark before an event.
pub fn sign(which: EventSign) -> Html {
    let body = match which {
        EventSign::Command => html! { <path d="M6 2l5 8H1z" fill="currentColor"/> },
        EventSign::Election => html! { <path d="M6 1l5 5-5 5-5-5z" fill="currentColor"/> },
        EventSign::Rebalance => {
            html! { <path d="M1 4h8M6.500 1.500L9 4 6.500 6.500M11 8.500H3M5.500 6L3 8.500 5.500 11" fill="none" stroke="currentColor" stroke-width="1.3"/> }
        }
        EventSign::Timer => html! {
            <><circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="1.3"/>
            <path d="M6 3.500V6l1.800 1.200" fill="none" stroke="currentColor" stroke-width="1.2"/></>
        },
        EventSign::Fault => html! {
            <><path d="M3.800 1h4.400L11 3.800v4.400L8.200 11H3.800L1 8.200V3.800z" fill="none" stroke="currentColor" stroke-width="1.3"/>
            <path d="M6 3.500v3M6 8.300v.2" fill="none" stroke="currentColor" stroke-width="1.4"/></>
        },
        EventSign::Record => html! { <path d="M2.500 2.500h7v7h-7z" fill="currentColor"/> },
        EventSign::Plain => html! { <rect x="1" y="3" width="10" height="6" rx="3" fill="none" stroke="currentColor" stroke-width="1.3"/> },
    };
    html! { <svg viewBox="0 0 12 12" aria-hidden="true">{ body }</svg> }
}

/// The tone of an event's mark, where it has one.
pub const fn tone(which: EventSign) -> Option<&'static str> {
    match which {
        EventSign::Rebalance => Some("change"),
        EventSign::Fault => Some("fault"),
        EventSign::Command | EventSign::Election | EventSign::Timer | EventSign::Record | EventSign::Plain => None,
    }
}
