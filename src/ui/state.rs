//! What the person chose and wrote: all of the page's state that is not the cluster's.

use super::catalogue::{publish, scene};
use super::chosen::{Chosen, Span};
use super::draft::{Draft, What};
use super::drawer::{ConfigsForm, Form, Tab, WireLook};
use super::first::FirstSteps;
use super::geometry::{Class, Size};
use super::menus::Menu;
use crate::base::SortedMap;
use crate::view::EventSign;
use crate::view::query::story::{EventStory, Parties};
use std::rc::Rc;
use std::sync::Arc;
use yew::Reducible;

/// Where in the page a command was given: its result is said there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    CreateTopic,
    Topic(Arc<str>),
    Publish,
    Producers,
    AddProducer,
    DeleteRecords,
    AddPartitions,
    AddGroup,
    Group(Arc<str>),
    /// The form that resets a group's offsets.
    Reset(Arc<str>),
    /// A node's line.
    Node(i32),
    /// The form for faults.
    Faults,
    /// A partition in the inspector: elections and reassignment.
    Partition(Arc<str>, i32),
    /// A record that is written once more.
    Replay,
    /// A setting: of a topic, a broker or all (as a number), by name, and its key.
    Config(u8, Arc<str>, Arc<str>),
}

/// Which events the list shows: those that meet all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    pub kind: Option<EventSign>,
    pub party: Option<Chosen>,
    /// Without regard to case.
    pub text: String,
}

/// A topic's tapes that were moved to older records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The log ends, by partition, when they left their heads.
    pub ends: Rc<Vec<i64>>,
    /// So many cells before those.
    pub back: i64,
}

/// A form or page that lies over the stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sheet {
    CreateTopic,
    AddGroup,
    /// A member for this group.
    AddMember(Arc<str>),
    /// A producer, for this topic where it is named.
    AddProducer(Option<Arc<str>>),
    /// What lies before an offset of a partition goes.
    DeleteRecords(Arc<str>, i32),
    /// A topic gets more partitions.
    AddPartitions(Arc<str>),
    /// A group's offsets.
    Reset(Arc<str>),
    Marks,
    /// Finds any thing and any action.
    Palette,
    /// What these words mean; none in it: all words.
    Words(Vec<&'static str>),
    /// Faults of a node and its links.
    Faults(i32),
    /// The session: seed, link, file.
    Session,
    /// All histories that are kept.
    Histories,
    /// Everybody on the network, and what is on its way.
    Network,
    /// Below 1080 px: the rail or the drawer comes up as a sheet.
    Publish,
    Brokers,
    Drawer,
}

impl Sheet {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::CreateTopic => "topic",
            Self::Faults(_) => "faults",
            Self::Session => "session",
            Self::Histories => "histories",
            Self::Network => "network",
            Self::AddGroup => "group",
            Self::AddMember(_) => "member",
            Self::AddProducer(_) => "producer",
            Self::DeleteRecords(..) => "records",
            Self::AddPartitions(_) => "partitions",
            Self::Reset(_) => "reset",
            Self::Marks => "key",
            Self::Palette => "palette",
            Self::Words(_) => "words",
            Self::Publish => "publish",
            Self::Brokers => "brokers",
            Self::Drawer => "drawer",
        }
    }
}

/// The phone's five views.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    #[default]
    Log,
    Groups,
    Publish,
    Brokers,
    Trace,
}

impl Pane {
    pub const ALL: [Self; 5] = [Self::Log, Self::Groups, Self::Publish, Self::Brokers, Self::Trace];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Groups => "groups",
            Self::Publish => "publish",
            Self::Brokers => "brokers",
            Self::Trace => "trace",
        }
    }
}

/// What a dense topic's strips are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sorting {
    #[default]
    Partition,
    /// What the followed group has not read yet, the most first.
    Lag,
    Leader,
    /// Records written lately, the most first.
    Rate,
}

impl Sorting {
    pub const ALL: [Self; 4] = [Self::Partition, Self::Lag, Self::Leader, Self::Rate];
}

#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// `light` or `dark`; none: as the reader prefers.
    pub theme: Option<&'static str>,
    /// None: the first group.
    pub follow: Option<Arc<str>>,
    pub chosen: Option<Chosen>,
    /// The chosen event's causes and effects, once they are known.
    pub story: Option<Rc<EventStory>>,
    /// Whom they tell of: the scene marks them.
    pub parties: Rc<Parties>,
    pub events: EventFilter,
    /// The chosen frame's records, once they are known.
    pub rings: Rc<Vec<Span>>,
    /// Records that were dragged over.
    pub span: Option<Span>,
    /// Tapes that do not stand at their heads, by topic.
    pub moved: SortedMap<Arc<str>, Moved>,
    pub first: FirstSteps,
    /// The partition under the pointer or the focus.
    pub near: Option<(Arc<str>, i32)>,
    pub sheet: Option<Sheet>,
    pub pane: Pane,
    /// The drawer's tab.
    pub tab: Tab,
    /// The drawer is folded to its tabs.
    pub folded: bool,
    /// What is looked at of the wire.
    pub wire: WireLook,
    /// The drawer's height in px, as far as there is room; none: nobody has moved its edge.
    pub drawer: Option<u32>,
    pub menu: Option<Menu>,
    /// The last request given at a place.
    pub requests: SortedMap<Place, u64>,
    /// The topic whose deletion waits for a word.
    pub confirm: Option<Arc<str>>,
    pub draft: Draft,
    /// What is looked for in Messages.
    pub messages: Form,
    /// Which settings are shown.
    pub configs: ConfigsForm,
    /// Tables are shown instead of the picture.
    pub tables: bool,
    /// Internal topics are shown.
    pub internal: bool,
    pub sorting: Sorting,
    pub size: Size,
    /// Why time did not go where it was asked to last.
    pub time_refused: Option<String>,
    /// What came of sharing, and whether it could not be.
    pub shared: Option<(String, bool)>,
}

// Its only numbers that are no whole ones are lengths, measured by the browser: each equals itself. With this, shared states are equal at a glance.
impl Eq for State {}

impl State {
    pub fn new(theme: Option<&'static str>) -> Self {
        let draft = Draft {
            topic: None,
            key: publish::EXAMPLE_KEY.to_owned(),
            keyless: false,
            value: publish::EXAMPLE_VALUE.to_owned(),
            tombstone: false,
            headers: Vec::new(),
            headers_open: false,
            partition: None,
            producer: None,
            what: What::One,
            bulk: String::new(),
            separator: ":".to_owned(),
            sample: 0,
            count: "1".to_owned(),
            rate: String::new(),
            acks: "all".to_owned(),
            compression: "none".to_owned(),
            how_open: false,
        };
        Self {
            theme,
            follow: None,
            chosen: None,
            story: None,
            parties: Rc::default(),
            events: EventFilter::default(),
            rings: Rc::default(),
            span: None,
            moved: SortedMap::new(),
            first: FirstSteps::default(),
            near: None,
            sheet: None,
            pane: Pane::default(),
            tab: Tab::default(),
            folded: false,
            wire: WireLook::default(),
            drawer: None,
            menu: None,
            requests: SortedMap::new(),
            confirm: None,
            draft,
            messages: Form::default(),
            configs: ConfigsForm::default(),
            tables: false,
            internal: false,
            sorting: Sorting::default(),
            size: Size::default(),
            time_refused: None,
            shared: None,
        }
    }

    /// On the phone a record that was found takes the place of the list: it has a way back.
    pub fn reads_record(&self) -> bool {
        let found = self.pane == Pane::Trace && self.tab == Tab::Messages && matches!(self.chosen, Some(Chosen::Record { .. }));
        found && self.sheet.is_none() && self.size.class() == Class::Phone
    }
}

/// What the person did to the page itself.
pub enum Act {
    Theme(&'static str),
    Follow(Arc<str>),
    /// Publish aims here, and is shown where there is room for one thing only.
    Aim(Option<(Arc<str>, Option<i32>)>),
    /// Chooses; the same again clears.
    Choose(Chosen),
    /// Chooses; the same again stays.
    Look(Chosen),
    Clear,
    /// Out of what is innermost: a sheet, a question, what is chosen.
    Out,
    /// The chosen event's causes and effects.
    Story(Rc<EventStory>),
    /// The chosen frame's records.
    Rings(Rc<Vec<Span>>),
    /// Marks records that lie beside each other.
    Span(Option<Span>),
    /// Marks the record that a reach begins with, where its tape is to be seen.
    Reach(Span),
    /// Shows the things to try, or sends them away.
    FirstSteps(bool),
    /// Which of them are seen to be done.
    Tried([bool; 3]),
    /// Which events are listed.
    Events(EventFilter),
    Near(Option<(Arc<str>, i32)>),
    /// Moves a topic's tapes; none: to their heads.
    Move(Arc<str>, Option<Moved>),
    /// Opens a sheet; the same again closes it.
    Sheet(Option<Sheet>),
    Pane(Pane),
    /// Shows one of the drawer's tabs, wherever the drawer is at this size.
    Tab(Tab),
    Wire(WireLook),
    /// Folds the drawer to its tabs, or opens it.
    Fold(bool),
    /// Sets the drawer's height, in px; none: what it was at first.
    Drawer(Option<u32>),
    Menu(Option<Menu>),
    Requested(Place, u64),
    Confirm(Option<Arc<str>>),
    Draft(Draft),
    /// What is looked for in Messages.
    Messages(Form),
    /// Which settings are shown.
    Configs(ConfigsForm),
    /// Shows tables instead of the picture, or the picture again.
    Tables(bool),
    Internal(bool),
    /// Orders strips.
    Sort(Sorting),
    Sized(Size),
    TimeRefused(Option<String>),
    Shared(Option<(String, bool)>),
    /// Begins anew with the cluster.
    Reset,
}

impl Reducible for State {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let mut next = (*self).clone();
        match act {
            Act::Out if next.sheet.is_some() => next.sheet = None,
            Act::Out if next.confirm.is_some() => next.confirm = None,
            Act::Out => return self.reduce(Act::Clear),
            Act::Theme(theme) => next.theme = Some(theme),
            Act::Follow(group) => next.follow = Some(group),
            Act::Aim(at) => {
                if let Some((topic, partition)) = at {
                    (next.draft.topic, next.draft.partition) = (Some(topic), partition);
                }
                match next.size.class() {
                    Class::Wide => next.sheet = None,
                    Class::Embed => next.sheet = Some(Sheet::Publish),
                    // The form needs all the room there is.
                    Class::Phone => (next.pane, next.sheet, next.chosen) = (Pane::Publish, None, None),
                }
            }
            Act::Choose(chosen) => {
                if next.span.is_some() {
                    next.shared = None;
                }
                (next.span, next.chosen) = (None, if next.chosen.as_ref() == Some(&chosen) { None } else { Some(chosen) })
            }
            Act::Look(chosen) => next.chosen = Some(chosen),
            Act::Clear => (next.chosen, next.span, next.shared, next.time_refused) = (None, None, None, None),
            Act::Story(story) => {
                let before = next.story.as_ref().filter(|before| before.event.id == story.event.id);
                if before.is_some_and(|before| before.event.text != story.event.text) {
                    // The course was undone, and another event has its number now.
                    next.chosen = None;
                } else {
                    next.parties = Rc::new(story.parties());
                    next.story = Some(story);
                }
            }
            Act::Rings(rings) => next.rings = rings,
            Act::Span(span) => {
                if span.is_some() {
                    next.chosen = None;
                }
                (next.span, next.shared) = (span, None);
            }
            Act::Reach(span) => {
                (next.span, next.chosen, next.shared) = (Some(span), None, Some((scene::TO_HERE.to_owned(), false)));
                if next.size.class() == Class::Phone {
                    (next.pane, next.sheet) = (Pane::Log, None);
                }
            }
            Act::Events(filter) => next.events = filter,
            Act::FirstSteps(shown) => next.first.show(shown),
            Act::Tried(done) => {
                for (step, done) in next.first.done.iter_mut().zip(done) {
                    *step |= done;
                }
            }
            Act::Near(near) => next.near = near,
            Act::Move(topic, moved) => {
                next.moved.remove(&topic);
                if let Some(moved) = moved {
                    next.moved.insert(topic, moved);
                }
            }
            Act::Sheet(sheet) => next.sheet = sheet,
            Act::Pane(pane) => (next.pane, next.sheet) = (pane, None),
            Act::Tab(tab) => {
                (next.tab, next.folded) = (tab, false);
                match next.size.class() {
                    Class::Wide => {}
                    Class::Embed => next.sheet = Some(Sheet::Drawer),
                    Class::Phone => (next.pane, next.sheet) = (Pane::Trace, None),
                }
            }
            Act::Wire(look) => {
                // Where there is less room, the chosen frame has the list's place: whoever filters wants to see the list.
                let covers = next.size.class() != Class::Wide && matches!(next.chosen, Some(Chosen::Frame(_)));
                if covers && look.filter != next.wire.filter {
                    next.chosen = None;
                }
                next.wire = look;
            }
            Act::Fold(folded) => next.folded = folded,
            Act::Drawer(height) => next.drawer = height,
            Act::Menu(menu) => next.menu = menu,
            Act::Requested(place, request) => {
                next.requests.insert(place, request);
            }
            Act::Confirm(topic) => next.confirm = topic,
            Act::Draft(draft) => next.draft = draft,
            Act::Messages(form) => next.messages = form,
            Act::Configs(form) => next.configs = form,
            Act::Tables(shown) => next.tables = shown,
            Act::Internal(shown) => next.internal = shown,
            Act::Sort(by) => next.sorting = by,
            Act::Sized(size) => next.size = size,
            Act::TimeRefused(why) => (next.time_refused, next.shared) = (why, None),
            Act::Shared(said) => next.shared = said,
            Act::Reset => next = Self { theme: next.theme, size: next.size, pane: next.pane, ..Self::new(None) },
        }
        if !matches!((&next.chosen, &next.story), (Some(Chosen::Event(event)), Some(story)) if story.event.id == *event) {
            (next.story, next.parties) = (None, Rc::default());
        }
        if !matches!(next.chosen, Some(Chosen::Frame(_))) {
            next.rings = Rc::default();
        }
        if next == *self { self } else { Rc::new(next) }
    }
}
