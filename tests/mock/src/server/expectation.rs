//! What a test expects to be called.

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

/// A call that a test expects: at least one, unless it says otherwise. It counts from the moment
/// [`MockDesk::expect`] made it; nothing has to be called at the end.
pub struct Expectation<'d> {
    desk: &'d Desk,
    operation: &'d Operation,
    route: RouteId,
    id: WantedId,
}

impl MockDesk {
    /// Expects a call of the operation. As soon as there is one expectation, calls that suit none are unexpected: they
    /// are answered as usual, and [`verify`](Self::verify) tells of them.
    ///
    /// A call counts for the first expectation that it suits and that has room for it, in the order they were made.
    ///
    /// Calls that are refused are unexpected too, but for those that a client gets over: after a 401 (an ended token) or
    /// a 429 (a limit) it makes the same call again, and if that is let through, both count as one. What a
    /// [`fault`](Self::fault) spoils was let through: a call that is made again because of it counts again.
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
    /// // The program under test works here.
    /// # desk.forget_expectations();
    /// desk.verify();
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When the spec has no operation of that id; the message has the likely meant one.
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

    /// Takes all expectations back, with what came of them.
    pub fn forget_expectations(&self) {
        self.desk().orders().expectations().forget();
    }

    /// Checks that everything expected was called, and nothing else. A server that is dropped without this does the
    /// same then.
    ///
    /// # Panics
    ///
    /// When it was otherwise. The message says what was expected and did not come, and what came unexpectedly or was
    /// refused, with what made the difference.
    #[track_caller]
    pub fn verify(&self) {
        if let Some(report) = self.desk().orders().expectations().verdict() {
            panic!("{report}");
        }
    }

    /// The calls of an operation so far, in order, refused ones too.
    ///
    /// # Panics
    ///
    /// When the spec has no operation of that id; the message has the likely meant one.
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
    /// When the operation has no such path parameter; the message has the likely meant one.
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
    /// When the operation has no such query parameter; the message has the likely meant one.
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

    /// With a JSON body that holds all of this; objects may hold more, at any depth.
    ///
    /// # Panics
    ///
    /// When the operation takes no JSON, or when its type does not declare a field, unless undeclared ones are
    /// [accepted](MockDesk::accept_undeclared_fields); the message has the likely meant one.
    #[track_caller]
    pub fn body(self, part: Value) -> Self {
        sure(names::body(self.desk, self.route, &part));
        self.with(Condition::Body(part))
    }

    /// So many times.
    #[track_caller]
    pub fn times(self, times: usize) -> Self {
        self.bound(Some(times), Some(times))
    }

    /// Not once.
    #[track_caller]
    pub fn never(self) -> Self {
        self.times(0)
    }

    /// So many times or more.
    ///
    /// # Panics
    ///
    /// When that is more than the [most](Self::at_most).
    #[track_caller]
    pub fn at_least(self, times: usize) -> Self {
        self.bound(Some(times), None)
    }

    /// So many times or fewer; even not once, unless [`at_least`](Self::at_least) says otherwise.
    ///
    /// # Panics
    ///
    /// When that is less than the [least](Self::at_least).
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

    /// Lets such calls go wrong.
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

    /// Changes the expectation, unless it was taken back.
    fn change(self, change: impl FnOnce(&mut Wanted)) -> Self {
        if let Some(wanted) = self.desk.orders().expectations().wanted(self.id) {
            change(wanted);
        }
        self
    }
}

/// What can be expected; a test that expects something else is wrong.
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
