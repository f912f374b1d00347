//! Checks families and the modules in them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Checker, is_identifier};
use crate::diagnostic::Location;
use crate::load::Family;
use crate::lock::{BlockKind, LOCK};

/// Names that a family cannot have.
const RESERVED: &[&str] =
    &["by_name", "crate", "default", "full", "mod", "redis", "routes", "scopes", "self", "super", "type", "types"];

/// Names that a module cannot have: Rust allows no file of that name, or uses it for another file.
const RESERVED_MODULES: &[&str] = &["crate", "mod", "self", "super"];

impl Checker<'_> {
    pub(super) fn families(&mut self) {
        let loaded = self.loaded;
        // The number of families each module is in.
        let mut homes: BTreeMap<&str, usize> = BTreeMap::new();
        for module in loaded.families.iter().flat_map(|(family, _)| &family.modules) {
            *homes.entry(module).or_default() += 1;
        }
        self.modules(&homes);
        let mut names = BTreeSet::new();
        for (family, location) in &loaded.families {
            if !names.insert(&family.name) {
                let problem = format!("two families have the name {}", family.name);
                self.fail(location.join("name"), problem, "merge their modules into one");
            }
            self.family(family, location, &homes);
        }
    }

    /// Checks that every module with operations has a valid name and a family.
    fn modules(&mut self, homes: &BTreeMap<&str, usize>) {
        let loaded = self.loaded;
        let mut reported = BTreeSet::new();
        for listed in &loaded.spec.operations {
            let module = listed.module.as_str();
            let location = loaded.operation_location(&listed.operation.id);
            let unfit = !is_identifier(module) || RESERVED_MODULES.contains(&module);
            if unfit && reported.insert(module) {
                let help =
                    "small letters, digits and underscores, starting with a letter, and not a reserved word of Rust";
                self.fail(location.clone(), format!("{module:?} is not a valid module name"), help);
            }
            if !homes.contains_key(module) && reported.insert(module) {
                let help = "add the module to a family in spec/local/families.json";
                self.fail(Location::file(&location.file), format!("module {module} belongs to no family"), help);
            }
        }
    }

    fn family(&mut self, family: &Family, location: &Location, homes: &BTreeMap<&str, usize>) {
        if RESERVED.contains(&family.name.as_str()) {
            let help = "the name is reserved by the manifest, the generated files or Rust";
            self.fail(location.join("name"), format!("{:?} is not a valid feature name", family.name), help);
        }
        if !is_identifier(&family.name) {
            let help = "small letters, digits and underscores, starting with a letter";
            self.fail(location.join("name"), format!("{:?} is not a valid feature name", family.name), help);
        }
        let read = self.loaded.spec.operations.iter().map(|listed| listed.module.as_str());
        let known: BTreeSet<_> = read.chain(self.unread.modules.iter().map(String::as_str)).collect();
        for (index, module) in family.modules.iter().enumerate() {
            let location = location.join("modules").join(index.to_string());
            if !known.contains(module.as_str()) {
                let problem = format!("there is no module {module} with operations");
                self.fail(location, problem, "remove it, or fix its name");
            } else if homes.get(module.as_str()).is_some_and(|count| *count > 1) {
                self.fail(location, format!("module {module} is in two families"), "keep it in one");
            } else if let Some(locked) = self.loaded.lock.block(BlockKind::Module, module)
                && !locked.gone
                && locked.at != family.name
            {
                let problem = format!("module {module} is in {} according to {LOCK}", locked.at);
                let help = format!(
                    "put it back; or, since everything in it gets another path, write `module {module} {}` there",
                    family.name
                );
                self.fail(location, problem, &help);
            }
        }
    }
}
