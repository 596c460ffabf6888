//! What passes the filter, as a file: gathered stretch by stretch, saved at the end.

use crate::ui::catalogue::messages as say;
use crate::ui::desk::{Desk, use_desk};
use crate::ui::share;
use crate::view::query::records::export::Format;
use crate::view::query::records::{Cursor, FOUND_MAX, RecordsAsk};
use crate::view::{Answer, Query};
use gloo::timers::callback::Timeout;
use std::cell::Cell;
use std::rc::Rc;
use yew::prelude::*;

/// How many records, and how many bytes, a file has at most.
const RECORDS_MAX: u64 = 200_000;
const BYTES_MAX: usize = 64 << 20;

#[derive(Properties, PartialEq)]
pub struct ExportProps {
    /// None where the form is wrong.
    pub ask: Option<RecordsAsk>,
}

/// A file in the making.
struct File {
    desk: Desk,
    ask: RecordsAsk,
    format: Format,
    text: String,
    records: u64,
    /// How far it is.
    told: Callback<Said>,
    /// Not wanted any more.
    stopped: Rc<Cell<bool>>,
}

impl File {
    fn go_on(self, cursor: Option<Cursor>) {
        let look = RecordsAsk { cursor, limit: FOUND_MAX, bytes_max: u32::MAX, ..self.ask.clone() };
        let desk = self.desk.clone();
        let waiting = Rc::new(Cell::new(Some(self)));
        desk.ask(
            Query::Records { look },
            Callback::from(move |answer| {
                if let Some(file) = waiting.take() {
                    file.take(answer)
                }
            }),
        );
    }

    fn take(mut self, answer: Answer) {
        let Answer::Records { records } = answer else { return };
        for record in &records.found {
            self.format.write(&self.ask.topic, record, &mut self.text);
        }
        self.records += records.found.len() as u64;
        if self.stopped.get() {
            return;
        }
        let is_full = self.records >= RECORDS_MAX || self.text.len() >= BYTES_MAX;
        match records.cursor {
            Some(cursor) if !is_full => {
                self.told.emit(Said::Writes(self.records));
                Timeout::new(0, move || self.go_on(Some(cursor))).forget();
            }
            rest => {
                share::download(&format!("{}.{}", self.ask.topic, self.format.extension()), &self.text);
                self.told.emit(Said::Done { records: self.records, all: rest.is_none() });
            }
        }
    }
}

/// What is said of a file.
#[derive(Clone, PartialEq)]
enum Said {
    Writes(u64),
    Done { records: u64, all: bool },
}

#[component]
pub fn Export(props: &ExportProps) -> Html {
    let desk = use_desk();
    let opened = use_state(|| false);
    let said = use_state(|| None::<Said>);
    let stopped = use_mut_ref(|| Rc::new(Cell::new(false)));
    {
        let stopped = stopped.clone();
        // Nobody waits for the file once the tab is gone.
        use_effect_with((), move |()| move || stopped.borrow().set(true));
    }
    let save = |format: Format| {
        let (desk, ask, said, stopped) = (desk.clone(), props.ask.clone(), said.clone(), stopped.clone());
        move |_: MouseEvent| {
            let Some(ask) = ask.clone() else { return };
            stopped.borrow().set(true);
            let this = Rc::new(Cell::new(false));
            *stopped.borrow_mut() = Rc::clone(&this);
            let (teller, going) = (said.setter(), Rc::clone(&this));
            let told = Callback::from(move |how_far: Said| {
                if !going.get() {
                    teller.set(Some(how_far));
                }
            });
            File { desk: desk.clone(), ask, format, text: format.head(), records: 0, told, stopped: this }.go_on(None);
        }
    };
    let stop = {
        let (said, stopped) = (said.clone(), stopped.clone());
        move |_: MouseEvent| {
            stopped.borrow().set(true);
            said.set(None);
        }
    };
    let button = |name: &'static str, format: Format| {
        html! { <button type="button" class="pt-btn pt-btn--edge" disabled={props.ask.is_none()} onclick={save(format)}>{ name }</button> }
    };
    let open = {
        let opened = opened.clone();
        move |_: MouseEvent| opened.set(!*opened)
    };
    html! {
        <span class="pt-export">
            <button type="button" class="pt-btn pt-btn--edge" aria-expanded={if *opened { "true" } else { "false" }} onclick={open}>{ say::EXPORT }</button>
            if *opened {
                <span class="pt-export__choice" role="group" aria-label={say::EXPORT}>{ button(say::JSON_LINES, Format::JsonLines) }{ button(say::CSV, Format::Csv) }
                    { match &*said {
                        None => html! { <span>{ say::EXPORTS }</span> },
                        Some(Said::Writes(records)) => html! { <><span>{ say::exported(*records) }</span><button type="button" class="pt-link" onclick={stop}>{ say::STOP }</button></> },
                        Some(Said::Done { records, all: true }) => html! { <span role="status">{ say::exported(*records) }</span> },
                        Some(Said::Done { records, all: false }) => html! { <span role="status">{ say::export_cut(*records) }</span> },
                    } }
                </span>
            }
        </span>
    }
}
