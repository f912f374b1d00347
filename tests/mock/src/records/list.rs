//! Pages of lists and searches.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use desk_spec::Answer;
use serde_json::{Value, json};

use super::key::Key;
use super::order::Order;
use super::query::Check;
use super::request::Request;
use super::show::{Shown, made, of_lists};
use super::store::Stored;
use super::timeline::{Direction, Window};
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

impl Records {
    pub(super) fn page(&self, listed: &Listed<'_>, request: Request<'_>) -> Result<Found, Refusal> {
        let window = window(request.call);
        let form = listed.of.first().and_then(|place| self.forms.get(*place));
        let order = Order::asked(request.call, form.and_then(|form| form.sorted_by.as_deref()), listed.newest);
        let mut parts = Vec::new();
        for place in &listed.of {
            let held = self.held(request, listed.only).into_iter().map(|(field, texts)| Check::Is(field, texts));
            parts.push((*place, held.chain(self.checks(*place, request)?).collect::<Vec<_>>()));
        }
        let (page, total) = match self.quickly(&parts, listed.trashed, order, window) {
            Some((page, total)) => (page, Some(total)),
            None => self.scanned(parts, listed.trashed, order, window, declares_count(request.call)),
        };
        let sent = request.call.incoming.query("include").unwrap_or_default().split(',');
        let words: Vec<&str> = sent.chain(listed.include.iter().map(String::as_str)).collect();
        // Fields may be chosen that are not shown otherwise.
        let declared = if request.call.fields().is_empty() { of_lists(request.call) } else { Vec::new() };
        let views: Vec<_> = listed.of.iter().map(|place| self.view(*place, &declared)).collect();
        let records = page.into_iter().filter_map(|(place, stored)| {
            let view = listed.of.iter().position(|of| *of == place).and_then(|turn| views.get(turn)?.as_ref())?;
            let mut shown = self.seen(view, stored, &words);
            label(&mut shown, &view.store.form.name, listed.label);
            Some(shown)
        });
        Ok(Found::Page { records: records.collect(), total })
    }

    /// The page of a single collection, where its indexes give it.
    fn quickly(
        &self,
        parts: &[(usize, Vec<Check>)],
        trashed: bool,
        order: Order<'_>,
        window: Window,
    ) -> Option<(Vec<(usize, &Stored)>, usize)> {
        let [(place, checks)] = parts else { return None };
        if trashed {
            return None;
        }
        let form = self.forms.get(*place)?;
        let is_ordered = order.is_asked() || form.ordered.is_some();
        let order = if is_ordered { Some((order.field(form)?, order.direction(false))) } else { None };
        let (page, total) = self.quick(*place, checks, order, window)?;
        Some((page.into_iter().map(|stored| (*place, stored)).collect(), total))
    }

    /// The page from a look at each record, and the total if it is wanted or known anyway.
    fn scanned(
        &self,
        parts: Vec<(usize, Vec<Check>)>,
        trashed: bool,
        order: Order<'_>,
        Window { skip, limit }: Window,
        count: bool,
    ) -> (Vec<(usize, &Stored)>, Option<usize>) {
        let several = parts.len() > 1;
        let ordered = |place: usize| self.forms.get(place).is_some_and(|form| form.ordered.is_some());
        let is_ordered = order.is_asked() || several || parts.iter().any(|(place, _)| ordered(*place));
        let all = parts
            .into_iter()
            .flat_map(|(place, checks)| self.found_by(place, checks, trashed).map(move |stored| (place, stored)));
        if is_ordered {
            let keyed = all.map(|(place, stored)| (self.key(place, stored, order), place, stored));
            let mut keyed: Vec<_> = keyed.enumerate().collect();
            let total = keyed.len();
            let direction = order.direction(several);
            let order = |a: &(usize, (Key, usize, &Stored)), b: &(usize, (Key, usize, &Stored))| {
                let (by_key, by_turn) = (a.1.0.cmp(&b.1.0), a.0.cmp(&b.0));
                match direction {
                    Direction::Up => by_key.then(by_turn),
                    Direction::Down => by_key.reverse().then(by_turn),
                    Direction::Reversed => by_key.then(by_turn).reverse(),
                }
            };
            cut(&mut keyed, skip, limit, order);
            return (keyed.into_iter().map(|(_, (_, place, stored))| (place, stored)).collect(), Some(total));
        }
        if !count {
            return (all.skip(skip).take(limit).collect(), None);
        }
        let mut counted = 0;
        let all = all.inspect(|_| counted += 1).enumerate();
        let within = all.filter(|(at, _)| *at >= skip && at - skip < limit);
        let page = within.map(|(_, found)| found).collect();
        (page, Some(counted))
    }

    /// The sort key of a record.
    fn key(&self, place: usize, stored: &Stored, order: Order<'_>) -> Key {
        let Some(store) = self.stores.get(place) else { return Key::None };
        let value = order.field(&store.form).and_then(|field| {
            let held = self.value_at(place, stored, field).filter(|value| !value.is_null());
            let counted = || Some(json!(self.count(store, stored, store.form.counts.get(field)?)));
            held.or_else(|| made(store, stored, field).or_else(counted).map(Cow::Owned))
        });
        Key::of(value.as_deref())
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
fn window(call: Call<'_>) -> Window {
    let asked = |name: &str| call.incoming.query(name).and_then(|value| value.parse::<u64>().ok());
    let paging = call.operation.paging.as_ref();
    let first = paging.map_or(0, |paging| paging.first);
    let skip = asked("from").unwrap_or(first).saturating_sub(first);
    let limit = asked("limit").or_else(|| paging.and_then(|paging| paging.default)).unwrap_or(LIMIT);
    let most = paging.and_then(|paging| paging.maximum).unwrap_or(u64::MAX);
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    // Without paging in the spec the list is given whole.
    let limit = if paging.is_none() && asked("limit").is_none() { u64::MAX } else { limit.min(most) };
    Window { skip: size(skip), limit: size(limit) }
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
