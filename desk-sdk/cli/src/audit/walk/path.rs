//! Paths as values.

use std::rc::Rc;

use super::Walker;
use crate::audit::finding::How;
use crate::audit::ir::{Path, Segment, Type};
use crate::audit::name::Name;
use crate::audit::names::{Def, Sdk, Space};
use crate::audit::place::Place;
use crate::audit::types::{Substitution, Ty, holds_nothing};

/// What a path in an expression leads to.
pub(super) enum Target {
    Local(Ty),
    Function(u32),
    /// A method or a function of a type, by its name.
    Of(Ty, Name, Place),
    Constant(u32),
    /// The function that makes a struct or a variant.
    Make(u32, usize),
    Sdk(Sdk, Place),
    /// Something of a crate that is not audited, by its last name, and whether a type stands before it that holds
    /// nothing, such as `String`.
    Foreign(Name, bool),
    /// Something of a crate that may lead to the SDK: the crate, and the last name.
    Absent(Name, Name),
    Unknown,
}

impl Walker<'_> {
    /// What a path as a value is.
    pub(super) fn path(&mut self, path: &Path) -> Ty {
        match self.target(path) {
            Target::Local(ty) => ty,
            Target::Function(number) => self.function_value(number, None),
            Target::Of(of, name, place) => self.associated_value(&of, name, place),
            Target::Constant(number) => self.constant_value(number),
            Target::Make(structure, variant) => {
                let (_, names) = self.world.of_structure(structure);
                let made = self.of_names(structure, &names, &Substitution::new());
                let decl = &self.world.structures[structure as usize].decl;
                let is_unit = decl.variants.get(variant).is_none_or(|(_, fields)| fields.is_empty());
                if is_unit { made } else { Ty::function(Vec::new(), made) }
            }
            Target::Sdk(sdk, place) => self.sdk_value(sdk, place),
            Target::Foreign(name, _) => match name.text() {
                "None" => Ty::Never,
                _ => Ty::Other,
            },
            Target::Absent(of, _) => self.elsewhere(path, Ty::Absent(of), None),
            Target::Unknown => self.elsewhere(path, Ty::Unknown, None),
        }
    }

    pub(super) fn target(&mut self, path: &Path) -> Target {
        self.world.budget.at = Self::place(path);
        for segment in &path.segments {
            if let Some(arguments) = &segment.arguments {
                arguments.types.iter().for_each(|ty| self.mention(ty));
            }
        }
        if let Some(of) = &path.of {
            self.mention(of);
            let of = self.world.ty(of, &self.scope);
            return match &*path.segments {
                [one] => Target::Of(of, one.name, one.place),
                _ => Target::Unknown,
            };
        }
        let [first, ..] = &*path.segments else { return Target::Unknown };
        if let ([one], false) = (&*path.segments, path.global)
            && let Some(ty) = self.locals.get(one.name)
        {
            let ty = ty.clone();
            self.reaches(&ty, one.place);
            return Target::Local(ty);
        }
        let is_parameter = self.scope.bounds.iter().any(|(name, _)| *name == first.name);
        if first.name.text() == "Self" || (is_parameter && !path.global) {
            return self.of_own(path);
        }
        match self.world.resolve_path(self.scope.module, path, Space::Values) {
            Some((def, taken)) => self.resolved(def, &path.segments, taken),
            None => Target::Unknown,
        }
    }

    /// A path that starts with `Self` or a type parameter.
    fn of_own(&mut self, path: &Path) -> Target {
        let segment = |index: usize| path.segments.get(index);
        let head = Path { segments: path.segments[..1].into(), ..path.clone() };
        let of = self.world.ty(&Type::Path(head), &self.scope);
        match (of, segment(1)) {
            (Ty::Own(structure, _), None) => Target::Make(structure, 0),
            (Ty::Own(structure, arguments), Some(name)) => {
                let decl = &self.world.structures[structure as usize].decl;
                let variant = decl.variants.iter().position(|(known, _)| decl.is_enum && *known == name.name);
                match variant {
                    Some(variant) => Target::Make(structure, variant),
                    None => Target::Of(Ty::Own(structure, arguments), name.name, name.place),
                }
            }
            (of, Some(name)) => Target::Of(of, name.name, name.place),
            (_, None) => Target::Unknown,
        }
    }

    fn resolved(&mut self, def: Def, segments: &[Segment], taken: usize) -> Target {
        let (at, rest) = (&segments[taken - 1], &segments[taken..]);
        if let Def::Sdk(_) = def {
            self.reach.insert(at.place.file());
        }
        match (def, rest) {
            (Def::Function(number), []) => Target::Function(number),
            (Def::Constant(number), []) => Target::Constant(number),
            (Def::Structure(structure), []) => Target::Make(structure, 0),
            (Def::Variant(structure, variant), []) => Target::Make(structure, variant as usize),
            (Def::Sdk(Sdk::Parameters(number)), rest) => {
                self.found(number, How::Parameters, at.name.text(), at.place);
                match rest {
                    [] => Target::Sdk(Sdk::Parameters(number), at.place),
                    [name, ..] => {
                        let of = Ty::Parameters(self.world.catalogue.operation(number));
                        Target::Of(of, name.name, name.place)
                    }
                }
            }
            (Def::Sdk(sdk), []) => Target::Sdk(sdk, at.place),
            (Def::Foreign(name), _) => {
                let before = segments.len().checked_sub(2).map(|index| segments[index].name.text());
                Target::Foreign(name, before.is_some_and(holds_nothing))
            }
            (Def::Absent(of, name), _) => Target::Absent(of, name),
            (Def::Alias(_) | Def::Structure(_) | Def::Trait(_) | Def::Sdk(_), rest) => {
                let head = Path { of: None, global: false, segments: segments[..taken].into() };
                let of = match self.world.ty(&Type::Path(head), &self.scope) {
                    // In code, what is left out is what fits.
                    Ty::Own(structure, _) if at.arguments.is_none() && matches!(def, Def::Structure(_)) => {
                        Ty::Own(structure, Rc::new([]))
                    }
                    of => of,
                };
                self.reaches(&of, at.place);
                if let (Ty::Parameters(operation), Def::Alias(_)) = (&of, def) {
                    self.note(operation, How::Parameters, at.name.text(), at.place, None);
                }
                match (rest, of) {
                    ([], Ty::Own(structure, _)) => Target::Make(structure, 0),
                    ([], of) => Target::Local(of),
                    ([name, ..], Ty::Own(structure, arguments)) => {
                        let decl = &self.world.structures[structure as usize].decl;
                        let variant = decl.variants.iter().position(|(known, _)| decl.is_enum && *known == name.name);
                        match variant {
                            Some(variant) => Target::Make(structure, variant),
                            None => Target::Of(Ty::Own(structure, arguments), name.name, name.place),
                        }
                    }
                    ([name, ..], of) => Target::Of(of, name.name, name.place),
                }
            }
            _ => Target::Unknown,
        }
    }

    /// What a type has under a name, as a value.
    pub(super) fn associated_value(&mut self, of: &Ty, name: Name, place: Place) -> Ty {
        match of.held() {
            Ty::Client => match self.world.catalogue.methods.get(&name).copied() {
                Some(number) => {
                    self.found(number, How::Method, name.text(), place);
                    Ty::function(vec![Ty::Client, Ty::Parameters(self.world.catalogue.operation(number))], Ty::Sdk)
                }
                None => match name.text() {
                    "builder" => Ty::Builder,
                    "invoke" | "request" => {
                        let reason = "it is given as a function, and who calls it chooses the operation".to_owned();
                        self.hidden(name.text(), reason, place, true);
                        Ty::Sdk
                    }
                    "organization" => {
                        self.client_method(name, place, &[], None);
                        Ty::Sdk
                    }
                    _ => match self.world.of_client.get(&name).copied() {
                        Some(number) => self.function_value(number, Some(of)),
                        None => Ty::Client,
                    },
                },
            },
            Ty::Parameters(operation) => match name.text() {
                "OPERATION" => Ty::Operations([(Name::new(operation.id), None)].into()),
                _ => Ty::Parameters(operation),
            },
            Ty::Own(structure, _) => {
                if let Some(number) = self.own_method(*structure, name) {
                    return self.function_value(number, Some(of.held()));
                }
                match self.world.structures[*structure as usize].constants.get(&name).copied() {
                    Some(number) => self.constant_value(number),
                    None => Ty::Unknown,
                }
            }
            Ty::Implements(number, _) => match self.trait_method(*number, name) {
                Some(method) => self.function_value(method, None),
                None => Ty::Unknown,
            },
            Ty::Builder | Ty::Sdk => of.clone(),
            Ty::Other => Ty::Other,
            _ => Ty::Unknown,
        }
    }
}
