//! What fails: the error side of a result, which may give back what was handed over.

use std::rc::Rc;

use super::Walker;
use crate::audit::ir::Method;
use crate::audit::types::{Step, Ty, step};

impl Walker<'_> {
    /// What something fails with. That of another crate may hold what was handed over: a lock that is poisoned gives its
    /// guard, a channel that is closed what was sent.
    pub(super) fn failure(&mut self, of: &Ty) -> Ty {
        match of {
            Ty::Fallible(both) => both.1.clone(),
            Ty::Unknown | Ty::Never | Ty::Absent(_) | Ty::Perhaps(_) => of.clone(),
            of if self.world.holds_client(of) => Ty::perhaps(of.clone()),
            _ => Ty::Other,
        }
    }

    /// What hands something over gives it back if that fails.
    pub(super) fn sent(&mut self, to: &Ty, given: Option<Ty>) -> Ty {
        let given = given.filter(|given| self.world.holds_client(given));
        let held = given.or_else(|| self.world.holds_client(to).then(|| to.clone()));
        let good = if to.may_be_any() { Ty::Unknown } else { Ty::Other };
        held.map_or(to.clone(), |held| Ty::fallible(good, Ty::perhaps(held)))
    }

    /// A method on a result whose error may matter.
    pub(super) fn fallible_method(&mut self, both: &Rc<(Ty, Ty)>, method: &Method) -> Ty {
        let (good, bad) = &**both;
        let receiver = Ty::Fallible(Rc::clone(both));
        match method.name.text() {
            // What the methods by these names are called on is the result as a whole.
            "as_ref" | "as_mut" | "as_deref" | "as_deref_mut" | "clone" | "cloned" | "copied" | "to_owned"
            | "into_future" | "fuse" | "inspect_err" => {
                self.step(&receiver, method, &[]);
                receiver
            }
            "map_err" | "or_else" => {
                let made = self.made_of_failure(bad, method);
                match method.name.text() {
                    "map_err" => Ty::fallible(good.clone(), made),
                    _ => good.clone().or(made),
                }
            }
            "unwrap_or_else" | "map_or_else" | "is_err_and" => self.step(&receiver, method, &[]),
            "ok" => good.clone(),
            name if step(name, method.arguments.len()) == Step::Failure => bad.clone(),
            // As for a result of which nothing else is known, with the same error.
            "map" | "and_then" | "map_ok" => {
                let made = self.method_within(good, &receiver, method);
                Ty::fallible(made.good().clone(), bad.clone())
            }
            _ => self.method_within(good, &receiver, method),
        }
    }

    /// What the closure makes of an error.
    fn made_of_failure(&mut self, bad: &Ty, method: &Method) -> Ty {
        let wanted = Ty::function(vec![bad.clone()], Ty::Unknown);
        let mut made = Ty::Never;
        for argument in &method.arguments {
            made = match self.expr(argument, Some(&wanted)) {
                Ty::Function(function) => made.or(function.1.clone()),
                _ => Ty::Unknown,
            };
        }
        made
    }
}

/// Whether what a step gives of a list of results may still have failed, each of it.
pub(super) fn keeps_failure(step: Step) -> bool {
    matches!(step, Step::Same | Step::Converted | Step::Value | Step::Values | Step::Pair | Step::Filled | Step::Either)
}

/// Whether the argument at a place of a method takes what its receiver fails with.
pub(super) fn takes_failure(method: &str, index: usize) -> bool {
    match method {
        "map_or_else" => index == 0,
        "map_or" | "is_some_and" => false,
        _ => true,
    }
}
