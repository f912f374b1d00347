//! A walk through a list: what to ask for next, and which records of a page are new.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::ask::{Ask, FROM, LIMIT, SORT, records_before};
use super::price::{DEEPEST, is_too_deep};
use super::received::{Marks, Met, Received};
use super::seen::Seen;
use super::way::{End, Extent, Newest, Offset, Oldest, Timed, Way, Windows};
use crate::call::Call;
use crate::generated::api::LISTS;
use crate::invalid_call::{BrokenRule, InvalidCall};
use crate::operation::{Kind, Operation, Rule, Timeline};
use crate::position::{Key, Place, Position};
use crate::value::{DateTime, TimeRange};
use crate::walk_error::WalkError;

/// The field that says when a record was last changed.
const MODIFIED: &str = LISTS.changed;

/// How far beyond the current time windows reach, because the service's clock may be ahead.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// What a walk is to read.
#[derive(Clone, Debug)]
pub(crate) enum Goal {
    /// The records by index.
    Indexed,
    /// All records, by time where that is possible.
    All,
    /// The records that changed since then.
    Changed(Timestamp),
}

/// Why a walk cannot begin.
#[derive(Debug)]
pub(super) enum Refused {
    Walk(WalkError),
    Call(InvalidCall),
}

impl From<WalkError> for Refused {
    fn from(error: WalkError) -> Self {
        Self::Walk(error)
    }
}

/// A walk through a list.
#[derive(Debug)]
pub(super) struct Plan {
    operation: &'static Operation,
    way: Way,
    /// Whether it is about changes.
    changes: bool,
    /// A hash of the parameters, for positions.
    call: String,
    /// The length of a page.
    size: Option<u64>,
    seen: Seen,
    /// Those of the records that were met that may come again.
    recent: Vec<Met>,
    records: u64,
}

/// A page that was taken in.
#[derive(Debug)]
pub(super) struct Taken {
    /// The places of the records that are new.
    pub(super) fresh: Vec<usize>,
    /// Whether it was the last page.
    pub(super) last: bool,
}

impl Plan {
    /// A plan for a call, by the clock's time.
    pub(super) fn new(call: &Call, goal: &Goal, now: Timestamp) -> Result<Self, Refused> {
        let operation = call.operation();
        let size = page_size(call);
        let way = way(call, goal, now)?;
        Ok(Self {
            operation,
            way,
            changes: matches!(goal, Goal::Changed(_)),
            call: fingerprint(call),
            size,
            seen: Seen::default(),
            recent: Vec::new(),
            records: 0,
        })
    }

    /// Goes on from a position.
    pub(super) fn resume(&mut self, position: Position) -> Result<(), WalkError> {
        let refused = |other: String| WalkError::OtherPosition { operation: self.operation.id, other };
        let known = [self.operation.id].into_iter().chain(self.operation.aliases.iter().copied());
        let known = known.chain(self.operation.alias_of);
        if !known.clone().any(|id| id == position.operation) {
            return Err(refused(position.operation));
        }
        if position.call != self.call {
            return Err(refused(format!("{} with other parameters", position.operation)));
        }
        if let Some(way) = self.way.at_place(&position.place) {
            self.way = way;
        } else {
            return Err(refused(format!("another way to read {}", position.operation)));
        }
        for key in &position.seen {
            self.seen.add(key);
        }
        // Each is kept until the last of them cannot come again.
        let time = position.latest;
        self.recent = position.seen.into_iter().map(|key| Met { key: Some(key), time }).collect();
        self.records = position.records;
        Ok(())
    }

    /// The next page.
    pub(super) fn ask(&self) -> Result<Ask, WalkError> {
        if let Way::Whole { read: Some(End::Cut), cut } = self.way {
            return Err(self.too_deep(cut.unwrap_or_default()));
        }
        let ask = Ask { limit: self.size, ..self.way.ask() };
        match ask.from.filter(|from| self.highest_from().is_some_and(|highest| *from > highest)) {
            Some(from) => Err(self.too_deep(from)),
            None => Ok(ask),
        }
    }

    /// Whether there is nothing to read on.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.way, Way::Whole { read: Some(End::Real), .. })
    }

    /// The page after one that is on its way, if that is certain: when the order does not depend on the answer.
    pub(super) fn after(&self, ask: &Ask) -> Option<Ask> {
        let (Way::Offset(_), Some(size)) = (&self.way, self.size) else { return None };
        let next = Offset::after(ask, size);
        let beyond = self.highest_from().unwrap_or(DEEPEST);
        next.from.is_some_and(|from| from <= beyond).then_some(next)
    }

    /// The error for a page that the service refuses to give.
    pub(super) fn too_deep(&self, from: u64) -> WalkError {
        match &self.way {
            Way::Oldest(oldest) => oldest.too_many(from),
            Way::Windows(windows) => windows.too_many(from),
            Way::Whole { .. } | Way::Offset(_) | Way::Newest(_) => WalkError::TooDeep {
                operation: self.operation.id,
                from,
                by_time: matches!(self.way, Way::Offset(_)) && by_range(self.operation).is_some(),
                instead: self.operation.by_time,
            },
        }
    }

    /// Whether a refusal of this page means that it is too deep.
    pub(super) fn is_deep(ask: &Ask) -> bool {
        ask.from.is_some_and(|from| is_too_deep(records_before(from, ask.limit)))
    }

    /// By what its records are known. What has changed again is another record.
    pub(super) fn marks(&self) -> Marks {
        let id = self.operation.paging.map_or("", |paging| paging.id);
        Marks { id, time: self.way.field(), by_time: self.changes }
    }

    /// How much is left.
    pub(super) fn extent(&self) -> Extent {
        self.way.extent(self.first())
    }

    fn first(&self) -> u64 {
        self.operation.paging.map_or(0, |paging| paging.first)
    }

    pub(super) fn size(&self) -> Option<u64> {
        self.size
    }

    /// Sets the length of a page, at most the largest.
    pub(super) fn shorten(&mut self, size: u64) {
        self.size = self.size.map(|known| known.min(size.max(1)));
    }

    /// Takes in a page.
    pub(super) fn take(&mut self, received: &mut Received) -> Result<Taken, WalkError> {
        received.compare(self.size, &self.seen);
        let first = self.first();
        let wanted: Vec<bool> = received.records.iter().map(|met| self.way.wants(met.time)).collect();
        let last = self.way.take(received, first)?;
        let mut fresh = Vec::new();
        for (place, met) in received.records.iter().enumerate() {
            let new = met.key.as_ref().is_none_or(|key| self.seen.add(key));
            if new && wanted[place] {
                fresh.push(place);
            }
        }
        self.records += u64::try_from(fresh.len()).unwrap_or(u64::MAX);
        self.remember(received);
        Ok(Taken { fresh, last })
    }

    fn remember(&mut self, received: &Received) {
        match self.way.since() {
            None => self.recent = received.records.clone(),
            Some(since) => {
                // A service that compares times by the second gives the whole second.
                let since = since.checked_sub(SECOND).unwrap_or(since);
                let known: Vec<Met> = std::mem::take(&mut self.recent);
                let new: std::collections::HashSet<&Key> =
                    received.records.iter().filter_map(|met| met.key.as_ref()).collect();
                let old = known.into_iter().filter(|met| met.key.as_ref().is_some_and(|key| !new.contains(key)));
                let all = old.chain(received.records.iter().cloned());
                self.recent = all.filter(|met| met.time.is_none_or(|time| time >= since)).collect();
            }
        }
    }

    /// Where it has got to.
    pub(super) fn position(&self) -> Position {
        Position {
            operation: self.operation.id.to_owned(),
            call: self.call.clone(),
            records: self.records,
            place: self.way.place(),
            seen: self.recent.iter().filter_map(|met| met.key.clone()).collect(),
            latest: self.recent.iter().filter_map(|met| met.time).max(),
        }
    }

    /// The deepest index that the operation's own rules allow.
    fn highest_from(&self) -> Option<u64> {
        maximum(self.operation, FROM)
    }
}

/// A position within a page: after some of its new records.
pub(super) fn within(before: &Position, taken: &[(usize, Met)]) -> Position {
    let mut position = before.clone();
    position.records += u64::try_from(taken.len()).unwrap_or(u64::MAX);
    position.seen.extend(taken.iter().filter_map(|(_, met)| met.key.clone()));
    position.latest = taken.iter().filter_map(|(_, met)| met.time).chain(position.latest).max();
    // Within a page that has only a number, the records that were read are known by their ids.
    if let (Place::Offset { from }, Some((last, _)), false) = (&mut position.place, taken.last(), LISTS.by_page) {
        *from += u64::try_from(*last).unwrap_or(u64::MAX).saturating_add(1);
    }
    position
}

/// The length of a page: the one that was chosen, or else the largest.
fn page_size(call: &Call) -> Option<u64> {
    let chosen = call.parameters.get(LIMIT).and_then(Value::as_u64);
    let operation = call.operation();
    chosen.or_else(|| match operation.paging {
        Some(paging) => paging.maximum.or(paging.default),
        None => maximum(operation, LIMIT),
    })
}

/// The largest value that a parameter may have.
fn maximum(operation: &Operation, name: &str) -> Option<u64> {
    operation.parameter(name)?.field.rules.iter().find_map(|rule| match rule {
        Rule::Maximum(most) => u64::try_from(*most).ok(),
        _ => None,
    })
}

/// The time by which an operation can be filtered.
fn by_range(operation: &Operation) -> Option<&'static Timeline> {
    operation.timelines.iter().find(|timeline| timeline.range.is_some())
}

fn way(call: &Call, goal: &Goal, now: Timestamp) -> Result<Way, Refused> {
    let operation = call.operation();
    let Some(paging) = operation.paging else { return Ok(Way::Whole { cut: page_size(call), read: None }) };
    let indexed = || {
        let from = call.parameters.get(FROM).and_then(Value::as_u64).unwrap_or(paging.first);
        Ok(Way::Offset(Offset::new(from)))
    };
    let timed = |timeline: &Timeline| Timed {
        operation: operation.id,
        first: paging.first,
        field: timeline.field,
        range: timeline.range.unwrap_or_default(),
        sort: timeline.sort.unwrap_or_default(),
    };
    let (timeline, since) = match goal {
        Goal::Indexed => return indexed(),
        Goal::All => match by_range(operation) {
            Some(timeline) => (timeline, Timestamp::UNIX_EPOCH),
            None => return indexed(),
        },
        Goal::Changed(since) => {
            let changed = operation.timelines.iter().find(|timeline| timeline.field == MODIFIED);
            (changed.ok_or(WalkError::NoChanges { operation: operation.id, instead: operation.by_time })?, *since)
        }
    };
    let (given, end) = period(call, timeline, now)?;
    let since = given.max(since);
    free(call, timeline)?;
    Ok(match (timeline.range, timeline.sort) {
        (Some(_), Some(_)) => Way::Oldest(Oldest::new(timed(timeline), since, end, 0)),
        (Some(_), None) => Way::Windows(Windows::new(timed(timeline), (since, end), end, 0)),
        (None, _) => Way::Newest(Newest::new(timed(timeline), since, None, 0)),
    })
}

/// The period that the call itself asks for.
fn period(call: &Call, timeline: &Timeline, now: Timestamp) -> Result<(Timestamp, Timestamp), Refused> {
    let end = now.checked_add(AHEAD).unwrap_or(Timestamp::MAX);
    let given = timeline.range.and_then(|range| Some((range, call.parameters.get(range)?)));
    let Some((range, value)) = given else { return Ok((Timestamp::UNIX_EPOCH, end)) };
    let times = value.as_str().and_then(|text| TimeRange::from(text).timestamps());
    let wrong = || BrokenRule::new(range, value, Kind::TimeRange.to_string());
    let (since, until) = times.ok_or_else(|| Refused::Call(InvalidCall::new(call.operation(), wrong())))?;
    Ok((since, until.min(end)))
}

/// A walk by time chooses order and index itself.
fn free(call: &Call, timeline: &Timeline) -> Result<(), Refused> {
    let sorts = timeline.sort.is_some();
    let broken: Vec<BrokenRule> = [(SORT, sorts), (FROM, true)]
        .into_iter()
        .filter(|(_, matters)| *matters)
        .filter_map(|(name, _)| Some((name, call.parameters.get(name)?)))
        .map(|(name, given)| {
            let rule = format!("left out: the list is read in the order of {}", timeline.field);
            BrokenRule::new(name, given, rule)
        })
        .collect();
    match broken.is_empty() {
        true => Ok(()),
        false => Err(Refused::Call(InvalidCall { operation: call.operation().id, broken })),
    }
}

/// A hash of the parameters that determine which records a list has.
fn fingerprint(call: &Call) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update(text.len().to_le_bytes());
        hash.update(text);
    };
    for (name, value) in call.parameters.iter().filter(|(name, _)| *name != FROM && *name != LIMIT) {
        add(name);
        add(&value.to_string());
    }
    for (name, value) in &call.query {
        add(name);
        add(value);
    }
    for (name, value) in call.fields.iter() {
        add(name);
        add(&value.to_string());
    }
    if let Some(whole) = &call.whole {
        add(&whole.to_string());
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A time from which to read what has changed.
pub(super) fn time(time: &DateTime, operation: &Operation) -> Result<Timestamp, Refused> {
    let wrong = || BrokenRule::new("since", &Value::from(time.as_str()), "a time");
    time.timestamp().ok_or_else(|| Refused::Call(InvalidCall::new(operation, wrong())))
}
