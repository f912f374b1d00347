//! Methods of types that are not audited: options, lists, iterators, locks and the like.

use super::Walker;
use super::changes::is_range;
use super::failure::{keeps_failure, takes_failure};
use super::path::Target;
use crate::audit::ir::{Expr, Method};
use crate::audit::types::{Step, TRANSPARENT, Ty, gives_back, leaves_as_is, step, takes_away};

impl Walker<'_> {
    /// A method of a type that is not audited, or of one that is not known.
    pub(super) fn step(&mut self, receiver: &Ty, method: &Method, turbofish: &[Ty]) -> Ty {
        let Method { name, arguments, .. } = method;
        let (whole, receiver) = (receiver, receiver.good());
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
        let step = step(name.text(), arguments.len());
        let is_list = self.is_list(&method.receiver);
        let is_part = arguments.first().is_some_and(is_range) && !is_list;
        let is_kept = leaves_as_is(name.text()) || (is_list && takes_away(name.text()));
        let element = self.element(whole);
        let mut result: Option<Ty> = None;
        let mut given = Vec::new();
        let (closures, others): (Vec<_>, Vec<_>) = (0..).zip(arguments).partition(|(_, one)| self.is_function(one));
        for (index, argument) in others.into_iter().chain(closures) {
            let inputs = match step {
                Step::Fold => vec![given.first().cloned().unwrap_or(Ty::Unknown), element.clone()],
                Step::Aside | Step::Either | Step::Instead if takes_failure(name.text(), index) => {
                    vec![self.failure(whole)]
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
                ty if step == Step::Closure && !ty.matters() => match self.method_by_path(argument, &element) {
                    Some(output) => Ty::function(vec![element.clone()], output),
                    None => ty,
                },
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
        let ty = match (step, receiver) {
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
            (Step::Keys | Step::Values, Ty::Tuple(pair)) if pair.len() == 2 => {
                let (part, other) = if step == Step::Keys { (&pair[0], &pair[1]) } else { (&pair[1], &pair[0]) };
                // Or it is one of a list of maps, whose values are pairs.
                let may_be_other = self.world.holds_client(other) && !self.world.holds_client(part);
                if may_be_other { Ty::Unknown } else { part.clone() }
            }
            (Step::Failure, _) => self.failure(whole),
            (Step::Sent, receiver) => self.sent(receiver, last()),
            (Step::Nothing, _) => Ty::Other,
            (Step::NewText, _) if text => Ty::Other,
            // Whatever is wanted there.
            (Step::Converted, receiver) if !receiver.is_choice() && !self.world.holds_client(receiver) => Ty::Unknown,
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
                client.map_or_else(|| receiver.clone(), Ty::perhaps)
            }
            (Step::Same, receiver) if receiver.is_choice() && !is_kept => receiver.clone().changed(),
            (Step::Value, receiver) if receiver.is_choice() && is_part => receiver.clone().changed(),
            _ => receiver.clone(),
        };
        match whole {
            Ty::Fallible(both) if keeps_failure(step) => Ty::fallible(ty, both.1.clone()),
            _ => ty,
        }
    }

    /// What a method of another crate's type gives back that is handed on by its path: `map(Result::err)`, `map(Some)`.
    fn method_by_path(&mut self, argument: &Expr, of: &Ty) -> Option<Ty> {
        let Expr::Path(path) = argument else { return None };
        let (last, head) = (path.segments.last()?, path.segments.iter().rev().nth(1));
        let holds = head.is_some_and(|head| head.name.text() == "Result" || TRANSPARENT.contains(&head.name.text()));
        if !holds {
            return gives_back(last.name.text()).then(|| of.clone());
        }
        let Target::Foreign(..) = self.target(path) else { return None };
        let (name, place) = (last.name, last.place);
        let (receiver, types, arguments) = (Expr::Literal, Box::default(), Box::default());
        Some(self.method_of(of, &Method { receiver, name, place, types, arguments }))
    }
}
