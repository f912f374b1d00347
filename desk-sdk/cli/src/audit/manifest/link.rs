//! What packages depend on, now that all of them are known.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::dependencies::{Declared, underscored};
use super::find::{CLI, Finder, SDK};
use super::locked::Locked;
use super::{Dependency, SDK_NAME, TargetKind};
use crate::audit::name::Name;

impl Finder {
    /// Resolves the dependencies.
    pub(super) fn link(&mut self) {
        let own = |declared: &Declared| {
            let number = self.known.get(&self.as_named(declared.path.as_ref()?))?;
            Some(Dependency::Own(*number))
        };
        let mut linked = Vec::new();
        let mut locks: HashMap<&Path, Locked> = HashMap::new();
        for (number, (all, home)) in self.declared.iter().enumerate() {
            let mut names = BTreeMap::new();
            let mut features = BTreeSet::new();
            for declared in all {
                let dependency = match declared.package.as_str() {
                    SDK => {
                        features.extend(declared.features.iter().cloned());
                        Dependency::Sdk
                    }
                    CLI => own(declared).unwrap_or(Dependency::Cli),
                    _ => own(declared).unwrap_or_else(|| {
                        let locked = locks.entry(home).or_insert_with(|| Locked::read(home));
                        locked.dependency(&declared.package)
                    }),
                };
                // A library may be called otherwise than its package.
                let called = match dependency {
                    Dependency::Own(package) if Name::new(&underscored(&declared.package)) == declared.name => {
                        let targets = &self.found.packages[package].targets;
                        let library = targets.iter().find(|target| target.kind == TargetKind::Library);
                        library.map_or(declared.name, |library| library.name)
                    }
                    _ => declared.name,
                };
                names.insert(called, dependency);
            }
            linked.push((number, names, features));
        }
        for (number, names, features) in linked {
            let package = &mut self.found.packages[number];
            if package.name == SDK {
                package.dependencies.insert(Name::new(SDK_NAME), Dependency::Sdk);
                package.features.extend(["full".to_owned(), "by-name".to_owned()]);
            }
            let library = package.targets.iter().find(|target| target.kind == TargetKind::Library);
            if let Some(name) = library.map(|library| library.name) {
                package.dependencies.insert(name, Dependency::Own(number));
            }
            package.dependencies.extend(names);
            package.features.extend(features);
        }
    }
}
