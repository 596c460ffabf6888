//! Every message there is, with random values.

use crate::random::RandomValues;
use bytes::Bytes;
use partita::wire::codec::Described;
use partita::wire::messages;

/// The bytes of a message of this description and version, always the same for a seed.
pub fn encoded(described: &Described, version: i16, seed: u64) -> Bytes {
    let filled = described.fill(version, Box::new(RandomValues::new(seed)));
    match filled.and_then(|mut message| described.encode(&mut *message, version)) {
        Ok(rope) => rope.to_bytes(),
        Err(error) => panic!("{error}"),
    }
}

/// Every description there is.
pub fn all() -> Vec<Described> {
    let mut all = messages::records();
    for &key in messages::ApiKey::ALL {
        all.push(messages::request(key));
        all.push(messages::response(key));
    }
    all
}
