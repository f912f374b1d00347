//! What a path means. Every lookup is made once.

use super::prelude::prelude;
use super::sdk::Catalogue;
use super::{Circle, Def, Entry, Memo, Sdk, Space, World};
use crate::audit::ir::Import;
use crate::audit::manifest::Dependency;
use crate::audit::name::Name;
use crate::audit::types::Ty;

/// Crates that every program knows.
const STANDARD: [&str; 4] = ["std", "core", "alloc", "proc_macro"];

/// After that many lookups that led to themselves, what they find counts as it is.
pub(super) const MOST_CIRCLES: usize = 100_000;

/// How the root of a crate is called in what a macro was expanded to.
pub(in crate::audit) const ROOT_OF: &str = "__root_of_crate_";

impl World {
    /// What a path means, as seen from a module, and how many of its segments that takes: the others are names of a
    /// type, such as functions.
    pub(in crate::audit) fn resolve(
        &mut self,
        module: u32,
        path: &[Name],
        global: bool,
        space: Space,
    ) -> Option<(Def, usize)> {
        let (first, rest) = path.split_first()?;
        let space_of = |index: usize| if index + 1 == path.len() { space } else { Space::Types };
        let mut def = match (global, first.text()) {
            (true, _) => self.root_name(module, *first)?,
            (false, "crate") => Def::Module(self.crate_of(module).root),
            (false, "self") => Def::Module(self.proper(module)),
            (false, "super") => Def::Module(self.parent(module)?),
            (false, other) => match other.strip_prefix(ROOT_OF).and_then(|number| number.parse::<usize>().ok()) {
                Some(number) => Def::Module(self.crates.get(number)?.root),
                None => self.in_scope(module, *first, space_of(0))?,
            },
        };
        for (index, name) in rest.iter().enumerate() {
            let taken = index + 1;
            def = match def {
                Def::Module(module) if name.text() == "super" => Def::Module(self.parent(module)?),
                Def::Module(module) if name.text() == "self" => Def::Module(module),
                Def::Module(module) => self.lookup(module, *name, space_of(taken))?,
                Def::Structure(number) => match self.variant(number, *name) {
                    Some(variant) => variant,
                    None => return Some((def, taken)),
                },
                Def::Sdk(sdk) if Catalogue::is_module(sdk) => Def::Sdk(self.catalogue.child(sdk, *name, false)?),
                Def::Sdk(Sdk::Other(_)) => Def::Sdk(Sdk::Other(*name)),
                Def::Foreign(_) => Def::Foreign(*name),
                Def::Absent(of, _) => Def::Absent(of, *name),
                _ => return Some((def, taken)),
            };
        }
        Some((def, path.len()))
    }

    fn parent(&self, module: u32) -> Option<u32> {
        let parent = self.modules[self.proper(module) as usize].parent?;
        Some(self.proper(parent))
    }

    pub(super) fn variant(&self, structure: u32, name: Name) -> Option<Def> {
        let decl = &self.structures[structure as usize].decl;
        let index = decl.variants.iter().position(|(known, _)| decl.is_enum && *known == name)?;
        Some(Def::Variant(structure, index as u32))
    }

    /// A name without a path: of the blocks and the module it stands in, of other crates, or of the standard library.
    fn in_scope(&mut self, module: u32, name: Name, space: Space) -> Option<Def> {
        let mut current = module;
        loop {
            if let Some(def) = self.lookup(current, name, space) {
                return Some(def);
            }
            match self.modules[current as usize].parent {
                Some(parent) if self.modules[current as usize].is_block => current = parent,
                _ => break,
            }
        }
        if let Some(def) = self.other_crate(module, name) {
            return Some(def);
        }
        // Before edition 2018, paths of `use` started at the root.
        let root = self.crate_of(module).root;
        self.lookup(root, name, space).or_else(|| prelude(name.text()).then_some(Def::Foreign(name)))
    }

    /// A name after a leading `::`.
    fn root_name(&mut self, module: u32, name: Name) -> Option<Def> {
        let root = self.crate_of(module).root;
        self.other_crate(module, name).or_else(|| self.lookup(root, name, Space::Types))
    }

    /// A crate that a package knows by a name.
    pub(in crate::audit) fn other_crate(&self, module: u32, name: Name) -> Option<Def> {
        let package = &self.packages[self.crate_of(module).package];
        match package.dependencies.get(&name) {
            Some(Dependency::Sdk) => Some(Def::Sdk(Sdk::Root)),
            Some(Dependency::Cli) => Some(Def::Sdk(Sdk::Cli)),
            Some(Dependency::Own(package)) => {
                let library = self.packages[*package].library?;
                Some(Def::Module(self.crates[library as usize].root))
            }
            Some(Dependency::Foreign) => Some(Def::Foreign(name)),
            Some(Dependency::Absent | Dependency::Leading) => Some(Def::Absent(name, name)),
            None => STANDARD.contains(&name.text()).then_some(Def::Foreign(name)),
        }
    }

    /// A name of a module: declared there, imported, or brought in by a glob.
    fn lookup(&mut self, module: u32, name: Name, space: Space) -> Option<Def> {
        let key = (module, name, space);
        match self.memo.get(&key) {
            Some(Memo::Busy) => {
                self.circles += 1;
                self.circle.met.insert(key);
                return None;
            }
            Some(Memo::Found(found)) => return *found,
            Some(Memo::Open) if !self.circle.is_exact => {
                self.circles += 1;
                self.circle.is_guessed = true;
                return None;
            }
            _ if !self.budget.goes() => return None,
            _ => {}
        }
        let before = self.circles;
        self.memo.insert(key, Memo::Busy);
        self.depth += 1;
        let found = self.declared_there(module, name, space).or_else(|| self.by_glob(module, name, space));
        self.depth -= 1;
        // In a circle, nothing may only mean that it was not finished; but not without end.
        let is_sure = found.is_some() || self.circles == before || self.depth == 0 || self.circles > MOST_CIRCLES;
        self.circle.is_wrong |= found.is_some() && self.circle.met.contains(&key);
        let is_cut = found.is_none() && self.budget.is_spent();
        self.circle.is_wrong |= is_cut;
        match is_sure {
            _ if is_cut => drop(self.memo.remove(&key)),
            true => drop(self.memo.insert(key, Memo::Found(found))),
            false => {
                self.memo.insert(key, Memo::Open);
                self.circle.open.push(key);
            }
        }
        match self.depth == 0 && self.end_circles() {
            true => self.looked_up_exactly(module, name, space),
            false => found,
        }
    }

    /// At the end of all lookups: those that found nothing because others were not finished were right, unless one of
    /// those found something. Whether what was found then is to be looked up again, without taking that for granted.
    fn end_circles(&mut self) -> bool {
        let Circle { open, is_wrong, is_guessed, is_exact, .. } = std::mem::take(&mut self.circle);
        for key in open {
            match self.memo.get(&key) {
                Some(Memo::Open) if is_wrong => drop(self.memo.remove(&key)),
                Some(Memo::Open) => drop(self.memo.insert(key, Memo::Found(None))),
                _ => {}
            }
        }
        is_wrong && is_guessed && !is_exact
    }

    fn looked_up_exactly(&mut self, module: u32, name: Name, space: Space) -> Option<Def> {
        self.memo.remove(&(module, name, space));
        self.circle.is_exact = true;
        self.lookup(module, name, space)
    }

    /// What is declared in a module; the name of a struct is also that of the function that makes it.
    pub(super) fn declared_there(&mut self, module: u32, name: Name, space: Space) -> Option<Def> {
        let found = self.declared(module, name, space);
        match space {
            Space::Values if found.is_none() => self.declared(module, name, Space::Types).filter(is_value),
            _ => found,
        }
    }

    fn declared(&mut self, module: u32, name: Name, space: Space) -> Option<Def> {
        let mut entries = self.modules[module as usize].names.get(&(name, space)).cloned().unwrap_or_default();
        // What only tests have stands for the rest if nothing else does.
        if entries.iter().any(|(_, test)| !test) {
            entries.retain(|(_, test)| !test);
        }
        let (mut found, are_several) = (None, entries.len() > 1);
        for (entry, _) in entries {
            let def = match entry {
                Entry::Def(def) => Some(def),
                Entry::Import(import) => self.imported(module, &import, space),
            };
            match def {
                // Of several, which depend on conditions, the one that leads to the SDK counts.
                Some(def) if are_several && self.leads_to_client(def) => return Some(def),
                def => found = found.or(def),
            }
        }
        found
    }

    /// Whether it is of the SDK, an alias of the client, or a struct with one as a field.
    fn leads_to_client(&mut self, def: Def) -> bool {
        let (types, module) = match def {
            Def::Sdk(_) => return true,
            Def::Alias(number) => {
                let of = &self.aliases[number as usize];
                (vec![of.decl.aliased.clone()], of.module)
            }
            Def::Structure(number) => {
                let of = &self.structures[number as usize];
                let fields = of.decl.variants.iter().flat_map(|(_, fields)| fields);
                (fields.map(|(_, ty)| ty.clone()).collect(), of.module)
            }
            Def::Function(number) => {
                let of = &self.functions[number as usize];
                (of.decl.output.iter().cloned().collect(), of.module)
            }
            _ => return false,
        };
        let scope = self.scope(module, super::Owner::Module, false);
        types.iter().any(|ty| matches!(self.ty(ty, &scope).held(), Ty::Client | Ty::Builder))
    }

    fn imported(&mut self, module: u32, import: &Import, space: Space) -> Option<Def> {
        // `use a;` for a crate `a` must not find itself.
        if let ([one], false) = (import.path.as_slice(), import.global)
            && let Some(def) = self.other_crate(module, *one)
        {
            return Some(def);
        }
        let (def, taken) = self.resolve(module, &import.path, import.global, space)?;
        (taken == import.path.len()).then_some(def)
    }
}

/// Whether what a name means among types may be a value as well.
fn is_value(def: &Def) -> bool {
    !matches!(def, Def::Module(_) | Def::Trait(_) | Def::Function(_) | Def::Constant(_))
}
