//! What the homes of the group and of the transaction coordinator share: which partitions of its internal topic a coordinator has, and answers
//! that come in parts.

use super::connections::RequestContext;
use crate::base::{Context, NodeId, SortedMap};
use crate::controller::{MetadataDelta, MetadataImage};
use crate::coordinator::runtime::{Runtime, Shard};

/// Has a coordinator begin with what this broker leads of its internal topic now, and end with everything else.
pub(super) fn follow_leaders<S: Shard>(
    runtime: &mut Runtime<S>,
    cx: &mut Context<'_>,
    topic: &str,
    (node, image): (NodeId, &MetadataImage),
    delta: &MetadataDelta,
) {
    if delta.topics_deleted.values().any(|deleted| &*deleted.name == topic) {
        let loaded: Vec<_> = runtime.shards().map(|(partition, _)| partition).collect();
        loaded.into_iter().for_each(|partition| runtime.resigned(partition, cx.cause));
    }
    for changed in delta.partitions.keys().filter(|partition| &*partition.topic == topic) {
        match image.partition(changed) {
            Some(partition) if partition.leader == Some(node) => runtime.elected(cx, changed.partition, partition.leader_epoch),
            Some(_) | None => runtime.resigned(changed.partition, cx.cause),
        }
    }
}

/// Requests that concern several groups, transactional ids or partitions, by number: the answer goes with the last part. `W` says what it is
/// put together to, `P` is a part.
#[derive(Clone, Debug)]
pub(super) struct Gatherings<W, P> {
    open: SortedMap<u64, Gathering<W, P>>,
    next: u64,
}

#[derive(Clone, Debug)]
struct Gathering<W, P> {
    request: RequestContext,
    what: W,
    parts: Vec<Option<P>>,
    missing: usize,
}

impl<W, P: Clone> Gatherings<W, P> {
    pub(super) const fn new() -> Self {
        Self { open: SortedMap::new(), next: 0 }
    }

    /// An answer of so many parts, of one at least; its number.
    pub(super) fn begin(&mut self, request: &RequestContext, what: W, parts: usize) -> u64 {
        let number = self.next;
        self.next += 1;
        self.open.insert(number, Gathering { request: request.clone(), what, parts: vec![None; parts], missing: parts });
        number
    }

    /// A part has come. With the last one: whose answer it is, and all of them in order.
    pub(super) fn take(&mut self, number: u64, index: usize, part: P) -> Option<(RequestContext, W, Vec<P>)> {
        let gathering = self.open.get_mut(&number)?;
        if gathering.parts.get_mut(index)?.replace(part).is_none() {
            gathering.missing -= 1;
        }
        if gathering.missing > 0 {
            return None;
        }
        let Gathering { request, what, parts, .. } = self.open.remove(&number)?;
        Some((request, what, parts.into_iter().flatten().collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Gatherings, RequestContext};
    use crate::base::ConnectionId;
    use crate::wire::ApiKey;

    fn request(correlation: i32) -> RequestContext {
        RequestContext {
            connection: ConnectionId::default(),
            api: ApiKey::DescribeGroups,
            version: 6,
            correlation,
            client_id: None,
            host: "127.0.0.1".into(),
        }
    }

    #[test]
    fn an_answer_goes_with_the_last_part_in_order() {
        let mut gatherings = Gatherings::new();
        let [one, other] = [1, 2].map(|correlation| gatherings.begin(&request(correlation), "what", 3));
        assert_eq!(gatherings.take(one, 2, 'c'), None);
        assert_eq!(gatherings.take(other, 0, 'x'), None);
        assert_eq!(gatherings.take(one, 0, 'a'), None);
        assert_eq!(gatherings.take(one, 1, 'b'), Some((request(1), "what", vec!['a', 'b', 'c'])));
        // It has gone: nothing comes of what is late.
        assert_eq!(gatherings.take(one, 1, 'd'), None);
        assert_eq!(gatherings.take(other, 1, 'y'), None);
        assert_eq!(gatherings.take(other, 2, 'z'), Some((request(2), "what", vec!['x', 'y', 'z'])));
    }

    #[test]
    fn a_part_that_comes_twice_counts_once_and_one_too_many_does_not_count() {
        let mut gatherings = Gatherings::new();
        let number = gatherings.begin(&request(1), (), 2);
        assert_eq!(gatherings.take(number, 0, 'a'), None);
        assert_eq!(gatherings.take(number, 0, 'b'), None);
        assert_eq!(gatherings.take(number, 2, 'c'), None);
        assert_eq!(gatherings.take(number, 1, 'd'), Some((request(1), (), vec!['b', 'd'])));
    }
}
