//! Orders from tests: expected calls, answers and faults in place of the server's own, contradictions.

pub(crate) mod expect;
pub(crate) mod fault;
pub(crate) mod stub;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};

use self::expect::Expectations;
use self::fault::{Fault, Queue, TokenFault, altered};
use self::stub::Stubs;
use crate::answer::contradict::{Contradiction, Turn, contradict};
use crate::common::lock::lock;
use crate::exchange::reply::Reply;
use crate::judge::check::Call;
use crate::judge::route::RouteId;

/// All orders for a server.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    expectations: Mutex<Expectations>,
    stubs: Mutex<HashMap<RouteId, Stubs>>,
    faults: Mutex<HashMap<RouteId, Queue<Fault>>>,
    token_faults: Mutex<Queue<TokenFault>>,
    contradictions: Mutex<Contradictions>,
}

/// The contradictions that are switched on.
#[derive(Debug, Default)]
struct Contradictions {
    on: Vec<Contradiction>,
    /// How many answers each operation has given since they are.
    answered: HashMap<String, u64>,
}

impl Orders {
    pub(crate) fn expectations(&self) -> MutexGuard<'_, Expectations> {
        lock(&self.expectations)
    }

    /// Changes the answers that are given on a route.
    pub(crate) fn stub(&self, route: RouteId, change: impl FnOnce(&mut Stubs)) {
        change(lock(&self.stubs).entry(route).or_default());
    }

    /// The ordered answer to a call on a route, unless it gets the server's own.
    pub(crate) fn stubbed(&self, route: RouteId) -> Option<Reply> {
        lock(&self.stubs).get_mut(&route).and_then(Stubs::next)
    }

    /// Keeps a fault for the next calls on a route.
    pub(crate) fn fault(&self, route: RouteId, times: usize, fault: Fault) {
        lock(&self.faults).entry(route).or_default().push(times, fault);
    }

    /// The next fault ordered for a route.
    pub(crate) fn next_fault(&self, route: RouteId) -> Option<Fault> {
        lock(&self.faults).get_mut(&route).and_then(Queue::next)
    }

    /// Keeps a fault for the next requests to the token endpoint.
    pub(crate) fn fault_tokens(&self, times: usize, fault: TokenFault) {
        lock(&self.token_faults).push(times, fault);
    }

    pub(crate) fn next_token_fault(&self) -> Option<TokenFault> {
        lock(&self.token_faults).next()
    }

    /// Switches contradictions on, and all others off.
    pub(crate) fn contradict(&self, contradictions: Vec<Contradiction>) {
        lock(&self.contradictions).on = contradictions;
    }

    /// The answer with the contradictions that are switched on.
    pub(crate) fn contradicting(&self, call: Call<'_>, reply: Reply) -> Reply {
        let id = call.operation.id.as_str();
        let (number, on) = {
            let mut contradictions = lock(&self.contradictions);
            if contradictions.on.is_empty() {
                return reply;
            }
            let number = contradictions.answered.entry(id.to_owned()).or_default();
            *number += 1;
            (*number, contradictions.on.clone())
        };
        altered(call, reply, |schema, value| contradict(call.spec, schema, value, &on, Turn::Of(id, number)))
    }
}
