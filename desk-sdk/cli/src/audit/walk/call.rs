//! Paths as values, and calls of functions.

use std::rc::Rc;

use super::Walker;
use crate::audit::finding::How;
use crate::audit::ir::{Expr, Path, Place, Segment, Type};
use crate::audit::name::Name;
use crate::audit::names::{Def, Sdk, Space};
use crate::audit::types::{Scope, Substitution, Ty, learn, substituted};

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
    Foreign(Name),
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
            Target::Foreign(name) => match name.text() {
                "None" => Ty::Never,
                _ => Ty::Other,
            },
            Target::Unknown => Ty::Unknown,
        }
    }

    pub(super) fn target(&mut self, path: &Path) -> Target {
        for segment in &path.segments {
            if let Some(arguments) = &segment.arguments {
                arguments.types.iter().for_each(|ty| self.mention(ty));
            }
        }
        if let Some(of) = &path.of {
            self.mention(of);
            let of = self.world.ty(of, &self.scope);
            return match path.segments.as_slice() {
                [one] => Target::Of(of, one.name, one.place),
                _ => Target::Unknown,
            };
        }
        let [first, ..] = path.segments.as_slice() else { return Target::Unknown };
        if let ([one], false) = (path.segments.as_slice(), path.global)
            && let Some((_, ty)) = self.locals.iter().rev().find(|(name, _)| *name == one.name)
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
        let head = Path { segments: path.segments[..1].to_vec(), ..path.clone() };
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
            self.reach.insert(at.place.file);
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
            (Def::Foreign(name), _) => Target::Foreign(name),
            (Def::Alias(_) | Def::Structure(_) | Def::Trait(_) | Def::Sdk(_), rest) => {
                let head = Path { of: None, global: false, segments: segments[..taken].to_vec() };
                let of = self.world.ty(&Type::Path(head), &self.scope);
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

    /// A call: of a function, of a method by its path, of a closure, or of what makes a struct.
    pub(super) fn call(&mut self, function: &Expr, arguments: &[Expr], wanted: Option<&Ty>) -> Ty {
        let Expr::Path(path) = function else {
            let called = self.expr(function, None);
            return self.call_value(&called, arguments);
        };
        let turbofish: Vec<Ty> = {
            let last = path.segments.last().and_then(|segment| segment.arguments.as_ref());
            let types = last.map(|arguments| arguments.types.clone()).unwrap_or_default();
            types.iter().map(|ty| self.world.ty(ty, &self.scope)).collect()
        };
        match self.target(path) {
            Target::Local(ty) => self.call_value(&ty, arguments),
            Target::Function(number) => self.call_function(number, None, &turbofish, arguments),
            Target::Of(of, name, place) => self.call_of(&of, name, place, arguments, &turbofish),
            Target::Make(structure, variant) => self.make(structure, variant, arguments),
            Target::Sdk(sdk, place) => self.call_sdk(sdk, place, arguments),
            Target::Constant(number) => {
                let of = self.constant_value(number);
                self.call_value(&of, arguments)
            }
            Target::Foreign(name) => self.call_foreign(name, arguments, &turbofish, wanted),
            Target::Unknown => {
                arguments.iter().for_each(|argument| drop(self.expr(argument, None)));
                turbofish.into_iter().find(Ty::matters).unwrap_or(Ty::Unknown)
            }
        }
    }

    /// A closure or a function that is held by something.
    pub(super) fn call_value(&mut self, called: &Ty, arguments: &[Expr]) -> Ty {
        let function = match called.held() {
            Ty::Function(function) => Some(Rc::clone(function)),
            _ => None,
        };
        for (index, argument) in arguments.iter().enumerate() {
            let wanted = function.as_ref().and_then(|function| function.0.get(index));
            self.expr(argument, wanted);
        }
        match function {
            Some(function) => function.1.clone(),
            None if matches!(called, Ty::Other | Ty::Sdk) => Ty::Other,
            None => Ty::Unknown,
        }
    }

    fn make(&mut self, structure: u32, variant: usize, arguments: &[Expr]) -> Ty {
        let (_, names) = self.world.of_structure(structure);
        let open: Rc<[Ty]> = names.iter().map(|name| Ty::Parameter(*name)).collect();
        let mut known = Substitution::new();
        for (index, argument) in arguments.iter().enumerate() {
            let wanted = self.world.field_at(structure, variant, index, &open).unwrap_or(Ty::Unknown);
            let given = self.expr(argument, Some(&wanted));
            learn(&wanted, &given, &mut known);
        }
        self.of_names(structure, &names, &known)
    }

    /// The place of a function's signature, with its type parameters.
    pub(super) fn signature(&mut self, number: u32) -> Scope {
        if let Some(known) = self.scopes.get(&number) {
            return known.clone();
        }
        let of = &self.world.functions[number as usize];
        let (decl, module, owner) = (of.decl.clone(), of.module, of.owner);
        let mut scope = self.world.scope(module, owner, true);
        scope.bounds = Rc::new(scope.bounds.iter().chain(&decl.generics.parameters).cloned().collect());
        self.scopes.insert(number, scope.clone());
        scope
    }

    /// A call of a function of the audited packages; `own` is the value that a method is called on.
    pub(super) fn call_function(&mut self, number: u32, own: Option<&Ty>, turbofish: &[Ty], arguments: &[Expr]) -> Ty {
        let scope = self.signature(number);
        let decl = self.world.functions[number as usize].decl.clone();
        let mut known = Substitution::new();
        if let Some(own) = own {
            learn(&scope.own, own.held(), &mut known);
        }
        let generics = decl.generics.parameters.iter().map(|(name, _)| *name);
        known.extend(generics.zip(turbofish.iter().cloned()));
        // As `Type::method(value, …)`.
        let by_path = own.is_none() && decl.has_self && arguments.len() == decl.parameters.len() + 1;
        let (first, rest) = if by_path { arguments.split_at(1) } else { arguments.split_at(0) };
        for own in first {
            let given = self.expr(own, None);
            learn(&scope.own, given.held(), &mut known);
        }
        // Closures come last: what they take may be learnt from the others.
        let is_closure = |argument: &&Expr| matches!(argument, Expr::Closure(_));
        let numbered = || (0_usize..).zip(rest);
        let order = numbered().filter(|(_, one)| !is_closure(one)).chain(numbered().filter(|(_, one)| is_closure(one)));
        for (index, argument) in order {
            let wanted = decl.parameters.get(index).map(|(_, ty)| self.wanted(ty, &scope));
            let wanted_here = wanted.as_ref().map(|wanted| substituted(wanted, &known));
            let given = self.expr(argument, wanted_here.as_ref());
            if let Some((_, ty)) = decl.parameters.get(index) {
                let open = self.world.ty(ty, &scope);
                learn(&open, &given, &mut known);
            }
            if let Some(wanted) = &wanted {
                learn(wanted, &given, &mut known);
            }
        }
        self.output(number, &scope, known)
    }

    /// What a parameter takes; for a type parameter, what its bounds say.
    fn wanted(&mut self, ty: &Type, scope: &Scope) -> Ty {
        match self.world.ty(ty, scope) {
            Ty::Parameter(name) => {
                let bounds = Rc::clone(&scope.bounds);
                let bounds = bounds.iter().find(|(known, _)| *known == name).map(|(_, bounds)| bounds.as_slice());
                self.world.bounded(bounds.unwrap_or_default(), scope, 0)
            }
            ty => ty,
        }
    }

    /// What a function gives back, by what is known about its type parameters.
    fn output(&mut self, number: u32, scope: &Scope, mut known: Substitution) -> Ty {
        let decl = self.world.functions[number as usize].decl.clone();
        let Some(output) = &decl.output else { return Ty::Other };
        let open = self.world.ty(output, scope);
        let bounds = Rc::clone(&scope.bounds);
        for (name, bounds) in bounds.iter() {
            if !known.iter().any(|(known, _)| known == name) {
                let bounded = self.world.bounded(bounds, scope, 0);
                if bounded.matters() {
                    known.push((*name, bounded));
                }
            }
        }
        match substituted(&open, &known) {
            Ty::Other => self.texts_of_function(number),
            ty => ty,
        }
    }

    /// A function that is given as a value.
    pub(super) fn function_value(&mut self, number: u32, own: Option<&Ty>) -> Ty {
        let scope = self.signature(number);
        let decl = self.world.functions[number as usize].decl.clone();
        let mut known = Substitution::new();
        if let Some(own) = own {
            learn(&scope.own, own, &mut known);
        }
        let own = decl.has_self.then(|| scope.own.clone());
        let inputs = own.into_iter().chain(decl.parameters.iter().map(|(_, ty)| self.world.ty(ty, &scope))).collect();
        let output = self.output(number, &scope, known);
        Ty::function(inputs, output)
    }

    /// A call of a function of another crate: it may give back what it is given.
    fn call_foreign(&mut self, name: Name, arguments: &[Expr], turbofish: &[Ty], wanted: Option<&Ty>) -> Ty {
        let single = arguments.len() == 1;
        let given: Vec<Ty> = arguments.iter().map(|argument| self.expr(argument, wanted.filter(|_| single))).collect();
        if let Some(ty) = turbofish.iter().find(|ty| ty.matters()) {
            return ty.clone();
        }
        let keeps = matches!(
            name.text(),
            "Some"
                | "Ok"
                | "new"
                | "from"
                | "clone"
                | "from_iter"
                | "pin"
                | "take"
                | "replace"
                | "spawn"
                | "ready"
                | "iter"
                | "once"
                | "identity"
                | "leak"
                | "cloned"
                | "from_fn"
                | "spawn_local"
                | "timeout"
                | "into"
                | "as_ref"
                | "borrow"
                | "deref"
                | "downgrade"
                | "upgrade"
                | "lock"
                | "try_from"
                | "join_all"
                | "try_join_all"
                | "stream"
                | "repeat"
                | "black_box"
                | "into_inner"
                | "new_cyclic"
                | "successors"
                | "repeat_with"
        );
        match given.iter().find(|ty| ty.matters()) {
            Some(ty) if keeps => match ty {
                Ty::Function(function) if !single || name.text() != "new" => function.1.clone(),
                ty => ty.clone(),
            },
            Some(ty) if self.world.holds_client(ty) => {
                let ty = match ty {
                    Ty::Function(function) => function.1.clone(),
                    ty => ty.clone(),
                };
                Ty::Perhaps(Rc::new(ty))
            }
            _ if name.text() == "Err" => Ty::Never,
            // `Ok(value)`: as unknown as the value.
            _ if keeps && single => given.into_iter().next().unwrap_or(Ty::Other),
            _ => Ty::Other,
        }
    }

    /// What a type has under a name, called by its path: `Type::name(…)`.
    fn call_of(&mut self, of: &Ty, name: Name, place: Place, arguments: &[Expr], turbofish: &[Ty]) -> Ty {
        match of.held() {
            Ty::Client => match arguments.split_first() {
                Some((own, rest)) if name.text() != "builder" => {
                    if let Some(number) = self.world.of_client.get(&name).copied()
                        && !self.world.catalogue.methods.contains_key(&name)
                    {
                        return self.call_function(number, None, turbofish, arguments);
                    }
                    self.expr(own, None);
                    self.client_method(name, place, rest, None)
                }
                _ => self.associated_value(of, name, place),
            },
            Ty::Own(structure, _) => match self.own_method(*structure, name) {
                Some(number) => {
                    let has_self = self.world.functions[number as usize].decl.has_self;
                    self.call_function(number, Some(of).filter(|_| !has_self), turbofish, arguments)
                }
                None => {
                    arguments.iter().for_each(|argument| drop(self.expr(argument, None)));
                    // `Default::default` and the like, which are derived.
                    of.clone()
                }
            },
            Ty::Implements(number) => match self.trait_method(*number, name) {
                Some(method) => self.call_function(method, None, turbofish, arguments),
                None => {
                    arguments.iter().for_each(|argument| drop(self.expr(argument, None)));
                    Ty::Unknown
                }
            },
            _ => {
                let given: Vec<Ty> = arguments.iter().map(|argument| self.expr(argument, None)).collect();
                match self.associated_value(of, name, place) {
                    Ty::Unknown | Ty::Other => given.into_iter().find(Ty::matters).unwrap_or(Ty::Other),
                    ty => ty,
                }
            }
        }
    }

    /// What a type has under a name, as a value.
    fn associated_value(&mut self, of: &Ty, name: Name, place: Place) -> Ty {
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
                "OPERATION" => Ty::text(Name::new(operation.id)),
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
            Ty::Implements(number) => match self.trait_method(*number, name) {
                Some(method) => self.function_value(method, None),
                None => Ty::Unknown,
            },
            Ty::Builder | Ty::Sdk => of.clone(),
            Ty::Other => Ty::Other,
            _ => Ty::Unknown,
        }
    }
}
