//! Traits that a struct implements several times, each time for other types: `Add<u8>` and `Add<u16>`.

use std::rc::Rc;

use super::{Scope, Ty};
use crate::audit::ir::Type;
use crate::audit::name::Name;
use crate::audit::names::World;

impl World {
    /// What an associated type of a struct is; of several, the one that leads to the client.
    pub(in crate::audit) fn own_type(&mut self, structure: u32, name: Name, arguments: &Rc<[Ty]>) -> Option<Ty> {
        let all = self.structures[structure as usize].types.get(&name)?.clone();
        let mut found = None;
        for (ty, number) in all {
            let ty = self.of_impl(&ty, number, structure, arguments);
            found = Some(match found {
                None => ty,
                Some(before) => self.leading(before, ty),
            });
        }
        found
    }

    /// What is meant if it is one of two, where an operation is called on it: only one that leads to the client has such
    /// a method. If both do, it is not known.
    pub(in crate::audit) fn leading(&mut self, one: Ty, other: Ty) -> Ty {
        match (self.holds_client(&one), self.holds_client(&other)) {
            (_, false) => one,
            (false, true) => other,
            (true, true) => match (one.held(), other.held()) {
                (Ty::Client, Ty::Client) => one,
                (Ty::Own(known, _), Ty::Own(also, _)) if known == also => one,
                _ => Ty::Unknown,
            },
        }
    }

    /// What an impl itself says about one of the associated types of its trait.
    pub(super) fn type_of_impl(&self, name: Name, scope: &Scope) -> Option<Type> {
        let types = &self.impls[scope.of? as usize].decl.members.types;
        types.iter().find(|(known, _)| *known == name).map(|(_, ty)| ty.clone())
    }
}
