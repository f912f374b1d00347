//! Closures: what they take is known where they stand, or only where they are called or handed on.

use std::rc::Rc;

use super::Walker;
use crate::audit::ir::{Closure, Expr};
use crate::audit::types::{Function, Kept, Ty};

/// Closures that call one another; and all that are gone through again.
const DEEPEST: usize = 8;
const MOST: usize = 20_000;

impl Walker<'_> {
    pub(super) fn closure(&mut self, closure: &Closure, wanted: Option<&Ty>) -> Ty {
        let wanted = match wanted.map(Ty::held) {
            Some(Ty::Function(function)) => Some(Rc::clone(function)),
            _ => None,
        };
        let inputs: Vec<Ty> = (0..closure.parameters.len())
            .map(|index| wanted.as_ref().and_then(|wanted| wanted.0.get(index)).cloned().unwrap_or(Ty::Unknown))
            .collect();
        let asked = self.asked;
        let may_learn = inputs.iter().any(Ty::may_be_any);
        let open = self.is_open;
        self.is_open |= may_learn;
        let output = self.body(closure, &inputs, wanted.as_ref().map(|wanted| &wanted.1));
        self.is_open = open;
        let keeps = self.asked > asked && may_learn && self.surrounded();
        let kept = keeps.then(|| Kept {
            closure: closure.clone(),
            locals: self.locals.clone(),
            scope: self.scope.clone(),
            base: self.base,
        });
        Ty::closures(inputs, output, kept.map(Rc::new).into_iter().collect())
    }

    /// Whether what surrounds a closure can be kept, or put back: that takes the longer the more it is.
    fn surrounded(&mut self) -> bool {
        self.world.budget.spend(1 + self.locals.len() / 2)
    }

    /// What the body gives back, if the closure takes this.
    fn body(&mut self, closure: &Closure, inputs: &[Ty], wanted: Option<&Ty>) -> Ty {
        let mark = self.locals.len();
        for (parameter, input) in closure.parameters.iter().zip(inputs) {
            self.bind(parameter, input);
        }
        if let Some(output) = &closure.output {
            self.mention(output);
        }
        let outer = std::mem::replace(&mut self.left, Ty::Never);
        let output = self.expr(&closure.body, wanted);
        let output = std::mem::replace(&mut self.left, outer).or(output);
        self.locals.truncate(mark);
        match &closure.output {
            Some(declared) => match self.world.ty(declared, &self.scope) {
                declared if declared.matters() => declared,
                _ => output,
            },
            None => output,
        }
    }

    /// Whether it is a function, which is looked at after what it may be called with.
    pub(super) fn is_function(&self, value: &Expr) -> bool {
        match value {
            Expr::Closure(_) => true,
            Expr::Lent(value) => self.is_function(value),
            Expr::Path(path) => match &*path.segments {
                [one] => matches!(self.locals.get(one.name), Some(Ty::Function(_))),
                _ => false,
            },
            _ => false,
        }
    }

    /// A value where something is wanted: closures that are handed there take what is said there.
    pub(super) fn fitted(&mut self, ty: Ty, wanted: Option<&Ty>) -> Ty {
        match (&ty, wanted.map(Ty::held)) {
            (Ty::Function(function), Some(Ty::Function(wanted))) if !function.2.is_empty() => {
                let (function, wanted) = (Rc::clone(function), Rc::clone(wanted));
                match self.applied(&function, &wanted.0) {
                    Some(output) => Ty::closures(wanted.0.clone(), output, function.2.clone()),
                    None => ty,
                }
            }
            _ => ty,
        }
    }

    /// What closures give back if they are called with this, if that says more than where they stand.
    pub(super) fn applied(&mut self, function: &Function, given: &[Ty]) -> Option<Ty> {
        if !given.iter().any(Ty::matters) {
            return None;
        }
        let mut output = None;
        for kept in &function.2 {
            if self.applying.0 >= DEEPEST || self.applying.1 >= MOST || !self.surrounded() {
                return None;
            }
            self.applying = (self.applying.0 + 1, self.applying.1 + 1);
            let scope = std::mem::replace(&mut self.scope, kept.scope.clone());
            let base = std::mem::replace(&mut self.base, kept.base);
            let locals = std::mem::replace(&mut self.locals, kept.locals.clone());
            let mut inputs = given.to_vec();
            inputs.resize(kept.closure.parameters.len(), Ty::Unknown);
            let open = std::mem::replace(&mut self.is_open, false);
            let made = self.body(&kept.closure, &inputs, None);
            self.is_open = open;
            (self.scope, self.base, self.locals) = (scope, base, locals);
            self.applying.0 -= 1;
            output = Some(output.map_or(made.clone(), |before: Ty| before.or(made)));
        }
        output
    }
}
