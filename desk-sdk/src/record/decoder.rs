//! Where the reader is, and what it has noticed.

use serde_json::Value;

use super::order::Orders;
use super::spelling::Spelling;
use super::{Mismatch, Mismatches};
use crate::shown::{cut, line};

/// Keeps track of the current position, and of what did not fit.
#[derive(Debug, Default)]
pub struct Decoder {
    path: Vec<Taken>,
    pub(super) mismatches: Mismatches,
    /// The last value that did not fit; a record keeps it.
    pub(super) misfit: Option<Value>,
    pub(super) orders: Orders,
    /// Values of the current field that are spelt in an unusual way.
    spellings: Vec<Spelling>,
}

/// A step into a record or a list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    /// None: the whole.
    Whole,
    /// To the declared field of this name.
    Field(&'static str),
    /// To what is under a key that is not declared.
    Key(&'a str),
    /// To an element.
    Index(usize),
}

/// A step that was taken.
#[derive(Debug)]
enum Taken {
    Field(&'static str),
    Key(String),
    Index(usize),
}

impl Decoder {
    /// For the next answer on this thread.
    pub(super) fn start() -> Self {
        Self { orders: Orders::known(), ..Self::default() }
    }

    /// What did not fit.
    pub(super) fn finish(self) -> Mismatches {
        self.orders.keep();
        self.mismatches
    }

    /// Does something one step further in.
    pub(super) fn within<R>(&mut self, step: Step<'_>, act: impl FnOnce(&mut Self) -> R) -> R {
        match step {
            Step::Whole => return act(self),
            Step::Field(name) => self.path.push(Taken::Field(name)),
            Step::Key(key) => self.path.push(Taken::Key(key.to_owned())),
            Step::Index(index) => self.path.push(Taken::Index(index)),
        }
        let result = act(self);
        self.path.pop();
        result
    }

    /// Reports that a value does not fit.
    pub(super) fn mismatch(&mut self, step: Step<'_>, expected: &'static str, value: &Value) {
        self.within(step, |Self { path, mismatches, .. }| {
            mismatches.note(|| Mismatch { path: shown(path), expected, found: excerpt(value) });
        });
    }

    /// Forgets what did not fit there: the key came again, and the last one counts.
    pub(super) fn forget(&mut self, step: Step<'_>) {
        if self.mismatches.total() > 0 {
            self.within(step, |decoder| decoder.mismatches.forget(&shown(&decoder.path)));
        }
    }

    /// Notes that a value of an enum was spelt in an unusual way.
    pub(super) fn note_spelling(&mut self, usual: &str, read: &str) {
        self.spellings.push(Spelling::new(usual, read));
    }

    /// Whose element of the field's list was spelt so.
    #[inline]
    pub(super) fn place_spellings(&mut self, index: usize) {
        self.spellings.iter_mut().for_each(|spelling| spelling.place(index));
    }

    /// What was noted about a record's field.
    #[inline]
    pub(super) fn take_spellings(&mut self, field: &'static str, into: &mut Vec<Spelling>) {
        if !self.spellings.is_empty() {
            into.extend(self.spellings.drain(..).map(|spelling| spelling.of(field)));
        }
    }
}

/// A place, as shown to people.
fn shown(steps: &[Taken]) -> String {
    let mut path = String::new();
    let key = |path: &mut String, key: &str| {
        if !path.is_empty() {
            path.push('.');
        }
        // Keys of maps come from elsewhere and may be of any length.
        path.push_str(&line(key, 100));
    };
    for step in steps {
        match step {
            Taken::Field(name) => key(&mut path, name),
            Taken::Key(name) => key(&mut path, name),
            Taken::Index(index) => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

/// A short description of a value.
fn excerpt(value: &Value) -> String {
    const LONGEST: usize = 60;
    match value {
        Value::Object(map) => format!("a record of {} keys", map.len()),
        Value::Array(list) => format!("a list of {}", list.len()),
        other => cut(&other.to_string(), LONGEST),
    }
}
