//! A topic of many partitions: strips of 6 px, and the one pointed at as a full tape in its place.

use super::layout::Lane;
use crate::ui::geometry::STRIP;
use crate::ui::words;
use crate::view::PartitionView;
use std::fmt::Write as _;
use std::sync::Arc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct BandProps {
    pub parts: Vec<Arc<PartitionView>>,
    /// The followed group's lane of each.
    pub lanes: Vec<Option<Lane>>,
    /// The longest log of the topic, in records.
    pub longest: i64,
    /// The worst lags of the topic: they are called out.
    pub worst: Vec<i32>,
}

/// A run of strips: each as long as its log, its unread part dark, heads aligned.
#[component]
pub fn Band(props: &BandProps) -> Html {
    let height = props.parts.len() as f64 * STRIP;
    let longest = props.longest.max(1) as f64;
    let (mut kept, mut unread, mut dots, mut leaders) = (String::new(), String::new(), String::new(), String::new());
    for (row, (part, lane)) in props.parts.iter().zip(&props.lanes).enumerate() {
        let y = row as f64 * STRIP + 1.0;
        let length = (part.log_end - part.log_start) as f64 / longest * 1000.0;
        let _ = write!(kept, "M{:.1} {y}h{length:.1}v4H{:.1}z", 1000.0 - length, 1000.0 - length);
        let late = lane.as_ref().and_then(|l| l.lag).unwrap_or_default() as f64 / longest * 1000.0;
        if late > 0.0 {
            let late = late.clamp(2.0, 1000.0);
            let _ = write!(unread, "M{:.1} {y}h{late:.1}v4H{:.1}z", 1000.0 - late, 1000.0 - late);
        }
        for (i, id) in part.replicas.iter().take(3).enumerate() {
            let into = if Some(*id) == part.leader { &mut leaders } else { &mut dots };
            let _ = write!(into, "M{} {y}h6v4h-6z", i * 9);
        }
    }
    let call = |part: &Arc<PartitionView>, row: usize| {
        let lag = props.lanes.get(row).and_then(|l| l.as_ref()).and_then(|l| l.lag).unwrap_or_default();
        let right = (lag as f64 / longest * 100.0).clamp(0.0, 80.0);
        html! {
            <span class="pt-call" style={format!("top:{}px;right:{right:.1}%", row as f64 * STRIP - 5.0)}>
                { format!("{} lag {}", part.index, words::number(lag)) }
            </span>
        }
    };
    html! {
        <div class="pt-lens__band" style={format!("height:{height}px")}>
            <div class="pt-lens__no" aria-hidden="true">
                { for props.parts.iter().enumerate().filter(|(_, p)| p.index % 10 == 0).map(|(row, p)| html! {
                    <span style={format!("top:{}px", row as f64 * STRIP - 5.0)}>{ p.index }</span>
                }) }
            </div>
            <svg class="pt-dots" width="27" height={height.to_string()} aria-hidden="true"><path d={dots}/><path class="l" d={leaders}/></svg>
            <svg class="pt-strips" height={height.to_string()} viewBox={format!("0 0 1000 {height}")} preserveAspectRatio="none" aria-hidden="true">
                <path class="s" d={kept}/><path class="l" d={unread}/>
            </svg>
            { for props.parts.iter().enumerate().filter(|(_, p)| props.worst.contains(&p.index)).map(|(row, p)| call(p, row)) }
            <div class="pt-lens__rows">
                { for props.parts.iter().map(|p| html! {
                    <div role="row" class="pt-lens__row"><button type="button" role="gridcell" data-cell="" data-open={p.index.to_string()} tabindex={if p.index == 0 { "0" } else { "-1" }}
                        title={format!("partition {}", p.index)}
                        aria-label={format!("partition {}, {} records", p.index, words::number(p.log_end - p.log_start))}/></div>
                }) }
            </div>
        </div>
    }
}
