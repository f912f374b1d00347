//! A sorted list that is read from any position: std's sorted maps cannot tell the hundredth element without walking.

use std::ops::Range;

/// The most elements that are moved when one is added.
const CHUNK: usize = 512;

/// Elements in order, in chunks that are never empty.
#[derive(Clone, Debug)]
pub(super) struct Sorted<T> {
    chunks: Vec<Vec<T>>,
    len: usize,
}

impl<T> Default for Sorted<T> {
    fn default() -> Self {
        Self { chunks: Vec::new(), len: 0 }
    }
}

impl<T: Ord> Sorted<T> {
    pub(super) fn new(mut elements: Vec<T>) -> Self {
        elements.sort_unstable();
        let mut sorted = Self { chunks: Vec::new(), len: elements.len() };
        let mut rest = elements.into_iter().peekable();
        while rest.peek().is_some() {
            sorted.chunks.push(rest.by_ref().take(CHUNK).collect());
        }
        sorted
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// How many elements come first for which this holds; it must not hold for any after them.
    pub(super) fn count_while(&self, before: impl Fn(&T) -> bool) -> usize {
        let chunks = self.chunks.partition_point(|chunk| chunk.first().is_some_and(&before));
        // The last chunk that begins with such an element may go on with others.
        let Some((last, others)) = self.chunks.get(..chunks).and_then(<[_]>::split_last) else { return 0 };
        others.iter().map(Vec::len).sum::<usize>() + last.partition_point(before)
    }

    /// The elements at these positions, in order.
    pub(super) fn slice(&self, positions: Range<usize>) -> Vec<&T> {
        let mut elements = Vec::new();
        self.slices(positions, |slice| elements.extend(slice));
        elements
    }

    /// Calls this with all elements at these positions, in order, many at a time.
    pub(super) fn slices<'s>(&'s self, positions: Range<usize>, mut each: impl FnMut(&'s [T])) {
        let mut start = 0;
        for chunk in &self.chunks {
            if start >= positions.end {
                break;
            }
            let from = positions.start.saturating_sub(start);
            let to = (positions.end - start).min(chunk.len());
            if let Some(slice) = chunk.get(from..to) {
                each(slice);
            }
            start += chunk.len();
        }
    }

    pub(super) fn insert(&mut self, element: T) {
        self.len += 1;
        let place = self.chunk_of(&element);
        let is_last = place + 1 == self.chunks.len();
        let Some(chunk) = self.chunks.get_mut(place) else { return self.chunks.push(vec![element]) };
        if chunk.len() < CHUNK {
            let at = chunk.partition_point(|known| *known < element);
            chunk.insert(at, element);
        } else if is_last && chunk.last().is_some_and(|last| *last < element) {
            // Elements that arrive in order leave full chunks behind.
            self.chunks.push(vec![element]);
        } else {
            let mut more = chunk.split_off(CHUNK / 2);
            let half = if more.first().is_some_and(|first| *first < element) { &mut more } else { chunk };
            let at = half.partition_point(|known| *known < element);
            half.insert(at, element);
            self.chunks.insert(place + 1, more);
        }
    }

    pub(super) fn remove(&mut self, element: &T) {
        let place = self.chunk_of(element);
        let Some(chunk) = self.chunks.get_mut(place) else { return };
        if let Ok(at) = chunk.binary_search(element) {
            chunk.remove(at);
            self.len -= 1;
            if chunk.is_empty() {
                self.chunks.remove(place);
            }
        }
    }

    /// The chunk that an element is in, or belongs into.
    fn chunk_of(&self, element: &T) -> usize {
        self.chunks.partition_point(|chunk| chunk.first().is_some_and(|first| first <= element)).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::common::hash::hash;

    #[test]
    fn elements_are_as_in_a_sorted_set() {
        let (mut sorted, mut set) = (Sorted::default(), BTreeSet::new());
        for turn in 0..6000_u64 {
            // At first in order, then anywhere.
            let number = if turn < 1500 { turn * 10 } else { hash(&turn.to_string()) % 20_000 };
            if turn % 3 == 2 && turn > 3000 || set.contains(&number) {
                sorted.remove(&number);
                set.remove(&number);
            } else {
                sorted.insert(number);
                set.insert(number);
            }
            assert_eq!(sorted.len(), set.len());
        }
        let all: Vec<u64> = set.iter().copied().collect();
        let again = Sorted::new(all.iter().rev().copied().collect());
        assert_eq!(again.slice(0..again.len()), sorted.slice(0..sorted.len()));
        assert!(all.len() > 2 * CHUNK && sorted.slice(0..usize::MAX).into_iter().eq(&all));
        for from in [0, 1, 511, 512, 700, all.len(), all.len() + 5] {
            for count in [0, 1, 100, 2000, usize::MAX - from] {
                let expected: Vec<&u64> = all.iter().skip(from).take(count).collect();
                assert_eq!(sorted.slice(from..from + count), expected);
            }
        }
        for number in [0, 1, 10, 9999, 19_999, 30_000] {
            assert_eq!(sorted.count_while(|known| *known < number), set.range(..number).count());
        }
        all.iter().for_each(|number| sorted.remove(number));
        assert_eq!((sorted.len(), sorted.chunks.len()), (0, 0));
    }
}
