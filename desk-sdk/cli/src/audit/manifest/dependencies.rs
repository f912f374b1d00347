//! The names under which a package's code knows others.

use std::collections::BTreeSet;
use std::path::PathBuf;

use toml_edit::{Item, TableLike};

use super::{Manifest, normal};
use crate::audit::name::Name;

/// A dependency as a manifest declares it.
#[derive(Debug)]
pub(super) struct Declared {
    /// What the code calls it.
    pub(super) name: Name,
    /// Its package.
    pub(super) package: String,
    /// Where it is, if it is a folder.
    pub(super) path: Option<PathBuf>,
    pub(super) features: BTreeSet<String>,
}

const SECTIONS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// All dependencies, those of targets included.
pub(super) fn declared(manifest: &Manifest, workspace: Option<&Manifest>) -> Vec<Declared> {
    let mut found = Vec::new();
    let mut add = |table: &dyn TableLike| {
        for section in SECTIONS {
            let underscored = section.replace('-', "_");
            let listed = [section, underscored.as_str()].into_iter().take(if section == underscored { 1 } else { 2 });
            for table in listed.filter_map(|section| table.get(section)?.as_table_like()) {
                found.extend(table.iter().map(|(key, item)| one(key, item, manifest, workspace)));
            }
        }
    };
    add(manifest.document.as_table());
    for (_, target) in manifest.table("target").into_iter().flat_map(|table| table.iter()) {
        if let Some(table) = target.as_table_like() {
            add(table);
        }
    }
    let switched = switched(manifest);
    for declared in &mut found {
        let of_it = switched.iter().filter(|(name, _)| Name::new(&underscored(name)) == declared.name);
        declared.features.extend(of_it.map(|(_, feature)| feature.clone()));
    }
    found
}

fn one(key: &str, item: &Item, manifest: &Manifest, workspace: Option<&Manifest>) -> Declared {
    let own = item.as_table_like();
    let inherited = own.filter(|table| table.get("workspace").and_then(Item::as_bool) == Some(true)).and_then(|_| {
        let workspace = workspace?;
        let item = workspace.table("workspace")?.get("dependencies")?.as_table_like()?.get(key)?;
        Some((item.as_table_like(), workspace))
    });
    let (spec, base) = match inherited {
        Some((spec, workspace)) => (spec, &workspace.folder),
        None => (own, &manifest.folder),
    };
    let text = |name: &str| spec.and_then(|spec| spec.get(name)).and_then(Item::as_str);
    let mut features = BTreeSet::new();
    for table in [spec, own].into_iter().flatten() {
        features.extend(super::texts(table, "features"));
    }
    let default = |table: Option<&dyn TableLike>| {
        let set = table.and_then(|table| table.get("default-features").or_else(|| table.get("default_features")));
        set.and_then(Item::as_bool)
    };
    // A member cannot take away what its workspace asks for.
    if default(spec).or_else(|| default(own)).unwrap_or(true) {
        features.insert("default".to_owned());
    }
    Declared {
        name: Name::new(&underscored(key)),
        package: text("package").unwrap_or(key).to_owned(),
        path: text("path").map(|path| normal(&base.join(path))),
        features,
    }
}

/// The features of dependencies that the package's own features turn on: `desk-sdk/data`.
fn switched(manifest: &Manifest) -> Vec<(String, String)> {
    let features = manifest.table("features").into_iter().flat_map(|table| table.iter());
    let values = features.filter_map(|(_, item)| item.as_array()).flatten();
    let named = values.filter_map(|value| value.as_str()?.split_once('/'));
    named.map(|(name, feature)| (name.trim_end_matches('?').to_owned(), feature.to_owned())).collect()
}

/// As code writes the name of a package.
pub(super) fn underscored(name: &str) -> String {
    name.replace('-', "_")
}
