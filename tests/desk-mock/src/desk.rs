//! One server's state, and the way of a request through it.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use desk_codegen::load::Spec;
use desk_codegen::spec::Operation;
use serde_json::Value;

use crate::answer::answer;
use crate::check::{self, Call};
use crate::incoming::Incoming;
use crate::received::Received;
use crate::records::Records;
use crate::refusal::{Code, Refusal};
use crate::reply::Reply;
use crate::route::{Lookup, RouteId, Routes};
use crate::seed::Seed;
use crate::tokens::{Grant, Tokens};
use crate::{organization, scopes};

/// Credits a day.
const CREDITS: u64 = 100_000;

/// The seed's collection that tells which organizations there are.
const ORGANIZATIONS: &str = "organizations";

/// A server's state.
#[derive(Debug)]
pub(crate) struct Desk {
    spec: Arc<Spec>,
    routes: Routes,
    organizations: Vec<String>,
    tokens: Mutex<Tokens>,
    records: Mutex<Records>,
    scripted: Mutex<HashMap<RouteId, VecDeque<Reply>>>,
    received: Mutex<Vec<Received>>,
    served: AtomicU64,
}

impl Desk {
    pub(crate) fn new(spec: Arc<Spec>, seed: Seed) -> Self {
        let records = Records::new(seed);
        Self {
            routes: Routes::new(&spec),
            spec,
            organizations: records.ids(ORGANIZATIONS),
            tokens: Mutex::default(),
            records: Mutex::new(records),
            scripted: Mutex::default(),
            received: Mutex::default(),
            served: AtomicU64::new(0),
        }
    }

    pub(crate) fn organizations(&self) -> &[String] {
        &self.organizations
    }

    pub(crate) fn tokens(&self) -> MutexGuard<'_, Tokens> {
        lock(&self.tokens)
    }

    pub(crate) fn received(&self) -> MutexGuard<'_, Vec<Received>> {
        lock(&self.received)
    }

    /// Keeps an answer for the next call on the operation's route; whether there is such an operation.
    pub(crate) fn script(&self, operation: &str, reply: Reply) -> bool {
        let Some(route) = self.routes.of(operation) else { return false };
        lock(&self.scripted).entry(route).or_default().push_back(reply);
        true
    }

    /// Judges, answers and records a request.
    pub(crate) fn handle(&self, incoming: &Incoming) -> Reply {
        let segments = incoming.segments();
        let (operation, outcome) = match self.routes.lookup(&incoming.method, &segments) {
            Lookup::Found(route, values) => {
                let mut operations = self.routes.operations(&self.spec, route);
                let operation = operations.next();
                (operation.map(|operation| operation.id.as_str()), self.at(route, &values, incoming))
            }
            Lookup::OtherMethods(methods) => {
                let methods: Vec<String> = methods.iter().map(ToString::to_string).collect();
                let message = format!("{} takes {} only, not {}.", incoming.path, methods.join(", "), incoming.method);
                (None, Err(Refusal::new(Code::MethodNotAllowed, message)))
            }
            Lookup::Unknown => {
                (None, Err(Refusal::new(Code::UrlNotFound, format!("The API has no path {}.", incoming.path))))
            }
        };
        self.finish(incoming, operation, outcome)
    }

    /// Refuses a request that could not be read.
    pub(crate) fn refuse(&self, incoming: &Incoming, refusal: Refusal) -> Reply {
        self.finish(incoming, None, Err(refusal))
    }

    fn finish(&self, incoming: &Incoming, operation: Option<&str>, outcome: Result<Reply, Refusal>) -> Reply {
        let mut reply = outcome.unwrap_or_else(|refusal| refusal.reply());
        let number = self.served.fetch_add(1, Ordering::Relaxed) + 1;
        reply.headers.extend([
            ("x-rate-limit-request-weight-v3", "1".to_owned()),
            ("x-rate-limit-remaining-v3", CREDITS.saturating_sub(number).to_string()),
            ("x-request-id", format!("desk-mock-{number}")),
        ]);
        self.received().push(Received::new(incoming, operation, reply.status));
        reply
    }

    /// The way of a request whose route is known. Of duplicates on one route, it has to suit any one.
    fn at(&self, route: RouteId, values: &[String], incoming: &Incoming) -> Result<Reply, Refusal> {
        let grant = self.tokens().grant(incoming)?;
        let operations: Vec<&Operation> = self.routes.operations(&self.spec, route).collect();
        let call = |operation| Call { spec: &self.spec, operation, incoming, values };
        let mut refusal = None;
        let mut suits = None;
        for operation in &operations {
            match self.judge(call(operation), &grant) {
                Ok(body) => {
                    suits = Some(body);
                    break;
                }
                Err(found) => refusal = refusal.or(Some(found)),
            }
        }
        let (Some(sent), Some(operation)) = (suits, operations.first()) else {
            let unknown = || Refusal::new(Code::UrlNotFound, "The route has no operation.");
            return Err(refusal.unwrap_or_else(unknown));
        };
        let scripted = lock(&self.scripted).get_mut(&route).and_then(VecDeque::pop_front);
        if let Some(reply) = scripted {
            return Ok(reply);
        }
        let call = call(operation);
        let found = lock(&self.records).serve(call, sent.as_ref());
        answer(call, found)
    }

    fn judge(&self, call: Call<'_>, grant: &Grant) -> Result<Option<Value>, Refusal> {
        organization::check(call.operation, call.incoming, &self.organizations)?;
        if !scopes::cover(&call.operation.scopes, &grant.scopes) {
            let needed: Vec<String> = call.operation.scopes.iter().map(|set| set.join(" and ")).collect();
            let message = format!(
                "{} needs {}; the token was granted {}.",
                call.operation.id,
                needed.join(", or "),
                if grant.scopes.is_empty() { "no scope".to_owned() } else { grant.scopes.join(", ") }
            );
            return Err(Refusal::new(Code::ScopeMismatch, message));
        }
        check::check(call)
    }
}

/// A lock that outlives a panic of a test's own thread.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
