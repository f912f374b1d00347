//! Pages that the indexes give without a look at every record.

use super::Records;
use super::query::Check;
use super::span::Span;
use super::store::{Store, Stored};
use super::timeline::{Direction, Timeline, Window, places};

/// A page and the total number of records found.
pub(super) type Cut<'a> = (Vec<&'a Stored>, usize);

impl Records {
    /// A page of the records within spans of time, in the order of a field or in that in which they were added. None if
    /// anything else is asked, or the indexes do not tell.
    pub(super) fn quick(
        &self,
        place: usize,
        checks: &[Check],
        order: Option<(&str, Direction)>,
        window: Window,
    ) -> Option<Cut<'_>> {
        if self.may_hide(place) {
            return None;
        }
        let store = self.stores.get(place)?;
        let spans: Vec<(&str, &Span)> = checks.iter().map(Check::span).collect::<Option<_>>()?;
        let (page, total) = match (order, spans.as_slice()) {
            (None, []) => {
                let live = store.live_places();
                let (skip, end) = window.within(live.len());
                (live.slice(skip..end).into_iter().copied().collect(), live.len())
            }
            (None, spans) => {
                let (marks, total) = marks(store, spans)?;
                let marked = marks.iter().enumerate().filter(|(_, marked)| **marked).map(|(place, _)| place);
                (marked.skip(window.skip).take(window.limit).collect(), total)
            }
            (Some((field, direction)), spans) => {
                let line = store.timeline(field)?;
                match spans {
                    [] => by_position(line, &line.everything(), direction, window),
                    [(searched, span)] if *searched == field => {
                        by_position(line, &line.within(span)?, direction, window)
                    }
                    spans => {
                        let (marks, total) = marks(store, spans)?;
                        (places(&line.marked(&marks), direction, window), total)
                    }
                }
            }
        };
        Some((page.into_iter().filter_map(|place| store.at(place)).collect(), total))
    }
}

fn by_position(
    line: &Timeline,
    positions: &[std::ops::Range<usize>],
    direction: Direction,
    window: Window,
) -> (Vec<usize>, usize) {
    (line.page(positions, direction, window), positions.iter().map(ExactSizeIterator::len).sum())
}

/// For each place whether its record is within all spans, and how many are; None if the indexes do not tell.
pub(super) fn marks(store: &Store, spans: &[(&str, &Span)]) -> Option<(Vec<bool>, usize)> {
    let within = |(field, span): &(&str, &Span)| {
        let line = store.timeline(field)?;
        Some(line.marks(&line.within(span)?, store.places()))
    };
    let (first, others) = spans.split_first()?;
    let (mut marks, mut total) = within(first)?;
    for span in others {
        let (further, _) = within(span)?;
        total = 0;
        for (mark, further) in marks.iter_mut().zip(further) {
            *mark &= further;
            total += usize::from(*mark);
        }
    }
    Some((marks, total))
}
