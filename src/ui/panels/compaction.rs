//! A log before and after compaction, offset by offset: what is left in its key's hue, and a dot where a record was.

use crate::base::SortedMap;
use crate::ui::catalogue::replicas as say;
use crate::view::PartitionView;
use yew::prelude::*;

/// The two pictures; nothing where nothing was removed.
pub fn compaction(part: &PartitionView) -> Html {
    let Some(first) = part.removed.first().map(|r| r.offset).into_iter().chain(part.window.first().map(|r| r.offset)).min() else {
        return Html::default();
    };
    if part.removed.is_empty() {
        return Html::default();
    }
    let hues = hues(part);
    let cell = |offset: i64, stands: bool| {
        let hue = hues.get(&offset).copied().flatten().map(|h| (h % 8 + 1).to_string());
        html! { <i data-k={hue.filter(|_| stands)} data-hole={(!stands).then_some("")}/> }
    };
    let kept = |offset: i64| part.window.binary_search_by_key(&offset, |r| r.offset).is_ok();
    let was = |offset: i64| kept(offset) || part.removed.binary_search_by_key(&offset, |r| r.offset).is_ok();
    let said = say::compacted(part.removed.len(), part.removed.len() + part.window.len());
    html! {
        <div class="pt-compaction" role="img" aria-label={said}>
            <span>{ say::BEFORE }</span><div>{ for (first..part.log_end).map(|offset| cell(offset, was(offset))) }</div>
            <span>{ say::AFTER }</span><div>{ for (first..part.log_end).map(|offset| cell(offset, kept(offset))) }</div>
        </div>
    }
}

/// Each offset's key by its hue: a removed record has the key of the one that superseded it.
fn hues(part: &PartitionView) -> SortedMap<i64, Option<u32>> {
    let mut hues: SortedMap<i64, Option<u32>> = part.window.iter().map(|r| (r.offset, r.hue)).collect();
    // Later ones first: what superseded a record may have been superseded itself.
    for removed in part.removed.iter().rev() {
        let hue = removed.superseded_by.and_then(|by| hues.get(&by).copied().flatten());
        hues.insert(removed.offset, hue);
    }
    hues
}
