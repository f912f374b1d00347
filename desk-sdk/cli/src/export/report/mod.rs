//! What an export tells while it runs.

mod bars;
mod json;
mod lines;

use std::fmt;
use std::time::Duration;

use desk_sdk::Estimate;

pub use self::bars::Bars;
pub use self::json::JsonLines;
pub use self::lines::Lines;
use crate::table::FileEntry;

/// Something that an export tells.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// What it will do with a resource.
    Planned(&'a Planned),
    /// What all that is planned costs.
    Total(Cost),
    /// A resource that is left out, and why.
    Skipped {
        /// Its name.
        resource: &'a str,
        /// Why.
        reason: &'a str,
    },
    /// How far it has got with a resource in this run.
    Progress(&'a Progress),
    /// A file that is whole and named in the manifest.
    File {
        /// The resource.
        resource: &'a str,
        /// The file.
        file: &'a FileEntry,
    },
    /// A resource is read to its end, or as far as it was wanted.
    Finished(&'a Progress),
    /// Something that a person should know.
    Warning(&'a str),
}

/// What will be done with a resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Its name.
    pub resource: String,
    /// The operation that reads it.
    pub operation: &'static str,
    /// How it is read, such as `windows of createdTime`.
    pub walk: String,
    /// What is done: `export`, `resume`, `add changes`, `nothing`.
    pub action: &'static str,
    /// How many calls with different arguments it takes, each for a list.
    pub lists: usize,
    /// What it will cost, as far as that is known.
    pub estimate: Option<Estimate>,
    /// Whether the token has the scopes: `the token has the scopes`, `the token's scopes are not known`, …
    pub allowed: String,
    /// The lists of each of its records.
    pub children: Vec<String>,
    /// What these cost, if the number of records is known.
    pub children_cost: Option<Cost>,
    /// What a person should know about it.
    pub note: Option<String>,
}

/// What something costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// How many calls it takes.
    pub calls: u64,
    /// How many credits they cost.
    pub credits: u64,
    /// Whether it may be more.
    pub at_least: bool,
}

impl Cost {
    /// The sum of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            calls: self.calls.saturating_add(other.calls),
            credits: self.credits.saturating_add(other.credits),
            at_least: self.at_least || other.at_least,
        }
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let least = if self.at_least { "at least " } else { "" };
        write!(f, "{least}{}, {}", counted(self.calls, "call"), counted(self.credits, "credit"))
    }
}

/// A number of things, such as `1 call` or `2 calls`.
pub fn counted(count: u64, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// How far an export has got with a resource in this run.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Its name.
    pub resource: String,
    /// How many records were read.
    pub records: u64,
    /// How many there are, if that is known.
    pub total: Option<u64>,
    /// How many credits they cost.
    pub credits: u64,
    /// How long it took.
    pub elapsed: Duration,
}

impl Progress {
    pub(super) fn new(resource: &str, total: Option<u64>) -> Self {
        Self { resource: resource.to_owned(), records: 0, total, credits: 0, elapsed: Duration::ZERO }
    }

    /// How many records are read in a second.
    pub fn rate(&self) -> f64 {
        let seconds = self.elapsed.as_secs_f64();
        if seconds > 0.0 { self.records as f64 / seconds } else { 0.0 }
    }

    /// How long the rest will take, if the total is known.
    pub fn left(&self) -> Option<Duration> {
        let rest = self.total?.checked_sub(self.records)? as f64;
        let rate = self.rate();
        (rate > 0.0).then(|| Duration::try_from_secs_f64(rest / rate).ok()).flatten()
    }
}

/// Whoever is told. It is told about progress after each page, and shows as much of it as is good.
pub trait Report: Send {
    /// Takes note of something.
    fn tell(&mut self, event: &Event<'_>);
}

/// Text in which no character could change what a terminal shows.
pub fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_from_the_rate() {
        let mut progress = Progress::new("tickets", Some(300));
        assert_eq!((progress.rate(), progress.left()), (0.0, None));
        (progress.records, progress.elapsed) = (100, Duration::from_secs(10));
        assert_eq!((progress.rate(), progress.left()), (10.0, Some(Duration::from_secs(20))));
        // More may come than was said at first.
        progress.records = 301;
        assert_eq!(progress.left(), None);
    }
}
