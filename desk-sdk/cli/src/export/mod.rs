//! Exports whole lists of records as files: what is exported and how, the job that does it, and what it tells.
//!
//! A resource is read page by page, and its files are finished at the end of a page. The manifest is saved only after
//! the files that it then names are whole, together with the position after their last page. An export that ends at any
//! moment, whatever ends it, can therefore be continued without losing or doubling a record.

mod attachments;
mod children;
mod cost;
mod depth;
mod error;
mod job;
mod notes;
mod parents;
mod place;
mod plan;
mod report;
mod settings;
mod source;
mod start;
mod stop;
mod walk;

use desk_sdk::Client;

pub use self::error::{Denied, ExportError};
pub use self::report::{Bars, Cost, Event, JsonLines, Lines, Planned, Progress, Report, counted, shown};
pub use self::settings::{Changes, Settings, Wanted};
pub(crate) use self::source::likely;
pub use self::source::{ChildSource, Source, sources};
pub use self::stop::Stop;
pub use self::walk::time;

use self::job::Job;
use self::plan::Planner;
use crate::table::{Folder, Owner};

/// How an export ends that does not fail.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// Everything is there.
    Complete,
    /// As many records are there as were wanted; there may be more.
    Limited,
    /// It only told what it would do.
    Told,
    /// It was asked to end. It can be continued.
    Interrupted,
    /// The day's credits are spent, or only those are left that the client keeps in reserve. It can be continued.
    Credits(String),
}

impl Outcome {
    /// Whether something is left to do.
    fn goes_on(&self) -> bool {
        matches!(self, Self::Complete | Self::Limited)
    }
}

/// Exports what is wanted. `address` is that of Desk, which the manifest keeps.
///
/// # Errors
///
/// See [`ExportError`]. What the manifest names is whole, whatever happens, and the export can be continued.
pub async fn export(
    client: &Client,
    address: &str,
    settings: &Settings,
    report: &mut dyn Report,
    stop: &Stop,
) -> Result<Outcome, ExportError> {
    let sources = sources(&settings.wanted, &settings.children, settings.files)?;
    let planner = Planner::new(client, settings);
    let Some(allowed) = stop.unless(planner.allowed(sources)).await else { return Ok(Outcome::Interrupted) };
    let (allowed, denied) = allowed?;
    let looked_up = stop.unless(client.organization()).await;
    let Some(organization) = looked_up else { return Ok(Outcome::Interrupted) };
    let organization = organization.map_err(ExportError::desk("cannot find the organization"))?;
    let owner = Owner::new(organization.as_str(), address);
    // Telling what would be done writes nothing, not even a lock.
    let (folder, manifest) = match settings.dry_run {
        true => (None, Folder::look(&settings.to, &owner)?),
        false => {
            let folder = Folder::open(&settings.to)?;
            let manifest = folder.manifest(&owner)?;
            (Some(folder), manifest)
        }
    };
    let planned = stop.unless(planner.plan(allowed, &manifest)).await;
    let Some(planned) = planned else { return Ok(Outcome::Interrupted) };
    let (tasks, refused) = match planned {
        Err(error) => return planner.ended(error),
        Ok(planned) => planned,
    };
    for one in denied.iter().chain(&refused) {
        report.tell(&Event::Skipped { resource: &one.resource, reason: &one.reason });
    }
    for task in &tasks {
        report.tell(&Event::Planned(&task.planned));
    }
    if let Some(total) = tasks.iter().map(|task| task.cost).reduce(Cost::and) {
        report.tell(&Event::Total(total));
    }
    for warning in notes::warnings(&tasks, settings, &manifest) {
        report.tell(&Event::Warning(&warning));
    }
    match folder {
        Some(folder) => Job::new(client, settings, folder, manifest, report, stop).run(&tasks).await,
        None => Ok(Outcome::Told),
    }
}
