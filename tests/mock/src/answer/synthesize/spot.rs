//! The position of a synthesised value.

use crate::common::hash::hash;

/// The position of a value.
#[derive(Clone, Debug)]
pub(super) struct Spot<'a> {
    /// The field's name, or that of the list it is in.
    pub(super) name: &'a str,
    pub(super) path: String,
    pub(super) depth: usize,
    /// Names of types that the place lies in.
    pub(super) inside: Vec<&'a str>,
    /// Its index in a list whose values differ; 0 elsewhere.
    pub(super) turn: usize,
}

impl Spot<'_> {
    /// The path of the record that contains the value; in a list, that of the list's record.
    fn record(&self) -> &str {
        let path = self.path.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('/');
        path.rsplit_once('/').map_or("", |(record, _)| record)
    }

    /// The field that contains that record, or the list that it is in.
    pub(super) fn parent(&self) -> &str {
        let record = self.record().trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('/');
        record.rsplit_once('/').map_or(record, |(_, name)| name)
    }

    /// Which of several values: the same for all fields of a record, so that a first name and an address agree.
    pub(super) fn turn_of_record(&self) -> u64 {
        hash(self.record()).wrapping_add(u64::try_from(self.turn).unwrap_or_default())
    }
}
