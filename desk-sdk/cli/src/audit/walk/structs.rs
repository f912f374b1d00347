//! Structs: how they are made, and their fields.

use std::rc::Rc;

use super::Walker;
use crate::audit::ir::Literal;
use crate::audit::name::Name;
use crate::audit::types::{Substitution, Ty, learn};

impl Walker<'_> {
    pub(super) fn literal(&mut self, literal: &Literal) -> Ty {
        let Literal { path, fields, rest } = literal;
        self.mention_path(path);
        let rest = rest.as_ref().map_or(Ty::Other, |rest| self.expr(rest, None));
        if let Some(ty) = self.export_literal(path, fields) {
            return ty;
        }
        let Some((structure, variant, _)) = self.variant(path, &Ty::Unknown) else {
            let given = fields.iter().fold(Ty::Other, |all, (_, value)| {
                let value = self.expr(value, None);
                if self.world.holds_client(&value) { all.or(value) } else { all }
            });
            return if given.matters() { Ty::perhaps(given) } else { Ty::Other };
        };
        let (_, names) = self.world.of_structure(structure);
        let open: Rc<[Ty]> = names.iter().map(|name| Ty::Parameter(*name)).collect();
        let mut known = Substitution::new();
        let mut values = Vec::new();
        for (name, value) in fields.iter() {
            let wanted = self.world.field(structure, variant, *name, &open).unwrap_or(Ty::Unknown);
            let given = self.expr(value, Some(&wanted));
            learn(&wanted, &given, &mut known);
            values.extend(settled(given).map(|given| (*name, given)));
        }
        // `..DEFAULT`
        if let Ty::Made(made) = &rest {
            values.extend(made.1.iter().filter(|(name, _)| !fields.iter().any(|(given, _)| given == name)).cloned());
        }
        let of = self.of_names(structure, &names, &known);
        // Those of a variant are not those of another one.
        if self.world.structures[structure as usize].decl.is_enum { of } else { Ty::made(of, values) }
    }

    /// A struct with the arguments that were learnt.
    pub(super) fn of_names(&self, structure: u32, names: &[Name], known: &Substitution) -> Ty {
        let argument =
            |name: &Name| known.iter().find(|(known, _)| known == name).map_or(Ty::Unknown, |(_, ty)| ty.clone());
        Ty::Own(structure, names.iter().map(argument).collect())
    }

    /// What a field is; that of a pointer is that of what it points to.
    pub(super) fn field(&mut self, of: &Ty, name: Name) -> Ty {
        match of {
            Ty::Fallible(both) => self.field(&both.0, name),
            Ty::Made(made) => of.value(name).unwrap_or_else(|| self.field(&made.0, name)),
            Ty::Own(structure, arguments) => {
                if let Some(ty) = self.world.field(*structure, 0, name, arguments) {
                    return ty;
                }
                match self.world.dereferenced(*structure, arguments) {
                    Some(inner) => self.field(&inner, name),
                    None => Ty::Unknown,
                }
            }
            Ty::Tuple(parts) => match name.text().parse::<usize>() {
                Ok(index) => parts.get(index).cloned().unwrap_or(Ty::Unknown),
                // No tuple has such a field, so it is that of what it holds.
                Err(_) => {
                    let part = parts.iter().rev().find(|part| self.world.holds_client(part)).cloned();
                    part.map_or(Ty::Unknown, |part| self.field(&part, name))
                }
            },
            Ty::Perhaps(held) => match name.text() {
                // What an extractor of a web framework holds.
                "0" => (**held).clone(),
                _ => self.field(held, name),
            },
            // Those of a resource name its operations.
            Ty::Resources(_) => of.clone(),
            Ty::Operations(operations) => match name.text() {
                "id" => Ty::Texts(operations.iter().map(|(id, _)| *id).collect()),
                "method" => operations.iter().fold(Ty::Never, |all, (id, _)| match desk_sdk::operation(id.text()) {
                    Some(operation) => all.or(Ty::Verbs([operation.method].into())),
                    None => all,
                }),
                _ => Ty::Other,
            },
            Ty::Open(known) => match self.field(&known.choices().0.clone(), name) {
                known if known.is_choice() => known.opened(),
                _ => Ty::Other,
            },
            Ty::Texts(_) | Ty::Verbs(_) => Ty::Other,
            // What an extractor of a web framework holds. The client itself has no fields that a program can name, so
            // with any other one it is something else than what the steps to it are taken for.
            Ty::Client => match name.text() {
                "0" => Ty::Client,
                _ => Ty::Unknown,
            },
            // That of a connection of the library of `desk`.
            Ty::Sdk if name.text() == "client" => Ty::perhaps(Ty::Client),
            Ty::Other | Ty::Sdk => Ty::Other,
            _ => Ty::Unknown,
        }
    }
}

/// A value that is one of a few: then that is known about the field or the part that it is given to.
pub(super) fn settled(value: Ty) -> Option<Ty> {
    match value {
        Ty::Made(_) => Some(value),
        value => value.is_choice().then_some(value),
    }
}
