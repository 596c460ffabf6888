use super::{Entry, SortedMap, SortedSet};
use crate::base::Rng;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn after_any_operations_a_map_holds_what_the_standard_librarys_holds() {
    let mut rng = Rng::stream(1, "maps");
    for keys in [3, 40, 1_000, 100_000] {
        let (mut map, mut std) = (SortedMap::new(), BTreeMap::new());
        for step in 0..6_000_u64 {
            let mut key = || rng.below(keys);
            match step % 16 {
                0..=6 => {
                    let key = key();
                    assert_eq!(map.insert(key, step), std.insert(key, step));
                }
                7 => *map.entry(step).or_insert(0) = *std.entry(step).or_insert(0),
                8 => {
                    let key = key();
                    assert_eq!(map.get(&key), std.get(&key));
                    *map.entry(key).and_modify(|value| *value += 1).or_default() += 1;
                    *std.entry(key).and_modify(|value| *value += 1).or_default() += 1;
                }
                9..=11 => {
                    let key = key();
                    assert_eq!(map.remove(&key), std.remove(&key));
                }
                12 => assert_eq!(map.pop_first(), std.pop_first()),
                13 => assert_eq!(map.pop_last(), std.pop_last()),
                14 => {
                    let (from, upto) = (key(), key());
                    let (from, upto) = (from.min(upto), from.max(upto));
                    assert!(map.range(from..upto).eq(std.range(from..upto)));
                    assert!(map.range(from..=upto).rev().eq(std.range(from..=upto).rev()));
                    assert!(map.range(..upto).eq(std.range(..upto)));
                    assert!(map.range_mut(from..).eq(std.range_mut(from..)));
                }
                _ => assert_whole(&map, &std),
            }
        }
        map.retain(|key, _| key % 3 == 0);
        std.retain(|key, _| key % 3 == 0);
        assert_whole(&map, &std);
        assert!(map.split_off(&(keys / 2)).iter().eq(&std.split_off(&(keys / 2))));
        assert_whole(&map, &std);
        assert!(map.into_iter().rev().eq(std.into_iter().rev()));
    }
}

fn assert_whole(map: &SortedMap<u64, u64>, std: &BTreeMap<u64, u64>) {
    assert_eq!(map.len(), std.len());
    assert!(map.iter().eq(std));
    assert!(map.keys().rev().eq(std.keys().rev()));
    assert_eq!(map.first_key_value(), std.first_key_value());
    assert_eq!(map.last_key_value(), std.last_key_value());
    assert!(map.chunks.iter().all(|chunk| (1..=super::CHUNK).contains(&chunk.len())));
}

#[test]
fn a_walk_from_both_ends_meets_once() {
    let map: SortedMap<u32, ()> = (0..100).map(|key| (key, ())).collect();
    let mut walk = map.range(10..90);
    let mut met = Vec::new();
    while let (Some((front, ())), Some((back, ()))) = (walk.next(), walk.next_back()) {
        met.extend([*front, *back]);
    }
    met.sort();
    assert_eq!(met, (10..90).collect::<Vec<_>>());
    assert!(walk.next().is_none() && walk.next_back().is_none());
}

#[test]
fn what_is_emptied_from_its_front_keeps_no_chunks() {
    let mut map: SortedMap<u32, ()> = (0..10_000).map(|key| (key, ())).collect();
    map.retain(|key, ()| key % 100 == 0);
    assert!(map.chunks.len() < 10);
    for key in (0..9_000).step_by(100) {
        assert!(map.remove(&key).is_some());
    }
    assert_eq!(map.len(), 10);
    assert!(map.chunks.len() < 4);
    while let Some(first) = map.first_entry() {
        first.remove();
    }
    assert!(map.chunks.is_empty());
    assert!(matches!(map.entry(1), Entry::Vacant(_)));
}

#[test]
fn a_set_is_as_the_standard_librarys() {
    let (mut ours, mut theirs) = (SortedSet::new(), BTreeSet::new());
    for member in (0..500).map(|step| step * 37 % 101) {
        assert_eq!(ours.insert(member), theirs.insert(member));
        assert_eq!(ours.remove(&(member / 2)), theirs.remove(&(member / 2)));
    }
    let other: Vec<i32> = (0..101).step_by(2).collect();
    let (others, theirs_other) = (other.iter().copied().collect::<SortedSet<_>>(), other.into_iter().collect::<BTreeSet<_>>());
    assert!(ours.iter().eq(&theirs));
    assert!(ours.difference(&others).eq(theirs.difference(&theirs_other)));
    assert!(ours.intersection(&others).eq(theirs.intersection(&theirs_other)));
    assert_eq!(ours.is_subset(&others), theirs.is_subset(&theirs_other));
    assert_eq!((ours.first(), ours.last()), (theirs.first(), theirs.last()));
}

#[test]
fn json_is_an_object_and_an_array() {
    let map = SortedMap::from([("b".to_owned(), 2), ("a".to_owned(), 1)]);
    let text = serde_json::to_string(&map).unwrap();
    assert_eq!(text, r#"{"a":1,"b":2}"#);
    assert_eq!(serde_json::from_str::<SortedMap<String, i32>>(&text).unwrap(), map);
    assert_eq!(serde_json::from_str::<SortedSet<i32>>("[3,1,3]").unwrap(), SortedSet::from([1, 3]));
}
