//! Which methods a type has.

use super::{Def, Owner, Sdk, Space, World};
use crate::audit::ir::{Path, Type};
use crate::audit::name::Name;

impl World {
    /// Finds out for each impl what it is for: for those from these numbers on, since the others are known.
    pub(in crate::audit) fn link(&mut self, (impls, functions, constants): (usize, usize, usize)) {
        for number in impls..self.impls.len() {
            let (decl, module) = (self.impls[number].decl.clone(), self.impls[number].module);
            let of_trait = decl.of_trait.as_ref().and_then(|path| self.resolve_path(module, path, Space::Types));
            if let Some((Def::Trait(of_trait), _)) = of_trait {
                self.impls[number].of_trait = Some(of_trait);
            }
            if let Some(structure) = self.structure_of(module, &decl.of, &decl.generics.parameters) {
                let structure = &mut self.structures[structure as usize];
                structure.traits.extend(self.impls[number].of_trait);
                for (name, of) in &decl.members.types {
                    structure.types.entry(*name).or_default().push((of.clone(), number as u32));
                }
            }
        }
        for number in functions..self.functions.len() {
            self.link_function(number as u32);
        }
        for number in constants..self.constants.len() {
            let constant = &self.constants[number];
            let name = constant.decl.name;
            if let Owner::Impl(of) = constant.owner
                && let Some(structure) = self.structure_of_impl(of)
            {
                self.structures[structure as usize].constants.entry(name).or_insert(number as u32);
            }
        }
    }

    fn link_function(&mut self, number: u32) {
        let function = &self.functions[number as usize];
        let (name, Owner::Impl(of)) = (function.decl.name, function.owner) else { return };
        match self.structure_of_impl(of) {
            Some(structure) => {
                self.structures[structure as usize].methods.entry(name).or_default().push(number);
            }
            None if self.is_of_client(of) => {
                self.of_client.entry(name).or_insert(number);
            }
            None => self.of_any.entry(name).or_default().push(number),
        }
    }

    /// How many impls, functions and constants there are.
    pub(in crate::audit) fn counts(&self) -> (usize, usize, usize) {
        (self.impls.len(), self.functions.len(), self.constants.len())
    }

    fn structure_of_impl(&mut self, number: u32) -> Option<u32> {
        let of = &self.impls[number as usize];
        let (decl, module) = (of.decl.clone(), of.module);
        self.structure_of(module, &decl.of, &decl.generics.parameters)
    }

    fn is_of_client(&mut self, number: u32) -> bool {
        let of = &self.impls[number as usize];
        let (decl, module) = (of.decl.clone(), of.module);
        self.leads_to(module, &decl.of, 0) == Some(Def::Sdk(Sdk::Client))
    }

    /// The struct or enum that an impl is for.
    fn structure_of(&mut self, module: u32, of: &Type, generics: &[(Name, Vec<Path>)]) -> Option<u32> {
        if let Type::Path(path) = of
            && let [one] = &*path.segments
            && generics.iter().any(|(name, _)| *name == one.name)
        {
            return None;
        }
        match self.leads_to(module, of, 0)? {
            Def::Structure(structure) => Some(structure),
            _ => None,
        }
    }

    /// What a type is at its head, aliases followed.
    fn leads_to(&mut self, module: u32, of: &Type, depth: usize) -> Option<Def> {
        let Type::Path(path) = of else { return None };
        match self.resolve_path(module, path, Space::Types)? {
            (Def::Alias(alias), taken) if taken == path.segments.len() && depth < 16 => {
                let alias = &self.aliases[alias as usize];
                let (decl, module) = (alias.decl.clone(), alias.module);
                self.leads_to(module, &decl.aliased, depth + 1)
            }
            (def, taken) if taken == path.segments.len() => Some(def),
            _ => None,
        }
    }

    /// What a path means, and how many of its segments that takes.
    pub(in crate::audit) fn resolve_path(&mut self, module: u32, path: &Path, space: Space) -> Option<(Def, usize)> {
        if path.of.is_some() {
            return None;
        }
        let names: Vec<Name> = path.segments.iter().map(|segment| segment.name).collect();
        self.resolve(module, &names, path.global, space)
    }
}
