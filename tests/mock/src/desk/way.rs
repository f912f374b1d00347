//! The path of a request through a server. Every outcome is logged.

use desk_spec::Operation;

use super::Desk;
use super::received::{Matched, Received};
use crate::accounts::tokens::Grant;
use crate::accounts::{Around, Decision, Endpoint, TokenRequest};
use crate::answer::answer;
use crate::exchange::incoming::Incoming;
use crate::exchange::refusal::{Code, Refusal};
use crate::exchange::reply::Reply;
use crate::judge::check::{self, Call, Sent};
use crate::judge::route::{Lookup, RouteId};
use crate::judge::{limits, organization, scopes};
use crate::orders::expect::Given;
use crate::orders::fault::TokenFault;

/// Whether another call may be in progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    Free,
    Full,
}

impl Desk {
    /// Answers and records a request to the accounts server.
    pub(crate) fn sign_in(&self, incoming: &Incoming, decision: Decision) -> Reply {
        let to_tokens = incoming.method == "POST" && Endpoint::of(&incoming.path) == Some(Endpoint::Token);
        let fault = if to_tokens { self.orders.next_token_fault() } else { None };
        let reply = match fault.as_ref().and_then(TokenFault::instead) {
            Some(reply) => reply,
            None => {
                let mut accounts = self.accounts();
                let around = Around { now: self.clock.now(), url: &self.url, tokens: &mut self.tokens() };
                let reply = accounts.serve(incoming, decision, around);
                Reply { delay: fault.and_then(|fault| fault.delay()), ..reply }
            }
        };
        self.log.token_requests().push(TokenRequest::new(incoming, &reply));
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

    /// Tells the expectations about a request that is rejected before its work.
    fn noted(&self, incoming: &Incoming, refusal: Refusal) -> Refusal {
        self.orders.expectations().refused(incoming, &refusal);
        refusal
    }

    /// Rejects an unreadable request.
    pub(crate) fn refuse(&self, incoming: &Incoming, refusal: Refusal) -> Reply {
        self.charged(incoming, None, 1, Room::Free, || Err(self.noted(incoming, refusal)))
    }

    /// Serves a call if the limits allow it, reports its cost, and records it.
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
            // A call rejected for the number of calls is free, whether by the limits or by a test's order.
            self.limits.refund(cost);
            cost = 0;
        }
        let number = self.log.next_number();
        reply.headers.extend([
            ("x-rate-limit-request-weight-v3", cost.to_string()),
            ("x-rate-limit-remaining-v3", self.limits.left(now).to_string()),
            ("x-request-id", format!("desk-mock-{number}")),
        ]);
        self.log.add(Received::new(incoming, matched, reply.status));
        reply
    }

    /// The path of a request with a known route. If several operations share the route, it must suit any one of them.
    fn at(&self, route: RouteId, values: &[String], incoming: &Incoming) -> Result<Reply, Refusal> {
        let (call, sent) = self.admit(route, values, incoming).map_err(|refusal| self.noted(incoming, refusal))?;
        let given = self.orders.expectations().meet(route, call, sent.json());
        let fault = match given {
            Some(Given::Reply(reply)) => return Ok(reply),
            Some(Given::Fault(fault)) => Some(fault),
            None => self.orders.next_fault(route),
        };
        let Some(fault) = fault else { return self.work(route, call, &sent) };
        if let Some(reply) = fault.instead() {
            return Ok(reply);
        }
        let outcome = self.work(route, call, &sent);
        Ok(fault.spoil(call, outcome.unwrap_or_else(|refusal| refusal.reply())))
    }

    /// Checks a call and returns it for the route's representative operation, with the body's JSON.
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

    /// Carries out a valid call.
    fn work(&self, route: RouteId, call: Call<'_>, sent: &Sent) -> Result<Reply, Refusal> {
        if let Some(reply) = self.orders.stubbed(route) {
            return Ok(reply);
        }
        let organization = organization::named(call.incoming);
        let found = self.records().serve(call, sent, organization.as_deref(), self.now())?;
        answer(call, found, self.settings.file()).map(|reply| self.orders.contradicting(call, reply))
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
