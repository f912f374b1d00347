//! Types as they are written.

use std::rc::Rc;

use super::{Bounds, Substitution, TRANSPARENT, Ty, associated_name, substituted};
use crate::audit::ir::{Arguments, Generics, Path, Segment, Type};
use crate::audit::name::Name;
use crate::audit::names::{Def, Owner, Sdk, Space, World};

/// Where a type is written.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Scope {
    pub(in crate::audit) module: u32,
    /// What `Self` is.
    pub(in crate::audit) own: Ty,
    /// The impl, if it is one: its associated types are those of `Self`.
    pub(in crate::audit) of: Option<u32>,
    pub(in crate::audit) bounds: Bounds,
    /// Whether type parameters stay what they are, since their values are still to be learnt.
    pub(in crate::audit) open: bool,
}

/// Aliases and bounds may lead to themselves.
const DEEPEST: usize = 32;

/// Types of impls that are those of one another.
const MOST_ASKING: usize = 16;

impl World {
    /// The place of what an impl, a trait or a module has.
    pub(in crate::audit) fn scope(&mut self, module: u32, owner: Owner, open: bool) -> Scope {
        let mut scope = Scope { module, own: Ty::Other, of: None, bounds: Bounds::default(), open };
        match owner {
            Owner::Module => {}
            Owner::Trait(number) => {
                scope.own = Ty::Implements(number, Rc::new([]));
                let decl = &self.traits[number as usize].decl;
                let types = decl.members.types.iter().filter_map(|(name, ty)| match ty {
                    Type::Bounds(bounds) => Some((associated_name("Self", *name), bounds.to_vec())),
                    _ => None,
                });
                scope.bounds = Rc::new(decl.generics.parameters.iter().cloned().chain(types).collect());
            }
            Owner::Impl(number) => {
                let decl = self.impls[number as usize].decl.clone();
                scope.bounds = Rc::new(decl.generics.parameters.clone());
                scope.own = self.ty(&decl.of, &scope);
                scope.of = Some(number);
            }
        }
        scope
    }

    /// What a type is.
    pub(in crate::audit) fn ty(&mut self, ty: &Type, scope: &Scope) -> Ty {
        self.deep_ty(ty, scope, 0)
    }

    pub(super) fn deep_ty(&mut self, ty: &Type, scope: &Scope, depth: usize) -> Ty {
        if depth > DEEPEST {
            self.budget.lose();
        }
        if depth > DEEPEST || !self.budget.goes() {
            return Ty::Unknown;
        }
        match ty {
            Type::Tuple(parts) => Ty::tuple(parts.iter().map(|part| self.deep_ty(part, scope, depth + 1)).collect()),
            Type::Function(inputs, output) => {
                let inputs = inputs.iter().map(|input| self.deep_ty(input, scope, depth + 1)).collect();
                Ty::function(inputs, self.deep_ty(output, scope, depth + 1))
            }
            Type::Bounds(bounds) => self.bounded(bounds, scope, depth + 1),
            Type::Path(path) => self.path_ty(path, scope, depth + 1),
            Type::Inferred => Ty::Unknown,
            Type::Other => Ty::Other,
        }
    }

    fn path_ty(&mut self, path: &Path, scope: &Scope, depth: usize) -> Ty {
        if let Some(of) = &path.of {
            // `<T as Trait>::Item` is `T::Item`.
            if let (Type::Path(Path { of: None, segments, .. }), [one]) = (&**of, &*path.segments)
                && let [parameter] = &**segments
            {
                let segments = [parameter.clone(), one.clone()].into();
                return self.path_ty(&Path { of: None, global: false, segments }, scope, depth);
            }
            let of = self.deep_ty(of, scope, depth);
            return match &*path.segments {
                [] => of,
                [one] => self.associated(&of, one.name, depth),
                _ => Ty::Unknown,
            };
        }
        let [first, rest @ ..] = &*path.segments else { return Ty::Unknown };
        if first.name.text() == "Self" {
            return match rest {
                [] if scope.open && matches!(scope.own, Ty::Implements(..)) => Ty::Parameter(Name::new("Self")),
                [] => scope.own.clone(),
                [one] if scope.open && matches!(scope.own, Ty::Implements(..)) => {
                    Ty::Parameter(associated_name("Self", one.name))
                }
                [one] => {
                    match (self.type_of_impl(one.name, scope), self.bounded_type("Self", one.name, scope, depth)) {
                        (Some(ty), _) => self.deep_ty(&ty, scope, depth + 1),
                        (None, Some(ty)) => ty,
                        (None, None) => self.associated(&scope.own.clone(), one.name, depth),
                    }
                }
                _ => Ty::Unknown,
            };
        }
        if let Some(index) = scope.bounds.iter().position(|(name, _)| *name == first.name) {
            return match (rest, scope.open) {
                ([], true) => Ty::Parameter(first.name),
                ([], false) => self.parameter(index, scope, depth),
                ([one], _) => match self.bounded_type(first.name.text(), one.name, scope, depth) {
                    Some(ty) => ty,
                    None => {
                        let of = self.parameter(index, scope, depth);
                        match self.associated(&of, one.name, depth) {
                            // Who calls it may say.
                            Ty::Unknown if scope.open => Ty::Parameter(associated_name(first.name.text(), one.name)),
                            ty => ty,
                        }
                    }
                },
                _ => Ty::Unknown,
            };
        }
        let last = path.segments.last().unwrap_or(first);
        match self.resolve_path(scope.module, path, Space::Types) {
            Some((def, taken)) if taken == path.segments.len() => self.def_ty(def, last, scope, depth),
            Some((def, taken)) if taken + 1 == path.segments.len() => {
                let of = self.def_ty(def, &path.segments[taken - 1], scope, depth);
                self.associated(&of, last.name, depth)
            }
            // Of a crate that no manifest names.
            _ => self.wrapped(last.name, last.arguments.as_deref(), scope, depth).unwrap_or(Ty::Unknown),
        }
    }

    fn def_ty(&mut self, def: Def, last: &Segment, scope: &Scope, depth: usize) -> Ty {
        let arguments = last.arguments.as_deref();
        match def {
            Def::Sdk(Sdk::Client) => Ty::Client,
            Def::Sdk(Sdk::Builder) => Ty::Builder,
            Def::Sdk(Sdk::Parameters(number)) => Ty::Parameters(self.catalogue.operation(number)),
            Def::Sdk(Sdk::Other(name)) => match self.wrapped(name, arguments, scope, depth) {
                None | Some(Ty::Other) => Ty::Sdk,
                Some(held) => held,
            },
            Def::Sdk(_) => Ty::Sdk,
            Def::Foreign(name) => self.wrapped(name, arguments, scope, depth).unwrap_or(Ty::Other),
            Def::Absent(of, name) => self.wrapped(name, arguments, scope, depth).unwrap_or(Ty::Absent(of)),
            Def::Structure(number) | Def::Variant(number, _) => {
                let given = self.types_of(arguments, scope, depth);
                let of = &self.structures[number as usize];
                let (decl, module) = (of.decl.clone(), of.module);
                Ty::own(number, self.with_defaults(given, &decl.generics, module, depth).into())
            }
            Def::Trait(number) => Ty::Implements(number, Rc::new([])),
            Def::Alias(number) => {
                let given = self.types_of(arguments, scope, depth);
                let alias = &self.aliases[number as usize];
                let (decl, module) = (alias.decl.clone(), alias.module);
                let given = self.with_defaults(given, &decl.generics, module, depth);
                let bounds = Rc::new(decl.generics.parameters.clone());
                let inner = Scope { module, own: Ty::Other, of: None, bounds, open: true };
                let aliased = self.deep_ty(&decl.aliased, &inner, depth + 1);
                let names = decl.generics.parameters.iter().map(|(name, _)| *name);
                let by: Substitution = names.zip(given).collect();
                if by.is_empty() && decl.generics.parameters.is_empty() { aliased } else { substituted(&aliased, &by) }
            }
            Def::Module(_) | Def::Function(_) | Def::Constant(_) => Ty::Unknown,
        }
    }

    /// The arguments of a type, with the declared ones for those that it leaves out.
    fn with_defaults(&mut self, mut given: Vec<Ty>, generics: &Generics, module: u32, depth: usize) -> Vec<Ty> {
        if generics.defaults.is_empty() {
            return given;
        }
        let bounds = Rc::new(generics.parameters.clone());
        let scope = Scope { module, own: Ty::Other, of: None, bounds, open: true };
        let names = || generics.parameters.iter().map(|(name, _)| *name);
        for name in names().skip(given.len()) {
            let Some((_, default)) = generics.defaults.iter().find(|(known, _)| *known == name) else { break };
            let default = self.deep_ty(default, &scope, depth + 1);
            let by: Substitution = names().zip(given.iter().cloned()).collect();
            given.push(substituted(&default, &by));
        }
        given
    }

    fn types_of(&mut self, arguments: Option<&Arguments>, scope: &Scope, depth: usize) -> Vec<Ty> {
        let types = arguments.map(|arguments| &*arguments.types).unwrap_or_default();
        types.iter().map(|ty| self.deep_ty(ty, scope, depth + 1)).collect()
    }

    /// A type of another crate counts as what it holds, if it is known to hold anything.
    fn wrapped(&mut self, name: Name, arguments: Option<&Arguments>, scope: &Scope, depth: usize) -> Option<Ty> {
        let given = self.types_of(arguments, scope, depth);
        let text = name.text();
        let held = match given.as_slice() {
            [] => return None,
            _ if text == "PhantomData" => Ty::Other,
            [key, value, ..] if text.ends_with("Map") || text.ends_with("Cache") => Ty::map(key.clone(), value.clone()),
            [good, bad] if text == "Result" && self.may_hold_client(bad) => Ty::fallible(good.clone(), bad.clone()),
            [first, ..] if text == "Result" || TRANSPARENT.contains(&text) => first.clone(),
            held => {
                let held = held.iter().find(|held| self.may_matter(held))?;
                Ty::perhaps(held.clone())
            }
        };
        Some(held)
    }

    /// Whether an error may lead to a client; most only say what went wrong.
    fn may_hold_client(&mut self, ty: &Ty) -> bool {
        matches!(ty, Ty::Unknown | Ty::Absent(_) | Ty::Perhaps(_) | Ty::Parameter(_)) || self.holds_client(ty)
    }

    fn may_matter(&self, ty: &Ty) -> bool {
        ty.matters() || matches!(ty, Ty::Parameter(_))
    }

    /// An associated type.
    fn associated(&mut self, of: &Ty, name: Name, depth: usize) -> Ty {
        if depth > DEEPEST {
            self.budget.lose();
            return Ty::Unknown;
        }
        match of.held() {
            Ty::Own(structure, arguments) => {
                self.own_type(*structure, name, &Rc::clone(arguments)).unwrap_or(Ty::Unknown)
            }
            Ty::Implements(number, types) => {
                if let Some((_, ty)) = types.iter().find(|(known, _)| *known == name) {
                    return ty.clone();
                }
                let of = &self.traits[*number as usize];
                let module = of.module;
                let found = of.decl.members.types.iter().find(|(known, _)| *known == name).map(|(_, ty)| ty.clone());
                let scope = self.scope(module, Owner::Trait(*number), false);
                match found.map(|ty| self.deep_ty(&ty, &scope, depth + 1)) {
                    // Each implementation says what it is.
                    None | Some(Ty::Other) => Ty::Unknown,
                    Some(ty) => ty,
                }
            }
            // The output of a future, the target of a pointer: what it holds is what it is.
            ty if ty.matters() => ty.clone(),
            _ => Ty::Unknown,
        }
    }

    /// A type that an impl writes, for a value of the struct that it is for.
    pub(in crate::audit) fn of_impl(&mut self, ty: &Type, number: u32, structure: u32, arguments: &Rc<[Ty]>) -> Ty {
        // What it says may lead to itself, and grow with that.
        if self.asking >= MOST_ASKING {
            self.budget.lose();
            return Ty::Unknown;
        }
        self.asking += 1;
        let module = self.impls[number as usize].module;
        let scope = self.scope(module, Owner::Impl(number), true);
        let ty = self.ty(ty, &scope);
        self.asking -= 1;
        let mut known = Substitution::new();
        super::learn(&scope.own, &Ty::Own(structure, Rc::clone(arguments)), &mut known);
        substituted(&ty, &known)
    }
}
