//! The stage's measures: fixed, so that threads are computed and never read from the page. The style sheet has the same numbers.

/// The sizes that the page is laid out for, by the element's own width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Class {
    #[default]
    Wide,
    Embed,
    Phone,
}

/// The element's width and height, and the width of its stage, in px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    pub width: f64,
    pub height: f64,
    pub stage: f64,
    /// Fingers press, not a pointer.
    pub touch: bool,
}

impl Default for Size {
    fn default() -> Self {
        Self { width: 1440.0, height: 900.0, stage: 1160.0, touch: false }
    }
}

impl Size {
    pub fn class(self) -> Class {
        if self.width >= 1080.0 {
            Class::Wide
        } else if self.width >= 480.0 {
            Class::Embed
        } else {
            Class::Phone
        }
    }

    pub fn measures(self) -> &'static Measures {
        match self.class() {
            Class::Wide => &WIDE,
            Class::Embed => &EMBED,
            Class::Phone => &PHONE,
        }
    }

    /// The drawer's height before anybody has moved its edge: a third and a little more, so that the first scene is in sight whole.
    pub fn drawer(self) -> u32 {
        (self.height * 0.36).clamp(216.0, 460.0) as u32
    }

    /// How many cells a tape's window has room for.
    pub fn cells(self) -> usize {
        let m = self.measures();
        let wider = if self.width >= WIDER { 80.0 } else { 0.0 };
        let log = self.stage - m.around - wider;
        ((log - m.fold) / m.cell).floor().clamp(4.0, 200.0) as usize
    }
}

/// One class' measures, in px.
#[derive(Debug, PartialEq)]
pub struct Measures {
    pub cell: f64,
    /// Cells kept free after the log end.
    pub slots: usize,
    /// All of the stage's width that no log gets.
    around: f64,
    /// The least width of the fold.
    fold: f64,
    /// Heights of: a column's head, a topic's head, a tape with the room above it and the offsets below it, a lane, the gap between rows.
    pub column_head: f64,
    pub topic_head: f64,
    pub tape: f64,
    pub lane: f64,
    pub row_gap: f64,
    /// Only the followed group has lanes.
    pub one_lane: bool,
    /// Heights of a group's head, a member's head, one of its lines, the gap after a member, a member that is a line, a group's foot, the gap
    /// after a group.
    pub group_head: f64,
    pub member_head: f64,
    pub own: f64,
    pub member_gap: f64,
    pub line: f64,
    pub group_foot: f64,
    pub group_gap: f64,
    /// The width of the column that threads cross.
    pub threads: f64,
    /// How many characters of a key a cell shows.
    pub label: usize,
}

/// From this width on the groups and the inspector have 80 px more.
const WIDER: f64 = 1600.0;

/// The least height of what fingers press, in px.
pub const TOUCH: f64 = 44.0;
/// Height of one partition's strip, in px.
pub const STRIP: f64 = 6.0;
/// More partitions than these are drawn as strips.
pub const TAPES_MAX: usize = 24;

static WIDE: Measures = Measures {
    cell: 26.0,
    slots: 3,
    around: 124.0 + 320.0 + 16.0 + 112.0,
    fold: 38.0,
    column_head: 36.0,
    topic_head: 34.0,
    tape: 60.0,
    lane: 15.0,
    row_gap: 5.0,
    one_lane: false,
    group_head: 52.0,
    member_head: 24.0,
    own: 18.0,
    member_gap: 6.0,
    line: 16.0,
    group_foot: 24.0,
    group_gap: 10.0,
    threads: 124.0,
    label: 3,
};

static EMBED: Measures = Measures {
    slots: 2,
    around: 60.0 + 206.0 + 12.0 + 62.0,
    fold: 22.0,
    column_head: 0.0,
    topic_head: 30.0,
    one_lane: true,
    group_head: 44.0,
    group_gap: 0.0,
    threads: 60.0,
    ..WIDE
};

static PHONE: Measures =
    Measures { cell: 30.0, around: 24.0, fold: 22.0, tape: 75.0, lane: 20.0, row_gap: 8.0, one_lane: false, threads: 0.0, ..WIDE };
