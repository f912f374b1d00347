//! From the paths that were named to packages.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use super::dependencies::{Declared, declared, underscored};
use super::folders::{outermost, sources, unreadable};
use super::glob::folders;
use super::targets::targets;
use super::{Dependency, Manifest, Package, Packages, SDK_NAME, Target, TargetKind, normal, texts};
use crate::audit::Problem;
use crate::audit::name::Name;

/// The package that is the SDK, and the one that is its program.
pub(super) const SDK: &str = "desk-sdk";
pub(super) const CLI: &str = "desk-cli";

/// The packages that paths mean: of a workspace, of a package, or of single files.
pub(in crate::audit) fn find(paths: &[PathBuf]) -> Packages {
    let mut finder = Finder::default();
    if paths.iter().all(|path| path.is_relative()) {
        finder.current = std::env::current_dir().ok();
    }
    let absolute = |path: &Path| std::path::absolute(path).map_or_else(|_| path.to_owned(), |path| normal(&path));
    let folders =
        paths.iter().filter(|path| path.is_dir() || path.file_name().is_some_and(|name| name == "Cargo.toml"));
    let whole: Vec<PathBuf> =
        folders.map(|path| absolute(if path.is_dir() { path } else { path.parent().unwrap_or(path) })).collect();
    for path in paths {
        let path = normal(path);
        match fs::metadata(&path) {
            Err(error) => finder.problem(Problem::new(&path, format!("cannot be read: {error}"))),
            Ok(about) if about.is_dir() => finder.folder(&path),
            Ok(_) if path.file_name().is_some_and(|name| name == "Cargo.toml") => {
                finder.folder(&normal(&folder_of(&path)));
            }
            Ok(_) if path.extension().is_some_and(|end| end == "rs") => {
                let is_within = |folder: &PathBuf| absolute(&path).starts_with(folder);
                match (whole.is_empty(), whole.iter().any(is_within)) {
                    (true, _) => finder.file(&path),
                    (false, true) => {}
                    // Of files, only what is in them counts; of folders, all that they lead to.
                    (false, false) => {
                        let problem = "is a file, and folders are named as well: audit files in a run of their own";
                        finder.problem(Problem::new(&path, problem));
                    }
                }
            }
            Ok(_) => {
                let problem = "is no folder, no Cargo.toml and no .rs file: name one of these";
                finder.problem(Problem::new(&path, problem));
            }
        }
    }
    finder.link();
    finder.found
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The package whose source a folder is in; what else is in a package may be no part of it.
fn package_of_source(folder: &Path) -> Option<PathBuf> {
    let absolute = normal(&std::path::absolute(folder).ok()?);
    let package = absolute.ancestors().skip(1).find(|folder| folder.join("Cargo.toml").is_file())?;
    absolute.starts_with(package.join("src")).then(|| package.to_owned())
}

#[derive(Default)]
pub(super) struct Finder {
    pub(super) found: Packages,
    /// The packages by their folders, each read once.
    pub(super) known: HashMap<PathBuf, usize>,
    /// The current folder, if all paths are relative to it.
    current: Option<PathBuf>,
    /// What each package depends on, and the folder of its `Cargo.lock`.
    pub(super) declared: Vec<(Vec<Declared>, PathBuf)>,
}

impl Finder {
    fn problem(&mut self, problem: Problem) {
        if !self.found.problems.contains(&problem) {
            self.found.problems.push(problem);
        }
    }

    /// A folder with a manifest, or one in which there are such folders or files.
    fn folder(&mut self, folder: &Path) {
        if folder.join("Cargo.toml").is_file() {
            self.found.roots.push(folder.to_owned());
            return self.manifest(folder, true);
        }
        if let Some(problem) = unreadable(folder) {
            return self.problem(problem);
        }
        let inner = outermost(folder);
        if !inner.is_empty() {
            self.found.roots.push(folder.to_owned());
            return inner.iter().for_each(|folder| self.manifest(folder, true));
        }
        if let Some(package) = package_of_source(folder) {
            let problem = format!(
                "is a part of the crate in {}, which says what it depends on: audit that folder, or name the .rs files",
                package.display()
            );
            return self.problem(Problem::new(folder, problem));
        }
        let files = sources(folder);
        if files.is_empty() {
            return self
                .problem(Problem::new(folder, "has no Cargo.toml and no .rs file: name a crate or a workspace"));
        }
        self.found.roots.push(folder.to_owned());
        let is_root = |path: &&PathBuf| path.file_name().is_some_and(|name| name == "main.rs" || name == "lib.rs");
        let roots: Vec<PathBuf> = files.iter().filter(is_root).cloned().collect();
        (if roots.is_empty() { &files } else { &roots }).iter().for_each(|file| self.lone(file));
    }

    /// A file: as part of its package, if it has one.
    fn file(&mut self, file: &Path) {
        let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let package = absolute.ancestors().skip(1).find(|folder| folder.join("Cargo.toml").is_file());
        self.found.only.insert(file.to_owned());
        let Some(package) = package else {
            self.found.roots.push(folder_of(file));
            return self.lone(file);
        };
        // As it was named: relative if the file was.
        let depth = absolute.strip_prefix(package).map_or(0, |rest| rest.components().count());
        let named = file.ancestors().nth(depth).map(Path::to_owned).filter(|_| file.components().count() >= depth);
        let folder = named.map_or_else(
            || package.to_owned(),
            |named| match named.as_os_str().is_empty() {
                true => PathBuf::from("."),
                false => named,
            },
        );
        if folder == *package && file.is_relative() {
            self.found.only.insert(absolute.clone());
        }
        self.found.roots.push(folder.clone());
        self.manifest(&folder, false);
    }

    /// A file that belongs to no package.
    fn lone(&mut self, file: &Path) {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let target = Target { root: file.to_owned(), kind: TargetKind::Program, name: Name::new(&name) };
        let dependencies =
            BTreeMap::from([(Name::new(SDK_NAME), Dependency::Sdk), (Name::new(&underscored(CLI)), Dependency::Cli)]);
        let features = BTreeSet::from(["full".to_owned(), "by-name".to_owned()]);
        let folder = folder_of(file);
        self.found.packages.push(Package {
            name,
            folder,
            targets: vec![target],
            dependencies,
            features,
            is_lone: true,
        });
        self.declared.push((Vec::new(), PathBuf::new()));
    }

    /// A manifest: its package, and the members of its workspace if they are wanted.
    fn manifest(&mut self, folder: &Path, with_members: bool) {
        let manifest = match Manifest::read(folder) {
            Ok(manifest) => manifest,
            Err(problem) => return self.problem(problem),
        };
        let members = match manifest.table("workspace") {
            Some(workspace) if with_members => {
                let excluded: Vec<PathBuf> =
                    texts(workspace, "exclude").iter().map(|path| normal(&folder.join(path))).collect();
                let listed = texts(workspace, "members");
                let mut members: Vec<PathBuf> = Vec::new();
                for pattern in &listed {
                    let there =
                        folders(folder, pattern, &mut self.found.problems).into_iter().map(|path| normal(&path));
                    let there: Vec<PathBuf> = there.filter(|path| path.join("Cargo.toml").is_file()).collect();
                    if there.is_empty() && !pattern.contains(['*', '?']) {
                        let problem = format!("names the member `{pattern}`, which has no Cargo.toml");
                        self.problem(Problem::new(&manifest.file, problem));
                    }
                    members.extend(there.into_iter().filter(|path| !excluded.iter().any(|out| path.starts_with(out))));
                }
                members
            }
            _ => Vec::new(),
        };
        if manifest.package_name().is_some() {
            self.package(folder);
        } else if manifest.table("workspace").is_none() {
            self.problem(Problem::new(&manifest.file, "has neither [package] nor [workspace]"));
        }
        for member in members {
            self.package(&member);
        }
    }

    /// A folder, relative if those that were named are, so that each has one name.
    pub(super) fn as_named(&self, folder: &Path) -> PathBuf {
        let folder = normal(folder);
        let relative = self.current.as_ref().and_then(|current| folder.strip_prefix(current).ok().map(normal));
        match (relative, &self.current) {
            (Some(relative), _) => relative,
            (None, None) => std::path::absolute(&folder).map_or(folder, |folder| normal(&folder)),
            (None, Some(_)) => folder,
        }
    }

    /// The package of a folder, and those it depends on by path.
    fn package(&mut self, folder: &Path) -> Option<usize> {
        let folder = self.as_named(folder);
        if let Some(known) = self.known.get(&folder) {
            return Some(*known);
        }
        let manifest = match Manifest::read(&folder) {
            Ok(manifest) => manifest,
            Err(problem) => {
                self.problem(problem);
                return None;
            }
        };
        let name = manifest.package_name()?.to_owned();
        let number = self.found.packages.len();
        self.known.insert(folder.clone(), number);
        let workspace = workspace_of(&manifest);
        let all = declared(&manifest, workspace.as_ref());
        let mut problems = Vec::new();
        let mut targets = targets(&manifest, &mut problems);
        problems.into_iter().for_each(|problem| self.problem(problem));
        if name == SDK {
            // What it does itself is no use of it.
            targets.retain(|target| !matches!(target.kind, TargetKind::Library | TargetKind::Build));
        }
        self.found.packages.push(Package { name, folder, targets, ..Package::default() });
        let paths: Vec<PathBuf> =
            all.iter().filter(|one| one.package != SDK).filter_map(|one| one.path.clone()).collect();
        let locked = workspace.map_or(manifest.folder, |workspace| workspace.folder);
        self.declared.push((all, locked));
        for path in paths.iter().filter(|path| path.join("Cargo.toml").is_file()) {
            self.package(path);
        }
        Some(number)
    }
}

/// The workspace that a package belongs to.
fn workspace_of(manifest: &Manifest) -> Option<Manifest> {
    if manifest.document.get("workspace").is_some() {
        return Manifest::read(&manifest.folder).ok();
    }
    if let Some(root) = manifest.table("package").and_then(|table| table.get("workspace")?.as_str()) {
        return Manifest::read(&normal(&manifest.folder.join(root))).ok();
    }
    let absolute = std::path::absolute(&manifest.folder).ok()?;
    let above = absolute.ancestors().skip(1).filter(|folder| folder.join("Cargo.toml").is_file());
    above.filter_map(|folder| Manifest::read(folder).ok()).find(|found| found.document.get("workspace").is_some())
}
