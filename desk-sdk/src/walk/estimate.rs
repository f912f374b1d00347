//! What a walk will cost.

use std::fmt;

use super::ask::records_before;
use super::pages::{Pages, Walk};
use super::price;
use super::records::Records;
use super::way::Extent;
use crate::error::Result;
use crate::record::Leaf;

/// What it costs to read a list, as far as that can be known before.
///
/// Records that are added or deleted while it is read change it, and so do records with the same time, which are read
/// more than once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Estimate {
    /// How many records there are, if the operation says so.
    pub records: Option<u64>,
    /// How many calls it takes, each for a page; unknown if the number of records is, and the list is not read by index.
    pub calls: Option<u64>,
    /// How many credits they cost.
    pub credits: Option<u64>,
    /// Whether `calls` and `credits` are only an upper limit: what the deepest list would take that can be read by
    /// index.
    pub at_most: bool,
    /// Whether there are more records than can be read by index, so that reading them all will fail.
    pub too_deep: bool,
}

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |count: u64, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        match self.records {
            Some(records) => f.write_str(&counted(records, "record"))?,
            None => f.write_str("an unknown number of records")?,
        }
        let most = if self.at_most { "at most " } else { "" };
        match (self.calls, self.credits) {
            (Some(calls), Some(credits)) => {
                write!(f, ", {most}{}, {most}{}", counted(calls, "call"), counted(credits, "credit"))?;
            }
            _ => f.write_str(", an unknown number of calls")?,
        }
        if self.too_deep { f.write_str(", too many to be read by index") } else { Ok(()) }
    }
}

impl<R: Leaf + Send + 'static> Pages<R> {
    /// Tells what it will cost to read what is left of the list. This makes one call for a page with a single record,
    /// unless the list has no pages.
    ///
    /// # Errors
    ///
    /// If that call fails, or the stream cannot begin.
    pub async fn estimate(&mut self) -> Result<Estimate> {
        match self.walk()? {
            Some(walk) => walk.estimate().await,
            // The error that it could not begin with was given before.
            None => Ok(Estimate { records: Some(0), ..known(0, 0) }),
        }
    }
}

impl<R: Leaf + Send + 'static> Records<R> {
    /// As [`Pages::estimate`].
    pub async fn estimate(&mut self) -> Result<Estimate> {
        self.inner().estimate().await
    }
}

fn known(calls: u64, credits: u64) -> Estimate {
    Estimate { records: None, calls: Some(calls), credits: Some(credits), at_most: false, too_deep: false }
}

impl<R: Leaf + Send + 'static> Walk<R> {
    async fn estimate(&self) -> Result<Estimate> {
        let extent = self.plan.extent();
        if extent == Extent::Whole {
            return Ok(known(1, 1));
        }
        let mut ask = self.plan.ask()?;
        ask.limit = ask.limit.map(|_| 1);
        let fetched = self.fetch(&ask).await.map_err(|error| self.explained(&ask, error))?;
        let [_, count, _] = fetched.said;
        let total = count.and_then(|count| count.as_u64());
        let wanted = self.left.and_then(|left| u64::try_from(left).ok());
        Ok(estimate(extent, total, wanted, self.plan.size()))
    }
}

/// The estimate for a list of this many records, of which this many are wanted.
fn estimate(extent: Extent, total: Option<u64>, wanted: Option<u64>, size: Option<u64>) -> Estimate {
    let unknown = Estimate { records: None, calls: None, credits: None, at_most: false, too_deep: false };
    let size = size.unwrap_or(10).max(1);
    match extent {
        Extent::Whole => known(1, 1),
        Extent::Down => estimate(Extent::ByIndex { from: 0, first: 0 }, None, wanted, Some(size)),
        Extent::ByIndex { from, first } => {
            let read = records_before(from.saturating_sub(first), Some(size));
            let there = total.map(|total| total.saturating_sub(read));
            let records = [there, wanted].into_iter().flatten().min();
            let deepest = price::DEEPEST.saturating_add(1).saturating_sub(read);
            if records.is_none() && price::DEEPEST == u64::MAX {
                return unknown;
            }
            // A full page does not say whether it is the last.
            let pages = |records: u64| records.min(deepest) / size + 1;
            let start = records_before(from, Some(size));
            let calls = pages(records.unwrap_or(deepest));
            let credits = (0..calls).map(|page| price::of_page(start + page * size)).sum();
            let too_deep = there.is_some_and(|there| there > deepest) && records.is_some_and(|all| all > deepest);
            Estimate { records: there.and(records), at_most: records.is_none(), too_deep, ..known(calls, credits) }
        }
        Extent::ByTime => match [total, wanted].into_iter().flatten().min() {
            Some(records) => {
                // Each page repeats the last record of the one before.
                let calls = records.saturating_sub(1) / size.saturating_sub(1).max(1) + 1;
                Estimate { records: total.map(|_| records), ..known(calls, calls * price::of_page(0)) }
            }
            None => unknown,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_by_index_cost_more_the_deeper_they_are() {
        let by_index = Extent::ByIndex { from: 0, first: 0 };
        let told = |total, wanted| estimate(by_index, total, wanted, Some(100));
        assert_eq!(told(Some(250), None), Estimate { records: Some(250), ..known(3, 9) });
        assert_eq!(told(Some(300), None).calls, Some(4));
        assert_eq!(told(Some(300), Some(50)), Estimate { records: Some(50), ..known(1, 3) });
        assert_eq!(told(Some(2_150), None).credits, Some(21 * 3 + 5));
        assert_eq!(told(Some(1), None).to_string(), "1 record, 1 call, 3 credits");
        let deep = told(Some(100_000), None);
        assert!(deep.too_deep && !told(Some(100_000), Some(100)).too_deep);
        assert_eq!(deep.to_string(), "100000 records, 51 calls, 213 credits, too many to be read by index");
        let unknown = told(None, None);
        assert!(unknown.at_most && unknown.credits == deep.credits);
        assert_eq!(unknown.to_string(), "an unknown number of records, at most 51 calls, at most 213 credits");
        let resumed = estimate(Extent::ByIndex { from: 201, first: 1 }, Some(250), None, Some(100));
        assert_eq!(resumed, Estimate { records: Some(50), ..known(1, 3) });
        assert!(estimate(Extent::Down, Some(250), None, Some(100)).at_most);
    }

    #[test]
    fn lists_by_time_have_one_price() {
        let told = |total, wanted| estimate(Extent::ByTime, total, wanted, Some(100));
        assert_eq!(told(Some(100_000), None), Estimate { records: Some(100_000), ..known(1_011, 3_033) });
        assert_eq!(told(Some(0), None), Estimate { records: Some(0), ..known(1, 3) });
        assert_eq!(told(None, None).to_string(), "an unknown number of records, an unknown number of calls");
        assert_eq!(estimate(Extent::Whole, None, None, None), known(1, 1));
    }
}
