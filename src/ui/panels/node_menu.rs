//! What can be done to a node, as a menu.

use super::open_menu;
use crate::base::NodeId;
use crate::playground::{Command, Party};
use crate::ui::desk::Desk;
use crate::ui::state::{MenuAct, MenuItem, Place, Sheet};
use crate::view::{Life, MachineView, View};
use yew::prelude::MouseEvent;

/// How slow "slow" is: so many tenths of a millisecond for every input.
const SLOW: u32 = 100;
/// Links to more nodes than these are cut in the form, not by the menu.
const LINKS_MAX: usize = 4;

pub fn node_menu(desk: &Desk, event: &MouseEvent, id: NodeId, machine: Option<&MachineView>, view: &View) {
    let Some(machine) = machine else { return };
    let node = id.0;
    let item = |label: &str, grave: bool, command: Command| {
        let act = MenuAct::Send(Place::Node(node), command);
        MenuItem { label: label.to_owned(), grave, act }
    };
    let mut items = Vec::new();
    match machine.life {
        Life::Running => {
            items.push(item("Pause: its processes stand still", false, Command::PauseBroker { node }));
            items.push(item("Stop: a controlled shutdown", false, Command::StopBroker { node }));
            items.push(item("Kill the process", true, Command::KillBroker { node, machine: false }));
            items.push(item("Kill the machine: what is not flushed is lost", true, Command::KillBroker { node, machine: true }));
        }
        Life::Paused => {
            items.push(item("Resume", false, Command::ResumeBroker { node }));
            items.push(item("Kill the process", true, Command::KillBroker { node, machine: false }));
            items.push(item("Kill the machine: what is not flushed is lost", true, Command::KillBroker { node, machine: true }));
        }
        Life::Dead | Life::Stopped => items.push(item("Restart", false, Command::RestartBroker { node })),
    }
    if machine.slow {
        items.push(item("Run at full speed", false, Command::SlowBroker { node, factor: 0 }));
    } else if machine.life == Life::Running {
        items.push(item("Slow down: 10 ms for every input", false, Command::SlowBroker { node, factor: SLOW }));
    }
    if machine.disk_full {
        items.push(item("Free the disk", false, Command::FreeDisk { node }));
    } else {
        items.push(item("Fill the disk", true, Command::FillDisk { node }));
    }
    if view.brokers.len() <= LINKS_MAX {
        items.extend(links(node, view).map(|(label, command)| item(&label, false, command)));
    }
    let more = MenuAct::Open(Sheet::Faults(node));
    items.push(MenuItem { label: "Links, responses, disk, clock…".to_owned(), grave: false, act: more });
    open_menu(desk, event, format!("Node {node}"), items);
}

/// Cutting and healing the links to the other brokers.
fn links(node: i32, view: &View) -> impl Iterator<Item = (String, Command)> {
    let cut = move |other: i32| {
        let joins = |a: Option<NodeId>, b: Option<NodeId>| (a, b) == (Some(NodeId(node)), Some(NodeId(other)));
        view.faults.iter().flat_map(|f| &f.links).any(|l| l.cut && (joins(l.from, l.to) || joins(l.to, l.from)))
    };
    view.brokers.iter().map(|b| b.id.0).filter(move |other| *other != node).map(move |other| {
        let (from, to) = (Party::Node(node), Party::Node(other));
        if cut(other) {
            (format!("Heal the link to broker {other}"), Command::HealLink { from, to })
        } else {
            (format!("Cut the link to broker {other}"), Command::CutLink { from, to, one_way: false })
        }
    })
}
