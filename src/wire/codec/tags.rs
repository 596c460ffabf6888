//! Sections of tagged fields (KIP-482): known ones go to their fields, others are kept.

use super::{Codec, Mode, Name, Value, WireReason};
use crate::wire::codec::Kind;
use bytes::Bytes;

/// The tagged fields of a struct that its specification does not know. They are written back as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    /// By ascending tag.
    pub unknown: Vec<(u32, Bytes)>,
}

/// A section on its way through the codec.
#[derive(Default)]
pub(super) struct Section {
    unknown: Vec<(u32, Bytes)>,
    /// Reading: fields still to come. Writing: fields written.
    count: usize,
    /// Reading: the field that comes next, by tag and size.
    next: Option<(u32, usize)>,
    /// The tag last read or written; -1 before the first.
    last: i64,
    /// Writing: unknown fields written.
    written: usize,
    /// Where the count stands, in the output.
    start: usize,
    /// Where the open field's value begins, in the output; the limit outside of it, in the input.
    outer: usize,
}

impl Codec {
    /// Begins a struct's section of tagged fields. Nothing happens in a version that has none.
    pub fn begin_tags(&mut self, tags: &mut Tags) {
        if !self.flexible {
            if self.mode == Mode::Write && !tags.unknown.is_empty() {
                self.field = "";
                self.fail(WireReason::NotInVersion);
            }
            return;
        }
        let mut section = Section { last: -1, start: self.output.len(), ..Section::default() };
        match self.mode {
            Mode::Read => {
                let start = self.position;
                section.count = self.read_uvarint() as usize;
                self.note_tags(section.count, start);
                self.next_tag(&mut section);
            }
            Mode::Write => {
                section.unknown = std::mem::take(&mut tags.unknown);
                self.output.push(0);
            }
            Mode::Fill => {}
        }
        self.sections.push(section);
    }

    /// Ends the section that [`begin_tags`](Self::begin_tags) began.
    pub fn end_tags(&mut self, tags: &mut Tags) {
        if !self.flexible {
            return;
        }
        let Some(mut section) = self.sections.pop() else { return };
        match self.mode {
            Mode::Read => {
                while section.next.is_some() {
                    self.keep_unknown(&mut section);
                }
            }
            Mode::Write => {
                self.write_unknown(&mut section, u64::MAX);
                self.patch(section.start, section.count);
            }
            Mode::Fill => {}
        }
        tags.unknown = section.unknown;
    }

    /// A section without known fields.
    pub fn tags(&mut self, tags: &mut Tags) {
        self.begin_tags(tags);
        self.end_tags(tags);
    }

    fn next_tag(&mut self, section: &mut Section) {
        section.next = None;
        if section.count == 0 || self.failed() {
            return;
        }
        section.count -= 1;
        let (tag, size) = (self.read_uvarint(), self.read_uvarint() as usize);
        if self.failed() {
            return;
        }
        if i64::from(tag) <= section.last {
            self.fail(WireReason::TagOrder);
        } else if size > self.remaining() {
            self.fail(WireReason::Truncated);
        } else {
            section.last = i64::from(tag);
            section.next = Some((tag, size));
        }
    }

    fn keep_unknown(&mut self, section: &mut Section) {
        let Some((tag, size)) = section.next else { return };
        let start = self.position;
        let value = self.take(size);
        self.note_whole(Name::Tag(tag), Kind::Bytes, Value::Bytes(value.clone()), start);
        section.unknown.push((tag, value));
        self.next_tag(section);
    }

    /// Reading: whether the field of this tag is there; then its value comes next, and nothing behind it can be read.
    pub(super) fn open_read(&mut self, tag: u32) -> bool {
        let Some(mut section) = self.sections.pop() else { return false };
        while section.next.is_some_and(|(next, _)| next < tag) {
            self.keep_unknown(&mut section);
        }
        let size = section.next.filter(|&(next, _)| next == tag).map(|(_, size)| size);
        if let Some(size) = size {
            section.outer = std::mem::replace(&mut self.limit, self.position + size);
        }
        self.sections.push(section);
        size.is_some()
    }

    pub(super) fn close_read(&mut self) {
        let Some(mut section) = self.sections.pop() else { return };
        if self.position != self.limit {
            self.fail(WireReason::TagSize);
        }
        if !self.failed() {
            self.limit = section.outer;
            self.next_tag(&mut section);
        }
        self.sections.push(section);
    }

    /// Writing: the unknown fields before this tag, and then the tag and room for a size.
    pub(super) fn open_write(&mut self, tag: u32) {
        let Some(mut section) = self.sections.pop() else { return self.fail(WireReason::NotInVersion) };
        self.write_unknown(&mut section, u64::from(tag));
        if i64::from(tag) <= section.last || section.unknown.get(section.written).is_some_and(|(next, _)| *next == tag) {
            self.fail(WireReason::TagOrder);
        }
        section.last = i64::from(tag);
        section.count += 1;
        self.write_uvarint(tag);
        section.outer = self.output.len();
        self.output.push(0);
        self.sections.push(section);
        self.tagged += 1;
    }

    pub(super) fn close_write(&mut self) {
        self.tagged = self.tagged.saturating_sub(1);
        if let Some(at) = self.sections.last().map(|section| section.outer) {
            self.patch(at, self.output.len().saturating_sub(at + 1));
        }
    }

    fn write_unknown(&mut self, section: &mut Section, before: u64) {
        while let Some((tag, value)) = section.unknown.get(section.written).filter(|(tag, _)| u64::from(*tag) < before).cloned() {
            if i64::from(tag) <= section.last {
                return self.fail(WireReason::TagOrder);
            }
            section.last = i64::from(tag);
            section.count += 1;
            section.written += 1;
            self.write_uvarint(tag);
            self.write_size(value.len());
            self.output.extend_from_slice(&value);
        }
    }

    fn write_size(&mut self, size: usize) {
        match u32::try_from(size) {
            Ok(size) => self.write_uvarint(size),
            Err(_) => self.fail(WireReason::TooLong),
        }
    }

    /// Puts a size or count into the byte that was left for it; more than 127 moves what follows.
    fn patch(&mut self, at: usize, value: usize) {
        match (self.output.get_mut(at), u32::try_from(value)) {
            (Some(byte), Ok(small @ 0..128)) => *byte = small as u8,
            (Some(_), Ok(large)) => {
                let tail = self.output.split_off(at + 1);
                self.output.truncate(at);
                self.write_uvarint(large);
                self.output.extend_from_slice(&tail);
            }
            _ => self.fail(WireReason::TooLong),
        }
    }
}
