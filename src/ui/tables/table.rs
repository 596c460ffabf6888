//! A table: its rows are things that can be chosen, its columns sort it.

use crate::base::Order;
use crate::ui::catalogue::tables as say;
use crate::ui::chosen::Chosen;
use crate::ui::desk::use_desk;
use crate::ui::icons::{Icon, icon};
use crate::ui::state::Act;
use std::cmp::Ordering;
use yew::prelude::*;

/// How many rows a table shows at most.
const ROWS_MAX: usize = 400;

/// What stands in a cell: shown as it is, sorted by its number where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    text: String,
    number: Option<i64>,
}

pub fn text(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), number: None }
}

pub fn number(number: impl TryInto<i64>) -> Cell {
    let number = number.try_into().unwrap_or(i64::MAX);
    Cell { text: crate::ui::words::number(number), number: Some(number) }
}

pub fn maybe(known: Option<i64>) -> Cell {
    known.map_or_else(|| Cell { text: say::NONE.to_owned(), number: Some(-1) }, number)
}

/// A row: its first cell names the thing that is chosen by it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub thing: Chosen,
    pub cells: Vec<Cell>,
}

#[derive(Properties, PartialEq)]
pub struct TableProps {
    pub caption: &'static str,
    pub columns: &'static [&'static str],
    pub rows: Vec<Row>,
    pub chosen: Option<Chosen>,
}

#[component]
pub fn Table(props: &TableProps) -> Html {
    let desk = use_desk();
    // The column that sorts, and whether the greatest comes first.
    let by = use_state(|| None::<(usize, bool)>);
    let mut rows: Vec<&Row> = props.rows.iter().collect();
    if let Some((column, falling)) = *by {
        rows.order_by(|one, other| {
            let ordering = compare(one.cells.get(column), other.cells.get(column));
            if falling { ordering.reverse() } else { ordering }
        });
    }
    let head = |(at, name): (usize, &&'static str)| {
        let sorted = by.filter(|(column, _)| *column == at);
        let by = by.clone();
        let sort = move |_: MouseEvent| by.set(Some((at, sorted == Some((at, false)))));
        let direction = sorted.map(|(_, falling)| if falling { "descending" } else { "ascending" });
        html! { <th scope="col" aria-sort={direction}><button type="button" class="pt-plain" onclick={sort}>{ *name }if direction.is_some() { { icon(Icon::Down) } }</button></th> }
    };
    let row = |row: &&Row| {
        let (desk, thing) = (desk.clone(), row.thing.clone());
        let choose = move |_: MouseEvent| desk.act(Act::Choose(thing.clone()));
        let on = props.chosen.as_ref() == Some(&row.thing);
        let cells = row.cells.iter().enumerate().map(|(at, cell)| {
            let side = cell.number.map(|_| "r");
            match at {
                0 => html! { <th scope="row"><button type="button" class="pt-plain" aria-pressed={if on { "true" } else { "false" }} onclick={choose.clone()}>{ &cell.text }</button></th> },
                _ => html! { <td class={side}>{ &cell.text }</td> },
            }
        });
        html! { <tr data-on={on.then_some("")}>{ for cells }</tr> }
    };
    html! {
        <div class="pt-tabled">
            <h3>{ props.caption }</h3>
            if rows.is_empty() { <p class="pt-dim">{ say::nothing(props.caption) }</p> } else {
                <div class="pt-tabled__scroll" tabindex="0" role="group" aria-label={props.caption}><table aria-label={props.caption}>
                    <thead><tr>{ for props.columns.iter().enumerate().map(head) }</tr></thead>
                    <tbody>{ for rows.iter().take(ROWS_MAX).map(row) }</tbody>
                </table></div>
            }
            if rows.len() > ROWS_MAX { <p class="pt-dim">{ say::first_of(ROWS_MAX, rows.len()) }</p> }
        </div>
    }
}

fn compare(one: Option<&Cell>, other: Option<&Cell>) -> Ordering {
    let (Some(one), Some(other)) = (one, other) else { return Ordering::Equal };
    match (one.number, other.number) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => one.text.cmp(&other.text),
    }
}
