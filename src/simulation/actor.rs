//! The processes of a simulation, as one type.

use crate::base::{ConnectionId, Context, EventId, Instant};
use crate::broker::Broker;
use crate::client::{Admin, Consumer, Producer};
use crate::controller::Controller;
use crate::network::{Action, Listener, Process};
use crate::wire::Rope;

/// A process of any kind.
#[derive(Clone, Debug)]
pub enum Actor {
    Broker(Box<Broker>),
    Controller(Box<Controller>),
    Producer(Box<Producer>),
    Consumer(Box<Consumer>),
    Admin(Box<Admin>),
}

impl Actor {
    fn process(&self) -> &dyn Process {
        match self {
            Self::Broker(broker) => &**broker,
            Self::Controller(controller) => &**controller,
            Self::Producer(producer) => &**producer,
            Self::Consumer(consumer) => &**consumer,
            Self::Admin(admin) => &**admin,
        }
    }

    fn process_mut(&mut self) -> &mut dyn Process {
        match self {
            Self::Broker(broker) => &mut **broker,
            Self::Controller(controller) => &mut **controller,
            Self::Producer(producer) => &mut **producer,
            Self::Consumer(consumer) => &mut **consumer,
            Self::Admin(admin) => &mut **admin,
        }
    }
}

impl Process for Actor {
    fn accepted(&mut self, cx: &mut Context<'_>, connection: ConnectionId, listener: Listener, host: &str) {
        self.process_mut().accepted(cx, connection, listener, host);
    }

    fn connected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        self.process_mut().connected(cx, connection);
    }

    fn receive(&mut self, cx: &mut Context<'_>, connection: ConnectionId, frame: Rope) {
        self.process_mut().receive(cx, connection, frame);
    }

    fn disconnected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        self.process_mut().disconnected(cx, connection);
    }

    fn next_due(&self) -> Option<Instant> {
        self.process().next_due()
    }

    fn wake(&mut self, cx: &mut Context<'_>) {
        self.process_mut().wake(cx);
    }

    fn poll_action(&mut self) -> Option<(Action, Option<EventId>)> {
        self.process_mut().poll_action()
    }
}
