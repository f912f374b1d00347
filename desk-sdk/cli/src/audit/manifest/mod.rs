//! What cargo would build, by its manifests; cargo itself is not run.

mod dependencies;
mod find;
mod folders;
mod glob;
mod link;
mod locked;
mod targets;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use toml_edit::{Document, TableLike};

pub(super) use self::find::find;
pub(super) use self::folders::sources;
use super::Problem;
use super::name::Name;

/// The packages that are audited, with what was wrong.
#[derive(Debug, Default)]
pub(super) struct Packages {
    pub(super) packages: Vec<Package>,
    pub(super) problems: Vec<Problem>,
    /// Where a `desk-scopes.toml` is looked for: the folder of each workspace or package that was named.
    pub(super) roots: Vec<PathBuf>,
    /// If files were named: only what is in these counts.
    pub(super) only: BTreeSet<PathBuf>,
}

impl Packages {
    /// Whether the files that were named are only a part of their packages, or of what is in their folders.
    pub(super) fn is_part(&self) -> bool {
        let of_lone = |file: &PathBuf| self.packages.iter().any(|one| one.is_lone && one.targets[0].root == *file);
        let has_others = |file: &PathBuf| {
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            folders::beside(folder).iter().any(|other| !self.only.contains(&normal(other)))
        };
        self.only.iter().any(|file| !of_lone(file) || has_others(file))
    }
}

/// What code calls the SDK, unless a manifest says otherwise.
pub(super) const SDK_NAME: &str = "desk_sdk";

/// A package, or a file that belongs to none.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub(super) name: String,
    /// The folder of its manifest.
    pub(super) folder: PathBuf,
    pub(super) targets: Vec<Target>,
    /// By the names under which its code knows them.
    pub(super) dependencies: BTreeMap<Name, Dependency>,
    /// The features of the SDK that it asks for.
    pub(super) features: BTreeSet<String>,
    /// Whether it is a file that belongs to no package.
    pub(super) is_lone: bool,
}

impl Package {
    /// Whether it is the SDK itself, whose library is no use of it.
    pub(super) fn is_sdk(&self) -> bool {
        self.name == find::SDK
    }
}

/// Something that is compiled from a root file.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) root: PathBuf,
    pub(super) kind: TargetKind,
    /// What its code is called by others; only a library is.
    pub(super) name: Name,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TargetKind {
    Library,
    Program,
    /// A build script.
    Build,
    /// A test, a benchmark or an example.
    Test,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dependency {
    /// The SDK.
    Sdk,
    /// The library of the program `desk`.
    Cli,
    /// Another package, by its number.
    Own(usize),
    /// One whose source is not there, and that has nothing of the SDK.
    Foreign,
    /// One whose source is not there, and of which nothing is known.
    Absent,
    /// One whose source is not there, and that depends on the SDK.
    Leading,
}

/// A manifest that was read.
struct Manifest {
    file: PathBuf,
    folder: PathBuf,
    document: Document<String>,
}

impl Manifest {
    fn read(folder: &Path) -> Result<Self, Problem> {
        let file = folder.join("Cargo.toml");
        let text =
            fs::read_to_string(&file).map_err(|error| Problem::new(&file, format!("cannot be read: {error}")))?;
        let document = Document::parse(text.clone()).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            Problem::new(&file, format!("is not TOML: {}", error.message().trim())).at(line as u32, column as u32)
        })?;
        Ok(Self { file, folder: folder.to_owned(), document })
    }

    fn table(&self, name: &str) -> Option<&dyn TableLike> {
        self.document.get(name)?.as_table_like()
    }

    fn package_name(&self) -> Option<&str> {
        self.table("package")?.get("name")?.as_str()
    }
}

/// The texts of a list.
fn texts(table: &dyn TableLike, name: &str) -> Vec<String> {
    let list = table.get(name).and_then(toml_edit::Item::as_array);
    list.into_iter().flatten().filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

/// A path without `.` and `..`, as far as that can be told without asking the disk.
pub(super) fn normal(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(normal.components().next_back(), Some(Component::Normal(_))) => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    if normal.as_os_str().is_empty() { PathBuf::from(".") } else { normal }
}
