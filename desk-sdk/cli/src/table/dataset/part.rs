//! The files between two entries in the manifest.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use super::Dataset;
use super::names::{Month, file_name};
use crate::table::columns::{time, written};
use crate::table::error::{Result, TableError};
use crate::table::manifest::FileEntry;
use crate::table::writer::{Limits, Writer};

/// Records that are written together, so that a file hardly exceeds its limit.
const CHUNK: usize = 1000;

/// Some of a resource's files, which are added to the manifest together: all of them are whole, or none remains.
///
/// Records may come in any order. Those of a month go to one file until it is full; if too many files are open, the one
/// that was used least recently is completed.
#[derive(Debug)]
pub struct Part {
    dataset: Dataset,
    limits: Limits,
    next: u64,
    open: Vec<Open>,
    done: Vec<FileEntry>,
    /// Counts the uses of open files.
    clock: u64,
    full: bool,
    /// Whether records may be lost: what was being written when something failed.
    broken: bool,
}

/// A file being written.
#[derive(Debug)]
struct Open {
    month: Option<Month>,
    /// Its path below the root, with `/` between the parts.
    path: String,
    writer: Box<dyn Writer>,
    first: Option<i64>,
    last: Option<i64>,
    used: u64,
}

impl Part {
    pub(super) fn new(dataset: Dataset, next: u64, limits: Limits) -> Self {
        Self { dataset, limits, next, open: Vec::new(), done: Vec::new(), clock: 0, full: false, broken: false }
    }

    /// Adds records, each to the file of its month.
    ///
    /// # Errors
    ///
    /// If the disk is full, for example. The part cannot be continued then, and nothing remains of it.
    pub fn write(&mut self, rows: Vec<Value>) -> Result<()> {
        self.check()?;
        self.broken = true;
        self.sort(rows)?;
        self.broken = false;
        Ok(())
    }

    /// Whether a file has reached its limit: a good moment to finish the part.
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// How many records were written.
    pub fn rows(&self) -> u64 {
        let open: u64 = self.open.iter().map(|open| open.writer.rows()).sum();
        open + self.done.iter().map(|file| file.rows).sum::<u64>()
    }

    /// How many bytes the files have, including those that are not on the disk yet.
    pub fn bytes(&self) -> u64 {
        let open: u64 = self.open.iter().map(|open| open.writer.bytes()).sum();
        open + self.done.iter().map(|file| file.bytes).sum::<u64>()
    }

    /// Completes all files, for [`Resource::add`](crate::table::Resource::add).
    ///
    /// # Errors
    ///
    /// If the disk is full, for example. Nothing remains of the part then.
    pub fn finish(mut self) -> Result<Vec<FileEntry>> {
        self.check()?;
        while let Some(open) = self.open.pop() {
            self.complete(open)?;
        }
        let mut files = std::mem::take(&mut self.done);
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(files)
    }

    /// Writes records by month.
    fn sort(&mut self, rows: Vec<Value>) -> Result<()> {
        let mut months: BTreeMap<Option<Month>, Vec<(Option<i64>, Value)>> = BTreeMap::new();
        for row in rows {
            let field = self.dataset.time.as_deref().and_then(|field| row.get(field));
            let time = field.and_then(time);
            let month = self.dataset.by_month.then(|| Month::of(time));
            months.entry(month).or_default().push((time, row));
        }
        for (month, mut rows) in months {
            while !rows.is_empty() {
                let rest = rows.split_off(rows.len().min(CHUNK));
                self.write_to(&month, std::mem::replace(&mut rows, rest))?;
            }
        }
        Ok(())
    }

    /// Refuses to go on after a failure.
    fn check(&self) -> Result<()> {
        let path = self.dataset.root.join(&self.dataset.name);
        let reason = "an earlier failure ended these files; export the resource again".to_owned();
        if self.broken { Err(TableError::Encode { path, reason }) } else { Ok(()) }
    }

    fn write_to(&mut self, month: &Option<Month>, rows: Vec<(Option<i64>, Value)>) -> Result<()> {
        let mut open = match self.open.iter().position(|open| open.month == *month) {
            Some(index) => self.open.swap_remove(index),
            None => self.create(month.clone())?,
        };
        for time in rows.iter().filter_map(|(time, _)| *time) {
            open.first = Some(open.first.map_or(time, |first| first.min(time)));
            open.last = open.last.max(Some(time));
        }
        self.clock += 1;
        open.used = self.clock;
        open.writer.write(rows.into_iter().map(|(_, row)| row).collect())?;
        if open.writer.is_full(&self.limits) {
            self.full = true;
            return self.complete(open);
        }
        self.open.push(open);
        Ok(())
    }

    fn create(&mut self, month: Option<Month>) -> Result<Open> {
        while self.open.len() >= self.limits.open_files.max(1) {
            let oldest = self.open.iter().enumerate().min_by_key(|(_, open)| open.used).map(|(index, _)| index);
            let Some(oldest) = oldest else { break };
            let oldest = self.open.swap_remove(oldest);
            self.complete(oldest)?;
        }
        let dataset = &self.dataset;
        let name = file_name(&dataset.name, self.next, dataset.format);
        let path = format!("{}/{name}", dataset.below(month.as_ref()).join("/"));
        let target = dataset.folder(month.as_ref())?.join(name);
        let writer = dataset.format.create(&target, &dataset.columns, &self.limits)?;
        self.next += 1;
        Ok(Open { month, path, writer, first: None, last: None, used: 0 })
    }

    fn complete(&mut self, open: Open) -> Result<()> {
        let whole = open.writer.finish()?;
        self.done.push(FileEntry {
            path: open.path,
            rows: whole.rows,
            bytes: whole.bytes,
            sha256: whole.sha256,
            first: open.first.map(written),
            last: open.last.map(written),
        });
        Ok(())
    }
}

/// Files that were completed, but not all of the part, are in no manifest.
impl Drop for Part {
    fn drop(&mut self) {
        for file in &self.done {
            let _ = fs::remove_file(self.dataset.root.join(&file.path));
        }
    }
}
