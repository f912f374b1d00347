//! Pages of lists and searches.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use desk_spec::Answer;
use serde_json::{Value, json};

use super::request::Request;
use super::show::{Shown, made, of_lists};
use super::store::Stored;
use super::{Found, Records};
use crate::exchange::refusal::Refusal;
use crate::judge::check::Call;
use crate::seed::Conditions;
use crate::spec::shape::objects;

/// The `limit` used if neither the request nor the spec has one.
const LIMIT: u64 = 10;

/// The key next to a page that holds the total number of records found.
pub(crate) const COUNT: &str = "count";

/// The records to list.
#[derive(Debug)]
pub(super) struct Listed<'a> {
    /// The collections.
    pub(super) of: Vec<usize>,
    pub(super) only: &'a Conditions,
    pub(super) trashed: bool,
    /// Whether the newest are first where the request names no order.
    pub(super) newest: bool,
    /// Fields that are added by a record's collection.
    pub(super) label: &'a BTreeMap<String, BTreeMap<String, Value>>,
    /// Words of `include`, beside those that are sent.
    pub(super) include: &'a [String],
}

/// The sort key of a list.
#[derive(Debug, PartialEq)]
enum Key {
    None,
    Number(f64),
    Text(String),
}

/// Parameters that tell the direction of the order: `ASC`, `desc`.
const DIRECTIONS: [&str; 2] = ["sortOrder", "orderBy"];

/// The order that a request asks for.
#[derive(Clone, Copy, Debug)]
struct Order<'a> {
    by: Option<&'a str>,
    /// Whether the largest is first.
    down: Option<bool>,
}

impl<'a> Order<'a> {
    /// By `sortBy`, or by the parameter that the collection has in its place.
    fn asked(call: Call<'a>, by: Option<&str>) -> Self {
        let sent = |name| call.incoming.query(name);
        let direction = DIRECTIONS.into_iter().find_map(sent).map(|word| word.to_ascii_lowercase().starts_with("desc"));
        let Some(by) = sent("sortBy").or_else(|| sent(by?)) else { return Self { by: None, down: direction } };
        match by.strip_prefix('-') {
            Some(by) => Self { by: Some(by), down: Some(true) },
            None => Self { by: Some(by), down: Some(direction.unwrap_or(false)) },
        }
    }

    fn is_asked(self) -> bool {
        self.by.is_some() || self.down.is_some()
    }
}

impl Records {
    pub(super) fn page(&self, listed: &Listed<'_>, request: Request<'_>) -> Result<Found, Refusal> {
        let held = self.held(request, listed.only);
        let (skip, limit) = window(request.call);
        let mut parts = Vec::new();
        for place in &listed.of {
            let checks = self.checks(*place, request)?;
            parts.push((*place, self.found(*place, held.clone(), checks, listed.trashed)));
        }
        let all = parts.into_iter().flat_map(|(place, found)| found.map(move |stored| (place, stored)));
        let by = listed.of.first().and_then(|place| self.forms.get(*place)).and_then(|form| form.sorted_by.as_deref());
        let mut order = Order::asked(request.call, by);
        if listed.newest && !order.is_asked() {
            order.down = Some(true);
        }
        let several = listed.of.len() > 1;
        let ordered = |place: &usize| self.stores.get(*place).is_some_and(|store| store.form.ordered.is_some());
        let mut total = None;
        let page: Vec<(usize, &Stored)> = if order.is_asked() || several || listed.of.iter().any(ordered) {
            let keyed = all.map(|(place, stored)| (self.key(place, stored, order.by), place, stored));
            let mut keyed: Vec<_> = keyed.enumerate().collect();
            total = Some(keyed.len());
            let down = order.down.unwrap_or(several && order.by.is_none());
            let reversed = order.by.is_none() && order.down == Some(true);
            let order = |a: &(usize, (Key, usize, &Stored)), b: &(usize, (Key, usize, &Stored))| {
                let by_key = a.1.0.cmp(&b.1.0);
                let by_place = a.0.cmp(&b.0);
                (if down { by_key.reverse() } else { by_key }).then(if reversed {
                    by_place.reverse()
                } else {
                    by_place
                })
            };
            cut(&mut keyed, skip, limit, order);
            keyed.into_iter().map(|(_, (_, place, stored))| (place, stored)).collect()
        } else if declares_count(request.call) {
            let mut counted = 0;
            let all = all.inspect(|_| counted += 1).enumerate();
            let within = all.filter(|(at, _)| *at >= skip && at - skip < limit);
            let page = within.map(|(_, found)| found).collect();
            total = Some(counted);
            page
        } else {
            all.skip(skip).take(limit).collect()
        };
        let sent = request.call.incoming.query("include").unwrap_or_default().split(',');
        let words: Vec<&str> = sent.chain(listed.include.iter().map(String::as_str)).collect();
        // Fields may be chosen that are not shown otherwise.
        let declared = if request.call.fields().is_empty() { of_lists(request.call) } else { Vec::new() };
        let records = page.into_iter().map(|(place, stored)| {
            let mut shown = self.shown(place, stored, &words, &declared);
            label(&mut shown, &self.name(place), listed.label);
            shown
        });
        Ok(Found::Page { records: records.collect(), total })
    }

    /// The sort key of a record: a field, or its creation time if there is no field.
    fn key(&self, place: usize, stored: &Stored, word: Option<&str>) -> Key {
        let Some(store) = self.stores.get(place) else { return Key::None };
        let field = match word {
            Some(word) => Some(store.form.sorts.get(word).map_or(word, String::as_str)),
            None => store.form.ordered.as_deref().or(store.form.created.as_deref()),
        };
        let value = field.and_then(|field| {
            let held = self.value_at(place, stored, field).filter(|value| !value.is_null());
            let counted = || Some(json!(self.count(store, stored, store.form.counts.get(field)?)));
            held.or_else(|| made(store, stored, field).or_else(counted).map(Cow::Owned))
        });
        match value.as_deref() {
            Some(Value::Number(number)) => number.as_f64().map_or(Key::None, Key::Number),
            Some(Value::String(text)) => Key::Text(text.to_lowercase()),
            _ => Key::None,
        }
    }
}

impl Key {
    /// Records without a value come first.
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::None => 0,
            Self::Number(_) => 1,
            Self::Text(_) => 2,
        }
    }
}

fn label(shown: &mut Shown, collection: &str, labels: &BTreeMap<String, BTreeMap<String, Value>>) {
    for (field, by_collection) in labels {
        if let Some(value) = by_collection.get(collection) {
            shown.fields.insert(field.clone(), value.clone());
        }
    }
}

/// Leaves the elements of a page, in order; the others are not sorted.
fn cut<T>(all: &mut Vec<T>, skip: usize, limit: usize, order: impl Fn(&T, &T) -> Ordering) {
    if skip >= all.len() {
        all.clear();
        return;
    }
    if skip > 0 {
        all.select_nth_unstable_by(skip, &order);
        all.drain(..skip);
    }
    if limit < all.len() {
        all.select_nth_unstable_by(limit, &order);
        all.truncate(limit);
    }
    all.sort_unstable_by(order);
}

/// How many records to skip and to take, counted from the operation's own first index.
fn window(call: Call<'_>) -> (usize, usize) {
    let asked = |name: &str| call.incoming.query(name).and_then(|value| value.parse::<u64>().ok());
    let paging = call.operation.paging.as_ref();
    let first = paging.map_or(0, |paging| paging.first);
    let skip = asked("from").unwrap_or(first).saturating_sub(first);
    let limit = asked("limit").or_else(|| paging.and_then(|paging| paging.default)).unwrap_or(LIMIT);
    let most = paging.and_then(|paging| paging.maximum).unwrap_or(u64::MAX);
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    // Without paging in the spec the list is given whole.
    let limit = if paging.is_none() && asked("limit").is_none() { u64::MAX } else { limit.min(most) };
    (size(skip), size(limit))
}

/// Whether the answer includes the total number of records.
fn declares_count(call: Call<'_>) -> bool {
    call.operation.answers.values().any(|answer| match answer {
        Answer::Json(schema) => objects(call.spec, schema).iter().any(|object| object.fields.contains_key(COUNT)),
        Answer::Empty | Answer::Bytes => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_out_in_order() {
        for skip in [0, 1, 7, 19, 20, 50] {
            for limit in [0, 1, 5, 20, 99] {
                let mut all: Vec<usize> = (0..20).map(|n| (n * 7) % 20).collect();
                let expected: Vec<usize> = (0..20).skip(skip).take(limit).collect();
                cut(&mut all, skip, limit, Ord::cmp);
                assert_eq!(all, expected, "{skip} {limit}");
            }
        }
    }
}
