//! The version of the project's packages, in the root manifest and in the lock file.

use anyhow::{Context, Result};
use semver::Version;
use toml_edit::{DocumentMut, Item, Value};

/// The root manifest and the lock file with another version for the project's packages.
pub(super) fn raise(manifest: &str, lock: &str, from: &Version, to: &Version) -> Result<(String, String)> {
    Ok((raise_manifest(manifest, from, to)?, raise_lock(lock, from, to)?))
}

fn raise_manifest(text: &str, from: &Version, to: &Version) -> Result<String> {
    let mut manifest: DocumentMut = text.parse().context("Cargo.toml is not TOML")?;
    let workspace = manifest.get_mut("workspace").context("Cargo.toml has no workspace")?;
    let version = workspace.get_mut("package").and_then(|package| package.get_mut("version"));
    // A key that is missing can be borrowed as nothing.
    set(version.filter(|version| version.is_str()).context("Cargo.toml has no workspace.package.version")?, to);
    let dependencies = workspace.get_mut("dependencies").and_then(Item::as_table_like_mut);
    for (_, dependency) in dependencies.into_iter().flat_map(|dependencies| dependencies.iter_mut()) {
        let own = dependency.get("path").is_some();
        if let Some(version) = dependency.get_mut("version").filter(|version| own && names(version, from)) {
            set(version, to);
        }
    }
    Ok(manifest.to_string())
}

/// Packages without a source are the project's.
fn raise_lock(text: &str, from: &Version, to: &Version) -> Result<String> {
    let mut lock: DocumentMut = text.parse().context("Cargo.lock is not TOML")?;
    let packages =
        lock.get_mut("package").and_then(Item::as_array_of_tables_mut).context("Cargo.lock has no packages")?;
    for package in packages.iter_mut().filter(|package| !package.contains_key("source")) {
        if let Some(version) = package.get_mut("version").filter(|version| names(version, from)) {
            set(version, to);
        }
    }
    Ok(lock.to_string())
}

fn names(version: &Item, known: &Version) -> bool {
    version.as_str() == Some(known.to_string().as_str())
}

/// Replaces a version, with the spaces and comments around it kept.
fn set(item: &mut Item, version: &Version) {
    let mut new = Value::from(version.to_string());
    if let Some(old) = item.as_value() {
        *new.decor_mut() = old.decor().clone();
    }
    *item = Item::Value(new);
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "\
[workspace.package]
version = \"0.1.0\" # of all packages
edition = \"2024\"

[workspace.dependencies]
# Another's, which happens to have the same version.
other = { version = \"0.1.0\", features = [\"a\"] }
own = { path = \"own\", version = \"0.1.0\" }
aside = { path = \"aside\", version = \"3.0.0\" }
";

    const LOCK: &str = "\
version = 4

[[package]]
name = \"other\"
version = \"0.1.0\"
source = \"registry+https://github.com/rust-lang/crates.io-index\"

[[package]]
name = \"own\"
version = \"0.1.0\"
dependencies = [
 \"other\",
]
";

    #[test]
    fn only_the_projects_own_packages_are_raised() {
        let (manifest, lock) = raise(MANIFEST, LOCK, &Version::new(0, 1, 0), &Version::new(0, 2, 0)).unwrap();
        let changed = MANIFEST
            .replace("version = \"0.1.0\" # of", "version = \"0.2.0\" # of")
            .replace("\"own\", version = \"0.1.0\"", "\"own\", version = \"0.2.0\"");
        assert_eq!(manifest, changed);
        assert_eq!(lock, LOCK.replace("\"own\"\nversion = \"0.1.0\"", "\"own\"\nversion = \"0.2.0\""));
    }

    #[test]
    fn what_is_no_manifest_is_told() {
        for (manifest, lock, problem) in [
            ("[", LOCK, "Cargo.toml is not TOML"),
            ("", LOCK, "Cargo.toml has no workspace"),
            ("[workspace]", LOCK, "no workspace.package.version"),
            (MANIFEST, "[", "Cargo.lock is not TOML"),
            (MANIFEST, "", "Cargo.lock has no packages"),
        ] {
            let error = raise(manifest, lock, &Version::new(0, 1, 0), &Version::new(0, 2, 0)).unwrap_err();
            assert!(error.to_string().contains(problem), "{error}, not {problem}");
        }
    }
}
