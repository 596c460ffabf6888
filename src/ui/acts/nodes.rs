//! What can be done to nodes and to the links between parties.

use super::{grave, item};
use crate::base::NodeId;
use crate::playground::{Command, Party};
use crate::ui::catalogue::acts as say;
use crate::ui::menus::{MenuAct, MenuItem};
use crate::ui::state::{Place, Sheet};
use crate::view::{Life, MachineView, View};

/// How slow "slow" is: so many tenths of a millisecond for every input.
const SLOW: u32 = 100;
/// Links to more nodes than these are cut in the form, not by the menu.
const LINKS_MAX: usize = 4;
/// What a slow link takes, one way.
const DELAY_MS: i64 = 200;

/// Nothing, where only the metadata is known of it.
pub fn node(id: NodeId, machine: Option<&MachineView>, view: &View) -> Option<Vec<MenuItem>> {
    let machine = machine?;
    let node = id.0;
    let send = |label: &str, command: Command| item(label, MenuAct::Send(Place::Node(node), command));
    let kill = |items: &mut Vec<MenuItem>| {
        items.push(grave(send(say::KILL_PROCESS, Command::KillBroker { node, machine: false })));
        items.push(grave(send(say::KILL_MACHINE, Command::KillBroker { node, machine: true })));
    };
    let mut items = Vec::new();
    match machine.life {
        Life::Running => {
            items.push(send(say::PAUSE, Command::PauseBroker { node }));
            items.push(send(say::STOP, Command::StopBroker { node }));
            kill(&mut items);
        }
        Life::Paused => {
            items.push(send(say::RESUME, Command::ResumeBroker { node }));
            kill(&mut items);
        }
        Life::Dead | Life::Stopped => items.push(send(say::RESTART, Command::RestartBroker { node })),
    }
    if machine.slow {
        items.push(send(say::FULL_SPEED, Command::SlowBroker { node, factor: 0 }));
    } else if machine.life == Life::Running {
        items.push(send(say::SLOW_DOWN, Command::SlowBroker { node, factor: SLOW }));
    }
    if machine.disk_full {
        items.push(send(say::FREE_DISK, Command::FreeDisk { node }));
    } else {
        items.push(grave(send(say::FILL_DISK, Command::FillDisk { node })));
    }
    if view.brokers.len() <= LINKS_MAX {
        items.extend(links(node, view).map(|(label, command)| send(&label, command)));
    }
    if view.brokers.len() > 2 && view.brokers.iter().any(|b| b.id == id) {
        let isolate = Command::CutLink { from: Party::Node(node), to: Party::Named("brokers".to_owned()), one_way: false };
        items.push(send(say::ISOLATE, isolate));
    }
    items.push(item(say::MORE_FAULTS, MenuAct::Open(Sheet::Faults(node))));
    Some(items)
}

/// Cutting and healing the links to the other brokers.
fn links(node: i32, view: &View) -> impl Iterator<Item = (String, Command)> {
    view.brokers.iter().map(|b| b.id.0).filter(move |other| *other != node).map(move |other| {
        let (from, to) = (Party::Node(node), Party::Node(other));
        if is_cut(view, &from, &to) {
            (say::heal_link_to(other), Command::HealLink { from, to })
        } else {
            (say::cut_link_to(other), Command::CutLink { from, to, one_way: false })
        }
    })
}

/// Where the network is nobody's to bend, nothing.
pub fn link(view: &View, from: &Party, to: &Party) -> Option<Vec<MenuItem>> {
    view.faults.as_ref()?;
    let send = |label: &str, command: Command| item(label, MenuAct::Send(Place::Faults, command));
    let ends = || (from.clone(), to.clone());
    let cut = |one_way: bool| {
        let (from, to) = ends();
        Command::CutLink { from, to, one_way }
    };
    let ((a, b), (c, d), (e, f)) = (ends(), ends(), ends());
    let slow = Command::SetLink { from: a, to: b, latency_us: DELAY_MS * 1_000, jitter_us: 0, tail_us: 0, bytes_per_second: None };
    let mut items = Vec::new();
    if is_cut(view, from, to) || is_bent(view, from, to) {
        items.push(send(say::HEAL, Command::HealLink { from: c, to: d }));
    }
    items.push(send(&say::delay_by(DELAY_MS), slow));
    items.push(send(say::BREAK, Command::BreakConnections { from: e, to: f }));
    if !is_cut(view, from, to) {
        items.push(send(say::CUT_ONE_WAY, cut(true)));
        items.push(send(say::CUT, cut(false)));
    }
    Some(items)
}

/// A node's end of a link. Clients' ends carry no name in a view.
fn end(party: &Party) -> Option<NodeId> {
    match party {
        Party::Node(id) => Some(NodeId(*id)),
        Party::Named(_) => None,
    }
}

/// The faults of the link between two parties, in either direction.
pub fn between<'v>(view: &'v View, from: &Party, to: &Party) -> impl Iterator<Item = &'v crate::view::LinkView> {
    let (a, b) = (end(from), end(to));
    let links = view.faults.iter().flat_map(|f| &f.links);
    links.filter(move |l| (a.is_some() && b.is_some()) && ((l.from, l.to) == (a, b) || (l.from, l.to) == (b, a)))
}

fn is_cut(view: &View, from: &Party, to: &Party) -> bool {
    between(view, from, to).any(|l| l.cut)
}

fn is_bent(view: &View, from: &Party, to: &Party) -> bool {
    between(view, from, to).next().is_some()
}
