//! What an export will do, before it does it.

use desk_sdk::by_name::{Each, record_shape};
use desk_sdk::jiff::Timestamp;
use desk_sdk::{Checked, Client, Error, Estimate, MissingScopes, Operation, Shape};
use serde_json::{Map, Value};

use super::Outcome;
use super::cost;
use super::depth;
use super::error::{Denied, ExportError, is_about_credits, root};
use super::place::Place;
use super::report::{Cost, Planned};
use super::settings::Settings;
use super::source::{ChildSource, Source, with_fields};
use super::start::Start;
use super::walk::{self, CREATED};
use crate::problem::told;
use crate::table::{Dataset, Folder, Manifest};

/// A resource that will be exported.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) source: Source,
    /// The operation that reads it.
    pub(super) operation: &'static Operation,
    /// How all of it is read, for the manifest.
    pub(super) walk: String,
    pub(super) place: Place,
    /// What is told about it.
    pub(super) planned: Planned,
    /// What may go wrong with it.
    pub(super) warning: Option<String>,
    /// What it costs, with the lists of each record.
    pub(super) cost: Cost,
}

impl Task {
    /// Where its files go.
    pub(super) fn dataset(&self, folder: &Folder, settings: &Settings) -> Result<Dataset, ExportError> {
        let added: Vec<&'static str> = self.source.each.iter().map(Each::parameter).collect();
        let shape = with_fields(record_shape(self.operation.id).unwrap_or(Shape::Json), &added);
        let dataset = Dataset::new(folder, &self.source.name, settings.format, &shape)?;
        let dataset = match shape.field(CREATED) {
            Some(Shape::Time) if self.is_by_month() => dataset.by_month(CREATED),
            Some(Shape::Time) => dataset.with_time(CREATED),
            _ => dataset,
        };
        Ok(dataset.in_run(self.place.run))
    }

    /// Whether all records come in the order in which they were created.
    fn is_by_month(&self) -> bool {
        let by_range = self.operation.timelines.iter().find(|timeline| timeline.range.is_some());
        walk::is_by_time(self.operation) && by_range.is_some_and(|timeline| timeline.field == CREATED)
    }
}

/// A source that may be read, and by which operation.
#[derive(Clone, Debug)]
pub(super) struct Allowed {
    source: Source,
    by_time: Option<Checked>,
    list: Option<Checked>,
    /// Why it cannot be read by time.
    lacks: Option<Box<MissingScopes>>,
}

/// Finds out what will be done.
#[derive(Debug)]
pub(super) struct Planner<'a> {
    client: &'a Client,
    settings: &'a Settings,
}

impl<'a> Planner<'a> {
    pub(super) fn new(client: &'a Client, settings: &'a Settings) -> Self {
        Self { client, settings }
    }

    /// The sources that the token allows to read, and those that it does not.
    pub(super) async fn allowed(&self, sources: Vec<Source>) -> Result<(Vec<Allowed>, Vec<Denied>), ExportError> {
        let (mut allowed, mut denied) = (Vec::new(), Vec::new());
        for source in sources {
            self.check(source, &mut allowed, &mut denied).await?;
        }
        if !denied.is_empty() && !self.settings.where_known {
            return Err(ExportError::NotAllowed(denied));
        }
        Ok((allowed, denied))
    }

    async fn check(
        &self,
        mut source: Source,
        allowed: &mut Vec<Allowed>,
        denied: &mut Vec<Denied>,
    ) -> Result<(), ExportError> {
        let mut children = Vec::new();
        for child in std::mem::take(&mut source.children) {
            match self.child(&child).await? {
                None => children.push(child),
                Some(reason) => denied.push(Denied { resource: child.name, reason }),
            }
        }
        source.children = children;
        let (mut by_time, mut lacks) = (None, None);
        if let Some(operation) = source.by_time {
            match self.may(operation).await? {
                Ok(checked) => by_time = Some(checked),
                Err(missing) => lacks = Some(missing),
            }
        }
        let list = self.may(source.list).await?;
        let of_each = match source.each {
            Some(Each::Record { operation, .. }) => match desk_sdk::operation(operation) {
                Some(operation) => self.may(operation).await?.err(),
                None => None,
            },
            _ => None,
        };
        match (of_each, &by_time, list) {
            (Some(missing), ..) => denied.push(Denied { resource: source.name, reason: need(&missing) }),
            (None, None, Err(missing)) => {
                let reason = need_for_all(&missing, lacks.as_deref());
                denied.push(Denied { resource: source.name, reason });
            }
            (None, _, list) => allowed.push(Allowed { source, by_time, list: list.ok(), lacks }),
        }
        Ok(())
    }

    /// Why a list of each record may not be read.
    async fn child(&self, child: &ChildSource) -> Result<Option<String>, ExportError> {
        for operation in [Some(child.operation), child.files.map(|(operation, _)| operation)].into_iter().flatten() {
            if let Err(missing) = self.may(operation).await? {
                return Ok(Some(need(&missing)));
            }
        }
        Ok(None)
    }

    /// Whether an operation may be called, or which scopes it lacks.
    async fn may(&self, operation: &'static Operation) -> Result<Result<Checked, Box<MissingScopes>>, ExportError> {
        match self.client.check(operation).await {
            Ok(checked) => Ok(Ok(checked)),
            Err(Error::MissingScopes(missing)) => Ok(Err(Box::new(missing))),
            Err(error @ Error::RiskNotAllowed { .. }) => {
                let problem = format!("{} is not exported, because it may change something: {error}", operation.id);
                Err(ExportError::usage(problem))
            }
            Err(error) => Err(ExportError::desk(format!("cannot tell whether {} is allowed", operation.id))(error)),
        }
    }

    /// What will be done, and what Desk refuses.
    pub(super) async fn plan(
        &self,
        allowed: Vec<Allowed>,
        manifest: &Manifest,
    ) -> Result<(Vec<Task>, Vec<Denied>), ExportError> {
        let mut starts = Vec::new();
        // All that can be wrong without a call is told before the first one.
        for one in allowed {
            let known = manifest.resources().get(&one.source.name);
            let start = Start::of(&one.source.name, known, self.settings)?;
            if let Start::Resume(Place { too_deep: true, .. }) = start {
                let with = known.and_then(|known| desk_sdk::operation(&known.operation)).unwrap_or(one.source.list);
                return Err(depth::error(&one.source, with, self.settings));
            }
            starts.push((start, known.map(|known| known.operation.as_str()), one));
        }
        let (mut tasks, mut refused) = (Vec::new(), Vec::new());
        for (start, known, one) in starts {
            let name = one.source.name.clone();
            match self.task(start, known, one, manifest).await {
                Ok(task) => tasks.push(task),
                Err(error) if self.settings.where_known && error.of_desk().is_some_and(Error::is_forbidden) => {
                    let reason = error.of_desk().map(told).unwrap_or_default();
                    refused.push(Denied { resource: name, reason });
                }
                Err(error) => return Err(error),
            }
        }
        Ok((tasks, refused))
    }

    async fn task(
        &self,
        start: Start,
        known: Option<&str>,
        one: Allowed,
        manifest: &Manifest,
    ) -> Result<Task, ExportError> {
        let Allowed { source, by_time, list, lacks } = one;
        let listed = list.map(|checked| (source.list, checked));
        let timed = source.by_time.zip(by_time);
        // An export goes on with the operation that it was begun with.
        let usual = [timed.clone(), listed.clone()];
        let same = usual.iter().flatten().find(|(operation, _)| known == Some(operation.id)).cloned();
        let Some((operation, checked)) = same.or(timed).or(listed) else {
            return Err(ExportError::usage(format!("{} cannot be read", source.name)));
        };
        let limited = depth::told(&source, operation, lacks.as_deref());
        let mut note = limited.clone();
        let action = start.action();
        if start.wants_changes() && !walk::tells_changes(operation) {
            note = Some("it cannot tell what has changed, so it is read as a whole".to_owned());
        }
        let complete = matches!(start, Start::Complete(_));
        self.same_arguments(&source, &start)?;
        let calls = match start.calls() {
            Some(calls) => calls,
            None => self.calls(&source).await?,
        };
        let place = start.place(calls, Timestamp::now());
        let estimate = if complete { None } else { self.estimate(&source, operation, &place).await? };
        let is_short = estimate.is_some_and(|known| known.records.is_some() && !known.too_deep);
        let limited =
            limited.or_else(|| estimate.filter(|known| known.too_deep).map(|_| depth::nothing_else(operation)));
        let warning = limited.filter(|_| !complete && !is_short).map(|told| format!("{}: {told}", source.name));
        let left = if complete { 0 } else { place.calls.len().saturating_sub(place.call) };
        let own = cost::of_lists(operation, left, estimate);
        let coming = if complete { Some(0) } else { estimate.filter(|_| left == 1).and_then(|known| known.records) };
        let of_each = cost::of_children(&source, manifest, coming);
        let unknown = Cost { at_least: !source.children.is_empty(), ..Cost::default() };
        let planned = Planned {
            resource: source.name.clone(),
            operation: operation.id,
            walk: walk::described_for(operation, &place.goal),
            action,
            lists: place.calls.len(),
            estimate: estimate.filter(|_| place.calls.len() == 1),
            allowed: checked.to_string(),
            children: source.children.iter().map(|child| child.child.name.to_owned()).collect(),
            children_cost: of_each,
            note,
        };
        Ok(Task {
            walk: walk::described(operation),
            source,
            operation,
            place,
            planned,
            warning,
            cost: own.and(of_each.unwrap_or(unknown)),
        })
    }

    /// Makes sure that an export goes on with the arguments that it was begun with.
    fn same_arguments(&self, source: &Source, start: &Start) -> Result<(), ExportError> {
        let known = start.last().map(|place| place.calls.as_slice());
        match (source.each, known) {
            (None, Some(known)) if known != std::slice::from_ref(&source.arguments) => {
                let to = self.settings.to.display();
                Err(ExportError::usage(format!(
                    "{} was exported to {to} with other arguments; use the same ones, or choose another folder",
                    source.name
                )))
            }
            _ => Ok(()),
        }
    }

    /// The arguments of each call.
    async fn calls(&self, source: &Source) -> Result<Vec<Map<String, Value>>, ExportError> {
        let with = |parameter: &str, value: &str| {
            let mut arguments = source.arguments.clone();
            arguments.insert(parameter.to_owned(), value.into());
            arguments
        };
        match source.each {
            None => Ok(vec![source.arguments.clone()]),
            Some(Each::Value { parameter, values }) => Ok(values.iter().map(|value| with(parameter, value)).collect()),
            Some(Each::Record { parameter, operation, field }) => {
                let mut records = self.client.invoke(operation, Value::Null).all();
                let mut calls = Vec::new();
                while let Some(record) = records.next().await {
                    let what = || format!("cannot tell what {} has to be read for", source.name);
                    let record = record.map_err(|error| ExportError::desk(what())(error))?;
                    match &record[field] {
                        Value::String(value) => calls.push(with(parameter, value)),
                        Value::Number(value) => calls.push(with(parameter, &value.to_string())),
                        _ => {}
                    }
                }
                Ok(calls)
            }
            Some(_) => Err(ExportError::usage(format!("this program does not know how to read {}", source.name))),
        }
    }

    /// What the rest of the first list will cost. It is asked for all lists, because Desk may refuse to be asked.
    async fn estimate(
        &self,
        source: &Source,
        operation: &'static Operation,
        place: &Place,
    ) -> Result<Option<Estimate>, ExportError> {
        let Some(arguments) = place.calls.get(place.call) else { return Ok(None) };
        let position = place.position.as_ref();
        let mut pages = walk::pages(self.client, operation, arguments.clone(), &place.goal, position);
        if let Some(limit) = self.settings.limit {
            pages = pages.limit(usize::try_from(limit).unwrap_or(usize::MAX));
        }
        let estimate = pages.estimate().await;
        estimate.map(Some).map_err(|error| match root(&error) {
            Error::InvalidCall(_) | Error::UnknownArgument(_) | Error::Walk(_) => {
                ExportError::usage(format!("{} cannot be read: {error}", source.name))
            }
            _ => ExportError::desk(format!("cannot read {}", source.name))(error),
        })
    }

    /// Credits may be too few even for a plan.
    pub(super) fn ended(&self, error: ExportError) -> Result<Outcome, ExportError> {
        match error.of_desk() {
            Some(reason) if is_about_credits(reason) => Ok(Outcome::Credits(reason.to_string())),
            _ => Err(error),
        }
    }
}

/// The scopes that an operation needs, and how to do without looking for the organization.
fn need(missing: &MissingScopes) -> String {
    let needs = format!("{} needs {}", missing.operation.id, depth::sets(&missing.missing).unwrap_or_default());
    match missing.organization_for {
        Some(asked) => {
            format!("{asked} needs an organization, and to find one, {needs}; or name it with --organization ID")
        }
        None => needs,
    }
}

/// As [`need`], with what reading any number of records takes as well.
fn need_for_all(missing: &MissingScopes, by_time: Option<&MissingScopes>) -> String {
    let needs = need(missing);
    let further = by_time.filter(|_| missing.organization_for.is_none()).and_then(|by_time| {
        let least =
            missing.missing.iter().flat_map(|known| by_time.missing.iter().map(|set| depth::beyond(set, known)));
        depth::sets(&[least.min_by_key(Vec::len)?])
    });
    match further {
        Some(further) => format!("{needs}, and {further} for more than some 5,000 records"),
        None => needs,
    }
}
