//! One server's state, and the way of a request through it.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use desk_spec::{Operation, Spec};

use crate::accounts::{Accounts, Around, Decision, Endpoint, TokenRequest};
use crate::answer::answer;
use crate::calendar::{Calendar, Moment};
use crate::check::{self, Call, Sent};
use crate::clock::Clock;
use crate::contradict::{Contradiction, Turn, contradict};
use crate::example::Example;
use crate::expect::{Expectations, Given};
use crate::fault::{Fault, Queue, TokenFault, altered};
use crate::incoming::Incoming;
use crate::likely::hint;
use crate::limits::{self, Limits};
use crate::lock::lock;
use crate::log::Log;
use crate::received::{Matched, Received};
use crate::refusal::{Code, Refusal};
use crate::reply::Reply;
use crate::route::{Lookup, RouteId, Routes};
use crate::seed::Seed;
use crate::settings::Settings;
use crate::stub::Stubs;
use crate::tenants::Tenants;
use crate::tokens::{Grant, Tokens};
use crate::{organization, scopes};

/// A server's state.
#[derive(Debug)]
pub(crate) struct Desk {
    spec: Arc<Spec>,
    routes: Routes,
    /// Its own address, once it has one.
    url: String,
    clock: Clock,
    calendar: Calendar,
    limits: Limits,
    /// Locked before `tokens` where both are.
    accounts: Mutex<Accounts>,
    tokens: Mutex<Tokens>,
    records: Mutex<Tenants>,
    expectations: Mutex<Expectations>,
    stubs: Mutex<HashMap<RouteId, Stubs>>,
    faults: Mutex<HashMap<RouteId, Queue<Fault>>>,
    contradictions: Mutex<Vec<Contradiction>>,
    /// How many answers each operation has given since contradictions are on.
    answered: Mutex<HashMap<String, u64>>,
    token_faults: Mutex<Queue<TokenFault>>,
    log: Log,
    token_requests: Mutex<Vec<TokenRequest>>,
    served: AtomicU64,
    settings: Settings,
}

/// Whether one more call may be under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    Free,
    Full,
}

impl Desk {
    pub(crate) fn new(spec: Arc<Spec>, seed: Seed, calendar: Calendar) -> Self {
        let routes = Routes::new(&spec, &seed.modules);
        let records = Tenants::new(seed, calendar);
        Self {
            routes,
            spec,
            url: String::new(),
            clock: Clock::start(),
            calendar,
            limits: Limits::default(),
            accounts: Mutex::default(),
            tokens: Mutex::default(),
            records: Mutex::new(records),
            expectations: Mutex::default(),
            stubs: Mutex::default(),
            faults: Mutex::default(),
            contradictions: Mutex::default(),
            answered: Mutex::default(),
            token_faults: Mutex::default(),
            log: Log::default(),
            token_requests: Mutex::default(),
            served: AtomicU64::new(0),
            settings: Settings::default(),
        }
    }

    /// The same, reached at this address.
    pub(crate) fn at_url(self, url: String) -> Self {
        Self { url, ..self }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The ids of the organizations, in order.
    pub(crate) fn organizations(&self) -> Vec<String> {
        self.records().organizations()
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What time it is for the records.
    pub(crate) fn now(&self) -> Moment {
        self.calendar.now(&self.clock)
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(crate) fn accounts(&self) -> MutexGuard<'_, Accounts> {
        lock(&self.accounts)
    }

    pub(crate) fn tokens(&self) -> MutexGuard<'_, Tokens> {
        lock(&self.tokens)
    }

    pub(crate) fn received(&self) -> MutexGuard<'_, VecDeque<Received>> {
        self.log.received()
    }

    pub(crate) fn log(&self) -> &Log {
        &self.log
    }

    /// Every scope that an operation names.
    pub(crate) fn every_scope(&self) -> Vec<String> {
        let named = self.spec.operations.iter().flat_map(|listed| &listed.operation.scopes).flatten();
        named.cloned().collect::<BTreeSet<_>>().into_iter().collect()
    }

    pub(crate) fn token_requests(&self) -> MutexGuard<'_, Vec<TokenRequest>> {
        lock(&self.token_requests)
    }

    pub(crate) fn records(&self) -> MutexGuard<'_, Tenants> {
        lock(&self.records)
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Changes the answers that a test gives on the operation's route.
    #[track_caller]
    pub(crate) fn stub(&self, operation: &str, change: impl FnOnce(&mut Stubs)) {
        let route = self.route_of(operation);
        change(lock(&self.stubs).entry(route).or_default());
    }

    /// Keeps a fault for the next calls on the operation's route.
    #[track_caller]
    pub(crate) fn order(&self, operation: &str, times: usize, fault: Fault) {
        let route = self.route_of(operation);
        lock(&self.faults).entry(route).or_default().push(times, fault);
    }

    /// Keeps a fault for the next requests to the token endpoint.
    pub(crate) fn order_for_tokens(&self, times: usize, fault: TokenFault) {
        lock(&self.token_faults).push(times, fault);
    }

    /// Answers and records a request to the accounts server.
    pub(crate) fn sign_in(&self, incoming: &Incoming, decision: Decision) -> Reply {
        let to_tokens = incoming.method == "POST" && Endpoint::of(&incoming.path) == Some(Endpoint::Token);
        let fault = if to_tokens { lock(&self.token_faults).next() } else { None };
        let reply = match fault.as_ref().and_then(TokenFault::instead) {
            Some(reply) => reply,
            None => {
                let mut accounts = self.accounts();
                let around = Around { now: self.clock.now(), url: &self.url, tokens: &mut self.tokens() };
                let reply = accounts.serve(incoming, decision, around);
                Reply { delay: fault.and_then(|fault| fault.delay()), ..reply }
            }
        };
        self.token_requests().push(TokenRequest::new(incoming, &reply));
        reply
    }

    /// Judges, answers and records a call.
    pub(crate) fn handle(&self, incoming: &Incoming, room: Room) -> Reply {
        let segments = incoming.segments();
        match self.routes.lookup(&incoming.method, &segments) {
            Lookup::Found(route, values) => {
                let operation = self.operations(route).next();
                let cost = operation.map_or(1, |operation| limits::cost(operation, incoming));
                let matched = operation.map(|operation| Matched { operation, values: &values });
                self.charged(incoming, matched, cost, room, || self.at(route, &values, incoming))
            }
            Lookup::OtherMethods(methods) => {
                let methods: Vec<String> = methods.iter().map(ToString::to_string).collect();
                let message = format!("{} takes {} only, not {}.", incoming.path, methods.join(", "), incoming.method);
                self.charged(incoming, None, 1, room, || {
                    Err(self.noted(incoming, Refusal::new(Code::MethodNotAllowed, message)))
                })
            }
            Lookup::Unknown => {
                let message = format!("The API has no path {}{}.", incoming.path, self.routes.hint(&segments));
                self.charged(incoming, None, 1, room, || {
                    Err(self.noted(incoming, Refusal::new(Code::UrlNotFound, message)))
                })
            }
        }
    }

    /// Tells the expectations of a request that is refused before its work.
    fn noted(&self, incoming: &Incoming, refusal: Refusal) -> Refusal {
        self.expectations().refused(incoming, &refusal);
        refusal
    }

    pub(crate) fn expectations(&self) -> MutexGuard<'_, Expectations> {
        lock(&self.expectations)
    }

    /// The route of an operation that a test names.
    ///
    /// # Panics
    ///
    /// When there is no such operation; the message has the likely meant one.
    #[track_caller]
    pub(crate) fn route_of(&self, operation: &str) -> RouteId {
        self.routes.of(operation).unwrap_or_else(|| {
            let ids = self.spec.operations.iter().map(|listed| listed.operation.id.as_str());
            panic!("the spec has no operation {operation:?}{}", hint(ids, operation))
        })
    }

    /// An operation that a test names.
    ///
    /// # Panics
    ///
    /// As [`route_of`](Self::route_of).
    #[track_caller]
    pub(crate) fn operation(&self, id: &str) -> &Operation {
        let route = self.route_of(id);
        let mut known = self.operations(route);
        known.find(|operation| operation.id == id).unwrap_or_else(|| panic!("no route leads to {id}"))
    }

    /// The operations on a route, the one that stands for all first.
    pub(crate) fn operations(&self, route: RouteId) -> impl Iterator<Item = &Operation> {
        self.routes.operations(&self.spec, route)
    }

    pub(crate) fn spec(&self) -> &Spec {
        &self.spec
    }

    /// What leads to records in a call of an operation that a test names.
    #[track_caller]
    pub(crate) fn example(&self, operation: &str) -> Example {
        let operation = self.operation(operation);
        let found = self.records().examples(operation);
        let names: Vec<&str> = operation.path_names().collect();
        let path = found.path.into_iter().filter_map(|(turn, id)| Some(((*names.get(turn)?).to_owned(), id)));
        Example { path: path.collect(), query: found.query, body: found.body }
    }

    /// The id of the operation that stands for a route.
    pub(crate) fn id_of(&self, route: RouteId) -> &str {
        self.operations(route).next().map_or("", |operation| operation.id.as_str())
    }

    /// Refuses a request that could not be read.
    pub(crate) fn refuse(&self, incoming: &Incoming, refusal: Refusal) -> Reply {
        self.charged(incoming, None, 1, Room::Free, || Err(self.noted(incoming, refusal)))
    }

    /// Serves a call if the limits allow it, tells what it cost, and records it.
    fn charged(
        &self,
        incoming: &Incoming,
        matched: Option<Matched<'_>>,
        cost: u64,
        room: Room,
        serve: impl FnOnce() -> Result<Reply, Refusal>,
    ) -> Reply {
        let now = self.clock.now();
        let charged = match room {
            Room::Free => self.limits.charge(cost, now).map_err(Refusal::threshold),
            Room::Full => Err(Refusal::new(Code::TooManyRequests, "More calls are under way than the edition allows.")),
        };
        let (mut cost, outcome) = match charged {
            Ok(cost) => (cost, serve()),
            Err(refusal) => (0, Err(self.noted(incoming, refusal))),
        };
        let mut reply = outcome.unwrap_or_else(|refusal| refusal.reply());
        if reply.status == 429 {
            // What is not served for its number costs nothing, by the limits or by a test's order.
            self.limits.refund(cost);
            cost = 0;
        }
        let number = self.served.fetch_add(1, Ordering::Relaxed) + 1;
        reply.headers.extend([
            ("x-rate-limit-request-weight-v3", cost.to_string()),
            ("x-rate-limit-remaining-v3", self.limits.left(now).to_string()),
            ("x-request-id", format!("desk-mock-{number}")),
        ]);
        self.log.add(Received::new(incoming, matched, reply.status));
        reply
    }

    /// The way of a request whose route is known. Of duplicates on one route, it has to suit any one.
    fn at(&self, route: RouteId, values: &[String], incoming: &Incoming) -> Result<Reply, Refusal> {
        let (call, sent) = self.admit(route, values, incoming).map_err(|refusal| self.noted(incoming, refusal))?;
        let given = self.expectations().meet(route, call, sent.json());
        let fault = match given {
            Some(Given::Reply(reply)) => return Ok(reply),
            Some(Given::Fault(fault)) => Some(fault),
            None => lock(&self.faults).get_mut(&route).and_then(Queue::next),
        };
        let Some(fault) = fault else { return self.work(route, call, &sent) };
        if let Some(reply) = fault.instead() {
            return Ok(reply);
        }
        let outcome = self.work(route, call, &sent);
        Ok(fault.spoil(call, outcome.unwrap_or_else(|refusal| refusal.reply())))
    }

    /// Checks a call; gives it for the operation that stands for the route, with the body's JSON.
    fn admit<'a>(
        &'a self,
        route: RouteId,
        values: &'a [String],
        incoming: &'a Incoming,
    ) -> Result<(Call<'a>, Sent), Refusal> {
        let grant = self.tokens().grant(incoming, self.clock.now())?;
        let operations: Vec<&Operation> = self.operations(route).collect();
        let (strict, undeclared) = (self.settings.strict(), self.settings.undeclared());
        let highest_from = self.settings.highest_from();
        let shift = self.calendar.shift();
        let call =
            |operation| Call { spec: &self.spec, operation, incoming, values, strict, undeclared, highest_from, shift };
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
        match (suits, operations.first()) {
            (Some(sent), Some(operation)) => Ok((call(operation), sent)),
            _ => Err(refusal.unwrap_or_else(|| Refusal::new(Code::UrlNotFound, "The route has no operation."))),
        }
    }

    /// Does what a call that suits asks for.
    fn work(&self, route: RouteId, call: Call<'_>, sent: &Sent) -> Result<Reply, Refusal> {
        if let Some(reply) = lock(&self.stubs).get_mut(&route).and_then(Stubs::next) {
            return Ok(reply);
        }
        let organization = organization::named(call.incoming);
        let found = self.records().serve(call, sent, organization.as_deref(), self.now())?;
        answer(call, found, self.settings.file()).map(|reply| self.contradicting(call, reply))
    }

    /// The answer with the contradictions that are switched on.
    fn contradicting(&self, call: Call<'_>, reply: Reply) -> Reply {
        let on = lock(&self.contradictions).clone();
        if on.is_empty() {
            return reply;
        }
        let id = call.operation.id.as_str();
        let number = {
            let mut answered = lock(&self.answered);
            let number = answered.entry(id.to_owned()).or_default();
            *number += 1;
            *number
        };
        altered(call, reply, |schema, value| contradict(call.spec, schema, value, &on, Turn::Of(id, number)))
    }

    /// Switches contradictions on, and all others off.
    pub(crate) fn contradict(&self, contradictions: Vec<Contradiction>) {
        *lock(&self.contradictions) = contradictions;
    }

    fn judge(&self, call: Call<'_>, grant: &Grant) -> Result<Sent, Refusal> {
        {
            let records = self.records();
            let required = self.settings.strict() || records.organizations().len() > 1;
            organization::check(call.operation, call.incoming, required, |id| records.has(id))?;
        }
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
