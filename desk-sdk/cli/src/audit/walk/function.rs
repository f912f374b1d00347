//! Functions of the audited packages: what they take, and what they give back.

use std::rc::Rc;

use super::Walker;
use crate::audit::ir::{Expr, Type};
use crate::audit::name::Name;
use crate::audit::types::{Scope, Substitution, Ty, associated_name, learn, learn_types, substituted};

impl Walker<'_> {
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
        self.calls(number);
        let scope = self.signature(number);
        let decl = self.world.functions[number as usize].decl.clone();
        let mut known = Substitution::new();
        if let Some(own) = own {
            self.learn_own(&scope, own, &mut known);
        }
        let generics = decl.generics.parameters.iter().map(|(name, _)| *name);
        known.extend(generics.zip(turbofish.iter().cloned()));
        // As `Type::method(value, …)`.
        let by_path = own.is_none() && decl.has_self && arguments.len() == decl.parameters.len() + 1;
        let (first, rest) = if by_path { arguments.split_at(1) } else { arguments.split_at(0) };
        for own in first {
            let given = self.expr(own, None);
            self.learn_own(&scope, &given, &mut known);
        }
        // Closures come last: what they take may be learnt from the others.
        let (closures, others): (Vec<_>, Vec<_>) = (0_usize..).zip(rest).partition(|(_, one)| self.is_function(one));
        for (index, argument) in others.into_iter().chain(closures) {
            let wanted = decl.parameters.get(index).map(|(_, ty)| self.wanted(ty, &scope));
            let wanted_here = wanted.as_ref().map(|wanted| substituted(wanted, &known));
            let given = self.expr(argument, wanted_here.as_ref());
            self.gives(number, index, &given);
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

    /// What is known by the value that a method is called on: its arguments, and what the types of a trait are for it.
    fn learn_own(&mut self, scope: &Scope, own: &Ty, known: &mut Substitution) {
        learn(&scope.own, own.held(), known);
        if matches!(scope.own, Ty::Implements(..)) {
            known.push((Name::new("Self"), own.held().clone()));
        }
        if let (Ty::Implements(..), Ty::Own(structure, arguments)) = (&scope.own, own.held()) {
            let names: Vec<Name> = self.world.structures[*structure as usize].types.keys().copied().collect();
            let types = names.into_iter();
            let types = types.filter_map(|name| Some((name, self.world.own_type(*structure, name, arguments)?)));
            learn_types(types, known);
        }
    }

    /// What a parameter takes; for a type parameter, what its bounds say.
    fn wanted(&mut self, ty: &Type, scope: &Scope) -> Ty {
        match self.world.ty(ty, scope) {
            Ty::Parameter(name) if name.text() == "Self" => scope.own.clone(),
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
        self.learn_bounds(scope, &mut known);
        self.learn_associated(&mut known);
        if !known.iter().any(|(name, _)| name.text() == "Self") {
            known.push((Name::new("Self"), scope.own.clone()));
        }
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
            open @ (Ty::Other | Ty::Sdk | Ty::Tuple(_)) if !open.matters() => match self.texts_of_function(number) {
                Ty::Other => open,
                choice => choice,
            },
            ty => ty,
        }
    }

    /// What the associated types of parameters are, by the structs that they stand for: `V::Output`.
    fn learn_associated(&mut self, known: &mut Substitution) {
        let mut types = Vec::new();
        for (of, ty) in known.iter() {
            let Ty::Own(structure, arguments) = ty.held() else { continue };
            let names: Vec<Name> = self.world.structures[*structure as usize].types.keys().copied().collect();
            for name in names {
                let ty = self.world.own_type(*structure, name, arguments);
                types.extend(ty.map(|ty| (associated_name(of.text(), name), ty)));
            }
        }
        known.extend(types);
    }

    /// What bounds say about further parameters, such as `U: Future<Output = T>` about `T`, until nothing is new.
    fn learn_bounds(&mut self, scope: &Scope, known: &mut Substitution) {
        let bounds = Rc::clone(&scope.bounds);
        let mut before = usize::MAX;
        while before != known.len() && known.len() <= bounds.len() {
            before = known.len();
            for (name, bounds) in bounds.iter() {
                let given = known.iter().find(|(known, _)| known == name).map(|(_, given)| given.clone());
                if let Some(given) = given.filter(Ty::matters) {
                    let open = self.world.bounded(bounds, scope, 0);
                    learn(&open, &given, known);
                }
            }
        }
    }

    /// What a function gives back that is called on this, whatever it is given.
    pub(super) fn gives_back(&mut self, number: u32, own: Option<&Ty>) -> Ty {
        let scope = self.signature(number);
        let mut known = Substitution::new();
        if let Some(own) = own {
            self.learn_own(&scope, own, &mut known);
        }
        self.output(number, &scope, known)
    }

    /// A function that is given as a value.
    pub(super) fn function_value(&mut self, number: u32, own: Option<&Ty>) -> Ty {
        self.escapes(number);
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
}
