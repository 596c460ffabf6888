//! The order of the functions in the page's module: alike ones stand side by side.
//!
//! What compresses a page looks for repetitions, gzip no further back than 32 KB. The compiler makes thousands of functions that are nearly
//! the same; as they come, most lie too far from each other to be found.

use crate::{Result, run, setup};
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

/// How many bytes in a row make functions alike.
const SHINGLE: usize = 8;
/// What stands in more functions than this is in every neighbourhood anyway.
const COMMON: usize = 400;
/// How far back a repetition counts, in bytes.
const WINDOW: usize = 30_000;
/// Functions of few bytes are alike by chance: each counts as so many bytes longer.
const CHANCE: u64 = 20;
/// Where nothing left is more alike than one part of so many, the order that was there goes on.
const UNLIKE: u64 = 50;

/// Puts the functions of a module in order, with wasm-opt, which can do so by name only: the names that it is given here it takes out again.
pub fn apply(module: &Path) -> Result<()> {
    let bytes = std::fs::read(module).map_err(|error| format!("{}: {error}", module.display()))?;
    let found = functions(&bytes).ok_or_else(|| format!("{} is no module that can be put in order", module.display()))?;
    let bodies: Vec<&[u8]> = found.bodies.iter().map(|body| &bytes[body.clone()]).collect();
    let named = module.with_extension("named");
    let write = |bytes: &[u8]| std::fs::write(&named, bytes).map_err(|error| format!("{}: {error}", named.display()));
    write(&[&bytes[..], &names(found.imported, &alike(&bodies))].concat())?;
    let mut command = run::command("wasm-opt");
    command.env("PATH", setup::path()).arg("--reorder-functions-by-name").arg(&named).arg("-o").arg(module);
    let done = run::shown(&mut command, "wasm-opt");
    drop(std::fs::remove_file(named));
    done
}

/// A module's functions: how many it imports, and where the bodies of its own lie.
struct Functions {
    imported: usize,
    bodies: Vec<Range<usize>>,
}

const IMPORTS: u8 = 2;
const CODE: u8 = 10;

fn functions(module: &[u8]) -> Option<Functions> {
    let mut found = Functions { imported: 0, bodies: Vec::new() };
    let mut reader = Reader { bytes: module, at: 8 };
    while reader.at < module.len() {
        let kind = reader.byte()?;
        let len = reader.number()?;
        let end = reader.at.checked_add(len)?;
        match kind {
            IMPORTS => found.imported = imported(&mut reader)?,
            CODE => {
                for _ in 0..reader.number()? {
                    let len = reader.number()?;
                    found.bodies.push(reader.at..reader.at.checked_add(len)?);
                    reader.at = found.bodies.last()?.end;
                }
            }
            _ => {}
        }
        reader.at = end;
    }
    found.bodies.last().is_some_and(|last| last.end <= module.len()).then_some(found)
}

/// How many functions a module imports.
fn imported(reader: &mut Reader<'_>) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..reader.number()? {
        for _ in 0..2 {
            let name = reader.number()?;
            reader.at = reader.at.checked_add(name)?;
        }
        match reader.byte()? {
            0 => {
                reader.number()?;
                functions += 1;
            }
            // A table has its type before its bounds.
            kind @ (1 | 2) => {
                reader.at += usize::from(kind == 1);
                let bounded = reader.byte()? & 1 == 1;
                for _ in 0..1 + u8::from(bounded) {
                    reader.number()?;
                }
            }
            3 => reader.at += 2,
            _ => return None,
        }
    }
    Some(functions)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn number(&mut self) -> Option<usize> {
        let (mut number, mut shift) = (0, 0_u32);
        loop {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
    }
}

/// A section of names that stand in the order in which the functions shall.
fn names(imported: usize, order: &[usize]) -> Vec<u8> {
    let mut places = vec![0; order.len()];
    order.iter().enumerate().for_each(|(place, function)| places[*function] = place);
    let mut list = number(order.len());
    let mut name = String::new();
    for (function, place) in places.into_iter().enumerate() {
        name.clear();
        // Writing to a string does not fail.
        let _ = write!(name, "{place:06}");
        list.extend(number(imported + function));
        list.extend(number(name.len()));
        list.extend(name.as_bytes());
    }
    let mut content = number(4);
    content.extend(b"name");
    content.push(1);
    content.extend(number(list.len()));
    content.extend(list);
    let mut section = vec![0];
    section.extend(number(content.len()));
    section.extend(content);
    section
}

fn number(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        bytes.push(if number > 0 { byte | 0x80 } else { byte });
        if number == 0 {
            return bytes;
        }
    }
}

/// An order of functions: each is of those left the one that has most in common with what stands just before it.
fn alike(bodies: &[&[u8]]) -> Vec<usize> {
    let shared = Shared::of(bodies);
    let mut order = Order {
        sizes: bodies.iter().map(|body| body.len()).collect(),
        in_window: vec![0; shared.functions.len()],
        in_common: vec![Some(0); bodies.len()],
        shared,
        window: VecDeque::new(),
        window_len: 0,
        order: Vec::with_capacity(bodies.len()),
    };
    let mut as_they_came = 0..bodies.len();
    while let Some(next) = order.most_alike().or_else(|| as_they_came.find(|next| order.in_common[*next].is_some())) {
        order.put(next);
    }
    order.order
}

/// Which functions have which bytes in common.
struct Shared {
    /// Of each function, what it shares with others.
    shingles: Vec<Vec<usize>>,
    /// Of each that is shared, in which functions it stands.
    functions: Vec<Vec<usize>>,
}

impl Shared {
    fn of(bodies: &[&[u8]]) -> Self {
        let windows = |(function, body): (usize, &&[u8])| {
            body.windows(SHINGLE)
                .filter_map(|bytes| bytes.try_into().ok())
                .map(|bytes| (u64::from_le_bytes(bytes), function))
                .collect::<Vec<_>>()
        };
        let mut all: Vec<(u64, usize)> = bodies.iter().enumerate().flat_map(windows).collect();
        all.sort_unstable();
        all.dedup();
        let mut shared = Self { shingles: vec![Vec::new(); bodies.len()], functions: Vec::new() };
        for same in all.chunk_by(|one, other| one.0 == other.0).filter(|same| (2..=COMMON).contains(&same.len())) {
            same.iter().for_each(|(_, function)| shared.shingles[*function].push(shared.functions.len()));
            shared.functions.push(same.iter().map(|(_, function)| *function).collect());
        }
        shared
    }
}

struct Order {
    shared: Shared,
    sizes: Vec<usize>,
    /// Of each that is shared, how often it stands in the window.
    in_window: Vec<usize>,
    /// Of each function that is left, how many of its bytes begin what stands in the window too.
    in_common: Vec<Option<u64>>,
    /// The last of the order, as far back as a repetition counts.
    window: VecDeque<usize>,
    window_len: usize,
    order: Vec<usize>,
}

impl Order {
    /// Of those left, the one of which the largest part stands in the window; none where all are unlike it.
    fn most_alike(&self) -> Option<usize> {
        let mut best = (None, (1, UNLIKE));
        for (function, (common, size)) in self.in_common.iter().zip(&self.sizes).enumerate() {
            if let Some(common) = *common
                && common > 0
            {
                let size = *size as u64 + CHANCE;
                let (best_common, best_size) = best.1;
                if common * best_size > best_common * size {
                    best = (Some(function), (common, size));
                }
            }
        }
        best.0
    }

    fn put(&mut self, function: usize) {
        self.order.push(function);
        self.in_common[function] = None;
        self.window.push_back(function);
        self.window_len += self.sizes[function];
        for shingle in &self.shared.shingles[function] {
            self.in_window[*shingle] += 1;
            if self.in_window[*shingle] == 1 {
                self.shared.functions[*shingle].iter().for_each(|other| self.in_common[*other].iter_mut().for_each(|common| *common += 1));
            }
        }
        while self.window_len > WINDOW
            && self.window.len() > 1
            && let Some(first) = self.window.pop_front()
        {
            self.window_len -= self.sizes[first];
            for shingle in &self.shared.shingles[first] {
                self.in_window[*shingle] -= 1;
                if self.in_window[*shingle] == 0 {
                    self.shared.functions[*shingle]
                        .iter()
                        .for_each(|other| self.in_common[*other].iter_mut().for_each(|common| *common -= 1));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_functions_come_side_by_side_and_none_is_lost() {
        let body = |kind: u8, end: u8| (0..60).map(|n| n * kind).chain([end]).collect::<Vec<u8>>();
        let bodies: Vec<Vec<u8>> = (0..12).map(|n| body(1 + n % 3, n)).collect();
        let order = alike(&bodies.iter().map(Vec::as_slice).collect::<Vec<_>>());
        assert_eq!(order.iter().map(|function| function % 3).collect::<Vec<_>>(), [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
        let mut all = order;
        all.sort_unstable();
        assert_eq!(all, (0..12).collect::<Vec<_>>());
    }

    #[test]
    fn a_modules_functions_are_found_behind_its_imports() {
        // (module (import "" "" (func)) (import "" "" (memory 1 2)) (func) (func (nop)))
        let module = [
            &b"\0asm\x01\0\0\0"[..],
            &[1, 4, 1, 0x60, 0, 0],
            &[2, 11, 2, 0, 0, 0, 0, 0, 0, 2, 1, 1, 2],
            &[3, 3, 2, 0, 0],
            &[10, 8, 2, 2, 0, 0x0b, 3, 0, 0x01, 0x0b],
        ]
        .concat();
        let found = functions(&module).expect("a module");
        assert_eq!(found.imported, 1);
        assert_eq!(found.bodies.iter().map(|body| &module[body.clone()]).collect::<Vec<_>>(), [&[0, 0x0b][..], &[0, 1, 0x0b]]);
    }
}
