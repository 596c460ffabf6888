//! A topic's tapes, moved away from their heads: which offsets they show, and how far they can go. They stand still while records are written.

use super::cells::Window;
use crate::ui::state::Moved;
use crate::view::query::{Stretch, TapeView};
use crate::view::{PartitionView, RecordView, TopicView};
use std::rc::Rc;
use std::sync::Arc;

/// Where a topic's tapes are after they were moved by so many cells, back where `by` is positive. None: at their heads.
pub fn moved(topic: &TopicView, before: Option<&Moved>, by: i64) -> Option<Moved> {
    let ends = || Rc::new(topic.partitions.iter().map(|p| p.log_end).collect::<Vec<_>>());
    let ends = before.map_or_else(ends, |moved| Rc::clone(&moved.ends));
    let most = topic.partitions.iter().zip(&*ends).map(|(p, end)| end - p.log_start).max().unwrap_or_default();
    let back = (before.map_or(0, |moved| moved.back) + by).clamp(0, most.max(1) - 1);
    (back > 0).then_some(Moved { ends, back })
}

/// What of a partition is in sight: as many cells as there is room for, as far back as the topic's tapes are, and as its log begins.
pub fn window(part: &PartitionView, moved: &Moved, room: usize) -> Window {
    let index = usize::try_from(part.index).unwrap_or_default();
    let head = moved.ends.get(index).copied().unwrap_or(part.log_end).min(part.log_end);
    let room = i64::try_from(room).unwrap_or_default();
    let end = (head - moved.back).max(part.log_start + room).min(part.log_end);
    Window { first: (end - room).max(part.log_start), end, short: false }
}

/// What has to be asked for, to show it.
pub fn stretch(part: &PartitionView, window: Window) -> Stretch {
    Stretch { partition: part.index, from: window.first, to: window.end }
}

/// The partition with what was answered in its window's place; keys have their hues by their place in the session.
pub fn told(part: &PartitionView, tapes: &[TapeView], keys: &[Arc<str>]) -> Arc<PartitionView> {
    let Some(tape) = tapes.iter().find(|tape| tape.stretch.partition == part.index) else { return Arc::new(part.clone()) };
    let hue = |record: &RecordView| record.key.as_ref().and_then(|key| keys.iter().position(|known| known == key));
    let window = tape
        .records
        .iter()
        .map(|record| Arc::new(RecordView { hue: hue(record).and_then(|at| u32::try_from(at).ok()), ..RecordView::clone(record) }));
    Arc::new(PartitionView { window: window.collect(), removed: tape.removed.clone(), ..part.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::stage::topic_of;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn tapes_go_back_together_and_stand_still_while_records_come() {
        let first = moved(&topic_of(&[100, 40]), None, 10).expect("there are older records");
        let later = topic_of(&[150, 40]);
        let seen = |at: usize| window(&later.partitions[at], &first, 20);
        assert_eq!((seen(0).first, seen(0).end), (70, 90));
        assert_eq!((seen(1).first, seen(1).end), (10, 30));
    }

    #[wasm_bindgen_test]
    fn no_tape_goes_beyond_its_begin_and_forth_leads_back_to_the_heads() {
        let topic = topic_of(&[100, 40]);
        let far = moved(&topic, None, 1_000).expect("there are older records");
        assert_eq!(far.back, 99);
        assert_eq!((window(&topic.partitions[1], &far, 20).first, window(&topic.partitions[0], &far, 20).end), (0, 20));
        assert_eq!(moved(&topic, Some(&far), -1_000), None);
    }
}
