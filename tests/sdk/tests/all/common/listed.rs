//! A service that gives a list, as a test wants it: moved while it is read, cut, sorted and filtered in its own way.

use std::sync::{Arc, Mutex};

use desk_sdk::jiff::Timestamp;
use desk_sdk::testing::{FakeDesk, RecordedRequest, Reply};
use desk_sdk::{ApiError, TimeRange};
use serde_json::{Value, json};

/// A record, with its times in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Thing {
    pub(crate) id: u64,
    pub(crate) created: i64,
    pub(crate) modified: i64,
}

/// How the service gives its list.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    /// The index of the first record.
    pub(crate) first: u64,
    /// The highest index that is answered.
    pub(crate) deepest: u64,
    /// Whether it compares times by the second.
    pub(crate) by_second: bool,
    /// Whether a range contains its start.
    pub(crate) inclusive: bool,
    /// Whether answers say how many records there are.
    pub(crate) counts: bool,
    /// Whether they promise more than there is.
    pub(crate) promises: bool,
    /// The largest page, whatever is asked for.
    pub(crate) largest: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            first: 0,
            deepest: 4_999,
            by_second: false,
            inclusive: true,
            counts: false,
            promises: false,
            largest: 100,
        }
    }
}

type Move = Box<dyn Fn(usize, &mut Vec<Thing>) + Send + Sync>;

/// The service.
pub(crate) struct Listed {
    rules: Rules,
    things: Mutex<Vec<Thing>>,
    /// What happens to the list before each answer, by the number of the call.
    moves: Move,
    calls: Mutex<Vec<u64>>,
}

impl Listed {
    pub(crate) fn new(rules: Rules, things: Vec<Thing>) -> Self {
        Self { rules, things: Mutex::new(things), moves: Box::new(|_, _| {}), calls: Mutex::default() }
    }

    pub(crate) fn moving(mut self, moves: impl Fn(usize, &mut Vec<Thing>) + Send + Sync + 'static) -> Self {
        self.moves = Box::new(moves);
        self
    }

    /// A Desk that answers this operation with the list.
    pub(crate) fn desk(self, operation: &str) -> (FakeDesk, Arc<Self>) {
        let (desk, listed) = (FakeDesk::new(), Arc::new(self));
        let answering = Arc::clone(&listed);
        desk.on_with(operation, move |request| answering.answer(request));
        (desk, listed)
    }

    pub(crate) fn things(&self) -> Vec<Thing> {
        self.things.lock().expect("things").clone()
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Vec<Thing>)) {
        change(&mut self.things.lock().expect("things"));
    }

    /// The index that each call asked for.
    pub(crate) fn calls(&self) -> Vec<u64> {
        self.calls.lock().expect("calls").clone()
    }

    /// What the calls so far would have cost.
    pub(crate) fn credits(&self) -> u64 {
        let price = |from: &u64| match from {
            0..=2_000 => 3,
            2_001..=5_000 => 5,
            5_001..=10_000 => 10,
            _ => 50,
        };
        self.calls().iter().map(price).sum()
    }

    fn answer(&self, request: &RecordedRequest) -> Reply {
        let mut things = self.things.lock().expect("things");
        let mut calls = self.calls.lock().expect("calls");
        (self.moves)(calls.len(), &mut things);
        let asked = |name: &str| request.query_value(name).map(str::to_owned);
        let number = |name: &str| asked(name).and_then(|text| text.parse::<u64>().ok());
        let from = number("from").unwrap_or(self.rules.first);
        calls.push(from);
        if from > self.rules.deepest {
            return ApiError::new("list", 422).code("UNPROCESSABLE_ENTITY").message("exceeds the range").into();
        }
        let mut found: Vec<&Thing> = things.iter().collect();
        for (name, time) in [("createdTimeRange", created as fn(&Thing) -> i64), ("modifiedTimeRange", modified)] {
            if let Some((start, end)) = asked(name).and_then(|text| TimeRange::from(text).timestamps()) {
                found.retain(|thing| self.is_within(time(thing), start.as_millisecond(), end.as_millisecond()));
            }
        }
        let sort = asked("sortBy").unwrap_or_default();
        match sort.trim_start_matches('-') {
            "createdTime" => found.sort_by_key(|thing| thing.created),
            "modifiedTime" => found.sort_by_key(|thing| thing.modified),
            _ => {}
        }
        if sort.starts_with('-') {
            found.reverse();
        }
        let count = found.len();
        let skip = usize::try_from(from.saturating_sub(self.rules.first)).expect("an index");
        let limit = number("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(10);
        let page: Vec<Value> = found.into_iter().skip(skip).take(limit.min(self.rules.largest)).map(shown).collect();
        let Rules { counts, promises, .. } = self.rules;
        match page.is_empty() {
            true if !promises => Reply::empty(),
            _ if promises => json!({ "data": page, "count": count + 5, "hasMore": true }).into(),
            _ if counts => json!({ "data": page, "count": count }).into(),
            _ => json!({ "data": page }).into(),
        }
    }

    fn is_within(&self, time: i64, start: i64, end: i64) -> bool {
        let part = if self.rules.by_second { 1_000 } else { 1 };
        let [time, start, end] = [time, start, end].map(|time| time.div_euclid(part));
        time <= end && if self.rules.inclusive { start <= time } else { start < time }
    }
}

fn created(thing: &Thing) -> i64 {
    thing.created
}

fn modified(thing: &Thing) -> i64 {
    thing.modified
}

fn shown(thing: &Thing) -> Value {
    json!({
        "id": thing.id.to_string(),
        "createdTime": text(thing.created),
        "modifiedTime": text(thing.modified),
    })
}

/// A time as the API writes it.
pub(crate) fn text(milliseconds: i64) -> String {
    format!("{:.3}", Timestamp::from_millisecond(milliseconds).expect("a time"))
}
