//! The order that a request asks for.

use super::timeline::Direction;
use crate::judge::check::Call;
use crate::seed::Collection;

/// Parameters that tell the direction of the order: `ASC`, `desc`.
const DIRECTIONS: [&str; 2] = ["sortOrder", "orderBy"];

/// The order that a request asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order<'a> {
    by: Option<&'a str>,
    /// Whether the largest is first.
    down: Option<bool>,
}

impl<'a> Order<'a> {
    /// By `sortBy`, or by the parameter that the collection has in its place. The newest may be first where the request
    /// names no order.
    pub(super) fn asked(call: Call<'a>, by: Option<&str>, newest: bool) -> Self {
        let sent = |name| call.incoming.query(name);
        let direction = DIRECTIONS.into_iter().find_map(sent).map(|word| word.to_ascii_lowercase().starts_with("desc"));
        let Some(by) = sent("sortBy").or_else(|| sent(by?)) else {
            return Self { by: None, down: direction.or(newest.then_some(true)) };
        };
        match by.strip_prefix('-') {
            Some(by) => Self { by: Some(by), down: Some(true) },
            None => Self { by: Some(by), down: Some(direction.unwrap_or(false)) },
        }
    }

    pub(super) fn is_asked(self) -> bool {
        self.by.is_some() || self.down.is_some()
    }

    /// How the records of a collection are sorted, alone or beside those of others; of several collections, the newest
    /// records are first where the request names no order.
    pub(super) fn direction(self, several: bool) -> Direction {
        match (self.by, self.down) {
            (None, Some(true)) => Direction::Reversed,
            (None, None) if several => Direction::Down,
            (_, Some(true)) => Direction::Down,
            _ => Direction::Up,
        }
    }

    /// The field of a collection that the records are sorted by, or its creation time if there is no such field.
    pub(super) fn field<'f>(self, form: &'f Collection) -> Option<&'f str>
    where
        'a: 'f,
    {
        match self.by {
            Some(word) => Some(form.sorts.get(word).map_or(word, String::as_str)),
            None => form.ordered.as_deref().or(form.created.as_deref()),
        }
    }
}
