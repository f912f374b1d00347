//! What structs and enums are made of.

use std::rc::Rc;

use super::{Bounds, Scope, Substitution, Ty, substituted};
use crate::audit::ir::Type;
use crate::audit::name::Name;
use crate::audit::names::World;

/// More pointers to pointers than people write.
const MOST_TARGETS: usize = 16;

impl World {
    /// What a field of a variant is; a struct has one variant.
    pub(in crate::audit) fn field(
        &mut self,
        structure: u32,
        variant: usize,
        name: Name,
        arguments: &Rc<[Ty]>,
    ) -> Option<Ty> {
        let decl = self.structures[structure as usize].decl.clone();
        let (_, fields) = decl.variants.get(variant)?;
        // Several of one name, if conditions choose.
        let mut all = fields.iter().filter(|(known, _)| *known == name);
        let first = self.part(structure, &all.next()?.1, arguments);
        Some(all.fold(first, |first, (_, ty)| {
            let other = self.part(structure, ty, arguments);
            self.leading(first, other)
        }))
    }

    /// What a field at a place is.
    pub(in crate::audit) fn field_at(
        &mut self,
        structure: u32,
        variant: usize,
        index: usize,
        arguments: &Rc<[Ty]>,
    ) -> Option<Ty> {
        let decl = self.structures[structure as usize].decl.clone();
        let (_, ty) = decl.variants.get(variant)?.1.get(index)?;
        Some(self.part(structure, ty, arguments))
    }

    fn part(&mut self, structure: u32, ty: &Type, arguments: &Rc<[Ty]>) -> Ty {
        let (scope, names) = self.of_structure(structure);
        let open = self.ty(ty, &scope);
        let by: Substitution = names.into_iter().zip(arguments.iter().cloned()).collect();
        substituted(&open, &by)
    }

    /// The place of a struct's fields, and its type parameters.
    pub(in crate::audit) fn of_structure(&mut self, structure: u32) -> (Scope, Vec<Name>) {
        let of = &self.structures[structure as usize];
        let names: Vec<Name> = of.decl.generics.parameters.iter().map(|(name, _)| *name).collect();
        let bounds: Bounds = Rc::new(of.decl.generics.parameters.clone());
        let own = Ty::own(structure, names.iter().map(|name| Ty::Parameter(*name)).collect());
        (Scope { module: of.module, own, of: None, bounds, open: true }, names)
    }

    /// What a value leads to that has no such method or field itself. Pointers count as what they point to, so a struct
    /// whose target is a pointer to it leads to itself, and with that to nothing.
    pub(in crate::audit) fn dereferenced(&mut self, structure: u32, arguments: &Rc<[Ty]>) -> Option<Ty> {
        let target = self.target(structure, arguments)?;
        let mut next = target.clone();
        for _ in 0..MOST_TARGETS {
            match next.held() {
                Ty::Own(structure, arguments) => match self.target(*structure, &Rc::clone(arguments)) {
                    Some(inner) => next = inner,
                    None => return Some(target),
                },
                _ => return Some(target),
            }
        }
        None
    }

    /// The target by an impl of `Deref`, or a derived one.
    fn target(&mut self, structure: u32, arguments: &Rc<[Ty]>) -> Option<Ty> {
        if let Some(target) = self.own_type(structure, Name::new("Target"), arguments) {
            return Some(target);
        }
        let field = self.structures[structure as usize].decl.derefs_to?;
        self.field(structure, 0, field, arguments)
    }

    /// What a pool has of a struct that makes it: the client that an associated type of it says, such as `Connection`.
    pub(in crate::audit) fn managed(&mut self, structure: u32, arguments: &Rc<[Ty]>) -> Option<Ty> {
        let types: Vec<(Type, u32)> = self.structures[structure as usize].types.values().flatten().cloned().collect();
        types.into_iter().find_map(|(ty, number)| {
            let ty = self.of_impl(&ty, number, structure, arguments);
            let is_itself = matches!(ty.held(), Ty::Own(known, _) if *known == structure);
            (!is_itself && self.holds_client(&ty)).then_some(ty)
        })
    }

    /// Whether a struct or an enum holds a client.
    pub(in crate::audit) fn structure_holds_client(&mut self, structure: u32) -> bool {
        match self.holding.get(&structure) {
            Some(known) => return *known,
            // A type may hold itself.
            None => drop(self.holding.insert(structure, false)),
        }
        let decl = self.structures[structure as usize].decl.clone();
        let (mut scope, _) = self.of_structure(structure);
        scope.open = false;
        let holds = decl.variants.iter().flat_map(|(_, fields)| fields).any(|(_, ty)| {
            let ty = self.ty(ty, &scope);
            self.holds_client(&ty)
        });
        // What was not looked at to its end may hold one, so that it is told; looking again would take as long.
        let holds = holds || self.budget.is_spent();
        self.holding.insert(structure, holds);
        holds
    }
}
