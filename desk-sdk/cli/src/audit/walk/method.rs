//! Method calls.

use std::rc::Rc;

use super::Walker;
use crate::audit::ir::Method;
use crate::audit::name::Name;
use crate::audit::names::Def;
use crate::audit::types::Ty;

impl Walker<'_> {
    pub(super) fn method(&mut self, method: &Method) -> Ty {
        let receiver = self.expr(&method.receiver, None);
        self.method_on(&receiver, method)
    }

    /// A method call on what is known.
    pub(super) fn method_on(&mut self, receiver: &Ty, method: &Method) -> Ty {
        self.world.budget.at = method.place;
        method.types.iter().for_each(|ty| self.mention(ty));
        self.reaches(receiver, method.place);
        let ty = self.method_of(receiver, method);
        self.changes_receiver(receiver, method);
        ty
    }

    pub(super) fn method_of(&mut self, receiver: &Ty, method: &Method) -> Ty {
        self.method_within(receiver, receiver, method)
    }

    /// A method call on what is there if `whole` did not fail: a method that this does not have itself is one of a result,
    /// or of a list of results.
    pub(super) fn method_within(&mut self, receiver: &Ty, whole: &Ty, method: &Method) -> Ty {
        let Method { name, place, arguments, .. } = method;
        let turbofish: Vec<Ty> = method.types.iter().map(|ty| self.world.ty(ty, &self.scope)).collect();
        match receiver {
            Ty::Fallible(both) => self.fallible_method(both, method),
            Ty::Client => {
                let is_own = self.is_client_method(*name);
                match self.world.of_client.get(name).copied() {
                    Some(number) if !is_own => self.call_function(number, Some(receiver), &turbofish, arguments),
                    None if !is_own => self.step(whole, method, &turbofish),
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
                    let ty = self.call_function(number, Some(receiver), &turbofish, arguments);
                    return self.of_all(ty, *structure, *name, Some(receiver));
                }
                // A field that is a function is called otherwise, so this is by what it points to.
                if let Some(inner) = self.world.dereferenced(*structure, own) {
                    return self.method_of(&inner, method);
                }
                match self.managed_for(*structure, own, *name) {
                    Some(managed) => self.method_of(&managed, method),
                    None => self.step(whole, method, &turbofish),
                }
            }
            Ty::Implements(number, _) => match self.trait_method(*number, *name) {
                Some(function) => self.call_function(function, Some(receiver), &turbofish, arguments),
                None => match self.supertrait(*number) {
                    inner if inner.matters() && !matches!(inner, Ty::Implements(..)) => self.method_of(&inner, method),
                    _ => self.step(whole, method, &turbofish),
                },
            },
            Ty::Perhaps(held) => match &**held {
                Ty::Client if self.is_client_method(*name) => {
                    let ty = self.client_method(*name, *place, arguments, Some(receiver));
                    // The other crate may have a method `call` itself, which gives what it holds.
                    if self.is_of_value(receiver, *name) { ty } else { receiver.clone() }
                }
                Ty::Own(structure, _) if self.own_method(*structure, *name).is_some() => {
                    let held = Rc::clone(held);
                    self.method_of(&held, method)
                }
                Ty::Own(structure, own) => match self.managed_for(*structure, own, *name) {
                    Some(managed) => self.method_of(&managed, method),
                    None => self.step(whole, method, &turbofish),
                },
                _ => self.step(whole, method, &turbofish),
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
            _ => self.step(whole, method, &turbofish),
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
        if let Some(number) = of.methods.get(&name).and_then(|all| all.first()) {
            return Some(*number);
        }
        let by_trait = of.traits.iter().find_map(|number| self.world.traits[*number as usize].methods.get(&name));
        by_trait.or_else(|| self.world.of_any.get(&name)?.first()).copied()
    }

    /// What a method gives back that a type may have several times, by the impls of a trait for other types: `ty` is what
    /// the first one does. What is called on it is a method of one of them, which is the one that leads to the client.
    pub(super) fn of_all(&mut self, ty: Ty, structure: u32, name: Name, own: Option<&Ty>) -> Ty {
        let all = self.world.structures[structure as usize].methods.get(&name);
        let others: Vec<u32> = all.map(|all| all.iter().skip(1).copied().collect()).unwrap_or_default();
        others.into_iter().fold(ty, |ty, other| {
            let other = self.gives_back(other, own);
            self.world.leading(ty, other)
        })
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
}
