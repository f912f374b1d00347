//! Method calls.

use std::rc::Rc;

use super::Walker;
use super::failure::takes_failure;
use crate::audit::finding::How;
use crate::audit::ir::{Expr, Method};
use crate::audit::name::Name;
use crate::audit::names::Def;
use crate::audit::types::{Step, Ty, gives_back, step};

impl Walker<'_> {
    pub(super) fn method(&mut self, method: &Method) -> Ty {
        let receiver = self.expr(&method.receiver, None);
        self.method_on(&receiver, method)
    }

    /// A method call on what is known.
    pub(super) fn method_on(&mut self, receiver: &Ty, method: &Method) -> Ty {
        method.types.iter().for_each(|ty| self.mention(ty));
        self.reaches(receiver, method.place);
        let may_change = matches!(receiver.choices().0, Ty::Texts(_)) || !receiver.matters();
        let changed = may_change && is_change(method.name.text());
        let ty = self.method_of(receiver, method);
        if changed {
            self.changed(method);
        }
        ty
    }

    pub(super) fn method_of(&mut self, receiver: &Ty, method: &Method) -> Ty {
        let Method { name, place, arguments, .. } = method;
        let turbofish: Vec<Ty> = method.types.iter().map(|ty| self.world.ty(ty, &self.scope)).collect();
        match receiver {
            Ty::Fallible(both) => self.fallible_method(both, method),
            Ty::Client => {
                let is_own = self.is_client_method(*name);
                match self.world.of_client.get(name).copied() {
                    Some(number) if !is_own => self.call_function(number, Some(receiver), &turbofish, arguments),
                    None if !is_own => self.step(receiver, method, &turbofish),
                    _ => self.client_method(*name, *place, arguments, Some(receiver)),
                }
            }
            Ty::Made(made) if self.is_known_method(&made.0, *name) => self.method_of(&made.0, method),
            Ty::Builder => {
                arguments.iter().for_each(|argument| drop(self.expr(argument, None)));
                if name.text() == "build" { Ty::Client } else { Ty::Builder }
            }
            Ty::Sdk => {
                let argument = Ty::function(vec![Ty::Sdk, Ty::Sdk], Ty::Sdk);
                arguments.iter().for_each(|one| drop(self.expr(one, Some(&argument))));
                // Those of the fake Desk.
                match name.text() {
                    "client" => Ty::Client,
                    "builder" => Ty::Builder,
                    _ => Ty::Sdk,
                }
            }
            Ty::Parameters(_) => {
                arguments.iter().for_each(|argument| drop(self.expr(argument, None)));
                receiver.clone()
            }
            Ty::Own(structure, own) => {
                if let Some(number) = self.own_method(*structure, *name) {
                    return self.call_function(number, Some(receiver), &turbofish, arguments);
                }
                // A field that is a function is called otherwise, so this is by what it points to.
                if let Some(inner) = self.world.dereferenced(*structure, own) {
                    return self.method_of(&inner, method);
                }
                match self.managed_for(*structure, own, *name) {
                    Some(managed) => self.method_of(&managed, method),
                    None => self.step(receiver, method, &turbofish),
                }
            }
            Ty::Implements(number, _) => match self.trait_method(*number, *name) {
                Some(function) => self.call_function(function, Some(receiver), &turbofish, arguments),
                None => match self.supertrait(*number) {
                    inner if inner.matters() && !matches!(inner, Ty::Implements(..)) => self.method_of(&inner, method),
                    _ => self.step(receiver, method, &turbofish),
                },
            },
            Ty::Perhaps(held) => match &**held {
                Ty::Client if self.is_client_method(*name) => {
                    self.client_method(*name, *place, arguments, Some(receiver))
                }
                Ty::Own(structure, _) if self.own_method(*structure, *name).is_some() => {
                    let held = Rc::clone(held);
                    self.method_of(&held, method)
                }
                Ty::Own(structure, own) => match self.managed_for(*structure, own, *name) {
                    Some(managed) => self.method_of(&managed, method),
                    None => self.step(receiver, method, &turbofish),
                },
                _ => self.step(receiver, method, &turbofish),
            },
            // No function and no tuple has such a method, so it is that of what they give or hold.
            Ty::Function(function) if self.is_of_value(&function.1, *name) => {
                let output = function.1.clone();
                self.method_of(&output, method)
            }
            Ty::Tuple(parts) if parts.iter().any(|part| self.is_of_value(part, *name)) => {
                let part = parts.iter().find(|part| self.is_of_value(part, *name)).cloned();
                self.method_of(&part.unwrap_or(Ty::Unknown), method)
            }
            // No map has such a method, so it is that of a value.
            Ty::Map(both) if self.is_of_value(&both.1, *name) => {
                let value = both.1.clone();
                self.method_of(&value, method)
            }
            _ => self.step(receiver, method, &turbofish),
        }
    }

    /// Whether a struct has a method itself, or by what it points to; others give back what holds it.
    fn is_known_method(&mut self, of: &Ty, name: Name) -> bool {
        match of {
            Ty::Own(structure, arguments) => {
                self.own_method(*structure, name).is_some() || self.world.dereferenced(*structure, arguments).is_some()
            }
            _ => true,
        }
    }

    /// What a pool gives of a struct that has no such method itself.
    fn managed_for(&mut self, structure: u32, arguments: &Rc<[Ty]>, name: Name) -> Option<Ty> {
        let managed = self.world.managed(structure, arguments)?;
        self.is_of_value(&managed, name).then_some(managed)
    }

    /// Whether a method is the client's, or that of a struct which holds one.
    fn is_of_value(&mut self, value: &Ty, name: Name) -> bool {
        match value.held() {
            Ty::Client => {
                let is_call = matches!(name.text(), "invoke" | "request");
                is_call || self.world.catalogue.methods.contains_key(&name)
            }
            Ty::Own(structure, _) => {
                self.world.structure_holds_client(*structure) && self.own_method(*structure, name).is_some()
            }
            _ => false,
        }
    }

    /// A method of a type: its own, or that of a trait.
    pub(super) fn own_method(&mut self, structure: u32, name: Name) -> Option<u32> {
        let of = &self.world.structures[structure as usize];
        if let Some(number) = of.methods.get(&name) {
            return Some(*number);
        }
        let by_trait = of.traits.iter().find_map(|number| self.world.traits[*number as usize].methods.get(&name));
        by_trait.or_else(|| self.world.of_any.get(&name)?.first()).copied()
    }

    pub(super) fn trait_method(&mut self, number: u32, name: Name) -> Option<u32> {
        let mut next = vec![number];
        let mut seen = Vec::new();
        while let Some(number) = next.pop() {
            if seen.contains(&number) {
                continue;
            }
            seen.push(number);
            let of = &self.world.traits[number as usize];
            if let Some(method) = of.methods.get(&name) {
                return Some(*method);
            }
            let (decl, module) = (of.decl.clone(), of.module);
            for path in &decl.supertraits {
                let found = self.world.resolve_path(module, path, crate::audit::names::Space::Types);
                if let Some((Def::Trait(other), _)) = found {
                    next.push(other);
                }
            }
        }
        None
    }

    /// What the traits that a trait requires say: `trait T: AsRef<Client>`.
    fn supertrait(&mut self, number: u32) -> Ty {
        let of = &self.world.traits[number as usize];
        let (decl, module) = (of.decl.clone(), of.module);
        let scope = self.world.scope(module, crate::audit::names::Owner::Trait(number), false);
        let own =
            decl.generics.parameters.iter().filter(|(name, _)| name.text() == "Self").flat_map(|(_, bounds)| bounds);
        let bounds: Vec<_> = decl.supertraits.iter().chain(own).cloned().collect();
        self.world.bounded(&bounds, &scope, 0)
    }

    /// A method of a type that is not audited, or of one that is not known.
    pub(super) fn step(&mut self, receiver: &Ty, method: &Method, turbofish: &[Ty]) -> Ty {
        let Method { name, arguments, .. } = method;
        if let Some(ty) = self.operation_elsewhere(receiver, method) {
            return ty;
        }
        // A method of a trait that the audited packages give to others' types.
        if !matches!(receiver, Ty::Own(..) | Ty::Made(_) | Ty::Implements(..) | Ty::Client)
            && let Some(number) = self.world.of_any.get(name).and_then(|all| all.first()).copied()
        {
            let output = self.call_function(number, None, turbofish, arguments);
            return if output.matters() { output } else { Ty::Unknown };
        }
        let step = step(name.text());
        let element = self.element(receiver);
        let mut result: Option<Ty> = None;
        let mut given = Vec::new();
        let (closures, others): (Vec<_>, Vec<_>) = (0..).zip(arguments).partition(|(_, one)| self.is_function(one));
        for (index, argument) in others.into_iter().chain(closures) {
            let inputs = match step {
                Step::Fold => vec![given.first().cloned().unwrap_or(Ty::Unknown), element.clone()],
                Step::Aside | Step::Either | Step::Instead if takes_failure(name.text(), index) => {
                    vec![self.failure(receiver)]
                }
                _ => vec![element.clone(), element.clone()],
            };
            // What is added to functions is one.
            let wanted = match receiver {
                Ty::Function(_) => receiver.clone(),
                Ty::Map(both) if matches!(both.1, Ty::Function(_)) => both.1.clone(),
                _ => Ty::function(inputs, Ty::Unknown),
            };
            let ty = match self.expr(argument, Some(&wanted)) {
                // `map(Arc::clone)`, `map(Some)`.
                _ if step == Step::Closure && is_path_that_gives_back(argument) => {
                    Ty::function(vec![element.clone()], element.clone())
                }
                ty => ty,
            };
            match &ty {
                Ty::Function(function) => {
                    let output = function.1.clone();
                    result = Some(result.take().map_or(output.clone(), |before| before.or(output)));
                }
                other => given.push(other.clone()),
            }
        }
        if let Some(ty) = turbofish.iter().find(|ty| ty.matters() && (!receiver.is_choice() || name.text() == "parse"))
        {
            return ty.clone();
        }
        let last = || given.last().cloned();
        let text = matches!(receiver.choices().0, Ty::Texts(_) | Ty::Other);
        match (step, receiver) {
            (Step::Closure, _) => result.or_else(last).unwrap_or(Ty::Unknown),
            (Step::Filled, receiver) => {
                let held = match receiver {
                    Ty::Map(both) => both.1.clone(),
                    other => other.clone(),
                };
                held.or(result.or_else(last).unwrap_or(Ty::Unknown))
            }
            (Step::Fold, _) => result.unwrap_or(Ty::Unknown).or(given.first().cloned().unwrap_or(Ty::Unknown)),
            (Step::Numbered, _) => Ty::tuple(vec![Ty::Other, element]),
            (Step::Zipped, _) => Ty::tuple(vec![element, last().map_or(Ty::Unknown, |other| other.element())]),
            (Step::Keys, Ty::Map(both)) => both.0.clone(),
            (Step::Values | Step::Value, Ty::Map(both)) => both.1.clone(),
            (Step::Pair, _) => element,
            // What goes through a map gives pairs, by whatever name.
            (Step::Keys, Ty::Tuple(pair)) if pair.len() == 2 => pair[0].clone(),
            (Step::Values, Ty::Tuple(pair)) if pair.len() == 2 => pair[1].clone(),
            (Step::Failure, _) => self.failure(receiver),
            (Step::Sent, receiver) => self.sent(receiver, last()),
            (Step::Nothing, _) => Ty::Other,
            (Step::NewText, _) if text => Ty::Other,
            (Step::Either | Step::Instead, _) => {
                let either = given.into_iter().chain(result).fold(Ty::Never, Ty::or);
                match (step, either) {
                    (Step::Either, either) => receiver.clone().or(either),
                    (_, Ty::Never) => Ty::Unknown,
                    (_, either) => either,
                }
            }
            (_, Ty::Unknown | Ty::Absent(_) | Ty::Other | Ty::Never) => {
                let client = given
                    .into_iter()
                    .find(|ty| matches!(ty, Ty::Client | Ty::Own(..) | Ty::Made(_)) && self.world.holds_client(ty));
                client.map_or_else(|| receiver.clone(), |ty| Ty::Perhaps(Rc::new(ty)))
            }
            _ => receiver.clone(),
        }
    }

    /// A method with the name of an operation, on something that is not known to be the client.
    fn operation_elsewhere(&mut self, receiver: &Ty, method: &Method) -> Option<Ty> {
        let Method { name, place, arguments, .. } = method;
        let is_known = match receiver {
            Ty::Unknown | Ty::Never | Ty::Absent(_) | Ty::Perhaps(_) => false,
            // What the steps to it are taken for is not all: nothing of that has such a method.
            Ty::Tuple(_) | Ty::Map(_) | Ty::Function(_) => !self.world.holds_client(receiver),
            // Its methods may come from a macro that is not seen.
            Ty::Own(..) | Ty::Made(_) => !self.world.holds_client(receiver),
            Ty::Implements(..) => false,
            _ => true,
        };
        if is_known {
            return None;
        }
        match name.text() {
            "invoke" | "request" if arguments.len() == 2 => self.asked += 1,
            _ => {}
        }
        match name.text() {
            "invoke" if arguments.len() == 2 => return Some(self.invoked(receiver, *place, arguments)),
            "request" if arguments.len() == 2 => return self.requested(receiver, *place, arguments),
            _ => {}
        }
        let number = self.world.catalogue.methods.get(name).copied()?;
        self.asked += 1;
        let operation = self.world.catalogue.operation(number);
        let mark = self.walked.found.len();
        let given: Vec<Ty> = arguments.iter().map(|argument| self.expr(argument, None)).collect();
        match given.as_slice() {
            [given] if is_of(given, operation) => {
                self.forget_parameters(mark, operation);
                self.found(number, How::Method, name.text(), *place);
                return Some(Ty::Sdk);
            }
            [given] if given.may_be_any() => self.doubted(operation, receiver, *name, *place),
            // Such a macro may add what is not written there.
            _ if self.is_foreign_item => self.doubted(operation, receiver, *name, *place),
            [_] => {}
            _ => return None,
        }
        Some(Ty::Unknown)
    }

    /// Notes what is called like an operation, on what may be the client.
    pub(super) fn doubted(
        &mut self,
        operation: &'static desk_sdk::Operation,
        receiver: &Ty,
        name: Name,
        place: crate::audit::place::Place,
    ) {
        let why = match receiver {
            _ if self.is_foreign_item => "it is given to a macro whose rules are not in the source".to_owned(),
            Ty::Unknown | Ty::Never => "what it is called on is not known".to_owned(),
            Ty::Tuple(_) | Ty::Map(_) | Ty::Function(_) => "it is called on something that holds the client".to_owned(),
            Ty::Perhaps(_) => "it is called on a type of another crate that holds the client".to_owned(),
            Ty::Absent(of) => {
                // Whatever else the file has.
                self.reach.insert(place.file());
                format!("it is called on something of the crate `{}`, whose source is not there", of.text())
            }
            _ => "it is called on a type that has no such method in the source".to_owned(),
        };
        self.note(operation, How::Method, name.text(), place, Some(why));
    }

    /// Leaves out that parameters are named, since the call that takes them was noted.
    pub(super) fn forget_parameters(&mut self, mark: usize, operation: &desk_sdk::Operation) {
        let mut index = mark;
        while let Some(found) = self.walked.found.get(index) {
            match found.how == How::Parameters && same(found.operation, operation) {
                true => drop(self.walked.found.remove(index)),
                false => index += 1,
            }
        }
    }

    /// A list of texts that is added to, or a text that is changed.
    fn changed(&mut self, method: &Method) {
        let Expr::Path(path) = &method.receiver else { return };
        let [one] = &*path.segments else { return };
        self.muted += 1;
        let mut added = method.arguments.last().map_or(Ty::Other, |argument| self.expr(argument, None));
        if let ([key, _], true) = (&*method.arguments, added.matters()) {
            added = Ty::map(self.expr(key, None), added);
        }
        self.muted -= 1;
        // A letter is only added to a text.
        let is_text = method.name.text().ends_with("_str") || matches!(method.arguments.last(), Some(Expr::Literal));
        if let Some((_, known)) = self.locals.iter_mut().rev().find(|(name, _)| *name == one.name) {
            *known = match (is_text, &*known) {
                (true, known) if known.is_choice() => Ty::Other,
                (true, known) => known.clone(),
                (false, known) => known.clone().or(added),
            };
        }
    }
}

/// Whether something is the parameters of an operation.
pub(super) fn is_of(ty: &Ty, operation: &desk_sdk::Operation) -> bool {
    matches!(ty, Ty::Parameters(given) if same(given, operation))
}

/// Whether an operation is the other one, or its alias.
pub(super) fn same(one: &desk_sdk::Operation, other: &desk_sdk::Operation) -> bool {
    one.alias_of.unwrap_or(one.id) == other.alias_of.unwrap_or(other.id)
}

fn is_path_that_gives_back(argument: &Expr) -> bool {
    match argument {
        Expr::Path(path) => path.segments.last().is_some_and(|last| gives_back(last.name.text())),
        _ => false,
    }
}

fn is_change(method: &str) -> bool {
    matches!(
        method,
        "push"
            | "push_str"
            | "push_back"
            | "push_front"
            | "insert"
            | "extend"
            | "append"
            | "insert_str"
            | "set"
            | "store"
    )
}
