//! The root files of a package, as cargo finds them.

use std::fs;
use std::path::{Path, PathBuf};

use toml_edit::{Item, TableLike};

use super::dependencies::underscored;
use super::folders::unreadable;
use super::{Manifest, Target, TargetKind, normal};
use crate::audit::Problem;
use crate::audit::name::Name;

/// What cargo builds, with what is declared but not there.
pub(super) fn targets(manifest: &Manifest, problems: &mut Vec<Problem>) -> Vec<Target> {
    let name = manifest.package_name().unwrap_or_default();
    let mut found: Vec<Target> = Vec::new();
    for folder in ["src", "src/bin", "examples", "tests", "benches"] {
        problems.extend(unreadable(&manifest.folder.join(folder)));
    }
    found.extend(library(manifest, name, problems));
    found.extend(build_script(manifest));
    for (section, folder, automatic, kind) in [
        ("bin", "src/bin", "autobins", TargetKind::Program),
        ("example", "examples", "autoexamples", TargetKind::Test),
        ("test", "tests", "autotests", TargetKind::Test),
        ("bench", "benches", "autobenches", TargetKind::Test),
    ] {
        let mut roots = declared(manifest, section, folder, name, problems);
        let package = manifest.table("package");
        let is_automatic = package.and_then(|table| table.get(automatic)).and_then(Item::as_bool).unwrap_or(true);
        if is_automatic {
            if section == "bin" {
                roots.extend(there(manifest.folder.join("src/main.rs")));
            }
            roots.extend(in_folder(&manifest.folder.join(folder)));
        }
        for root in roots.iter().map(|root| normal(root)) {
            if !found.iter().any(|known| known.root == root) {
                let name = Name::new(&underscored(&called(&root, name)));
                found.push(Target { root, kind, name });
            }
        }
    }
    if found.is_empty() && problems.is_empty() {
        let problem = "has nothing to compile: there is neither src/main.rs nor src/lib.rs, and no other target";
        problems.push(Problem::new(&manifest.file, problem));
    }
    found
}

/// What a program, a test or an example is called: as its file, or its folder; `src/main.rs` as the package.
fn called(root: &Path, package: &str) -> String {
    let name = |path: Option<&Path>| path.and_then(Path::file_stem).unwrap_or_default().to_string_lossy().into_owned();
    match name(Some(root)).as_str() {
        "main" => match name(root.parent()).as_str() {
            "src" | "" => package.to_owned(),
            folder => folder.to_owned(),
        },
        file => file.to_owned(),
    }
}

fn library(manifest: &Manifest, package: &str, problems: &mut Vec<Problem>) -> Option<Target> {
    let section = manifest.table("lib");
    let text = |name: &str| section.and_then(|section| section.get(name)).and_then(Item::as_str);
    let name = Name::new(&underscored(text("name").unwrap_or(package)));
    let root = normal(&manifest.folder.join(text("path").unwrap_or("src/lib.rs")));
    if root.is_file() {
        return Some(Target { root, kind: TargetKind::Library, name });
    }
    if section.is_some() {
        problems.push(Problem::new(&manifest.file, format!("declares a library, and there is no {}", root.display())));
    }
    None
}

fn build_script(manifest: &Manifest) -> Option<Target> {
    let file = match manifest.table("package").and_then(|table| table.get("build")) {
        Some(item) => item.as_str()?,
        None => "build.rs",
    };
    let root = there(normal(&manifest.folder.join(file)))?;
    Some(Target { root, kind: TargetKind::Build, name: Name::new("build_script") })
}

/// Those that the manifest declares.
fn declared(
    manifest: &Manifest,
    section: &str,
    folder: &str,
    package: &str,
    problems: &mut Vec<Problem>,
) -> Vec<PathBuf> {
    let Some(item) = manifest.document.get(section) else { return Vec::new() };
    let tables: Vec<&dyn TableLike> = match (item.as_array_of_tables(), item.as_array()) {
        (Some(tables), _) => tables.iter().map(|table| table as &dyn TableLike).collect(),
        (None, Some(list)) => {
            list.iter().filter_map(|value| Some(value.as_inline_table()? as &dyn TableLike)).collect()
        }
        (None, None) => Vec::new(),
    };
    let mut roots = Vec::new();
    for table in tables {
        let name = table.get("name").and_then(Item::as_str).unwrap_or(package);
        let at = |path: &str| normal(&manifest.folder.join(path));
        let candidates = match table.get("path").and_then(Item::as_str) {
            Some(path) => vec![at(path)],
            None => {
                let mut usual = vec![at(&format!("{folder}/{name}.rs")), at(&format!("{folder}/{name}/main.rs"))];
                if section == "bin" {
                    usual.push(at("src/main.rs"));
                }
                usual
            }
        };
        match candidates.iter().find(|path| path.is_file()) {
            Some(root) => roots.push(root.clone()),
            None => {
                let wanted = candidates.first().map(|path| path.display().to_string()).unwrap_or_default();
                let problem = format!("declares [[{section}]] `{name}`, and there is no {wanted}");
                problems.push(Problem::new(&manifest.file, problem));
            }
        }
    }
    roots
}

/// `NAME.rs` and `NAME/main.rs` in a folder.
fn in_folder(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut roots: Vec<PathBuf> = entries
        .filter_map(|path| match path.is_dir() {
            true => there(path.join("main.rs")),
            false => path.extension().is_some_and(|end| end == "rs").then_some(path),
        })
        .collect();
    roots.sort();
    roots
}

fn there(path: PathBuf) -> Option<PathBuf> {
    path.is_file().then_some(path)
}
