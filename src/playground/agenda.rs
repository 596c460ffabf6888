//! Commands whose time is to come: scheduled ones, and those that chance gives again and again. Chance is drawn from the seed, a stream of
//! its own for each, so that it moves nothing else.

use super::command::Command;
use super::execute::Done;
use super::outcome::{OutcomeState, Refusal};
use super::session::Session;
use crate::base::SortedMap;
use crate::base::{Duration, EventId, EventKind, Instant, Rng, Timers};

/// How many commands may wait for their time.
const WAITING_MAX: usize = 1_000;
/// The furthest that a command may be scheduled: a year.
const AFTER_MS_MAX: i64 = 365 * 86_400_000;
/// The most often that chance gives a command: once a second, on average.
const PER_HOUR_MAX: i64 = 3_600;
/// Outcomes of commands whose time came have numbers from here, which no page uses.
const REQUESTS_FROM: u64 = 1 << 51;

#[derive(Clone, Debug)]
struct Chance {
    per_hour: u64,
    rng: Rng,
}

impl Chance {
    /// How long until the next time: second by second, each is as likely to be it as any other.
    fn next_gap(&mut self) -> Duration {
        let mut seconds = 0;
        while self.rng.below(PER_HOUR_MAX.unsigned_abs()) >= self.per_hour {
            seconds += 1;
        }
        Duration::from_micros(seconds * 1_000_000 + self.rng.below(1_000_000))
    }
}

#[derive(Clone, Debug)]
struct Entry {
    command: Command,
    chance: Option<Chance>,
    /// The user's command that put it here.
    cause: EventId,
}

/// What is to be done when.
#[derive(Clone, Debug, Default)]
pub(super) struct Agenda {
    timers: Timers<u64>,
    entries: SortedMap<u64, Entry>,
    /// How many there ever were.
    count: u64,
    /// How many have been given.
    given: u64,
    /// By reason of this the command at hand is given, and whether chance gave it.
    at_hand: Option<(EventId, bool)>,
}

impl Agenda {
    pub fn next_due(&self) -> Option<Instant> {
        self.timers.next_due()
    }

    fn put(&mut self, due: Instant, entry: Entry) {
        self.timers.set(self.count, due, Some(entry.cause));
        self.entries.insert(self.count, entry);
        self.count += 1;
    }

    /// Nothing is to be done any more.
    pub fn clear(&mut self) {
        *self = Self { count: self.count, given: self.given, at_hand: self.at_hand, ..Self::default() };
    }
}

impl Session {
    /// Notes the command that is carried out: the user's, or one whose time has come.
    pub(super) fn note_command(&mut self, text: &str) -> EventId {
        match self.agenda.at_hand {
            Some((cause, by_chance)) => self.simulation.note_because(cause, EventKind::CommandDue { text: text.into(), by_chance }),
            None => self.simulation.note_command(text),
        }
    }

    pub(super) fn schedule(&mut self, after_ms: i64, command: Command) -> Result<String, Refusal> {
        if after_ms < 0 {
            return Err(Refusal::new("afterMs", format!("{after_ms} ms: what is over cannot be scheduled.")));
        }
        if after_ms > AFTER_MS_MAX {
            return Err(Refusal::new("afterMs", format!("{after_ms} ms are more than a year, {AFTER_MS_MAX} ms.")));
        }
        self.refuse_too_many()?;
        self.refuse_oversized(&command)?;
        let text = format!("in {after_ms} ms, {command}");
        let cause = self.note_command(&text);
        let due = self.now() + Duration::from_kafka_ms(after_ms);
        self.agenda.put(due, Entry { command, chance: None, cause });
        Ok(format!("Scheduled: {text}."))
    }

    pub(super) fn take_chance(&mut self, per_hour: i64, command: Command) -> Result<String, Refusal> {
        if !(1..=PER_HOUR_MAX).contains(&per_hour) {
            return Err(Refusal::new("perHour", format!("Chance gives a command 1 to {PER_HOUR_MAX} times an hour, not {per_hour}.")));
        }
        self.refuse_too_many()?;
        self.refuse_oversized(&command)?;
        let text = format!("{per_hour} times an hour, by chance, {command}");
        let cause = self.note_command(&text);
        let rng = Rng::stream(self.simulation.config().seed, &format!("chance {}", self.agenda.count));
        let mut chance = Chance { per_hour: per_hour.unsigned_abs(), rng };
        let due = self.now() + chance.next_gap();
        self.agenda.put(due, Entry { command, chance: Some(chance), cause });
        Ok(format!("Agreed: {text}."))
    }

    fn refuse_too_many(&self) -> Result<(), Refusal> {
        if self.agenda.entries.len() < WAITING_MAX {
            return Ok(());
        }
        Err(Refusal::new("command", format!("{WAITING_MAX} commands wait for their time already.")))
    }

    /// Gives the command whose time has come. One that cannot be is told of in the trace.
    pub(super) fn give_due_command(&mut self) {
        let Some((number, _)) = self.agenda.timers.pop_due(self.now()) else { return };
        let Some(mut entry) = self.agenda.entries.remove(&number) else { return };
        let (command, cause, by_chance) = (entry.command.clone(), entry.cause, entry.chance.is_some());
        if let Some(chance) = &mut entry.chance {
            let due = self.now() + chance.next_gap();
            self.agenda.timers.set(number, due, Some(cause));
            self.agenda.entries.insert(number, entry);
        }
        self.agenda.given += 1;
        let request = REQUESTS_FROM + self.agenda.given;
        let text = command.to_string();
        self.agenda.at_hand = Some((cause, by_chance));
        let done = self.carry_out(command);
        self.agenda.at_hand = None;
        match done {
            Ok(Done::Asked(process, work)) => self.wait_for(request, process, work),
            Ok(Done::Now(_)) => {}
            Err(refusal) => {
                let reason = refusal.message.as_str().into();
                self.simulation.note_because(cause, EventKind::CommandRefused { text: text.into(), reason });
                self.put_outcome(request, OutcomeState::from(refusal));
            }
        }
    }
}
