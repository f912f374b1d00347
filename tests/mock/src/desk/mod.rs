//! One server's state, and the path of a request through it.

pub(crate) mod log;
pub(crate) mod received;
pub(crate) mod settings;
mod way;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard};

use desk_spec::{Operation, Spec};

use self::log::Log;
use self::settings::Settings;
pub(crate) use self::way::Room;
use crate::accounts::Accounts;
use crate::accounts::tokens::Tokens;
use crate::common::calendar::{Calendar, Moment};
use crate::common::clock::Clock;
use crate::common::likely::hint;
use crate::common::lock::lock;
use crate::judge::limits::Limits;
use crate::judge::route::{RouteId, Routes};
use crate::orders::Orders;
use crate::records::Tenants;
use crate::seed::Seed;

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
    /// Locked before `tokens` when both are needed.
    accounts: Mutex<Accounts>,
    tokens: Mutex<Tokens>,
    records: Mutex<Tenants>,
    orders: Orders,
    log: Log,
    settings: Settings,
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
            orders: Orders::default(),
            log: Log::default(),
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

    pub(crate) fn spec(&self) -> &Spec {
        &self.spec
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The current time for the records.
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

    pub(crate) fn records(&self) -> MutexGuard<'_, Tenants> {
        lock(&self.records)
    }

    pub(crate) fn orders(&self) -> &Orders {
        &self.orders
    }

    pub(crate) fn log(&self) -> &Log {
        &self.log
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The ids of the organizations, in order.
    pub(crate) fn organizations(&self) -> Vec<String> {
        self.records().organizations()
    }

    /// Every scope that an operation names.
    pub(crate) fn every_scope(&self) -> Vec<String> {
        let named = self.spec.operations.iter().flat_map(|listed| &listed.operation.scopes).flatten();
        named.cloned().collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The route of an operation that a test names.
    ///
    /// # Panics
    ///
    /// If there is no such operation; the message suggests the most likely one.
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

    /// The operations on a route, the representative one first.
    pub(crate) fn operations(&self, route: RouteId) -> impl Iterator<Item = &Operation> {
        self.routes.operations(&self.spec, route)
    }

    /// The id of a route's representative operation.
    pub(crate) fn id_of(&self, route: RouteId) -> &str {
        self.operations(route).next().map_or("", |operation| operation.id.as_str())
    }
}
