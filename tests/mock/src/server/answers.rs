//! Answers that a test gives in place of the server's own.

use crate::MockDesk;
use crate::exchange::reply::Reply;
use crate::orders::stub::Stubs;

impl MockDesk {
    /// Gives exactly this answer to the next call of the operation that passes every check.
    ///
    /// If called several times, the answers are given one after the other. A 204 has no body. Aliases share their
    /// answers.
    ///
    /// # Panics
    ///
    /// If the spec has no operation with that id, as the test would then wait for it in vain.
    #[track_caller]
    pub fn answer_next(&self, operation_id: &str, status: u16, content_type: &str, body: impl Into<Vec<u8>>) {
        self.stub(operation_id, |stubs| stubs.add(given(status, content_type, body)));
    }

    /// Gives exactly this answer to every call of the operation that passes every check, until it is replaced or
    /// withdrawn with [`answer_itself`](Self::answer_itself). Answers set with [`answer_next`](Self::answer_next) take
    /// precedence.
    ///
    /// # Panics
    ///
    /// When the spec has no operation of that id.
    #[track_caller]
    pub fn answer_always(&self, operation_id: &str, status: u16, content_type: &str, body: impl Into<Vec<u8>>) {
        self.stub(operation_id, |stubs| stubs.stay(given(status, content_type, body)));
    }

    /// Withdraws all answers set for the operation: its calls get the server's own again.
    ///
    /// # Panics
    ///
    /// When the spec has no operation of that id.
    #[track_caller]
    pub fn answer_itself(&self, operation_id: &str) {
        self.stub(operation_id, |stubs| *stubs = Stubs::default());
    }

    #[track_caller]
    fn stub(&self, operation_id: &str, change: impl FnOnce(&mut Stubs)) {
        let desk = self.desk();
        desk.orders().stub(desk.route_of(operation_id), change);
    }
}

fn given(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Reply {
    if status == 204 { Reply::empty(status) } else { Reply::of(status, content_type, body) }
}
