//! The records of a collection in the order of one field, which mostly holds times.

use std::ops::Range;

use super::key::Key;
use super::sorted::Sorted;
use super::span::Span;

/// The places of records that are not trashed, by their value in a field.
#[derive(Clone, Debug)]
pub(super) struct Timeline {
    entries: Sorted<Entry>,
    /// How many of the values are texts that are written otherwise than answers write times.
    odd: usize,
}

/// A record's value and its place.
pub(super) type Entry = (Key, usize);

/// How many records a page skips, and how many it has at most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub(super) skip: usize,
    pub(super) limit: usize,
}

impl Window {
    /// The turns of so many records that it shows.
    pub(super) fn within(self, total: usize) -> (usize, usize) {
        let end = self.skip.saturating_add(self.limit).min(total);
        (self.skip.min(end), end)
    }
}

/// The direction of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    /// Records with the same value stay in the order in which they were added.
    Down,
    /// The exact opposite of up.
    Reversed,
}

impl Timeline {
    pub(super) fn new(entries: Vec<Entry>) -> Self {
        let odd = entries.iter().filter(|(key, _)| matches!(key, Key::Text(_))).count();
        Self { entries: Sorted::new(entries), odd }
    }

    pub(super) fn insert(&mut self, key: Key, place: usize) {
        self.odd += usize::from(matches!(key, Key::Text(_)));
        self.entries.insert((key, place));
    }

    pub(super) fn remove(&mut self, key: Key, place: usize) {
        self.odd = self.odd.saturating_sub(usize::from(matches!(key, Key::Text(_))));
        self.entries.remove(&(key, place));
    }

    /// The positions of the times within a span; None if they are not all next to one another, because of texts that
    /// may mean a time but have another place.
    pub(super) fn within(&self, span: &Span) -> Option<Vec<Range<usize>>> {
        if self.odd > 0 {
            return None;
        }
        let before = |number: i64| {
            self.entries.count_while(|(key, _)| match key {
                Key::Time(time) => time.number() < number,
                _ => true,
            })
        };
        let positions = span.parts().iter().map(|(first, last)| before(*first)..before(last + 1));
        Some(positions.filter(|positions| !positions.is_empty()).collect())
    }

    /// The positions of all.
    pub(super) fn everything(&self) -> Vec<Range<usize>> {
        std::iter::once(0..self.entries.len()).filter(|positions| !positions.is_empty()).collect()
    }

    /// The entries at these positions, which rise.
    fn at(&self, positions: &[Range<usize>]) -> Vec<&Entry> {
        match positions {
            [only] => self.entries.slice(only.clone()),
            several => several.iter().flat_map(|positions| self.entries.slice(positions.clone())).collect(),
        }
    }

    /// The entries whose records are marked.
    pub(super) fn marked(&self, marks: &[bool]) -> Vec<&Entry> {
        let mut marked = Vec::new();
        self.entries.slices(0..self.entries.len(), |entries| {
            for entry in entries {
                if marks[entry.1] {
                    marked.push(entry);
                }
            }
        });
        marked
    }

    /// Whether the record at each place is at one of these positions, and how many are.
    pub(super) fn marks(&self, positions: &[Range<usize>], places: usize) -> (Vec<bool>, usize) {
        let mut marks = vec![false; places];
        for positions in positions {
            self.entries.slices(positions.clone(), |entries| {
                for entry in entries {
                    marks[entry.1] = true;
                }
            });
        }
        (marks, positions.iter().map(Range::len).sum())
    }

    /// A page of what is at these positions, which rise and part no records with the same value.
    pub(super) fn page(&self, positions: &[Range<usize>], direction: Direction, window: Window) -> Vec<usize> {
        let total: usize = positions.iter().map(Range::len).sum();
        let (skip, end) = window.within(total);
        if skip == end {
            return Vec::new();
        }
        if direction == Direction::Up {
            return places(&self.at(&cut(positions, skip, end)), Direction::Up, Window { skip: 0, limit: end - skip });
        }
        // With all those that have the same value as the first and the last of the page.
        let beside = |turn: usize| {
            let position = cut(positions, turn, turn + 1).first().map_or(0, |position| position.start);
            let same = self.same(position);
            (position - same.start, same.end - position)
        };
        let first = total - end - beside(total - end).0;
        let last = total - skip - 1 + beside(total - skip - 1).1;
        let window = Window { skip: skip + last - total, limit: end - skip };
        places(&self.at(&cut(positions, first, last)), direction, window)
    }

    /// The positions of the records with the same value as the one at a position.
    fn same(&self, position: usize) -> Range<usize> {
        let Some((key, _)) = self.entries.slice(position..position + 1).first().copied() else {
            return position..position + 1;
        };
        self.entries.count_while(|(known, _)| known < key)..self.entries.count_while(|(known, _)| known <= key)
    }
}

/// A page of sorted entries.
pub(super) fn places(entries: &[&Entry], direction: Direction, window: Window) -> Vec<usize> {
    let (skip, end) = window.within(entries.len());
    let place = |entry: &&Entry| entry.1;
    match direction {
        Direction::Up => entries[skip..end].iter().map(place).collect(),
        Direction::Reversed => entries.iter().rev().skip(skip).take(end - skip).map(place).collect(),
        Direction::Down => {
            let mut page = Vec::new();
            let mut passed = 0;
            let mut left = entries;
            while let Some((key, _)) = left.last()
                && skip + page.len() < end
            {
                let (others, same) = left.split_at(left.partition_point(|(known, _)| known < key));
                let from = (skip + page.len()).saturating_sub(passed).min(same.len());
                page.extend(same[from..].iter().take(end - skip - page.len()).map(place));
                passed += same.len();
                left = others;
            }
            page
        }
    }
}

/// The positions from one turn to another, counted through all of them.
fn cut(positions: &[Range<usize>], from: usize, to: usize) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut left = Vec::new();
    for part in positions {
        let (first, last) = (from.max(start), to.min(start + part.len()));
        if first < last {
            left.push(part.start + first - start..part.start + last - start);
        }
        start += part.len();
    }
    left
}
