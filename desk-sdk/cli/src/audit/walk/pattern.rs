//! Patterns: what their names are.

use std::rc::Rc;

use super::Walker;
use crate::audit::ir::{Path, Pattern, Reach};
use crate::audit::name::Name;
use crate::audit::names::{Def, Space};
use crate::audit::types::Ty;

impl Walker<'_> {
    /// Gives the names of a pattern what they stand for.
    pub(super) fn bind(&mut self, pattern: &Pattern, ty: &Ty) {
        match pattern {
            Pattern::Name(name, reach, part) => {
                let kept = if *reach == Reach::Fixed { ty } else { ty.without_values() };
                if *reach != Reach::Fixed {
                    self.mutable.insert(*name);
                }
                self.locals.push(*name, kept.clone());
                if let Some(part) = part {
                    self.bind(part, ty);
                }
            }
            Pattern::Tuple(parts) => self.bind_tuple(parts, ty),
            Pattern::List(parts) => parts.iter().for_each(|part| self.bind(part, &ty.element())),
            Pattern::Parts(path, parts) => self.bind_parts(path, parts, ty),
            Pattern::Fields(path, fields) => {
                let found = self.variant(path, ty);
                for (name, part) in fields {
                    let inner = match &found {
                        _ if ty.value(*name).is_some() => ty.value(*name),
                        Some((structure, variant, arguments)) => {
                            self.world.field(*structure, *variant, *name, arguments)
                        }
                        None => None,
                    };
                    self.bind(part, &inner.unwrap_or(Ty::Unknown));
                }
            }
            Pattern::Or(cases) => cases.iter().for_each(|case| self.bind(case, ty)),
            Pattern::Typed(part, declared) => {
                self.mention(declared);
                let declared = self.world.ty(declared, &self.scope);
                match (&declared, ty) {
                    _ if declared.matters() => self.bind(part, &declared),
                    // `HashMap<_, _>`: pairs that were collected.
                    (Ty::Map(_), Ty::Tuple(pair)) if pair.len() == 2 => {
                        self.bind(part, &Ty::map(pair[0].clone(), pair[1].clone()));
                    }
                    _ => self.bind(part, ty),
                }
            }
            Pattern::Guarded(part, guard) => {
                self.bind(part, ty);
                self.expr(guard, None);
            }
            Pattern::Path(path) => self.mention_path(path),
            Pattern::Rest | Pattern::Other => {}
        }
    }

    fn bind_tuple(&mut self, parts: &[Pattern], ty: &Ty) {
        let Ty::Tuple(types) = ty.held() else {
            // The parts of what is not known are not known; those of a list of one thing are that thing.
            return parts.iter().for_each(|part| self.bind(part, ty));
        };
        let types = Rc::clone(types);
        let rest = parts.iter().position(|part| matches!(part, Pattern::Rest));
        for (index, part) in parts.iter().enumerate() {
            let place = match rest {
                Some(rest) if index > rest => (types.len() + index).checked_sub(parts.len()),
                _ => Some(index),
            };
            let inner = place.and_then(|place| types.get(place)).cloned();
            self.bind(part, &inner.unwrap_or(Ty::Unknown));
        }
    }

    fn bind_parts(&mut self, path: &Path, parts: &[Pattern], ty: &Ty) {
        if let Some((structure, variant, arguments)) = self.variant(path, ty) {
            for (index, part) in parts.iter().enumerate() {
                let value = ty.value(Name::new(&index.to_string()));
                let inner = value.or_else(|| self.world.field_at(structure, variant, index, &arguments));
                self.bind(part, &inner.unwrap_or(Ty::Unknown));
            }
            return;
        }
        let last = path.segments.last().map(|segment| segment.name.text());
        let inner = match last {
            Some("Err") => self.failure(ty),
            // Whatever it is, it is open now; but the result may be one that another one held.
            _ => ty.opened_up().clone(),
        };
        parts.iter().for_each(|part| self.bind(part, &inner));
    }

    /// The variant that a path in a pattern or a literal means, with the arguments that its type has there.
    pub(super) fn variant(&mut self, path: &Path, ty: &Ty) -> Option<(u32, usize, Rc<[Ty]>)> {
        let (structure, variant) = match self.world.resolve_path(self.scope.module, path, Space::Types) {
            Some((Def::Structure(structure), _)) => (structure, 0),
            Some((Def::Variant(structure, variant), _)) => (structure, variant as usize),
            _ => {
                let names: Vec<Name> = path.segments.iter().map(|segment| segment.name).collect();
                let own = match names.first().map(|name| name.text()) {
                    Some("Self") => self.scope.own.clone(),
                    _ => self.world.ty(&crate::audit::ir::Type::Path(head(path)?), &self.scope),
                };
                let Ty::Own(structure, _) = own else { return None };
                let decl = &self.world.structures[structure as usize].decl;
                let variant = match (names.as_slice(), decl.is_enum) {
                    ([_, .., last], true) => decl.variants.iter().position(|(name, _)| name == last)?,
                    _ => 0,
                };
                (structure, variant)
            }
        };
        let arguments = match ty.held() {
            Ty::Own(known, arguments) if *known == structure => Rc::clone(arguments),
            _ => match &self.scope.own {
                Ty::Own(known, arguments) if *known == structure => Rc::clone(arguments),
                _ => Rc::new([]),
            },
        };
        Some((structure, variant, arguments))
    }
}

/// The path of the type that a variant belongs to: all but the last segment, unless it is alone.
fn head(path: &Path) -> Option<Path> {
    let taken = match path.segments.len() {
        0 => return None,
        1 => 1,
        several => several - 1,
    };
    Some(Path { segments: path.segments[..taken].into(), ..path.clone() })
}
