//! What a `Cargo.lock` tells about crates whose source is not there: whether they depend on the SDK.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use toml_edit::Document;

use super::Dependency;
use super::find::SDK;

/// Crates that the SDK is built on, which with that cannot depend on it; a test compares them with its manifest.
const BUILT_ON: [&str; 23] = [
    "backon",
    "base64",
    "bytes",
    "form_urlencoded",
    "futures-util",
    "getrandom",
    "http",
    "http-body",
    "httpdate",
    "jiff",
    "libc",
    "percent-encoding",
    "redis",
    "reqwest",
    "secrecy",
    "serde",
    "serde_json",
    "serde_path_to_error",
    "sha2",
    "strsim",
    "thiserror",
    "tokio",
    "tracing",
];

/// The packages that a `Cargo.lock` lists.
#[derive(Debug, Default)]
pub(super) struct Locked {
    listed: HashSet<String>,
    /// Those that depend on the SDK, also by way of others.
    leading: HashSet<String>,
}

impl Locked {
    /// Reads that of a folder; without one that can be read, nothing is known.
    pub(super) fn read(folder: &Path) -> Self {
        let text = fs::read_to_string(folder.join("Cargo.lock")).unwrap_or_default();
        Self::of(&text).unwrap_or_default()
    }

    fn of(text: &str) -> Option<Self> {
        let document = Document::parse(text).ok()?;
        let packages = document.get("package")?.as_array_of_tables()?;
        let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut listed = HashSet::new();
        for package in packages {
            let name = package.get("name")?.as_str()?;
            listed.insert(name.to_owned());
            let needs = package.get("dependencies").and_then(toml_edit::Item::as_array);
            // `name`, `name version` or `name version (source)`.
            let needs = needs.into_iter().flatten().filter_map(|one| one.as_str()?.split(' ').next());
            needs.for_each(|needed| users.entry(needed).or_default().push(name));
        }
        let (mut leading, mut next) = (HashSet::new(), vec![SDK]);
        while let Some(one) = next.pop() {
            let new = users.get(one).into_iter().flatten().filter(|user| leading.insert((**user).to_owned()));
            next.extend(new.copied());
        }
        Some(Self { listed, leading })
    }

    /// What a package is whose source is not there.
    pub(super) fn dependency(&self, package: &str) -> Dependency {
        if self.leading.contains(package) {
            return Dependency::Leading;
        }
        match self.listed.contains(package) || BUILT_ON.contains(&package) {
            true => Dependency::Foreign,
            false => Dependency::Absent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_depends_on_the_sdk_leads_to_it() {
        let text = "version = 4\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = [\n \"b 2.0.0\",\n]\n\
                    [[package]]\nname = \"b\"\nversion = \"2.0.0\"\ndependencies = [\n \"desk-sdk\",\n]\n\
                    [[package]]\nname = \"c\"\nversion = \"1.0.0\"\n[[package]]\nname = \"desk-sdk\"\nversion = \"0.1.0\"\n";
        let locked = Locked::of(text).unwrap();
        for (package, is) in [
            ("a", Dependency::Leading),
            ("b", Dependency::Leading),
            ("c", Dependency::Foreign),
            ("serde", Dependency::Foreign),
            ("d", Dependency::Absent),
        ] {
            assert_eq!(locked.dependency(package), is, "{package}");
        }
        for damaged in ["", "[[package", "package = 1", "[[package]]\nversion = \"1\""] {
            assert!(Locked::of(damaged).is_none(), "{damaged}");
        }
    }

    #[test]
    fn the_sdk_is_built_on_what_its_manifest_names() {
        let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml")).unwrap();
        let document = Document::parse(text).unwrap();
        let mut named: Vec<String> = Vec::new();
        let mut add = |table: Option<&dyn toml_edit::TableLike>| {
            named.extend(table.unwrap().iter().map(|(name, _)| name.to_owned()));
        };
        add(document["dependencies"].as_table_like());
        for (_, target) in document["target"].as_table_like().unwrap().iter() {
            add(target["dependencies"].as_table_like());
        }
        named.sort_unstable();
        assert_eq!(named, BUILT_ON);
    }
}
