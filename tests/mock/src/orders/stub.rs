//! Answers that a test gives in place of the server's own.

use super::fault::Queue;
use crate::exchange::reply::Reply;

/// The answers of one route.
#[derive(Debug, Default)]
pub(crate) struct Stubs {
    /// Those for the next calls, in order.
    next: Queue<Reply>,
    /// The one for all others.
    always: Option<Reply>,
}

impl Stubs {
    pub(crate) fn add(&mut self, reply: Reply) {
        self.next.push(1, reply);
    }

    pub(crate) fn stay(&mut self, reply: Reply) {
        self.always = Some(reply);
    }

    /// The answer to a call, unless it gets the server's own.
    pub(crate) fn next(&mut self) -> Option<Reply> {
        self.next.next().or_else(|| self.always.clone())
    }
}
