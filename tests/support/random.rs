//! Random messages: any value that a version allows, with a liking for edges and defaults.

use bytes::Bytes;
use partita::base::{Rng, Uuid};
use partita::wire::Rope;
use partita::wire::codec::{Field, Kind, Name, Source, Value};

pub struct RandomValues {
    rng: Rng,
    depth: usize,
}

impl RandomValues {
    pub fn new(seed: u64) -> Self {
        Self { rng: Rng::stream(seed, "random messages"), depth: 0 }
    }

    fn integer(&mut self, bits: u32, signed: bool, field: &Field) -> i64 {
        let (lowest, highest) = if signed { (-1_i64 << (bits - 1), !(-1_i64 << (bits - 1))) } else { (0, (1 << bits) - 1) };
        match self.rng.below(6) {
            0 => field.default.clamp(lowest, highest),
            1 => lowest,
            2 => highest,
            3 => self.rng.below(3) as i64,
            _ if bits == 64 => self.rng.u64() as i64,
            _ => lowest + self.rng.below(1 << bits) as i64,
        }
    }

    fn length(&mut self) -> usize {
        let most = [1, 4, 20, 20, 300][self.rng.below(5) as usize];
        self.rng.below(most) as usize
    }

    fn string(&mut self) -> String {
        let length = self.length();
        (0..length).map(|_| ['a', 'Z', '0', '.', '-', ' ', 'ß', '→', '🎼', '\0'][self.rng.below(10) as usize]).collect()
    }

    fn bytes(&mut self) -> Bytes {
        let length = self.length();
        (0..length).map(|_| self.rng.u64() as u8).collect()
    }

    fn count(&mut self) -> usize {
        let most = [4, 3, 2, 2][self.depth.min(3)];
        match self.rng.below(40) {
            0 if self.depth == 0 => 130,
            _ => self.rng.below(most) as usize,
        }
    }
}

impl Source for RandomValues {
    fn enter(&mut self, name: Name, field: &Field, kind: Kind, version: i16) -> Option<Value> {
        let element = matches!(name, Name::Index(_));
        let default_fits = !field.null || field.nullable(version);
        if !element && default_fits && self.rng.below(8) == 0 {
            return None;
        }
        let value = if !element && field.nullable(version) && self.rng.below(4) == 0 {
            Value::Null
        } else {
            match kind {
                Kind::Bool => Value::Bool(self.rng.below(2) == 0),
                Kind::Int8 => Value::Int(self.integer(8, true, field)),
                Kind::Int16 => Value::Int(self.integer(16, true, field)),
                Kind::Uint16 => Value::Int(self.integer(16, false, field)),
                Kind::Int32 => Value::Int(self.integer(32, true, field)),
                Kind::Uint32 => Value::Int(self.integer(32, false, field)),
                Kind::Int64 => Value::Int(self.integer(64, true, field)),
                Kind::Float64 => Value::Float(self.rng.u64() as f64 / 7.0),
                Kind::Uuid => Value::Uuid(Uuid(self.rng.bytes16())),
                Kind::String => Value::String(self.string()),
                Kind::Bytes => Value::Bytes(self.bytes()),
                Kind::Records => Value::Records(Rope::from(self.bytes())),
                Kind::Array => Value::Count(self.count()),
                Kind::Struct => Value::Struct,
                Kind::Tags => return None,
            }
        };
        self.depth += 1;
        Some(value)
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }
}
