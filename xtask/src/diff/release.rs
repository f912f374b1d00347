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
    /// The release that the old spec follows, or is; none before the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<Version>,
    /// The version to release.
    pub(crate) to: Version,
    /// The version that the manifest has by now.
    pub(crate) now: Version,
}

/// Where a spec stands among the releases. What was raised since the last one is no release: of two changes that follow
/// it, the second needs no version of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    BeforeTheFirst,
    After(Version),
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
    /// What follows, where the manifest has the version `now`. The first of all may have any version.
    pub(super) fn after(old: Standing, level: Level, now: Version) -> Self {
        let part = Part::from(level);
        match old {
            Standing::BeforeTheFirst => Self { part, from: None, to: now.clone(), now },
            Standing::After(from) => Self { to: raised(&from, part), part, from: Some(from), now },
        }
    }

    /// The version that the manifest has to have: one that was raised already is enough.
    pub(crate) fn needed(&self) -> &Version {
        if self.is_prepared() || self.part == Part::None { &self.now } else { &self.to }
    }

    /// Whether the manifest has a version already that is high enough.
    pub(crate) fn is_prepared(&self) -> bool {
        self.now >= self.to && self.from.as_ref().is_none_or(|from| self.now > *from)
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
pub(super) fn version(manifest: &str) -> Result<Version> {
    let document = Document::parse(manifest).context("Cargo.toml is not TOML")?;
    let package = document.get("workspace").and_then(|workspace| workspace.get("package"));
    let version = package.and_then(|package| package.get("version")).and_then(|version| version.as_str());
    let version = version.context("Cargo.toml has no workspace.package.version")?;
    Version::parse(version).with_context(|| format!("Cargo.toml: {version:?} is not a version such as 0.1.0"))
}

/// The highest version that a changelog has a section for: `## [0.2.0] - 2026-01-01`, also without brackets or with a `v`.
pub(super) fn released(changelog: &str) -> Option<Version> {
    let name = |line: &str| {
        let name = line.strip_prefix("## ")?.trim_start().trim_start_matches('[');
        let name = name.split([']', ' ', '\t']).next()?.trim_start_matches('v');
        Version::parse(name).ok()
    };
    changelog.lines().filter_map(name).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(from: &str, level: Level, now: &str) -> Release {
        let [from, now] = [from, now].map(|text| Version::parse(text).unwrap());
        Release::after(Standing::After(from), level, now)
    }

    fn next(version: &str, level: Level) -> String {
        after(version, level, version).to.to_string()
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
        let prepared = |level, now: &str| after("0.1.0", level, now).is_prepared();
        assert!(prepared(Level::Breaking, "0.2.0") && prepared(Level::Compatible, "0.2.0"));
        assert!(!prepared(Level::Breaking, "0.1.1") && !prepared(Level::None, "0.1.0"));
        // A second change after the last release, from 1.0.0 on and before: not 1.6.0, not 0.1.2.
        assert_eq!(after("1.4.0", Level::Compatible, "1.5.0").needed().to_string(), "1.5.0");
        assert_eq!(after("0.1.0", Level::Documentation, "0.1.1").needed().to_string(), "0.1.1");
        assert_eq!(after("1.4.0", Level::Breaking, "1.5.0").needed().to_string(), "2.0.0");
        // The first of all.
        let first = Release::after(Standing::BeforeTheFirst, Level::Breaking, Version::new(0, 1, 0));
        assert!(first.is_prepared() && first.needed() == &first.now);
    }

    #[test]
    fn the_last_release_is_that_of_the_highest_version() {
        assert_eq!(released("## [Unreleased]\n"), None);
        let two = "## [Unreleased]\n\n## [0.10.0] - 2026-02-02\n\n## [0.9.1] - 2026-01-01\n";
        assert_eq!(released(two), Some(Version::new(0, 10, 0)));
        for other in ["## 1.2.0 - 2026-01-01", "## v1.2.0", "## [v1.2.0]", "## [1.2.0] [YANKED]"] {
            assert_eq!(released(other), Some(Version::new(1, 2, 0)), "{other}");
        }
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
