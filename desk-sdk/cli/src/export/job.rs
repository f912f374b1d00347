//! The job: reads what is planned, and writes it.

use std::time::{Duration, Instant};

use desk_sdk::Client;
use desk_sdk::by_name::Each;
use serde_json::{Map, Value};

use super::Outcome;
use super::depth;
use super::error::{ExportError, is_about_credits, root};
use super::place::{Goal, Place};
use super::plan::Task;
use super::report::{Event, Progress, Report};
use super::settings::Settings;
use super::source::add_field;
use super::stop::Stop;
use super::walk;
use crate::table::{Dataset, Folder, Limits, Manifest, Part};

/// The bytes after which files are finished, whatever their rows.
const FILE_BYTES: u64 = 256 * 1024 * 1024;

/// The time after which files are finished, however few their rows: what a crash may cost.
const LONGEST: Duration = Duration::from_secs(600);

/// How many files are open at once where records of any month may come, and the memory for a row group of each: ten
/// years in 100 MB.
const ANY_MONTH: (usize, usize) = (120, 256 * 1024);

/// The job.
pub(super) struct Job<'a> {
    pub(super) client: &'a Client,
    pub(super) settings: &'a Settings,
    pub(super) folder: Folder,
    pub(super) manifest: Manifest,
    pub(super) report: &'a mut dyn Report,
    pub(super) stop: &'a Stop,
}

/// What is being written of a resource, and where its reading continues.
struct Writing<'t> {
    task: &'t Task,
    dataset: Dataset,
    limits: Limits,
    part: Part,
    place: Place,
    /// Credits that are not in the manifest yet.
    credits: u64,
    /// How many more records are wanted.
    left: Option<u64>,
    progress: Progress,
    started: Instant,
    saved: Instant,
}

impl<'a> Job<'a> {
    pub(super) fn new(
        client: &'a Client,
        settings: &'a Settings,
        folder: Folder,
        manifest: Manifest,
        report: &'a mut dyn Report,
        stop: &'a Stop,
    ) -> Self {
        Self { client, settings, folder, manifest, report, stop }
    }

    /// Exports everything that is planned.
    pub(super) async fn run(&mut self, tasks: &[Task]) -> Result<Outcome, ExportError> {
        for task in tasks {
            // Whatever does not fit what is there is told before anything is read.
            let dataset = task.dataset(&self.folder, self.settings)?;
            self.manifest.resource(&dataset, task.operation.id, &task.walk)?;
            for child in &task.source.children {
                self.known_child(task, child)?;
            }
        }
        // With the resources in the manifest, leftovers of this run can be told from other people's files.
        self.folder.clean(&self.manifest)?;
        self.folder.save(&self.manifest)?;
        let mut outcome = Outcome::Complete;
        for task in tasks {
            let ended = self.resource(task).await?;
            if !ended.goes_on() {
                return Ok(ended);
            }
            if ended == Outcome::Limited {
                outcome = ended;
            }
            for child in &task.source.children {
                let ended = self.children(task, child).await?;
                if !ended.goes_on() {
                    return Ok(ended);
                }
            }
        }
        Ok(outcome)
    }

    /// Exports the records of a resource.
    async fn resource(&mut self, task: &Task) -> Result<Outcome, ExportError> {
        if task.place.call >= task.place.calls.len() && self.is_finished(&task.source.name) {
            return Ok(Outcome::Complete);
        }
        let mut writing = self.writing(task)?;
        let read = self.calls(&mut writing).await;
        // Even if reading fails, what was read is kept; a file that could not be written cannot be continued.
        if !matches!(read, Err(ExportError::Table(_))) {
            self.checkpoint(&mut writing, matches!(read, Ok(Outcome::Complete)))?;
        }
        writing.progress.elapsed = writing.started.elapsed();
        if read.as_ref().is_ok_and(Outcome::goes_on) {
            self.report.tell(&Event::Finished(&writing.progress));
        }
        read
    }

    fn is_finished(&self, name: &str) -> bool {
        self.manifest.resources().get(name).is_some_and(|known| known.finished)
    }

    fn writing<'t>(&self, task: &'t Task) -> Result<Writing<'t>, ExportError> {
        let dataset = task.dataset(&self.folder, self.settings)?;
        let limits = self.limits(&dataset, task.place.goal == Goal::All);
        let total = task.planned.estimate.and_then(|estimate| estimate.records);
        Ok(Writing {
            task,
            part: dataset.part(&self.manifest, limits),
            dataset,
            limits,
            place: task.place.clone(),
            credits: 0,
            left: self.settings.limit,
            progress: Progress::new(&task.source.name, total),
            started: Instant::now(),
            saved: Instant::now(),
        })
    }

    /// How large files may become.
    pub(super) fn limits(&self, dataset: &Dataset, in_order: bool) -> Limits {
        let limits = Limits { file_rows: self.settings.file_rows, file_bytes: FILE_BYTES, ..Limits::default() };
        if in_order || !dataset.is_by_month() {
            return limits;
        }
        let (open_files, group_bytes) = ANY_MONTH;
        Limits { open_files, group_bytes, ..limits }
    }

    /// Reads the lists that are left.
    async fn calls(&mut self, writing: &mut Writing<'_>) -> Result<Outcome, ExportError> {
        while let Some(arguments) = writing.place.calls.get(writing.place.call).cloned() {
            let outcome = self.list(writing, arguments).await?;
            if outcome != Outcome::Complete {
                return Ok(outcome);
            }
            writing.place.call += 1;
            if writing.place.call < writing.place.calls.len() {
                writing.place.position = None;
            }
        }
        Ok(Outcome::Complete)
    }

    /// Reads a list to its end.
    async fn list(&mut self, writing: &mut Writing<'_>, arguments: Map<String, Value>) -> Result<Outcome, ExportError> {
        let added = added(writing.task, &arguments);
        let (operation, place) = (writing.task.operation, &writing.place);
        let mut pages = walk::pages(self.client, operation, arguments, &place.goal, place.position.as_ref());
        if let Some(left) = writing.left {
            pages = pages.limit(usize::try_from(left).unwrap_or(usize::MAX));
        }
        let mut counted = 0;
        loop {
            if writing.left == Some(0) {
                return Ok(Outcome::Limited);
            }
            let Some(next) = self.stop.unless(pages.next()).await else { return Ok(Outcome::Interrupted) };
            let spent = pages.credits_spent();
            writing.credits += spent - counted;
            writing.progress.credits += spent - counted;
            counted = spent;
            let page = match next {
                Some(Ok(page)) => page,
                Some(Err(error)) if is_about_credits(&error) => return Ok(Outcome::Credits(root(&error).to_string())),
                Some(Err(error)) if depth::is_too_deep(&error) => {
                    writing.place.too_deep = true;
                    return Err(depth::error(&writing.task.source, operation, self.settings));
                }
                Some(Err(error)) => {
                    return Err(ExportError::desk(format!("the export of {} stopped", writing.task.source.name))(
                        error,
                    ));
                }
                None => {
                    writing.place.position = pages.position().or(writing.place.position.take());
                    return Ok(Outcome::Complete);
                }
            };
            let position = page.position().clone();
            self.write(writing, page.into_records(), added.as_ref())?;
            writing.place.position = Some(position);
            if is_due(&writing.part, self.settings, writing.saved) {
                self.checkpoint(writing, false)?;
            }
        }
    }

    fn write(
        &mut self,
        writing: &mut Writing<'_>,
        mut records: Vec<Value>,
        added: Option<&(&str, String)>,
    ) -> Result<(), ExportError> {
        if let Some((name, value)) = added {
            records.iter_mut().for_each(|record| add_field(record, name, value));
        }
        let count = u64::try_from(records.len()).unwrap_or(u64::MAX);
        writing.part.write(records)?;
        writing.left = writing.left.map(|left| left.saturating_sub(count));
        writing.progress.records += count;
        writing.progress.elapsed = writing.started.elapsed();
        self.report.tell(&Event::Progress(&writing.progress));
        Ok(())
    }

    /// Completes the files, and saves the manifest that names them.
    fn checkpoint(&mut self, writing: &mut Writing<'_>, finished: bool) -> Result<(), ExportError> {
        let (dataset, task) = (&writing.dataset, writing.task);
        let next = dataset.part(&self.manifest, writing.limits);
        let files = std::mem::replace(&mut writing.part, next).finish()?;
        let known = self.manifest.resource(dataset, task.operation.id, &task.walk)?;
        known.add(files.clone(), writing.place.to_value());
        known.credits += std::mem::take(&mut writing.credits);
        known.finished = finished;
        self.folder.save(&self.manifest)?;
        writing.saved = Instant::now();
        // The next files come after those that are now in the manifest.
        writing.part = dataset.part(&self.manifest, writing.limits);
        for file in &files {
            self.report.tell(&Event::File { resource: &task.source.name, file });
        }
        Ok(())
    }
}

/// Whether it is time to finish the files of a part.
pub(super) fn is_due(part: &Part, settings: &Settings, saved: Instant) -> bool {
    part.is_full() || part.rows() >= settings.file_rows || part.bytes() >= FILE_BYTES || saved.elapsed() >= LONGEST
}

/// The field that tells which list a record is from, where there are several.
fn added(task: &Task, arguments: &Map<String, Value>) -> Option<(&'static str, String)> {
    let parameter = task.source.each.as_ref().map(Each::parameter)?;
    Some((parameter, arguments.get(parameter)?.as_str()?.to_owned()))
}
