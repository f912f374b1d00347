//! What `use …::*` brings in, and what macros and `include!` do.

use std::collections::HashSet;
use std::sync::Arc;

use super::lookup::MOST_CIRCLES;
use super::{Def, Glob, Space, World};
use crate::audit::name::Name;

/// More modules than the globs of one lead to that people write.
const MOST_GLOBS: usize = 1_000;

impl World {
    /// A name that a glob brings in.
    pub(super) fn by_glob(&mut self, module: u32, name: Name, space: Space) -> Option<Def> {
        let globs = self.globs(module);
        let mut found = None;
        for glob in globs.iter() {
            let def = match *glob {
                Glob::Module(other) if other != module => self.declared_there(other, name, space),
                Glob::Module(_) => None,
                Glob::Enum(structure) => self.variant(structure, name),
                Glob::Sdk(sdk) => self.catalogue.child(sdk, name, true).map(Def::Sdk),
            };
            match def {
                Some(Def::Sdk(_)) => return def,
                def => found = found.or(def),
            }
        }
        found
    }

    /// Everything that the globs of a module lead to, also by way of others.
    fn globs(&mut self, module: u32) -> Arc<[Glob]> {
        if let Some(known) = self.closures.get(&module) {
            return Arc::clone(known);
        }
        if !self.searching.insert(module) {
            self.circles += 1;
            self.circle.is_wrong = true;
            return Arc::new([]);
        }
        let before = self.circles;
        let (mut reached, mut seen) = (Vec::new(), HashSet::from([Glob::Module(module)]));
        let mut next = vec![module];
        while let Some(current) = next.pop() {
            for included in self.modules[current as usize].included.clone() {
                if seen.insert(Glob::Module(included)) {
                    reached.push(Glob::Module(included));
                    next.push(included);
                }
            }
            for import in self.modules[current as usize].globs.clone() {
                let glob = match self.resolve(current, &import.path, import.global, Space::Types) {
                    Some((Def::Module(other), taken)) if taken == import.path.len() => Glob::Module(other),
                    Some((Def::Structure(structure), taken)) if taken == import.path.len() => Glob::Enum(structure),
                    Some((Def::Sdk(sdk), _)) => Glob::Sdk(sdk),
                    _ => continue,
                };
                if reached.len() >= MOST_GLOBS {
                    self.budget.lose();
                    break;
                }
                if seen.insert(glob) {
                    reached.push(glob);
                    if let Glob::Module(other) = glob {
                        next.push(other);
                    }
                }
            }
        }
        self.searching.remove(&module);
        let reached: Arc<[Glob]> = reached.into();
        if self.circles == before || self.searching.is_empty() || self.circles > MOST_CIRCLES {
            self.closures.insert(module, Arc::clone(&reached));
        }
        reached
    }
}
