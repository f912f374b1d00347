//! Which version to release.

use std::fmt;

use anyhow::{Context, Result};
use desk_codegen::diff::Level;
use semver::Version;
use serde::Serialize;
use toml_edit::Document;

/// The release that changes ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Release {
    /// How large it is.
    pub(crate) part: Part,
    /// The version that the old spec belongs to.
    pub(crate) from: Version,
    /// The version to release.
    pub(crate) to: Version,
    /// The version that the manifest has by now.
    pub(crate) now: Version,
}

/// The part of a version that semantic versioning wants raised, as if the first one were not 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Part {
    None,
    Patch,
    Minor,
    Major,
}

impl From<Level> for Part {
    fn from(level: Level) -> Self {
        match level {
            Level::None => Self::None,
            Level::Documentation => Self::Patch,
            Level::Compatible => Self::Minor,
            Level::Breaking => Self::Major,
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

impl Release {
    /// What follows the version `from`, where the manifest has the version `now`.
    pub(crate) fn after(level: Level, from: Version, now: Version) -> Self {
        let part = Part::from(level);
        Self { to: raised(&from, part), part, from, now }
    }

    /// The first of all: any version will do.
    pub(crate) fn first(level: Level, now: Version) -> Self {
        Self { part: Part::from(level), from: Version::new(0, 0, 0), to: now.clone(), now }
    }

    /// The version that the manifest has to have: one that was raised already is enough.
    pub(crate) fn needed(&self) -> &Version {
        if self.is_prepared() || self.part == Part::None { &self.now } else { &self.to }
    }

    /// Whether the manifest has a version already that is high enough.
    pub(crate) fn is_prepared(&self) -> bool {
        self.now >= self.to && self.now > self.from
    }
}

/// As cargo reads versions: the leftmost part that is not 0 is the major one.
fn raised(version: &Version, part: Part) -> Version {
    let Version { major, minor, patch, .. } = *version;
    // A release candidate becomes what it is a candidate for, or something larger.
    let candidate = !version.pre.is_empty();
    match (part, major, minor) {
        (Part::None, ..) => version.clone(),
        (Part::Major, 1.., _) if candidate && minor == 0 && patch == 0 => Version::new(major, 0, 0),
        (Part::Major, 1.., _) => Version::new(major + 1, 0, 0),
        (Part::Major, 0, 1..) if candidate && patch == 0 => Version::new(0, minor, 0),
        (Part::Major, 0, 1..) => Version::new(0, minor + 1, 0),
        (Part::Minor, 1.., _) if candidate && patch == 0 => Version::new(major, minor, 0),
        (Part::Minor, 1.., _) => Version::new(major, minor + 1, 0),
        _ if candidate => Version::new(major, minor, patch),
        _ => Version::new(major, minor, patch + 1),
    }
}

/// The version in the project's root manifest.
pub(crate) fn version(manifest: &str) -> Result<Version> {
    let document = Document::parse(manifest).context("Cargo.toml is not TOML")?;
    let package = document.get("workspace").and_then(|workspace| workspace.get("package"));
    let version = package.and_then(|package| package.get("version")).and_then(|version| version.as_str());
    let version = version.context("Cargo.toml has no workspace.package.version")?;
    Version::parse(version).with_context(|| format!("Cargo.toml: {version:?} is not a version such as 0.1.0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(version: &str, level: Level) -> String {
        let version = Version::parse(version).unwrap();
        Release::after(level, version.clone(), version).to.to_string()
    }

    #[test]
    fn the_leftmost_part_that_is_not_0_is_raised_by_what_breaks() {
        for (version, breaking, compatible, documentation) in [
            ("0.1.0", "0.2.0", "0.1.1", "0.1.1"),
            ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
            ("1.4.2", "2.0.0", "1.5.0", "1.4.3"),
            ("0.2.0-rc.1", "0.2.0", "0.2.0", "0.2.0"),
            ("2.0.0-rc.1", "2.0.0", "2.0.0", "2.0.0"),
            ("0.2.1-rc.1", "0.3.0", "0.2.1", "0.2.1"),
        ] {
            assert_eq!(next(version, Level::Breaking), breaking, "{version}");
            assert_eq!(next(version, Level::Compatible), compatible, "{version}");
            assert_eq!(next(version, Level::Documentation), documentation, "{version}");
            assert_eq!(next(version, Level::None), version);
        }
    }

    #[test]
    fn a_version_that_was_raised_already_is_enough() {
        let version = |text: &str| Version::parse(text).unwrap();
        let prepared = |level, now: &str| Release::after(level, version("0.1.0"), version(now)).is_prepared();
        assert!(prepared(Level::Breaking, "0.2.0") && prepared(Level::Compatible, "0.2.0"));
        assert!(!prepared(Level::Breaking, "0.1.1") && !prepared(Level::None, "0.1.0"));
    }

    #[test]
    fn the_version_is_found_in_the_manifest_or_what_is_wrong_is_said() {
        assert_eq!(version("[workspace.package]\nversion = '0.3.1'").unwrap(), Version::new(0, 3, 1));
        for (manifest, problem) in [
            ("[workspace", "not TOML"),
            ("[package]\nversion = '1.0.0'", "no workspace.package.version"),
            ("[workspace.package]\nversion = '1.0'", "\"1.0\" is not a version"),
        ] {
            assert!(version(manifest).unwrap_err().to_string().contains(problem), "{manifest}");
        }
    }
}
