//! The calls that a test expects.

use std::fmt;

use desk_spec::Operation;
use serde_json::Value;

use super::{MockDesk, names};
use crate::Received;
use crate::desk::Desk;
use crate::exchange::reply::Reply;
use crate::judge::route::RouteId;
use crate::orders::expect::{Condition, Given, Wanted, WantedId};
use crate::orders::fault::Fault;

/// A call that a test expects: at least one, unless it says otherwise. It counts as soon as [`MockDesk::expect`]
/// creates it; nothing has to be called at the end.
pub struct Expectation<'d> {
    desk: &'d Desk,
    operation: &'d Operation,
    route: RouteId,
    id: WantedId,
}

impl MockDesk {
    /// Expects a call of the operation. Once there is an expectation, calls that match none are unexpected: they are
    /// answered as usual, and [`verify`](Self::verify) reports them.
    ///
    /// A call counts for the first matching expectation that still has room for it, in the order they were made.
    ///
    /// Refused calls are unexpected too, except for those that a client recovers from: after a 401 (an expired token)
    /// or a 429 (a limit) it makes the same call again, and if that is accepted, both count as one. A call spoilt by a
    /// [`fault`](Self::fault) was accepted: if it is repeated because of that, it counts again.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), desk_mock::StartError> {
    /// use desk_mock::MockDesk;
    /// use serde_json::json;
    ///
    /// let desk = MockDesk::start().await?;
    /// desk.expect("create_ticket").body(json!({ "subject": "Printer" })).answer(json!({ "id": "42" })).times(1);
    /// desk.expect("get_ticket").path("ticketId", "42").never();
    /// // The program under test runs here.
    /// # desk.forget_expectations();
    /// desk.verify();
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If the spec has no operation with that id; the message suggests what was probably meant.
    #[track_caller]
    pub fn expect(&self, operation_id: &str) -> Expectation<'_> {
        let desk = self.desk();
        let route = desk.route_of(operation_id);
        let operation = desk.operation(operation_id);
        let id = desk.orders().expectations().add(Wanted::new(operation_id, route));
        Expectation { desk, operation, route, id }
    }

    /// Expects that nothing is called, apart from what [`expect`](Self::expect) adds.
    pub fn expect_nothing(&self) {
        self.desk().orders().expectations().begin();
    }

    /// Removes all expectations, with what came of them.
    pub fn forget_expectations(&self) {
        self.desk().orders().expectations().forget();
    }

    /// Checks that everything expected was called, and nothing else. A server that is dropped without this performs the
    /// same check then.
    ///
    /// # Panics
    ///
    /// If this is not the case. The message lists the expected calls that were not made, and those that were unexpected
    /// or refused, with what made the difference.
    #[track_caller]
    pub fn verify(&self) {
        if let Some(report) = self.desk().orders().expectations().verdict() {
            panic!("{report}");
        }
    }

    /// The calls of an operation so far, in order, including refused ones.
    ///
    /// # Panics
    ///
    /// If the spec has no operation with that id; the message suggests what was probably meant.
    #[track_caller]
    pub fn calls(&self, operation_id: &str) -> Vec<Received> {
        let id = self.desk().id_of(self.desk().route_of(operation_id));
        self.requests().into_iter().filter(|request| request.operation.as_deref() == Some(id)).collect()
    }
}

impl Expectation<'_> {
    /// With this value of a path parameter, by the operation's own name for it.
    ///
    /// # Panics
    ///
    /// If the operation has no such path parameter; the message suggests what was probably meant.
    #[track_caller]
    pub fn path(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        let place = sure(names::path(self.operation, &name));
        self.with(Condition::Path(name, place, value.into()))
    }

    /// With this value of a query parameter; lists are separated by commas.
    ///
    /// # Panics
    ///
    /// If the operation has no such query parameter; the message suggests what was probably meant.
    #[track_caller]
    pub fn query(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        sure(names::query(self.desk, self.route, &name));
        self.with(Condition::Query(name, value.into()))
    }

    /// With this value of a header.
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(Condition::Header(name.into(), value.into()))
    }

    /// With a JSON body that contains all of this; objects may contain more, at any depth.
    ///
    /// # Panics
    ///
    /// If the operation does not accept JSON, or if its type does not declare a field, unless undeclared ones are
    /// [accepted](MockDesk::accept_undeclared_fields); the message suggests what was probably meant.
    #[track_caller]
    pub fn body(self, part: Value) -> Self {
        sure(names::body(self.desk, self.route, &part));
        self.with(Condition::Body(part))
    }

    /// Exactly this often.
    #[track_caller]
    pub fn times(self, times: usize) -> Self {
        self.bound(Some(times), Some(times))
    }

    /// Never.
    #[track_caller]
    pub fn never(self) -> Self {
        self.times(0)
    }

    /// At least this often.
    ///
    /// # Panics
    ///
    /// If that is more than the [maximum](Self::at_most).
    #[track_caller]
    pub fn at_least(self, times: usize) -> Self {
        self.bound(Some(times), None)
    }

    /// At most this often; possibly never, unless [`at_least`](Self::at_least) says otherwise.
    ///
    /// # Panics
    ///
    /// If that is less than the [minimum](Self::at_least).
    #[track_caller]
    pub fn at_most(self, times: usize) -> Self {
        self.bound(None, Some(times))
    }

    /// Answers such calls with this JSON and status 200.
    pub fn answer(self, body: Value) -> Self {
        self.change(|wanted| wanted.given = Some(Given::Reply(Reply::json(200, &body))))
    }

    /// Answers such calls with exactly this; a 204 has no body.
    pub fn answer_with(self, status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let reply = if status == 204 { Reply::empty(status) } else { Reply::of(status, content_type, body) };
        self.change(|wanted| wanted.given = Some(Given::Reply(reply)))
    }

    /// Makes such calls fail.
    pub fn fault(self, fault: Fault) -> Self {
        self.change(|wanted| wanted.given = Some(Given::Fault(fault)))
    }

    fn with(self, condition: Condition) -> Self {
        self.change(|wanted| wanted.conditions.push(condition))
    }

    #[track_caller]
    fn bound(self, least: Option<usize>, most: Option<usize>) -> Self {
        let bound =
            self.desk.orders().expectations().wanted(self.id).map_or(Ok(()), |wanted| wanted.bound(least, most));
        sure(bound);
        self
    }

    /// Changes the expectation, unless it was removed.
    fn change(self, change: impl FnOnce(&mut Wanted)) -> Self {
        if let Some(wanted) = self.desk.orders().expectations().wanted(self.id) {
            change(wanted);
        }
        self
    }
}

/// Checks that something can be expected; otherwise the test is wrong.
#[track_caller]
fn sure<T>(possible: Result<T, String>) -> T {
    possible.unwrap_or_else(|why| panic!("{why}"))
}

impl fmt::Debug for Expectation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.desk.orders().expectations().wanted(self.id) {
            Some(wanted) => write!(f, "Expectation({wanted})"),
            None => f.write_str("Expectation(taken back)"),
        }
    }
}
