//! The consumer's loop: what happens after every input, and when the application polls.

use super::commit::Purpose;
use super::membership::MemberState;
use super::{Consumer, Life, Request, Subscription};
use crate::base::{Context, Duration, EventKind};
use crate::client::alarm::{Alarm, earliest};
use crate::client::connections::Answer;

impl Consumer {
    /// Does all that can be done now, and finds out when there will be more. Called after every input.
    pub(super) fn step(&mut self, cx: &mut Context<'_>) {
        match self.life {
            Life::Closed | Life::Crashed => {
                self.alarm = None;
                return;
            }
            Life::Running => {
                self.cluster.step(cx);
                self.keep_in_touch(cx);
                if self.life == Life::Running && self.application.polls(cx.now) {
                    self.poll(cx);
                }
            }
            Life::Closing => {}
        }
        if self.life == Life::Closing {
            self.go_on_closing(cx);
        }
        if matches!(self.life, Life::Running | Life::Closing) {
            self.cluster.step(cx);
            self.set_alarm(cx);
        }
        if !self.abandoned.is_empty() {
            let abandoned = std::mem::take(&mut self.abandoned);
            self.take_answers(cx, abandoned);
        }
    }

    /// The application calls `poll`, again and again until there is nothing for it.
    fn poll(&mut self, cx: &mut Context<'_>) {
        self.take_part(cx);
        self.commit_in_time(cx);
        loop {
            if self.life != Life::Running || self.subscription == Subscription::None {
                return;
            }
            self.find_positions(cx);
            self.validate_positions(cx);
            let handed = self.hand_over(cx);
            self.send_fetches(cx);
            if handed == 0 {
                return;
            }
            self.application.turn_to(cx.now, handed);
            if !self.application.polls(cx.now) {
                return;
            }
            self.commit_in_time(cx);
        }
    }

    pub(super) fn take_answers(&mut self, cx: &mut Context<'_>, answers: Vec<Answer<Request>>) {
        for answer in answers {
            match answer.tag {
                Request::FindCoordinator => self.found_coordinator(cx, &answer),
                Request::Join(stamp) => self.joined(cx, stamp, &answer),
                Request::Sync(stamp) => self.synced(cx, stamp, &answer),
                Request::Heartbeat(stamp) => self.heartbeat_answered(cx, stamp, &answer),
                Request::Leave => self.leaving = false,
                Request::Commit(number) => self.committed(cx, number, &answer),
                Request::Committed(stamp) => self.committed_came(cx, stamp, &answer),
                Request::ListOffsets(number) => self.offsets_came(cx, number, &answer),
                Request::Validate(number) => self.validated(cx, number, &answer),
                Request::Fetch(node) => self.fetched(cx, node, &answer),
                Request::CloseSession => {}
            }
        }
        self.step(cx);
    }

    // ── closing ──

    /// Commits, gives back, leaves, and closes the connections, each when the former is done.
    fn go_on_closing(&mut self, cx: &mut Context<'_>) {
        let late = self.close_by.is_some_and(|by| by <= cx.now);
        if !self.close_committed && !late {
            if self.commits.is_pending(Purpose::Closing) || self.close_commit_at > cx.now {
                return;
            }
            let commits = self.config.enable_auto_commit && self.failure.is_none();
            if commits && self.commit_consumed(cx, Purpose::Closing) {
                return;
            }
            self.close_committed = true;
        }
        if !self.close_left {
            self.close_left = true;
            let partitions = self.partitions.keys();
            self.revoke(cx, partitions, false);
            if matches!(self.subscription, Subscription::Topics(_)) {
                self.leave(cx, "the consumer is being closed");
            }
            self.close_sessions(cx);
        }
        if self.leaving && !late {
            return;
        }
        self.life = Life::Closed;
        if let Some(group) = &mut self.group {
            group.state = MemberState::Unjoined;
        }
        cx.trace(EventKind::ClientStopped { client: self.name.clone() });
        self.cluster.net.close_all(cx);
        self.alarm = None;
    }

    // ── time ──

    fn set_alarm(&mut self, cx: &Context<'_>) {
        let now = cx.now;
        let closing = self.life == Life::Closing;
        let polls = !closing && self.application.done_at().is_none();
        let close = self.close_by.filter(|_| closing).map(|at| Alarm::named(at, "close timeout", None));
        let close_commit = (closing && self.close_commit_at > now).then(|| Alarm::named(self.close_commit_at, "retry.backoff.ms", None));
        let done = self.application.done_at().map(|at| Alarm::named(at, "the application polls", None));
        let when_polling = |alarm: Option<Alarm>| alarm.filter(|_| polls);
        let [lookup, heartbeat, poll_interval] = self.group_alarms(now);
        self.alarm = earliest([
            self.cluster.alarm(),
            lookup,
            heartbeat,
            poll_interval,
            when_polling(self.rebalance_alarm(now)),
            when_polling(self.commit_alarm()),
            when_polling(self.positions_alarm(now)),
            when_polling(self.validation_alarm(now)),
            when_polling(self.fetch_alarm(now)),
            done,
            close,
            close_commit,
        ]);
        if let Some(alarm) = &mut self.alarm {
            alarm.at = alarm.at.max(now + Duration::from_micros(1));
        }
    }
}
