//! The changelog's section of what is not released yet.

use anyhow::{Result, bail};

/// The section of what is not released yet.
const UNRELEASED: &str = "## [Unreleased]";

/// The headings of a section, in the order in which they stand.
const HEADINGS: [&str; 6] = ["Changed", "Added", "Deprecated", "Removed", "Fixed", "Security"];

/// What is new, by the heading under which it stands.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Entries {
    pub(super) changed: Vec<String>,
    pub(super) added: Vec<String>,
    pub(super) removed: Vec<String>,
}

impl Entries {
    fn under(&self, heading: &str) -> &[String] {
        match heading {
            "Changed" => &self.changed,
            "Added" => &self.added,
            "Removed" => &self.removed,
            _ => &[],
        }
    }
}

/// The changelog with entries at the end of the lists of what is not released yet.
pub(super) fn add(changelog: &str, entries: &Entries) -> Result<String> {
    let Some(start) = line_starts(changelog).find(|at| changelog[*at..].starts_with(UNRELEASED)) else {
        bail!("CHANGELOG.md has no section `{UNRELEASED}`; add one above the newest version");
    };
    let inside = start + UNRELEASED.len();
    let end = line_starts(changelog).find(|at| *at > inside && changelog[*at..].starts_with("## "));
    let (before, rest) = changelog.split_at(inside);
    let (section, after) = rest.split_at(end.map_or(rest.len(), |end| end - inside));
    let after = if after.is_empty() { String::new() } else { format!("\n\n{after}") };
    let section =
        HEADINGS.iter().fold(section.to_owned(), |section, heading| listed(&section, heading, entries.under(heading)));
    let end = if after.is_empty() { "\n" } else { "" };
    Ok(format!("{before}{}{end}{after}", section.trim_end()))
}

/// A section with more under one of its headings.
fn listed(section: &str, heading: &str, entries: &[String]) -> String {
    // An update that is made once more says nothing twice.
    let lines =
        entries.iter().map(|entry| format!("{}\n", item(entry))).filter(|line| !section.contains(line.as_str()));
    let lines: String = lines.collect();
    if lines.is_empty() {
        return section.to_owned();
    }
    let known = |heading: &str| {
        let title = format!("### {heading}");
        line_starts(section).find(|at| section[*at..].lines().next().is_some_and(|line| line.trim_end() == title))
    };
    let next = |at: usize| {
        line_starts(section).find(|start| *start > at && section[*start..].starts_with("### ")).unwrap_or(section.len())
    };
    match known(heading) {
        Some(at) => {
            let (list, rest) = section.split_at(next(at));
            let gap = if rest.is_empty() { "" } else { "\n" };
            format!("{}\n{lines}{gap}{rest}", list.trim_end())
        }
        None => {
            // After the last heading that stands before it.
            let earlier = HEADINGS.iter().take_while(|other| **other != heading).filter_map(|other| known(other)).max();
            let first = line_starts(section).find(|at| section[*at..].starts_with("### ")).unwrap_or(section.len());
            let (list, rest) = section.split_at(earlier.map_or(first, next));
            let gap = if rest.is_empty() { "" } else { "\n" };
            format!("{}\n\n### {heading}\n\n{lines}{gap}{rest}", list.trim_end())
        }
    }
}

/// An entry as an item of a list, its further lines below the first.
fn item(entry: &str) -> String {
    format!("- {}", entry.trim().replace('\n', "\n  "))
}

/// Where the lines of a text start.
fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Entries {
        Entries { changed: vec!["c".into()], added: vec!["a".into(), "b\nmore".into()], removed: vec!["r".into()] }
    }

    #[test]
    fn entries_join_the_lists_of_what_is_not_released() {
        let before = "\
# Changelog

## [Unreleased]

Words about it.

### Changed

- old change

### Security

- old safety

## [0.1.0] - 2026-01-01

### Added

- all
";
        let after = "\
# Changelog

## [Unreleased]

Words about it.

### Changed

- old change
- c

### Added

- a
- b
  more

### Removed

- r

### Security

- old safety

## [0.1.0] - 2026-01-01

### Added

- all
";
        assert_eq!(add(before, &entries()).unwrap(), after);
        assert_eq!(add(before, &Entries::default()).unwrap(), before);
        assert_eq!(add(after, &entries()).unwrap(), after);
    }

    #[test]
    fn a_section_without_anything_gets_its_lists() {
        let lists = "### Changed\n\n- c\n\n### Added\n\n- a\n- b\n  more\n\n### Removed\n\n- r\n";
        assert_eq!(add("## [Unreleased]\n", &entries()).unwrap(), format!("## [Unreleased]\n\n{lists}"));
        let released = "## [1.0.0]\n";
        let both = format!("## [Unreleased]\n\n{lists}\n{released}");
        assert_eq!(add(&format!("## [Unreleased]\n\n{released}"), &entries()).unwrap(), both);
    }

    #[test]
    fn without_the_section_nothing_is_written() {
        let error = add("# Changelog\n\n## [0.1.0]\n", &entries()).unwrap_err();
        assert!(error.to_string().contains("no section `## [Unreleased]`"), "{error}");
    }
}
