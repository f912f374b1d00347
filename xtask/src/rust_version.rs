//! `cargo xtask rust-version`: checks that no dependency needs a newer Rust than the project declares.

use std::fmt;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::files::Tree;
use crate::printing::outln;

pub(crate) fn run() -> Result<ExitCode> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["metadata", "--locked", "--all-features", "--format-version", "1"]);
    let output = command.current_dir(Tree::project().root()).output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let metadata: Metadata =
        serde_json::from_slice(&output.stdout).context("cannot read the output of cargo metadata")?;
    let report = Report::of(&metadata)?;
    outln!("{report}");
    Ok(if report.newer.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The relevant part of `cargo metadata`: every package of Cargo.lock that any target or feature needs.
#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    version: String,
    /// Where it comes from; `None` if it is the project's own.
    source: Option<String>,
    rust_version: Option<Version>,
}

impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

/// A version of Rust, such as 1.90 or 1.85.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
struct Version([u32; 3]);

impl TryFrom<String> for Version {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut parts = [0; 3];
        let mut written = text.split('.');
        for (part, text) in parts.iter_mut().zip(&mut written) {
            *part = text.parse().map_err(|_| format!("{text:?} is not part of a Rust version"))?;
        }
        if written.next().is_some() { Err(format!("{text:?} is not a Rust version")) } else { Ok(Self(parts)) }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}")?;
        if patch > 0 { write!(f, ".{patch}") } else { Ok(()) }
    }
}

/// The requirements of the dependencies.
#[derive(Debug)]
struct Report<'m> {
    declared: Version,
    dependencies: usize,
    /// How many of them do not declare one.
    silent: usize,
    newest: Option<Version>,
    /// Those that need a newer version than declared.
    newer: Vec<(Version, &'m Package)>,
}

impl<'m> Report<'m> {
    fn of(metadata: &'m Metadata) -> Result<Self> {
        let (own, others): (Vec<_>, Vec<_>) = metadata.packages.iter().partition(|package| package.source.is_none());
        let mut declared: Option<Version> = None;
        for package in own {
            let version = package.rust_version.with_context(|| format!("{package} declares no rust-version"))?;
            declared = Some(declared.map_or(version, |least| least.min(version)));
        }
        let declared = declared.context("cargo metadata lists no package of the project")?;
        let versions = || others.iter().filter_map(|package| Some((package.rust_version?, *package)));
        Ok(Self {
            declared,
            dependencies: others.len(),
            silent: others.len() - versions().count(),
            newest: versions().map(|(version, _)| version).max(),
            newer: versions().filter(|(version, _)| *version > declared).collect(),
        })
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { declared, dependencies, silent, newest, newer } = self;
        for (version, package) in newer {
            writeln!(f, "error: {package} needs Rust {version}; the project declares {declared}")?;
        }
        if !newer.is_empty() {
            writeln!(f, "  help: keep an older release in Cargo.lock, or raise `rust-version` in Cargo.toml")?;
        }
        let newest = newest.map_or_else(|| "none".to_owned(), |newest| format!("{newest} at most"));
        write!(f, "Rust {declared} is declared; {dependencies} dependencies need {newest}, {silent} do not say")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn package(name: &str, registry: bool, rust_version: Value) -> Value {
        let source = registry.then_some("registry+https://example.com/index");
        json!({"name": name, "version": "1.0.0", "source": source, "rust_version": rust_version, "edition": "2024"})
    }

    fn metadata(packages: &[Value]) -> Metadata {
        serde_json::from_value(json!({"packages": packages, "target_directory": "target"})).unwrap()
    }

    #[test]
    fn dependencies_up_to_the_declared_version_are_counted() {
        let metadata = metadata(&[
            package("own", false, json!("1.90")),
            package("old", true, json!("1.9")),
            package("same", true, json!("1.90.0")),
            package("silent", true, Value::Null),
        ]);
        let report = Report::of(&metadata).unwrap();
        assert!(report.newer.is_empty());
        assert_eq!(report.to_string(), "Rust 1.90 is declared; 3 dependencies need 1.90 at most, 1 do not say");
    }

    #[test]
    fn what_is_newer_than_the_least_that_is_declared_is_named() {
        let metadata = metadata(&[
            package("own", false, json!("1.90")),
            package("older", false, json!("1.89.1")),
            package("patch", true, json!("1.89.2")),
            package("next", true, json!("2.0")),
            package("fits", true, json!("1.89.1")),
        ]);
        let report = Report::of(&metadata).unwrap().to_string();
        let lines: Vec<_> = report.lines().collect();
        assert_eq!(lines[0], "error: patch 1.0.0 needs Rust 1.89.2; the project declares 1.89.1");
        assert_eq!(lines[1], "error: next 1.0.0 needs Rust 2.0; the project declares 1.89.1");
        assert_eq!(lines.len(), 4, "{report}");
    }

    #[test]
    fn a_package_of_ours_that_declares_nothing_is_an_error() {
        let nothing = metadata(&[package("own", false, Value::Null)]);
        assert_eq!(Report::of(&nothing).unwrap_err().to_string(), "own 1.0.0 declares no rust-version");
        assert!(Report::of(&metadata(&[])).is_err());
        for text in ["1.x", "1.2.3.4", "", "1.90-beta"] {
            assert!(Version::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
