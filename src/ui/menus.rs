//! What a menu holds, and what its items do.

use super::chosen::{Chosen, Span};
use super::drawer::Tab;
use super::drawer::{ConfigsForm, Form};
use super::state::{Place, Sheet, Sorting};
use crate::playground::{Command, Time};
use std::rc::Rc;
use std::sync::Arc;

/// A command's button in a menu.
#[derive(Clone, Debug, PartialEq)]
pub struct MenuItem {
    pub label: String,
    pub grave: bool,
    pub act: MenuAct,
}

#[derive(Clone, Debug, PartialEq)]
pub enum MenuAct {
    Send(Place, Command),
    /// Ask in the topic's head whether it shall go.
    ConfirmDelete(Arc<str>),
    Open(Sheet),
    Time(Time),
    Choose(Chosen),
    Tab(Tab),
    Theme(&'static str),
    /// Goes to the form that writes a record, as it stands.
    Aim,
    /// Shows the things to try again.
    FirstSteps,
    Follow(Arc<str>),
    /// Lists the events that tell of it.
    Events(Chosen),
    /// Goes to the form that writes a record, which then aims at this topic and partition.
    Publish(Arc<str>, Option<i32>),
    /// Goes to the form that writes a record, which this producer then sends.
    PublishAs(Arc<str>),
    /// Shows the wire, through this filter.
    Wire(String),
    /// Shows an event with its causes.
    Why(u64),
    /// Puts a text on the clipboard.
    Copy(Rc<str>),
    /// Tables instead of the picture, or the picture again.
    Tables(bool),
    /// Orders strips.
    Sort(Sorting),
    /// Marks the record that a reach begins with: a press on another ends it.
    Reach(Span),
    /// Looks for records.
    Messages(Form),
    /// Shows a frame on the wire.
    Frame(u64),
    /// Shows settings.
    Configs(ConfigsForm),
    /// Copies the session's link.
    Share,
    Reset,
}

/// The menu that is open: one at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    pub title: String,
    /// Its right upper corner, in px from the element's left upper one.
    pub right: f64,
    pub top: f64,
    pub items: Vec<MenuItem>,
}
