//! The lists that each record of a resource has, read for several records at once.

use std::time::Instant;

use desk_sdk::by_name::record_shape;
use desk_sdk::{Client, Error, Shape};
use futures_util::StreamExt as _;
use serde::Deserialize as _;
use serde_json::{Map, Value};

use super::Outcome;
use super::attachments::Downloads;
use super::error::{ExportError, is_about_credits, root};
use super::job::{Job, is_due};
use super::parents;
use super::place::ChildPlace;
use super::plan::Task;
use super::report::{Event, Progress, counted};
use super::source::{ChildSource, add_field, with_fields};
use super::start;
use super::walk::{self, CREATED};
use crate::table::{Dataset, FileEntry, Limits, Part, run_of};

/// The parents after which files are finished, even if they are small: what an interruption may cost in calls.
const PARENTS: u64 = 5_000;

/// The field that says where a downloaded attachment lies.
const FILE: &str = "file";

/// What is being written of a list of each record, and how far its parents are done.
struct Writing<'t> {
    child: &'t ChildSource,
    walk: String,
    dataset: Dataset,
    part: Part,
    place: ChildPlace,
    /// Parents and credits that are not in the manifest yet.
    parents: u64,
    credits: u64,
    limits: Limits,
    progress: Progress,
    started: Instant,
    saved: Instant,
    /// Parents that are gone, or that the token's user may not see.
    gone: u64,
}

/// What was read for a parent.
struct Read {
    records: Vec<Value>,
    credits: u64,
    gone: bool,
}

impl Job<'_> {
    /// Makes sure that the manifest knows a list of each record.
    pub(super) fn known_child(&mut self, task: &Task, child: &ChildSource) -> Result<(), ExportError> {
        let dataset = self.child_dataset(child, task.place.run)?;
        self.manifest.resource(&dataset, child.operation.id, &described(task, child))?;
        Ok(())
    }

    fn child_dataset(&self, child: &ChildSource, run: u32) -> Result<Dataset, ExportError> {
        let mut added = vec![child.child.key];
        added.extend(child.files.map(|_| FILE));
        let shape = with_fields(record_shape(child.operation.id).unwrap_or(Shape::Json), &added);
        let dataset = Dataset::new(&self.folder, &child.name, self.settings.format, &shape)?;
        let timed = shape.field(CREATED) == Some(&Shape::Time);
        Ok(if timed { dataset.with_time(CREATED) } else { dataset }.in_run(run))
    }

    /// Exports a list of each record, for all files of records that are in the manifest.
    pub(super) async fn children(&mut self, task: &Task, child: &ChildSource) -> Result<Outcome, ExportError> {
        let Some(parent) = self.manifest.resources().get(&task.source.name) else { return Ok(Outcome::Complete) };
        let (files, all_parents) = (parent.files.clone(), parent.finished);
        let place = self.child_place(child)?;
        let first = match &place {
            None => 0,
            Some(place) => files.iter().position(|file| file.path == place.file).ok_or_else(|| {
                start::broken(&child.name, &self.settings.to, &format!("{} is not there any more", place.file))
            })?,
        };
        if let Some(downloads) = Downloads::of(child, self.folder.root()) {
            downloads.clean()?;
        }
        let mut writing = self.child_writing(task, child, place.unwrap_or_default())?;
        let mut outcome = Ok(Outcome::Complete);
        for file in &files[first..] {
            outcome = self.of_file(&mut writing, file).await;
            if !matches!(outcome, Ok(Outcome::Complete)) {
                break;
            }
        }
        // Even if reading fails, what was read is kept; a file that could not be written cannot be continued.
        if !matches!(outcome, Err(ExportError::Table(_))) {
            self.child_checkpoint(&mut writing, all_parents && matches!(outcome, Ok(Outcome::Complete)))?;
        }
        if outcome.as_ref().is_ok_and(Outcome::goes_on) {
            writing.progress.elapsed = writing.started.elapsed();
            self.report.tell(&Event::Finished(&writing.progress));
        }
        if writing.gone > 0 {
            let Writing { gone, child, .. } = writing;
            let (are, they) = if gone == 1 { ("is", "it was") } else { ("are", "they were") };
            let text = format!(
                "{}: {} {are} gone, or hidden from this token's user; {they} left out",
                child.name,
                counted(gone, "record")
            );
            self.report.tell(&Event::Warning(&text));
        }
        outcome
    }

    fn child_place(&self, child: &ChildSource) -> Result<Option<ChildPlace>, ExportError> {
        let known = self.manifest.resources().get(&child.name).map(|known| &known.position);
        let Some(position) = known.filter(|position| !position.is_null()) else { return Ok(None) };
        let place = ChildPlace::deserialize(position);
        place.map(Some).map_err(|error| start::broken(&child.name, &self.settings.to, &error.to_string()))
    }

    fn child_writing<'t>(
        &self,
        task: &Task,
        child: &'t ChildSource,
        place: ChildPlace,
    ) -> Result<Writing<'t>, ExportError> {
        let dataset = self.child_dataset(child, run_of(&place.file).unwrap_or(1))?;
        let limits = self.limits(&dataset, true);
        Ok(Writing {
            child,
            walk: described(task, child),
            part: dataset.part(&self.manifest, limits),
            dataset,
            place,
            parents: 0,
            credits: 0,
            limits,
            progress: Progress::new(&child.name, None),
            started: Instant::now(),
            saved: Instant::now(),
            gone: 0,
        })
    }

    /// Reads the lists of the records in a file.
    async fn of_file(&mut self, writing: &mut Writing<'_>, file: &FileEntry) -> Result<Outcome, ExportError> {
        if writing.place.file != file.path {
            let run = run_of(&file.path).unwrap_or(1);
            if run_of(&writing.place.file) != Some(run) {
                // Files of one run may not hold records of another.
                self.child_checkpoint(writing, false)?;
                writing.dataset = self.child_dataset(writing.child, run)?;
                writing.part = writing.dataset.part(&self.manifest, writing.limits);
            }
            writing.place = ChildPlace { file: file.path.clone(), parents: 0 };
        }
        let ids = parents::ids(&self.folder.root().join(&file.path), self.settings.format)?;
        let done = usize::try_from(writing.place.parents).unwrap_or(usize::MAX);
        let folder = self.folder.root().to_owned();
        let downloads = Downloads::of(writing.child, &folder);
        let (client, child) = (self.client, writing.child);
        let lists = ids.into_iter().skip(done).map(|id| of_parent(client, child, downloads.as_ref(), id));
        let mut lists = futures_util::stream::iter(lists).buffered(self.settings.parallel.max(1));
        loop {
            let Some(next) = self.stop.unless(lists.next()).await else { return Ok(Outcome::Interrupted) };
            let read = match next {
                None => return Ok(Outcome::Complete),
                Some(Ok(read)) => read,
                Some(Err(ExportError::Desk { source, .. })) if is_about_credits(&source) => {
                    return Ok(Outcome::Credits(root(&source).to_string()));
                }
                Some(Err(error)) => return Err(error),
            };
            writing.progress.records += u64::try_from(read.records.len()).unwrap_or_default();
            writing.progress.credits += read.credits;
            writing.credits += read.credits;
            writing.gone += u64::from(read.gone);
            writing.part.write(read.records)?;
            writing.place.parents += 1;
            writing.parents += 1;
            writing.progress.elapsed = writing.started.elapsed();
            self.report.tell(&Event::Progress(&writing.progress));
            if writing.parents >= PARENTS || is_due(&writing.part, self.settings, writing.saved) {
                self.child_checkpoint(writing, false)?;
            }
        }
    }

    /// Completes the files, and saves the manifest that names them.
    fn child_checkpoint(&mut self, writing: &mut Writing<'_>, finished: bool) -> Result<(), ExportError> {
        let next = writing.dataset.part(&self.manifest, writing.limits);
        let files = std::mem::replace(&mut writing.part, next).finish()?;
        let (dataset, child) = (&writing.dataset, writing.child);
        let known = self.manifest.resource(dataset, child.operation.id, &writing.walk)?;
        let begun = !writing.place.file.is_empty();
        let position = begun.then(|| serde_json::to_value(&writing.place).unwrap_or_default());
        known.add(files.clone(), position.unwrap_or_default());
        known.credits += std::mem::take(&mut writing.credits);
        known.finished = finished;
        writing.parents = 0;
        self.folder.save(&self.manifest)?;
        writing.saved = Instant::now();
        // The next files come after those that are now in the manifest.
        writing.part = dataset.part(&self.manifest, writing.limits);
        for file in &files {
            self.report.tell(&Event::File { resource: &child.name, file });
        }
        Ok(())
    }
}

/// How a list of each record is read, for the manifest.
fn described(task: &Task, child: &ChildSource) -> String {
    format!("{} of each of {}", walk::described(child.operation), task.source.name)
}

/// Reads the list of one record. Nothing is left of a record that was deleted after it was read.
async fn of_parent(
    client: &Client,
    child: &ChildSource,
    downloads: Option<&Downloads<'_>>,
    id: Option<String>,
) -> Result<Read, ExportError> {
    let mut read = Read { records: Vec::new(), credits: 0, gone: false };
    let Some(id) = id else {
        read.gone = true;
        return Ok(read);
    };
    let arguments = Map::from_iter([(child.child.parent.to_owned(), Value::from(id.as_str()))]);
    let mut pages = client.invoke(child.operation.id, Value::Object(arguments)).all().pages();
    while let Some(page) = pages.next().await {
        match page {
            Ok(page) => read.records.extend(page.into_records()),
            Err(error) if is_gone(&error) => {
                read.gone = true;
                break;
            }
            Err(error) => return Err(ExportError::desk(format!("cannot read {} of {id}", child.name))(error)),
        }
    }
    read.credits = pages.credits_spent();
    for record in &mut read.records {
        add_field(record, child.child.key, &id);
        if let Some(downloads) = downloads
            && let Some(path) = downloads.download(client, &id, record).await?
        {
            add_field(record, FILE, &path);
        }
    }
    Ok(read)
}

/// Whether a record is not there any more, or hidden from the token's user.
pub(super) fn is_gone(error: &Error) -> bool {
    let refused = root(error).api();
    refused.is_some_and(|refused| refused.status == 404 || (refused.status == 403 && refused.code == "FORBIDDEN"))
}
