//! What is published has all that it is built from: every source file, and every file that a source file reads when it is
//! compiled.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

/// The packages that `cargo install` needs, each with its folder.
const PACKAGES: [(&str, &str); 4] = [
    ("desk-spec", "codegen/spec"),
    ("desk-mock", "tests/mock"),
    ("desk-sdk", "desk-sdk"),
    ("desk-cli", "desk-sdk/cli"),
];

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the repository")
}

fn packed(package: &str) -> BTreeSet<PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root()).args(["package", "--list", "--allow-dirty", "--package", package]);
    let output = cargo.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text").lines().map(PathBuf::from).collect()
}

/// The files of a folder, as paths from another one.
fn files(folder: &Path, from: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => files(&path, from, found),
            false => drop(found.insert(path.strip_prefix(from).expect("within").to_owned())),
        }
    }
}

/// The paths that a source file reads when it is compiled, but for those of its documentation's tests.
fn included(source: &str) -> impl Iterator<Item = &str> {
    source.match_indices("include_").filter_map(|(at, _)| {
        let call = &source[at..];
        let path = call.strip_prefix("include_str!(\"").or_else(|| call.strip_prefix("include_bytes!(\""))?;
        let before = &source[..at];
        let line = before.rfind('\n').map_or("", |end| before[..end].lines().last().unwrap_or_default());
        (!line.contains("cfg(doctest)")).then(|| path.split('"').next().unwrap_or_default())
    })
}

/// A path without the steps that lead out of a folder and into it again.
fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut path, step| {
        match step {
            Component::ParentDir => drop(path.pop()),
            step => path.push(step),
        }
        path
    })
}

#[test]
fn what_is_published_has_all_that_it_is_built_from() {
    for (package, folder) in PACKAGES {
        let folder = root().join(folder);
        let packed = packed(package);
        let mut needed = BTreeSet::new();
        files(&folder.join("src"), &folder, &mut needed);
        assert!(needed.len() > 3, "{package} has sources");
        if folder.join("build.rs").exists() {
            needed.insert("build.rs".into());
        }
        let sources: Vec<PathBuf> =
            needed.iter().filter(|path| path.extension().is_some_and(|end| end == "rs")).cloned().collect();
        for source in sources {
            let text = fs::read_to_string(folder.join(&source)).expect("text");
            let beside = source.parent().expect("a folder");
            needed.extend(included(&text).map(|path| plain(&beside.join(path))));
        }
        let missing: Vec<_> = needed.difference(&packed).collect();
        assert!(missing.is_empty(), "the package of {package} lacks {missing:?}");
    }
    let program = packed("desk-cli");
    for path in ["README.md", "docs/install.md", "docs/call.md"] {
        assert!(program.contains(Path::new(path)), "{path}");
    }
}

#[test]
fn what_sources_read_is_found() {
    let source = "const A: &str = include_str!(\"../a.tsv\");\n#[cfg(doctest)]\n#[doc = include_str!(\"b.md\")]\nstruct B;\n\
                  static C: &[u8] = include_bytes!(\"c\");\n";
    assert_eq!(included(source).collect::<Vec<_>>(), ["../a.tsv", "c"]);
    assert_eq!(plain(Path::new("src/spec/../spec.json")), Path::new("src/spec.json"));
}
