//! An expected call.

use std::fmt;

use serde_json::Value;

use super::condition::Condition;
use crate::exchange::reply::Reply;
use crate::judge::check::Call;
use crate::judge::route::RouteId;
use crate::orders::fault::Fault;

/// The answer to a matching call, instead of the usual one.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    Reply(Reply),
    Fault(Fault),
}

/// An expected call, and how often it was made.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(super) operation: String,
    pub(super) route: RouteId,
    pub(crate) conditions: Vec<Condition>,
    least: Option<usize>,
    most: Option<usize>,
    pub(crate) given: Option<Given>,
    pub(super) seen: usize,
}

impl Wanted {
    pub(crate) fn new(operation: &str, route: RouteId) -> Self {
        let (operation, conditions) = (operation.to_owned(), Vec::new());
        Self { operation, route, conditions, least: None, most: None, given: None, seen: 0 }
    }

    /// Sets the bounds that are given. The error says that no number is within them.
    pub(crate) fn bound(&mut self, least: Option<usize>, most: Option<usize>) -> Result<(), String> {
        (self.least, self.most) = (least.or(self.least), most.or(self.most));
        match (self.least, self.most) {
            (Some(least), Some(most)) if least > most => {
                Err(format!("{self} is expected at least {} and at most {}: never both", times(least), times(most)))
            }
            _ => Ok(()),
        }
    }

    /// The minimum: once by default; zero if only a maximum is set.
    fn least(&self) -> usize {
        self.least.unwrap_or(usize::from(self.most.is_none()))
    }

    pub(super) fn has_room(&self) -> bool {
        self.most.is_none_or(|most| self.seen < most)
    }

    pub(super) fn is_met(&self) -> bool {
        self.seen >= self.least()
    }

    pub(super) fn differences(&self, call: Call<'_>, body: Option<&Value>) -> Vec<String> {
        self.conditions.iter().flat_map(|condition| condition.differences(call, body)).collect()
    }

    pub(super) fn number(&self) -> String {
        match (self.least(), self.most) {
            (least, Some(most)) if least == most => times(least),
            (0, Some(most)) => format!("at most {}", times(most)),
            (least, Some(most)) => format!("{least} to {}", times(most)),
            (least, None) => format!("at least {}", times(least)),
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.operation)?;
        for (index, condition) in self.conditions.iter().enumerate() {
            write!(f, "{}{condition}", if index == 0 { " with " } else { ", " })?;
        }
        Ok(())
    }
}

pub(super) fn times(number: usize) -> String {
    match number {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        number => format!("{number} times"),
    }
}
