//! Answers that a test gives in place of the server's own.

use crate::MockDesk;
use crate::fault::Queue;
use crate::reply::Reply;

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

impl MockDesk {
    /// Gives exactly this answer to the next call of the operation that passes every check.
    ///
    /// Called several times, the answers are given one after the other. A 204 has no body. Aliases share their answers.
    ///
    /// # Panics
    ///
    /// When the spec has no operation of that id, as the test would then wait for it in vain.
    #[track_caller]
    pub fn answer_next(&self, operation_id: &str, status: u16, content_type: &str, body: impl Into<Vec<u8>>) {
        self.desk().stub(operation_id, |stubs| stubs.add(given(status, content_type, body)));
    }

    /// Gives exactly this answer to every call of the operation that passes every check, until another one is to stay
    /// or [`answer_itself`](Self::answer_itself) takes it back. What [`answer_next`](Self::answer_next) gives goes
    /// before.
    ///
    /// # Panics
    ///
    /// When the spec has no operation of that id.
    #[track_caller]
    pub fn answer_always(&self, operation_id: &str, status: u16, content_type: &str, body: impl Into<Vec<u8>>) {
        self.desk().stub(operation_id, |stubs| stubs.stay(given(status, content_type, body)));
    }

    /// Takes back all answers that were given for the operation: its calls get the server's own again.
    ///
    /// # Panics
    ///
    /// When the spec has no operation of that id.
    #[track_caller]
    pub fn answer_itself(&self, operation_id: &str) {
        self.desk().stub(operation_id, |stubs| *stubs = Stubs::default());
    }
}

fn given(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Reply {
    if status == 204 { Reply::empty(status) } else { Reply::of(status, content_type, body) }
}
