//! The codec: reads, writes, notes and fills messages as their descriptions say.
//!
//! A message has one `visit` function, which names its fields in order to a [`Codec`]. Every version's layout, the inspector and every
//! check come from that one description. The first failure stays and ends all reading, so a `visit` needs no error handling: after it a
//! reader is empty, and loops over what comes next stop by themselves.
//!
//! Nothing here knows a particular message. Where Apache Kafka's own reader is laxer (order of tags, duplicates, sizes of known tags),
//! this one refuses.

mod error;
mod field;
mod numbers;
mod parts;
mod raw;
mod tags;
mod text;

pub use error::{WireError, WireReason};
pub use field::{FIELD, Field, Kind, Name, Note, Source, Value};
pub use tags::Tags;

use crate::wire::Rope;
use bytes::Bytes;
use std::collections::VecDeque;
use std::ops::RangeInclusive;
use tags::Section;

/// Something that names its fields to a codec, in the order in which they lie on the wire.
pub trait Visit {
    fn visit(&mut self, c: &mut Codec);
}

/// What an array can hold: a struct or a plain value.
pub trait Part: Visit + Default + PartialEq {
    const KIND: Kind = Kind::Struct;
}

/// A message of Kafka's specification.
pub trait Message: Part {
    /// The specification's name.
    const NAME: &'static str;
    /// The versions that the specification has; none where it is empty.
    const VERSIONS: RangeInclusive<i16>;
    /// The first flexible version (KIP-482); `i16::MAX` where none is.
    const FLEXIBLE_SINCE: i16;
    /// Bytes after the message's end are ignored, as Apache Kafka does with requests.
    const TAIL_IGNORED: bool = false;
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Read,
    Write,
    Fill,
}

/// A reader, writer or filler of one message, and the first failure of it.
pub struct Codec {
    mode: Mode,
    version: i16,
    flexible: bool,
    message: &'static str,
    field: &'static str,
    error: Option<WireError>,
    sections: Vec<Section>,

    /// The piece that is being read, where it begins in all of the input, and the pieces after it.
    input: Bytes,
    piece_start: usize,
    later: VecDeque<Bytes>,
    position: usize,
    limit: usize,
    notes: Option<Notes>,

    output: Vec<u8>,
    /// Records that belong at a place in the output; they are not copied.
    spliced: Vec<(usize, Rope)>,
    /// How many tagged fields are open.
    tagged: usize,

    /// Nobody notes what is read, and no source gives what is filled.
    is_plain: bool,
    source: Option<Box<dyn Source>>,
    /// What the source gave for the field that is entered.
    given: Option<Value>,
}

#[derive(Default)]
struct Notes {
    notes: Vec<Note>,
    /// Those whose end is still to come.
    open: Vec<usize>,
}

/// What a codec needs to know of a message beforehand. With it messages are read and written by code that all of them share: it knows them
/// as `dyn Visit`.
#[derive(Clone, Debug)]
struct Layout {
    message: &'static str,
    versions: RangeInclusive<i16>,
    flexible_since: i16,
    tail_ignored: bool,
}

impl Layout {
    const fn of<T: Message>() -> &'static Self {
        const { &Self { message: T::NAME, versions: T::VERSIONS, flexible_since: T::FLEXIBLE_SINCE, tail_ignored: T::TAIL_IGNORED } }
    }

    fn read(&self, version: i16, input: Rope, message: &mut dyn Visit) -> Result<(), WireError> {
        let mut codec = Codec::reader(self, version, input);
        codec.read_whole(self, message);
        codec.error.map_or(Ok(()), Err)
    }

    fn write(&self, version: i16, head: Vec<u8>, message: &mut dyn Visit) -> Result<Rope, WireError> {
        let mut codec = Codec::new(Mode::Write, self, version);
        codec.output = head;
        codec.check_version(&self.versions);
        message.visit(&mut codec);
        codec.into_rope()
    }
}

impl Codec {
    fn new(mode: Mode, layout: &Layout, version: i16) -> Self {
        Self {
            mode,
            version,
            flexible: version >= layout.flexible_since,
            message: layout.message,
            field: "",
            error: None,
            sections: Vec::new(),
            input: Bytes::new(),
            piece_start: 0,
            later: VecDeque::new(),
            position: 0,
            limit: 0,
            notes: None,
            output: Vec::new(),
            spliced: Vec::new(),
            tagged: 0,
            is_plain: mode != Mode::Fill,
            source: None,
            given: None,
        }
    }

    fn reader(layout: &Layout, version: i16, input: Rope) -> Self {
        Self { limit: input.len(), later: input.into_chunks().into(), ..Self::new(Mode::Read, layout, version) }
    }

    fn read_whole(&mut self, layout: &Layout, message: &mut dyn Visit) {
        self.check_version(&layout.versions);
        message.visit(self);
        self.check_end(layout.tail_ignored);
    }

    fn check_version(&mut self, versions: &RangeInclusive<i16>) {
        if !versions.contains(&self.version) {
            self.fail(WireReason::Version);
        }
    }

    fn check_end(&mut self, tail_ignored: bool) {
        if !tail_ignored && self.remaining() > 0 {
            self.field = "";
            self.fail(WireReason::Trailing);
        }
    }

    fn into_rope(mut self) -> Result<Rope, WireError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut rope = Rope::new();
        let mut output = Bytes::from(std::mem::take(&mut self.output));
        let mut cut = 0;
        for (at, records) in self.spliced {
            rope.push(output.split_to((at - cut).min(output.len())));
            cut = at;
            rope.extend(records);
        }
        rope.push(output);
        Ok(rope)
    }

    /// Keeps the first failure; nothing can be read after it.
    fn fail(&mut self, reason: WireReason) {
        let offset = if self.mode == Mode::Read { self.position } else { self.output.len() };
        let error = || WireError { message: self.message, version: self.version, field: self.field, offset, reason };
        self.error.get_or_insert_with(error);
        self.limit = self.position;
    }

    const fn failed(&self) -> bool {
        self.error.is_some()
    }

    const fn remaining(&self) -> usize {
        self.limit.saturating_sub(self.position)
    }

    /// Whether the field's value comes next. `default`: the value at hand is the field's default.
    ///
    /// Nearly all fields are untagged and have nobody who notes them: natively that is decided where the field is known. The page is small first.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn enter(&mut self, field: &Field, kind: Kind, default: bool) -> bool {
        let here = field.has(self.version);
        if here && field.tag < 0 && self.is_plain {
            self.field = field.name;
            return self.error.is_none() || self.mode == Mode::Write;
        }
        self.enter_otherwise(field, kind, default)
    }

    fn enter_otherwise(&mut self, field: &Field, kind: Kind, default: bool) -> bool {
        self.field = field.name;
        let here = field.has(self.version);
        let tag = u32::try_from(field.tag).ok();
        match (self.mode, tag) {
            (Mode::Read, tag) => {
                let here = here && !self.failed() && tag.is_none_or(|tag| self.open_read(tag));
                if here {
                    self.open_note(Name::Field(field.name), kind);
                }
                here
            }
            (Mode::Write, _) if !here => {
                if !default && !field.ignorable {
                    self.fail(WireReason::NotInVersion);
                }
                false
            }
            (Mode::Write, None) => true,
            (Mode::Write, Some(tag)) => {
                if !default {
                    self.open_write(tag);
                }
                !default
            }
            (Mode::Fill, _) => here && self.ask(Name::Field(field.name), field, kind),
        }
    }

    /// After the value of a field that was entered.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn leave(&mut self, field: &Field) {
        if field.tag >= 0 || !self.is_plain {
            self.leave_otherwise(field);
        }
    }

    fn leave_otherwise(&mut self, field: &Field) {
        match self.mode {
            Mode::Read => {
                self.close_note();
                if field.tag >= 0 {
                    self.close_read();
                }
            }
            Mode::Write => {
                if field.tag >= 0 {
                    self.close_write();
                }
            }
            Mode::Fill => self.source.iter_mut().for_each(|source| source.leave()),
        }
    }

    /// Filling: whether the source has a value.
    fn ask(&mut self, name: Name, field: &Field, kind: Kind) -> bool {
        self.given = self.source.as_mut().and_then(|source| source.enter(name, field, kind, self.version));
        self.given.is_some()
    }

    /// Whether an untold default must be known before the field is entered: comparing a whole struct costs.
    const fn compares(&self, field: &Field) -> bool {
        matches!(self.mode, Mode::Write) && (field.tag >= 0 || !field.has(self.version))
    }
}

/// What the inspector sees.
impl Codec {
    fn open_note(&mut self, name: Name, kind: Kind) {
        let start = self.position;
        if let Some(Notes { notes, open }) = &mut self.notes {
            let value = if kind == Kind::Struct { Value::Struct } else { Value::Null };
            notes.push(Note { depth: open.len(), name, kind, value, range: start..start });
            open.push(notes.len() - 1);
        }
    }

    fn close_note(&mut self) {
        let end = self.position;
        if let Some(Notes { notes, open }) = &mut self.notes
            && let Some(note) = open.pop().and_then(|index| notes.get_mut(index))
        {
            note.range.end = end;
        }
    }

    /// The value of the note that was opened last.
    fn note(&mut self, value: impl FnOnce() -> Value) {
        if let Some(Notes { notes, open }) = &mut self.notes
            && let Some(note) = open.last().and_then(|&index| notes.get_mut(index))
        {
            note.value = value();
        }
    }

    fn note_whole(&mut self, name: Name, kind: Kind, value: Value, start: usize) {
        let end = self.position;
        if let Some(Notes { notes, open }) = &mut self.notes {
            notes.push(Note { depth: open.len(), name, kind, value, range: start..end });
        }
    }

    fn note_tags(&mut self, count: usize, start: usize) {
        self.note_whole(Name::Field("tags"), Kind::Tags, Value::Count(count), start);
    }
}

/// Reads a message. All bytes must be used, except for a request's. Records in it are shared, not copied.
pub fn decode<T: Message>(bytes: impl Into<Rope>, version: i16) -> Result<T, WireError> {
    let mut message = T::default();
    Layout::of::<T>().read(version, bytes.into(), &mut message)?;
    Ok(message)
}

/// Writes a message. Records in it are shared, not copied. It takes `&mut` because one description serves both ways; the message is as it
/// was afterwards.
pub fn encode<T: Message>(message: &mut T, version: i16) -> Result<Rope, WireError> {
    encode_after(Vec::new(), message, version)
}

/// Writes a message behind a head that is already bytes.
pub(super) fn encode_after<T: Message>(head: Vec<u8>, message: &mut T, version: i16) -> Result<Rope, WireError> {
    Layout::of::<T>().write(version, head, message)
}

/// A message of the specification, for those who treat all alike: the inspector and the tests.
pub struct Described {
    pub name: &'static str,
    pub versions: RangeInclusive<i16>,
    pub flexible_since: i16,
    pub tail_ignored: bool,
    /// A message with the specification's defaults.
    pub make: fn() -> Box<dyn Visit>,
}

impl Described {
    pub const fn of<T: Message + 'static>() -> Self {
        Self {
            name: T::NAME,
            versions: T::VERSIONS,
            flexible_since: T::FLEXIBLE_SINCE,
            tail_ignored: T::TAIL_IGNORED,
            make: || Box::new(T::default()),
        }
    }

    fn layout(&self) -> Layout {
        Layout { message: self.name, versions: self.versions.clone(), flexible_since: self.flexible_since, tail_ignored: self.tail_ignored }
    }

    /// Reads a message, as [`decode`].
    pub fn decode(&self, bytes: Bytes, version: i16) -> Result<Box<dyn Visit>, WireError> {
        let mut message = (self.make)();
        self.layout().read(version, bytes.into(), &mut *message)?;
        Ok(message)
    }

    /// Reads a message and tells every field of it, in order; what was read before a failure is told as well.
    pub fn notes(&self, bytes: Bytes, version: i16) -> (Vec<Note>, Option<WireError>) {
        let layout = self.layout();
        let mut codec = Codec::reader(&layout, version, bytes.into());
        codec.notes = Some(Notes::default());
        codec.is_plain = false;
        codec.read_whole(&layout, &mut *(self.make)());
        (codec.notes.map(|notes| notes.notes).unwrap_or_default(), codec.error)
    }

    /// Writes a message of this description.
    pub fn encode(&self, message: &mut dyn Visit, version: i16) -> Result<Rope, WireError> {
        self.layout().write(version, Vec::new(), message)
    }

    /// A message with a source's values.
    pub fn fill(&self, version: i16, source: Box<dyn Source>) -> Result<Box<dyn Visit>, WireError> {
        let mut codec = Codec::new(Mode::Fill, &self.layout(), version);
        codec.source = Some(source);
        codec.check_version(&self.versions);
        let mut message = (self.make)();
        message.visit(&mut codec);
        codec.error.map_or(Ok(message), Err)
    }
}
