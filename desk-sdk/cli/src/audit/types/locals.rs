//! The names of variables and what they are. Functions may have thousands of them, so they are found by their names.

use std::collections::HashMap;

use super::Ty;
use crate::audit::name::Name;

/// A variable, and the one that it hides.
#[derive(Clone, Debug)]
struct Local {
    name: Name,
    ty: Ty,
    hides: Option<u32>,
}

/// The variables of a place, the later ones inside of the earlier ones.
#[derive(Clone, Debug, Default)]
pub(in crate::audit) struct Locals {
    all: Vec<Local>,
    by_name: HashMap<Name, u32>,
}

impl Locals {
    pub(in crate::audit) fn push(&mut self, name: Name, ty: Ty) {
        let hides = self.by_name.insert(name, self.all.len() as u32);
        self.all.push(Local { name, ty, hides });
    }

    pub(in crate::audit) fn get(&self, name: Name) -> Option<&Ty> {
        self.by_name.get(&name).map(|index| &self.all[*index as usize].ty)
    }

    pub(in crate::audit) fn get_mut(&mut self, name: Name) -> Option<&mut Ty> {
        self.by_name.get(&name).map(|index| &mut self.all[*index as usize].ty)
    }

    pub(in crate::audit) fn len(&self) -> usize {
        self.all.len()
    }

    /// Leaves the first ones, as where a block ends.
    pub(in crate::audit) fn truncate(&mut self, length: usize) {
        for local in self.all.drain(length.min(self.all.len())..).rev() {
            match local.hides {
                Some(hidden) => self.by_name.insert(local.name, hidden),
                None => self.by_name.remove(&local.name),
            };
        }
    }

    pub(in crate::audit) fn clear(&mut self) {
        self.all.clear();
        self.by_name.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_of_a_name_counts_until_its_block_ends() {
        let (a, b) = (Name::new("a"), Name::new("b"));
        let mut locals = Locals::default();
        locals.push(a, Ty::Client);
        let mark = locals.len();
        locals.push(a, Ty::Other);
        locals.push(b, Ty::Client);
        locals.push(a, Ty::Builder);
        assert!(matches!((locals.get(a), locals.get(b)), (Some(Ty::Builder), Some(Ty::Client))));
        locals.truncate(mark + 1);
        assert!(matches!((locals.get(a), locals.get(b)), (Some(Ty::Other), None)));
        *locals.get_mut(a).unwrap() = Ty::Sdk;
        locals.truncate(mark);
        assert!(matches!(locals.get(a), Some(Ty::Client)));
        locals.clear();
        assert!(locals.get(a).is_none() && locals.len() == 0);
    }
}
