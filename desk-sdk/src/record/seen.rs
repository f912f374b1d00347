//! Which fields of a record have come.

/// Places of fields. Most records have fewer than the first part holds.
#[derive(Debug, Default)]
pub struct Seen {
    first: [u64; 4],
    rest: Vec<u64>,
}

impl Seen {
    /// Adds a place, and tells whether it was there before.
    #[inline]
    pub(super) fn add(&mut self, place: usize) -> bool {
        let (word, bit) = (place / 64, 1 << (place % 64));
        let bits = match self.first.get_mut(word) {
            Some(bits) => bits,
            None => self.grown(word - 4),
        };
        let before = *bits & bit != 0;
        *bits |= bit;
        before
    }

    /// Whether the place was added.
    pub(super) fn has(&self, place: usize) -> bool {
        let bits = self.first.iter().chain(&self.rest).nth(place / 64);
        bits.is_some_and(|bits| bits & (1 << (place % 64)) != 0)
    }

    #[cold]
    fn grown(&mut self, word: usize) -> &mut u64 {
        if self.rest.len() <= word {
            self.rest.resize(word + 1, 0);
        }
        &mut self.rest[word]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_seen_once() {
        let mut seen = Seen::default();
        for place in [0, 63, 64, 244, 255, 256, 1000, 300] {
            assert!(!seen.has(place) && !seen.add(place));
            assert!(seen.has(place) && seen.add(place));
        }
        assert!(!seen.has(1) && !seen.has(129) && !seen.has(5000));
    }
}
