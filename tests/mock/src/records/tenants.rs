//! The organizations of a server, each with records of its own.

use serde_json::Value;

use super::stock::Given;
use super::{Examples, Found, Records};
use crate::common::calendar::{Calendar, Moment};
use crate::exchange::refusal::Refusal;
use crate::judge::check::{Call, Sent};
use crate::seed::{self, Issue, Record, Seed};

/// The collection of organizations.
const ORGANIZATIONS: &str = "organizations";

/// Records, by organization.
#[derive(Debug)]
pub(crate) struct Tenants {
    calendar: Calendar,
    /// The data shared by all: the organizations themselves.
    shared: Records,
    /// The other data, by organization id. The first one is used if a call or a test names none.
    own: Vec<(String, Records)>,
    /// The number of organizations created so far, so that no two share ids.
    made: usize,
}

impl Tenants {
    /// The built-in organizations.
    pub(crate) fn new(seed: Seed, calendar: Calendar) -> Self {
        let (shared, own) = seed.parted();
        let shared = Records::new(shared, Issue::new(0, calendar));
        let first = Records::new(own, Issue::new(0, calendar));
        let ids = shared.ids(ORGANIZATIONS);
        let mut tenants = Self { calendar, shared, own: Vec::new(), made: 0 };
        if let Some(id) = ids.into_iter().next() {
            tenants.own.push((id, first));
            tenants.made = 1;
        }
        tenants.settle();
        tenants
    }

    /// Resets to the built-in organizations and records.
    pub(crate) fn reset(&mut self) {
        self.shared.reset();
        let ids = self.organizations();
        self.own.retain(|(id, _)| ids.contains(id));
        self.own.iter_mut().for_each(|(_, records)| records.reset());
        self.made = self.own.len();
    }

    /// The ids of the organizations, in order.
    pub(crate) fn organizations(&self) -> Vec<String> {
        self.shared.ids(ORGANIZATIONS)
    }

    /// Whether there is such an organization.
    pub(crate) fn has(&self, organization: &str) -> bool {
        self.shared.has(ORGANIZATIONS, organization)
    }

    /// The names of all collections.
    pub(crate) fn names(&self) -> Vec<String> {
        let own = self.own.first().map(|(_, records)| records.names()).unwrap_or_default();
        self.shared.names().into_iter().chain(own).map(str::to_owned).collect()
    }

    /// Serves a call for an organization, if its route is in a table.
    pub(crate) fn serve(
        &mut self,
        call: Call<'_>,
        sent: &Sent,
        organization: Option<&str>,
        now: Moment,
    ) -> Result<Option<Found>, Refusal> {
        match self.shared.serve(call, sent, now)? {
            None => self.of(organization).map_or(Ok(None), |own| own.serve(call, sent, now)),
            found => Ok(found),
        }
    }

    /// Values with which a call of an operation finds records.
    pub(crate) fn examples(&self, operation: &desk_spec::Operation) -> Examples {
        let own = self.own.first().map(|(_, records)| records.examples(operation));
        self.shared.examples(operation).and(own.unwrap_or_default())
    }

    /// The records of a collection that are not trashed, or an error about its name.
    pub(crate) fn look(&mut self, organization: Option<&str>, collection: &str) -> Result<Vec<Value>, String> {
        self.holding(organization, collection)?.look(collection)
    }

    /// Adds a record as it is. Returns its id, or an error.
    pub(crate) fn insert(
        &mut self,
        organization: Option<&str>,
        collection: &str,
        record: Record,
        now: Moment,
    ) -> Result<String, String> {
        let id = self.holding(organization, collection)?.insert(collection, record, now)?;
        self.settle();
        Ok(id)
    }

    /// Adds records that are like the built-in ones, with some fields given for each.
    pub(crate) fn fill(
        &mut self,
        organization: Option<&str>,
        collection: &str,
        count: usize,
        given: Vec<Given>,
    ) -> Result<(), String> {
        self.holding(organization, collection)?.fill(collection, count, given)?;
        self.settle();
        Ok(())
    }

    /// Sets fields of a record, or an error.
    pub(crate) fn change(
        &mut self,
        organization: Option<&str>,
        collection: &str,
        id: &str,
        fields: Record,
        now: Moment,
    ) -> Result<(), String> {
        self.holding(organization, collection)?.change(collection, id, fields, now)
    }

    /// Takes a record away, or an error.
    pub(crate) fn delete(
        &mut self,
        organization: Option<&str>,
        collection: &str,
        id: &str,
        now: Moment,
    ) -> Result<(), String> {
        self.holding(organization, collection)?.delete(collection, id, now)
    }

    /// Gives each organization records of its own.
    fn settle(&mut self) {
        for id in self.organizations() {
            if self.own.iter().any(|(known, _)| *known == id) {
                continue;
            }
            let issue = Issue::new(self.made, self.calendar);
            // The built-in data was read before, so reading it again does not fail.
            let Ok(seed) = seed::read(issue) else { continue };
            self.own.push((id, Records::new(seed.parted().1, issue)));
            self.made += 1;
        }
    }

    fn of(&mut self, organization: Option<&str>) -> Option<&mut Records> {
        let is_meant = |id: &String| organization.is_none_or(|meant| id == meant);
        self.own.iter_mut().find(|(id, _)| is_meant(id)).map(|(_, records)| records)
    }

    /// The store of a collection, or an error about its name.
    fn holding(&mut self, organization: Option<&str>, collection: &str) -> Result<&mut Records, String> {
        if self.shared.names().contains(&collection) {
            return Ok(&mut self.shared);
        }
        let names = self.names();
        if !names.iter().any(|name| name == collection) {
            return Err(format!("there is no collection {collection:?}, only {}", names.join(", ")));
        }
        self.of(organization).ok_or_else(|| format!("there is no organization {:?}", organization.unwrap_or_default()))
    }
}
