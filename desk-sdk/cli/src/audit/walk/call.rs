//! Calls of functions, by their paths.

use std::rc::Rc;

use super::Walker;
use super::path::Target;
use super::structs::settled;
use crate::audit::ir::{Expr, Type};
use crate::audit::name::Name;
use crate::audit::place::Place;
use crate::audit::types::{Substitution, Ty, gives_back, learn, makes_empty};

impl Walker<'_> {
    /// A call: of a function, of a method by its path, of a closure, or of what makes a struct.
    pub(super) fn call(&mut self, function: &Expr, arguments: &[Expr], wanted: Option<&Ty>) -> Ty {
        let Expr::Path(path) = function else {
            let called = self.expr(function, None);
            return self.call_value(&called, arguments);
        };
        let turbofish: Vec<Ty> = {
            let arguments = path.segments.iter().filter_map(|segment| segment.arguments.as_ref());
            let types: Vec<Type> = arguments.flat_map(|arguments| arguments.types.clone()).collect();
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
            Target::Foreign(name, _) if matches!(name.text(), "replace" | "swap") && is_lent(arguments) => {
                self.exchanged(name.text() == "swap", arguments)
            }
            Target::Foreign(name, holds_nothing) => {
                let made = if holds_nothing { Ty::Other } else { Ty::Unknown };
                self.call_foreign(name, arguments, &turbofish, wanted, made).0
            }
            Target::Absent(of, name) => {
                let (ty, given) = self.call_foreign(name, arguments, &turbofish, wanted, Ty::Absent(of));
                self.elsewhere(path, Ty::Absent(of), Some(&given));
                ty
            }
            Target::Unknown => {
                let name = path.segments.last().map_or_else(|| Name::new(""), |last| last.name);
                let (ty, given) = self.call_foreign(name, arguments, &turbofish, wanted, Ty::Unknown);
                self.elsewhere(path, Ty::Unknown, Some(&given));
                ty
            }
        }
    }

    /// A closure or a function that is held by something.
    pub(super) fn call_value(&mut self, called: &Ty, arguments: &[Expr]) -> Ty {
        let function = match called.held() {
            Ty::Function(function) => Some(Rc::clone(function)),
            _ => None,
        };
        let mut given = Vec::with_capacity(arguments.len());
        for (index, argument) in arguments.iter().enumerate() {
            let wanted = function.as_ref().and_then(|function| function.0.get(index));
            given.push(self.expr(argument, wanted));
        }
        match function {
            Some(function) => self.applied(&function, &given).unwrap_or_else(|| function.1.clone()),
            None if matches!(called, Ty::Other | Ty::Sdk) => Ty::Other,
            None => Ty::Unknown,
        }
    }

    fn make(&mut self, structure: u32, variant: usize, arguments: &[Expr]) -> Ty {
        let (_, names) = self.world.of_structure(structure);
        let open: Rc<[Ty]> = names.iter().map(|name| Ty::Parameter(*name)).collect();
        let (mut known, mut values) = (Substitution::new(), Vec::new());
        for (index, argument) in arguments.iter().enumerate() {
            let wanted = self.world.field_at(structure, variant, index, &open).unwrap_or(Ty::Unknown);
            let given = self.expr(argument, Some(&wanted));
            learn(&wanted, &given, &mut known);
            values.extend(settled(given).map(|given| (Name::new(&index.to_string()), given)));
        }
        let of = self.of_names(structure, &names, &known);
        if self.world.structures[structure as usize].decl.is_enum { of } else { Ty::made(of, values) }
    }

    /// A call of a function of another crate: it may give back what it is given, and else what is `made`. Also gives what
    /// it is given.
    fn call_foreign(
        &mut self,
        name: Name,
        arguments: &[Expr],
        turbofish: &[Ty],
        wanted: Option<&Ty>,
        made: Ty,
    ) -> (Ty, Vec<Ty>) {
        let single = arguments.len() == 1;
        if arguments.is_empty() && turbofish.is_empty() && makes_empty(name.text()) && matches!(made, Ty::Unknown) {
            return (Ty::Never, Vec::new());
        }
        // Closures come last: they are called with the others, as in `unfold(client, |client| …)`.
        let mut given = vec![Ty::Unknown; arguments.len()];
        let (closures, others): (Vec<_>, Vec<_>) = (0..).zip(arguments).partition(|(_, one)| self.is_function(one));
        for (index, argument) in others {
            given[index] = self.expr(argument, wanted.filter(|_| single));
        }
        let held = given.iter().find(|ty| ty.matters()).cloned();
        let element = held.map(|held| self.element(&held)).filter(|element| self.world.holds_client(element));
        let with = element.map(|element| Ty::function(vec![element.clone(), element], Ty::Unknown));
        for (index, argument) in closures {
            given[index] = self.expr(argument, wanted.filter(|_| single).or(with.as_ref()));
        }
        if let Some(ty) = turbofish.iter().find(|ty| ty.matters()) {
            return (ty.clone(), given);
        }
        let keeps = gives_back(name.text());
        let ty = match given.iter().find(|ty| ty.matters()) {
            Some(ty) if keeps => match ty {
                Ty::Function(function) if calls(name.text()) => function.1.clone(),
                ty => ty.clone(),
            },
            Some(ty) if name.text() == "Err" && self.world.holds_client(ty) => Ty::fallible(Ty::Never, ty.clone()),
            // It gives back what it does not take apart.
            Some(ty) if name.text() == "try_unwrap" => Ty::fallible(ty.clone(), ty.clone()),
            Some(ty) if self.world.holds_client(ty) => {
                let ty = match ty {
                    Ty::Function(function) => function.1.clone(),
                    ty => ty.clone(),
                };
                Ty::perhaps(ty)
            }
            _ if name.text() == "Err" => Ty::Never,
            // `Ok(value)`: as unknown as the value. What `new` makes of it may be given further things later.
            _ if keeps && single && name.text() != "new" && given.iter().all(|ty| !matches!(ty, Ty::Unknown)) => {
                given[0].clone()
            }
            _ => made,
        };
        (ty, given)
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
                    if self.is_client_method(name) {
                        return self.client_method(name, place, rest, None);
                    }
                    // `clone` and the like.
                    rest.iter().for_each(|argument| drop(self.expr(argument, None)));
                    Ty::Client
                }
                _ => self.associated_value(of, name, place),
            },
            Ty::Own(structure, _) => match self.own_method(*structure, name) {
                Some(number) => {
                    let has_self = self.world.functions[number as usize].decl.has_self;
                    let ty = self.call_function(number, Some(of).filter(|_| !has_self), turbofish, arguments);
                    self.of_all(ty, *structure, name, Some(of))
                }
                None => {
                    arguments.iter().for_each(|argument| drop(self.expr(argument, None)));
                    // `Default::default` and the like, which are derived.
                    of.clone()
                }
            },
            Ty::Implements(number, _) => match self.trait_method(*number, name) {
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
}

/// Whether the first of two values is lent, as to `mem::replace(&mut value, new)`.
fn is_lent(arguments: &[Expr]) -> bool {
    matches!(arguments, [Expr::Lent(_), _])
}

/// Whether a function of another crate calls the one that it is given, and gives back what that does.
fn calls(function: &str) -> bool {
    matches!(
        function,
        "spawn" | "spawn_local" | "from_fn" | "repeat_with" | "successors" | "new_cyclic" | "timeout" | "stream"
    )
}
