//! Which records have been met.

use std::collections::HashSet;

use crate::position::Key;

/// The records that have been met. A million of them take some 20 MB.
#[derive(Debug, Default)]
pub(super) struct Seen {
    numbers: HashSet<u64>,
    texts: HashSet<Box<str>>,
}

impl Seen {
    pub(super) fn contains(&self, key: &Key) -> bool {
        match key {
            Key::Number(number) => self.numbers.contains(number),
            Key::Text(text) => self.texts.contains(text),
        }
    }

    /// Adds a record; whether it is new.
    pub(super) fn add(&mut self, key: &Key) -> bool {
        match key {
            Key::Number(number) => self.numbers.insert(*number),
            Key::Text(text) => self.texts.insert(text.clone()),
        }
    }
}
