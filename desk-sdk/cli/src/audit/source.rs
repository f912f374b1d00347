//! Reads the files of a program: each target's root, and what its modules lead to.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::Problem;
use super::ir::ItemKind;
use super::lower::{Lowered, file};
use super::manifest::{Packages, normal};
use super::name::Name;
use super::nesting::STACK;

/// More than people write into a file.
const LARGEST: u64 = 16 << 20;

/// A file that was read.
#[derive(Debug)]
pub(super) struct SourceFile {
    pub(super) path: PathBuf,
    bytes: usize,
    pub(super) lowered: Lowered,
    /// The files of its modules and of `include!`, by the module of this file that declares them and the item's number.
    pub(super) children: HashMap<Item, usize>,
}

/// All files, by their numbers; those of the targets are found by their paths.
#[derive(Debug, Default)]
pub(super) struct Sources {
    pub(super) files: Vec<SourceFile>,
    pub(super) roots: HashMap<PathBuf, usize>,
    pub(super) problems: Vec<Problem>,
    /// How long all of them are.
    pub(super) bytes: usize,
}

/// An item of a file: the number of its module, and its number there.
type Item = (u32, usize);

/// A file that is to be read: its path, and whether its modules are beside it instead of in a folder of its name.
type Wanted = (PathBuf, bool);

/// Reads everything that the targets lead to.
pub(super) fn read(packages: &Packages) -> Sources {
    let mut sources = Sources::default();
    let mut known: HashMap<Wanted, usize> = HashMap::new();
    let roots = packages.packages.iter().flat_map(|package| &package.targets).map(|target| (target.root.clone(), true));
    let mut wanted: Vec<Wanted> = Vec::new();
    for root in roots {
        let next = known.len();
        if let std::collections::hash_map::Entry::Vacant(place) = known.entry(root.clone()) {
            place.insert(next);
            sources.roots.insert(root.0.clone(), next);
            wanted.push(root);
        }
    }
    // The files of a level are read at once, then those that they lead to.
    while !wanted.is_empty() {
        let first = sources.files.len();
        for read in in_parallel(&wanted, first) {
            let (file, problem) = read;
            sources.problems.extend(problem);
            sources.bytes += file.bytes;
            sources.files.push(file);
        }
        let mut next: Vec<Wanted> = Vec::new();
        for (number, (_, beside)) in (first..).zip(std::mem::take(&mut wanted)) {
            let (children, problems) = children(&sources.files[number], beside);
            sources.problems.extend(problems);
            for (key, child) in children {
                let candidate = known.len();
                let number_of_child = *known.entry(child.clone()).or_insert_with(|| {
                    next.push(child);
                    candidate
                });
                sources.files[number].children.insert(key, number_of_child);
            }
        }
        wanted = next;
    }
    sources
}

fn in_parallel(wanted: &[Wanted], first: usize) -> Vec<(SourceFile, Option<Problem>)> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(wanted.len()));
    let threads = thread::available_parallelism().map_or(1, usize::from).min(wanted.len());
    let work = || loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let Some((path, _)) = wanted.get(number) else { return };
        let read = read_file(path, (first + number) as u32);
        done.lock().unwrap_or_else(PoisonError::into_inner).push((number, read));
    };
    thread::scope(|scope| {
        let started =
            (0..threads).filter(|_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).is_ok());
        // Where no thread can be had, this one does it.
        if started.count() == 0 {
            work();
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, read)| read).collect()
}

fn read_file(path: &Path, number: u32) -> (SourceFile, Option<Problem>) {
    let mut bytes = 0;
    let read = text(path).and_then(|text| {
        bytes = text.len();
        file(number, &text)
            .map_err(|error| Problem::new(path, error.problem).at(error.line as u32, error.column as u32 + 1))
    });
    let (lowered, problem) = match read {
        Ok(lowered) => (lowered, None),
        Err(problem) => (Lowered::default(), Some(problem)),
    };
    (SourceFile { path: path.to_owned(), bytes, lowered, children: HashMap::new() }, problem)
}

/// The text of a file, if it is one that can be read.
pub(super) fn text(path: &Path) -> Result<String, Problem> {
    let problem = |problem: String| Problem::new(path, problem);
    let about = fs::metadata(path).map_err(|error| problem(format!("cannot be read: {error}")))?;
    if !about.is_file() {
        return Err(problem("is not a file".to_owned()));
    }
    if about.len() > LARGEST {
        return Err(problem(format!("is larger than {} MiB", LARGEST >> 20)));
    }
    let bytes = fs::read(path).map_err(|error| problem(format!("cannot be read: {error}")))?;
    String::from_utf8(bytes).map_err(|_| problem("is not text (UTF-8)".to_owned()))
}

/// The files that a file leads to.
fn children(file: &SourceFile, beside: bool) -> (Vec<(Item, Wanted)>, Vec<Problem>) {
    let folder = file.path.parent().map(Path::to_owned).unwrap_or_default();
    let own = match beside {
        true => folder.clone(),
        false => folder.join(file.path.file_stem().unwrap_or_default()),
    };
    let (mut children, mut problems) = (Vec::new(), Vec::new());
    for (number, module) in (0..).zip(&file.lowered) {
        for (index, item) in module.items.iter().enumerate() {
            let (place, found) = match &item.kind {
                ItemKind::Include(name, place) => {
                    let path = normal(&folder.join(name.text()));
                    (
                        place,
                        there(&path)
                            .map(|path| (path, beside))
                            .ok_or_else(|| format!("there is no {}", path.display())),
                    )
                }
                ItemKind::Outline { name, path, place, may_lack } => {
                    let inner = module.folders.iter().fold(own.clone(), |folder, part| folder.join(part.text()));
                    let base = if module.folders.is_empty() { &folder } else { &inner };
                    match outline(*name, *path, base, &inner) {
                        Err(_) if *may_lack => continue,
                        found => (place, found),
                    }
                }
                _ => continue,
            };
            match found {
                Ok(child) => children.push(((number, index), child)),
                Err(problem) => {
                    problems.push(Problem::new(&file.path, problem).at(place.line(), place.column()));
                }
            }
        }
    }
    (children, problems)
}

/// Where the module of another file is.
fn outline(name: Name, path: Option<Name>, base: &Path, inner: &Path) -> Result<Wanted, String> {
    if let Some(path) = path {
        let path = normal(&base.join(path.text()));
        return there(&path).map(|path| (path, true)).ok_or_else(|| format!("there is no {}", path.display()));
    }
    let (file, folder) = (inner.join(format!("{}.rs", name.text())), inner.join(name.text()).join("mod.rs"));
    match (there(&normal(&file)), there(&normal(&folder))) {
        (Some(path), _) => Ok((path, false)),
        (None, Some(path)) => Ok((path, true)),
        (None, None) => {
            let name = name.text();
            Err(format!("the module `{name}` has no file: neither {} nor {}", file.display(), folder.display()))
        }
    }
}

fn there(path: &Path) -> Option<PathBuf> {
    path.is_file().then(|| path.to_owned())
}
