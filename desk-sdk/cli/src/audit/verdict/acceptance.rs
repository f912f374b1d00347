//! Which calls the entries of `desk-scopes.toml` settle: each as many as it says, so that one more is no longer settled.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use super::lock::{Allowed, Lock};
use crate::audit::{Finding, Position, Unseen};
use crate::scopes::count;

/// A call, which may be found several times: once for each of its choices.
type Spot<'a> = (&'a Path, u32, u32);

/// Counts the calls of each entry.
pub(super) struct Acceptance<'a> {
    /// The file of what is audited, and those of its members.
    locks: Vec<(&'a Lock, Vec<Calls<'a>>)>,
}

/// The calls that belong to an entry.
#[derive(Clone, Default)]
struct Calls<'a> {
    settled: BTreeSet<Spot<'a>>,
    /// Those of code for tests, where that does not count.
    tests: BTreeSet<Spot<'a>>,
    further: BTreeSet<&'a Position>,
}

/// An entry that says another number of calls than are there.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Miscounted<'a> {
    /// The entry: `invoke in src/tools.rs bot::tools::run`.
    pub entry: String,
    /// How many calls it accepts.
    pub accepts: usize,
    /// How many are there.
    pub found: usize,
    /// The calls that it does not settle, if there are more than it says.
    pub further: Vec<&'a Position>,
    /// The entry as it has to be if all calls that are there are meant.
    pub meant: String,
}

impl<'a> Acceptance<'a> {
    pub(super) fn new(lock: &'a Lock, others: &[&'a Lock]) -> Self {
        let none = |lock: &'a Lock| (lock, vec![Calls::default(); lock.allowed.len()]);
        Self { locks: std::iter::once(lock).chain(others.iter().copied()).map(none).collect() }
    }

    /// The entry that settles a call, if one does.
    pub(super) fn of(&mut self, place: &'a Position, call: &str, counts: bool) -> Option<&'a Allowed> {
        let spot = (place.file.as_path(), place.line, place.column);
        let mut full = None;
        for (number, (lock, calls)) in self.locks.iter_mut().enumerate() {
            let lock: &'a Lock = lock;
            for index in lock.allowed(place, call) {
                let (allowed, calls) = (&lock.allowed[index], &mut calls[index]);
                if !counts {
                    calls.tests.insert(spot);
                    return Some(allowed);
                }
                if calls.settled.contains(&spot) || calls.settled.len() < allowed.count {
                    calls.settled.insert(spot);
                    return Some(allowed);
                }
                full.get_or_insert((number, index));
            }
        }
        let (number, index) = full?;
        self.locks[number].1[index].further.insert(place);
        None
    }

    /// The entries of the audit's own file, with their calls.
    fn own(&self) -> impl Iterator<Item = (&'a Allowed, &Calls<'a>)> {
        let own = self.locks.first();
        own.into_iter().flat_map(|(lock, calls)| lock.allowed.iter().zip(calls))
    }

    /// The entries that belong to nothing.
    pub(super) fn stale(&self) -> Vec<String> {
        let is_empty = |calls: &Calls<'_>| calls.settled.is_empty() && calls.tests.is_empty();
        self.own().filter(|(_, calls)| is_empty(calls)).map(|(allowed, _)| allowed.to_string()).collect()
    }

    /// The entries that say another number than are there.
    pub(super) fn miscounted(&self) -> Vec<Miscounted<'a>> {
        let mut miscounted = Vec::new();
        for (allowed, calls) in self.own() {
            let spots = calls.further.iter().map(|place| (place.file.as_path(), place.line, place.column));
            let further = spots.collect::<BTreeSet<_>>().len();
            let found = calls.settled.len() + further;
            let any = found + calls.tests.len();
            if further > 0 || (any > 0 && any < allowed.count) {
                let found = if further > 0 { found } else { any };
                miscounted.push(Miscounted {
                    entry: allowed.to_string(),
                    accepts: allowed.count,
                    found,
                    further: calls.further.iter().copied().collect(),
                    meant: Allowed { count: found, ..allowed.clone() }.toml(),
                });
            }
        }
        miscounted
    }
}

/// Entries for what is not settled, for people to complete: an empty reason is refused, so that nobody forgets to.
pub(super) fn proposed(lock: &Lock, unsure: &[&Finding], unseen: &[&Unseen]) -> String {
    let open = unsure.iter().map(|one| (&one.place, &one.written, Some(one.operation)));
    let open = open.chain(unseen.iter().map(|one| (&one.place, &one.written, None)));
    let mut entries: Vec<(Allowed, BTreeSet<Spot<'_>>)> = Vec::new();
    for (place, written, operation) in open {
        let spot = (place.file.as_path(), place.line, place.column);
        let (file, function) = (lock.relative(&place.file), place.function.clone());
        let same = |(known, _): &&mut (Allowed, BTreeSet<Spot<'_>>)| {
            known.file == file && known.function == function && known.call == *written
        };
        match entries.iter_mut().find(same) {
            Some((known, spots)) => {
                spots.insert(spot);
                known.count = spots.len();
            }
            None => {
                let (call, operations) = (written.clone(), operation.into_iter().collect());
                let allowed = Allowed { file, function, call, count: 1, reason: String::new(), operations };
                entries.push((allowed, BTreeSet::from([spot])));
            }
        }
    }
    entries.iter().map(|(entry, _)| entry.toml()).collect::<Vec<_>>().join("\n")
}

impl fmt::Display for Miscounted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { entry, accepts, found, .. } = self;
        let verb = if *found == 1 { "is" } else { "are" };
        let calls = count(*accepts, "call");
        write!(f, "[[allow]] for {entry} accepts {calls}, and {found} {verb} there; if all that is there is meant, ")?;
        match found {
            1 => f.write_str("remove its count"),
            _ => write!(f, "give it count = {found}"),
        }
    }
}
