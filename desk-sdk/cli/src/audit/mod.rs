//! Which operations a program uses, by its source.
//!
//! | modules, each uses only those above | responsibility |
//! | --- | --- |
//! | `name`, `place`, `problem`, `ir`, `tokens`, `finding`, `nesting`, `budget` | names, places, what a program is made of, what is found, and what is too deep or takes too long |
//! | `lower` | from syn's trees to the audit's own |
//! | `manifest` | what cargo would build |
//! | `source` | the files, read in parallel |
//! | `undeclared`, `reached` | source that names the SDK without depending on it; files that no target leads to |
//! | `names` | what a name means; macros by example |
//! | `types` | what a value is |
//! | `walk` | goes through all code and notes what is used |
//! | `verdict` | against what is granted, and against a `desk-scopes.toml` |
//! | `binary` | which operations are linked into a compiled program |
//! | `report` | as text, JSON, SARIF, or a page |
//!
//! What the source does not settle is told as such, with its place and the reason. Nothing is run, and nothing is
//! expanded that the source does not have the rules of.

mod binary;
mod budget;
mod finding;
mod ir;
mod lower;
mod manifest;
mod name;
mod names;
mod nesting;
mod place;
mod problem;
mod reached;
mod report;
mod source;
mod tokens;
mod types;
mod undeclared;
mod verdict;
mod walk;

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;
use std::thread;

use desk_sdk::Operation;

use crate::scopes::likely;

pub use self::binary::Linked;
pub use self::finding::How;
pub use self::problem::Problem;
pub use self::report::{Compared, html, json, sarif, text};
pub use self::verdict::{Accepted, Choice, LOCK, Level, Lock, Miscounted, Notice, Rule, Verdict};

use self::finding::Why;
use self::manifest::{Dependency, find, normal};
use self::names::World;
use self::place::Place;

/// For so many names that no operation has, the one that is probably meant is looked for: that takes long.
const MOST_SUGGESTIONS: usize = 20;

/// A place where an operation is used.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding {
    /// The operation; an alias counts as its operation.
    pub operation: &'static Operation,
    /// How it is used.
    pub how: How,
    /// How it is written there.
    pub written: String,
    /// Where.
    pub place: Position,
    /// Whether it is code that only runs in tests, examples or benchmarks.
    pub test: bool,
    /// Why it may be no use, if it may be none.
    pub doubt: Option<String>,
}

/// A place where a call is made whose operation cannot be seen.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Unseen {
    /// How it is written there: `invoke`, `request`.
    pub written: String,
    /// Why it cannot be seen.
    pub reason: String,
    /// What is wrong with it, if it certainly fails.
    pub wrong: Option<Wrong>,
    /// Where.
    pub place: Position,
    /// Whether it is code that only runs in tests, examples or benchmarks.
    pub test: bool,
}

/// Why a call certainly fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wrong {
    /// No operation has its name.
    Name,
    /// The client refuses its path.
    Path,
}

/// Where something stands in a program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Position {
    /// The file, as it was named.
    pub file: PathBuf,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
    /// The function or the module, such as `bot::tools::run`.
    pub function: String,
}

/// What a program uses.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Audit {
    /// The uses, by place.
    pub findings: Vec<Finding>,
    /// The calls that cannot be seen, by place.
    pub unseen: Vec<Unseen>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// How many files were read.
    pub files: usize,
    /// How many source files no target leads to.
    pub unreached: usize,
    /// The folders of the workspaces and packages that were named.
    pub roots: Vec<PathBuf>,
    /// The folders of the packages that were read, the SDK's own apart.
    pub packages: Vec<PathBuf>,
    /// Whether only files were named that are a part of what a `desk-scopes.toml` is for.
    pub is_part: bool,
    /// Whether one of these packages depends on the SDK.
    pub depends: bool,
    /// Where a package names the SDK that does not depend on it.
    pub undeclared: Vec<Position>,
    /// How many steps it took: expressions, types and names that were looked at. A program, and each function of it, has
    /// so many; what is left when they are used up is told as what cannot be seen.
    pub steps: u64,
    /// The families of operations that the program enables; `full` stands for all of them.
    pub features: BTreeSet<String>,
}

impl Audit {
    /// Reads the source of workspaces, packages and files.
    pub fn of(paths: &[PathBuf]) -> Self {
        // Long chains of calls go deep.
        thread::scope(|scope| {
            let work = || Self::here(paths);
            let thread = thread::Builder::new().stack_size(nesting::STACK).spawn_scoped(scope, work);
            match thread.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(audit)) => audit,
                Ok(Err(panicked)) => std::panic::resume_unwind(panicked),
                Err(_) => Self::here(paths),
            }
        })
    }

    fn here(paths: &[PathBuf]) -> Self {
        let mut packages = find(paths);
        let roots: BTreeSet<PathBuf> = packages.roots.drain(..).map(|root| normal(&root)).collect();
        let roots = roots.into_iter().collect();
        let mut read = source::read(&packages);
        let features: BTreeSet<String> =
            packages.packages.iter().flat_map(|package| package.features.clone()).collect();
        let own = packages.packages.iter().filter(|package| !package.is_sdk());
        let folders: Vec<PathBuf> = own.clone().map(|package| package.folder.clone()).collect();
        let is_sdk =
            |dependency: &Dependency| matches!(dependency, Dependency::Sdk | Dependency::Cli | Dependency::Leading);
        let depends = own.clone().flat_map(|package| package.dependencies.values()).any(is_sdk);
        // A crate whose source is not there may enable them.
        let leads = own.flat_map(|package| package.dependencies.values()).any(|one| *one == Dependency::Leading);
        let is_part = !packages.only.is_empty() && packages.is_part();
        let undeclared = undeclared::undeclared(&packages, &read);
        let mut world = World::new(&packages, &read);
        let files = read.files.len();
        let mut problems = std::mem::take(&mut packages.problems);
        problems.append(&mut read.problems);
        problems.append(&mut world.problems);
        drop(read);
        let walked = walk::walk(&mut world, leads || features.contains("by-name"));
        // Bodies include files as well.
        problems.extend(reached::unread(&packages, &world.files));
        let unreached = reached::unreached(&packages, &world.files);
        let only: HashSet<PathBuf> = packages.only.iter().cloned().collect();
        let wanted = |place: &Place| {
            let file = world.files.get(place.file() as usize);
            place.line() > 0 && file.is_some_and(|file| only.is_empty() || only.contains(file))
        };
        let position = |place: Place, function: String| Position {
            file: world.files[place.file() as usize].clone(),
            line: place.line(),
            column: place.column(),
            function,
        };
        let mut findings: Vec<Finding> = Vec::new();
        for found in walked.found.into_iter().filter(|found| wanted(&found.place)) {
            let operation = found.operation.alias_of.and_then(desk_sdk::operation).unwrap_or(found.operation);
            let place = position(found.place, found.function);
            let finding::Found { how, written, test, doubt, .. } = found;
            findings.push(Finding { operation, how, written, place, test, doubt });
        }
        let hidden = walked.hidden.into_iter().filter(|hidden| wanted(&hidden.place));
        let mut suggestions = MOST_SUGGESTIONS;
        let mut unseen: Vec<Unseen> = hidden
            .map(|hidden| {
                let (wrong, reason) = match hidden.why {
                    Why::Told(told) => (None, told),
                    Why::Refused(told) => (Some(Wrong::Path), told),
                    Why::UnknownName(name) => {
                        let known = (suggestions > 0).then(|| desk_sdk::operations().map(|known| known.id));
                        suggestions = suggestions.saturating_sub(1);
                        let meant = known.and_then(|known| likely(name.text(), known));
                        let suggestion = meant.map_or_else(String::new, |id| format!(" (did you mean {id}?)"));
                        (Some(Wrong::Name), format!("no operation is called `{}`{suggestion}", name.text()))
                    }
                };
                let place = position(hidden.place, hidden.function);
                Unseen { written: hidden.written, reason, wrong, place, test: hidden.test }
            })
            .collect();
        each_once(&mut findings, &mut unseen);
        let (packages, steps) = (folders, world.budget.taken());
        Self {
            findings,
            unseen,
            problems,
            files,
            unreached,
            roots,
            packages,
            is_part,
            depends,
            undeclared,
            steps,
            features,
        }
    }

    /// The operations that are used for certain; those of tests only if they are wanted.
    pub fn operations(&self, tests: bool) -> Vec<&'static Operation> {
        let sure = self.findings.iter().filter(|finding| finding.doubt.is_none() && (tests || !finding.test));
        distinct(sure)
    }
}

/// The operations of findings, each once, sorted.
fn distinct<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<&'static Operation> {
    let mut operations: Vec<&'static Operation> = findings.map(|finding| finding.operation).collect();
    operations.sort_by_key(|operation| operation.id);
    operations.dedup_by_key(|operation| operation.id);
    operations
}

/// A file may belong to several targets, and what is code in one of them is no test.
fn each_once(findings: &mut Vec<Finding>, unseen: &mut Vec<Unseen>) {
    findings.sort_by(|a, b| {
        let key = |one: &Finding| (one.operation.id, one.doubt.is_some(), one.how, one.test);
        a.place.cmp_spot(&b.place).then_with(|| key(a).cmp(&key(b)))
    });
    findings.dedup_by(|later, first| {
        let same = first.place.cmp_spot(&later.place).is_eq() && first.operation.id == later.operation.id;
        first.test &= !same || later.test;
        same
    });
    unseen.sort_by(|a, b| a.place.cmp_spot(&b.place).then_with(|| (&a.written, a.test).cmp(&(&b.written, b.test))));
    unseen.dedup_by(|later, first| {
        first.place.cmp_spot(&later.place).is_eq() && first.written == later.written && first.reason == later.reason
    });
}

impl Position {
    fn cmp_spot(&self, other: &Self) -> std::cmp::Ordering {
        (&self.file, self.line, self.column).cmp(&(&other.file, other.line, other.column))
    }
}
