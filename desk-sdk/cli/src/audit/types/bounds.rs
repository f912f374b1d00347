//! What bounds say about a type.

use std::rc::Rc;

use super::{Scope, Ty};
use crate::audit::ir::Path;
use crate::audit::name::Name;
use crate::audit::names::{Def, Space, World};

impl World {
    /// What meets bounds is.
    pub(in crate::audit) fn bounded(&mut self, bounds: &[Path], scope: &Scope, depth: usize) -> Ty {
        let mut found = Ty::Other;
        for bound in bounds {
            let ty = self.bound(bound, scope, depth);
            // A bound that leads to something else says more than a trait.
            found = match (&found, &ty) {
                (Ty::Other, _) => ty,
                (Ty::Unknown | Ty::Absent(_), ty_) if ty_.matters() => ty,
                (Ty::Implements(..), ty_) if ty_.matters() && !matches!(ty_, Ty::Implements(..)) => ty,
                _ => found,
            };
        }
        found
    }

    fn bound(&mut self, bound: &Path, scope: &Scope, depth: usize) -> Ty {
        let Some(last) = bound.segments.last() else { return Ty::Other };
        let unknown = match self.resolve_path(scope.module, bound, Space::Types) {
            Some((Def::Trait(number), _)) => {
                let bindings = last.arguments.as_deref().map(|arguments| &*arguments.bindings).unwrap_or_default();
                let types = bindings.iter().map(|(name, ty)| (*name, self.deep_ty(ty, scope, depth + 1)));
                return Ty::implements(number, types.collect());
            }
            Some((Def::Absent(of, _), _)) => Ty::Absent(of),
            // Of a crate that no manifest names.
            None => Ty::Unknown,
            Some(_) => Ty::Other,
        };
        let Some(arguments) = &last.arguments else { return unknown };
        let named = |name: &str| arguments.bindings.iter().find(|(known, _)| *known == *name).map(|(_, ty)| ty);
        if arguments.call {
            let inputs = arguments.types.iter().map(|input| self.deep_ty(input, scope, depth + 1)).collect();
            let output = named("Output").map_or(Ty::Other, |output| self.deep_ty(output, scope, depth + 1));
            return Ty::function(inputs, output);
        }
        let held = ["Output", "Target", "Item", "Ok"].into_iter().find_map(named);
        let given = match last.name.text() {
            "AsRef" | "AsMut" | "Borrow" | "BorrowMut" | "Into" | "TryInto" => arguments.types.first(),
            _ => None,
        };
        if let Some(held) = held.or(given) {
            return self.deep_ty(held, scope, depth + 1);
        }
        // A trait of another crate that is given the client, or whose associated type it is, leads to it somehow.
        let all = arguments.types.iter().chain(arguments.bindings.iter().map(|(_, ty)| ty));
        let all: Vec<Ty> = all.map(|ty| self.deep_ty(ty, scope, depth + 1)).collect();
        let held = all.into_iter().find(|ty| matches!(ty, Ty::Parameter(_)) || self.holds_client(ty));
        held.map_or(unknown, Ty::perhaps)
    }

    /// What a type parameter is by its bounds, and by those of its associated types: `where T::Item: AsRef<Client>`.
    pub(super) fn parameter(&mut self, index: usize, scope: &Scope, depth: usize) -> Ty {
        let bounds = Rc::clone(&scope.bounds);
        let (name, own) = &bounds[index];
        let of = self.bounded(own, scope, depth);
        let prefix = format!("{}::", name.text());
        let types = bounds.iter().filter_map(|(known, bounds)| Some((known.text().strip_prefix(&*prefix)?, bounds)));
        let types: Vec<(Name, Ty)> =
            types.map(|(name, bounds)| (Name::new(name), self.bounded(bounds, scope, depth + 1))).collect();
        match of {
            of if types.is_empty() => of,
            Ty::Implements(number, known) => Ty::implements(number, known.iter().cloned().chain(types).collect()),
            // What goes through others counts as what it goes through.
            of if of.matters() => of,
            of => types.into_iter().map(|(_, ty)| ty).find(Ty::matters).unwrap_or(of),
        }
    }

    /// What bounds say about an associated type: `where T::Item: AsRef<Client>`.
    pub(super) fn bounded_type(&mut self, of: &str, name: Name, scope: &Scope, depth: usize) -> Option<Ty> {
        let mut all = scope.bounds.iter();
        let (_, bounds) = all.find(|(known, _)| {
            known.text().strip_prefix(of).and_then(|rest| rest.strip_prefix("::")) == Some(name.text())
        })?;
        let bounds = bounds.clone();
        let ty = self.bounded(&bounds, scope, depth + 1);
        ty.matters().then_some(ty)
    }
}
