//! What is changed where it stands: by assignments, by methods, and by whoever it is lent to.

use super::Walker;
use crate::audit::ir::{Expr, Local, Method, Pattern, Type};
use crate::audit::name::Name;
use crate::audit::types::{Ty, is_change, leaves_as_is, opens, takes_away};

impl Walker<'_> {
    /// Goes through what a loop repeats: first only for what its rounds assign, since a later round sees that from its
    /// start.
    pub(super) fn repeated(&mut self, mut round: impl FnMut(&mut Self)) {
        if !self.is_learning {
            self.is_learning = true;
            self.muted += 1;
            // Twice, since one variable may be assigned to another one.
            for _ in 0..2 {
                let (changes, left) = (self.changes, self.left.clone());
                round(self);
                self.left = left;
                if self.changes == changes {
                    break;
                }
            }
            self.muted -= 1;
            self.is_learning = false;
        }
        round(self);
    }

    /// Notes whether a local is a list, of which less may be left, but nothing else.
    pub(super) fn declares(&mut self, local: &Local) {
        let (pattern, declared) = match &local.pattern {
            Pattern::Typed(pattern, declared) => (&**pattern, Some(&**declared)),
            pattern => (pattern, None),
        };
        let Pattern::Name(name, ..) = pattern else { return };
        let is_list =
            declared.is_some_and(is_list_type) || local.value.as_ref().is_some_and(|value| self.is_list(value));
        if is_list {
            self.lists.insert(*name)
        } else {
            self.lists.remove(name)
        };
    }

    /// Whether a value is a list by how it is written.
    pub(super) fn is_list(&self, value: &Expr) -> bool {
        match value {
            Expr::List(_) => true,
            Expr::Lent(value) => self.is_list(value),
            Expr::Method(method) => matches!(method.name.text(), "collect" | "to_vec" | "into_vec"),
            Expr::Call(function, _) => match &**function {
                Expr::Path(path) => path.segments.iter().rev().nth(1).is_some_and(|head| is_list_name(head.name)),
                _ => false,
            },
            Expr::Path(path) => match &*path.segments {
                [one] => self.lists.contains(&one.name),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whoever something is lent to for changes may have made anything of it.
    pub(super) fn lent(&mut self, of: &Expr) {
        self.alter(of, Ty::changed);
    }

    /// A local of this name that whoever reads the code only finds among tokens.
    pub(super) fn lent_name(&mut self, name: Name) {
        self.changes += 1;
        if let Some(known) = self.locals.get_mut(name) {
            *known = known.clone().changed();
        }
    }

    /// Changes what is known of the local that a value is, or is a part of.
    fn alter(&mut self, of: &Expr, change: impl FnOnce(Ty) -> Ty) {
        let Some(name) = root(of) else { return };
        self.changes += 1;
        if let Some(known) = self.locals.get_mut(name) {
            *known = change(std::mem::replace(known, Ty::Never));
        }
    }

    /// `to = value`, also where several are assigned at once.
    pub(super) fn assign(&mut self, to: &Expr, value: Ty) {
        match to {
            Expr::Tuple(parts) => {
                let values = match value.held() {
                    Ty::Tuple(values) if values.len() == parts.len() => values.to_vec(),
                    other => vec![if other.matters() { other.clone().changed() } else { Ty::Unknown }; parts.len()],
                };
                parts.iter().zip(values).for_each(|(part, value)| self.assign(part, value));
            }
            Expr::List(parts) => parts.iter().for_each(|part| self.assign(part, value.element())),
            Expr::Call(_, parts) => parts.iter().for_each(|part| self.assign(part, Ty::Unknown)),
            Expr::Struct(literal) => {
                for (name, part) in &literal.fields {
                    let value = self.field(&value, *name);
                    self.assign(part, value);
                }
            }
            Expr::Field(..) | Expr::Index(..) => self.alter(to, |known| match known {
                Ty::Map(both) => Ty::map(both.0.clone().changed(), both.1.clone().or(value)),
                // Nothing more is said about its parts.
                known => known.changed().without_values().clone(),
            }),
            // `*list.lock() = value`
            Expr::Method(_) => self.alter(to, |known| match known {
                Ty::Map(both) => Ty::map(both.0.clone(), both.1.clone().or(value)),
                known if known.is_choice() || !known.matters() => known.or(value),
                known => known.changed(),
            }),
            _ => self.alter(to, |known| known.or(value)),
        }
    }

    /// `mem::replace(&mut to, value)`, which gives back what was there; `mem::swap(&mut one, &mut other)` gives nothing.
    pub(super) fn exchanged(&mut self, swaps: bool, arguments: &[Expr]) -> Ty {
        let [Expr::Lent(to), from] = arguments else { return Ty::Unknown };
        let known = self.expr(to, None);
        let from = if let (true, Expr::Lent(from)) = (swaps, from) { &**from } else { from };
        let value = self.expr(from, Some(&known));
        self.assign(to, value);
        if swaps {
            self.assign(from, known);
            return Ty::Other;
        }
        known
    }

    /// What a method does to what it is called on.
    pub(super) fn changes_receiver(&mut self, receiver: &Ty, method: &Method) {
        let (name, count) = (method.name.text(), method.arguments.len());
        let is_own = match receiver {
            Ty::Made(made) => {
                matches!(&made.0, Ty::Own(structure, _) if self.own_method(*structure, method.name).is_some())
            }
            _ => false,
        };
        let holds = receiver.has_choices() || matches!(receiver, Ty::Made(_));
        if is_own || (receiver.matters() && !holds) {
            return;
        }
        if is_change(name, count) {
            return self.added(method);
        }
        let is_local = root(&method.receiver).is_some_and(|name| self.mutable.contains(&name));
        let is_list = matches!(receiver, Ty::Map(_) | Ty::Tuple(_)) || self.is_list(&method.receiver);
        let leaves = leaves_as_is(name) || (is_list && takes_away(name));
        if holds && !leaves && (is_local || opens(name)) {
            self.lent(&method.receiver);
        }
    }

    /// A list or a map that is added to, or a text that is changed.
    fn added(&mut self, method: &Method) {
        self.muted += 1;
        let given: Vec<Ty> = method.arguments.iter().map(|argument| self.expr(argument, None)).collect();
        self.muted -= 1;
        let is_number = matches!(method.arguments.first(), Some(Expr::Literal));
        // A letter is only added to a text.
        let is_text = method.name.text().ends_with("_str") || matches!(&*method.arguments, [Expr::Literal]);
        self.alter(&method.receiver, |known| match (&*given, known) {
            (_, known) if is_text => {
                if known.is_choice() {
                    Ty::Other
                } else {
                    known
                }
            }
            // Pairs that a map is extended by.
            ([Ty::Tuple(pair)], Ty::Map(both)) if pair.len() == 2 => {
                Ty::map(both.0.clone().or(pair[0].clone()), both.1.clone().or(pair[1].clone()))
            }
            ([key, value], Ty::Map(both)) => Ty::map(both.0.clone().or(key.clone()), both.1.clone().or(value.clone())),
            ([key, value], Ty::Tuple(pair))
                if pair.len() == 2 && !is_number && !value.has_choices() | key.is_choice() =>
            {
                Ty::map(pair[0].clone().or(key.clone()), pair[1].clone().or(value.clone()))
            }
            ([key, value], known) if (key.matters() || value.matters()) && !is_number && !known.is_choice() => {
                known.or(Ty::map(key.clone(), value.clone()))
            }
            (given, known) => known.or(given.last().cloned().unwrap_or(Ty::Unknown)),
        });
    }
}

/// The local that a value is, or is a part of: also through what only gives access to it.
fn root(of: &Expr) -> Option<Name> {
    match of {
        Expr::Field(of, _) | Expr::Index(of, _) | Expr::Lent(of) => root(of),
        Expr::Method(method) => root(&method.receiver),
        Expr::Path(path) => match &*path.segments {
            [one] if path.of.is_none() => Some(one.name),
            _ => None,
        },
        _ => None,
    }
}

fn is_list_type(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path.segments.last().is_some_and(|last| is_list_name(last.name)),
        _ => false,
    }
}

fn is_list_name(name: Name) -> bool {
    matches!(
        name.text(),
        "Vec"
            | "VecDeque"
            | "LinkedList"
            | "BinaryHeap"
            | "HashSet"
            | "BTreeSet"
            | "IndexSet"
            | "SmallVec"
            | "ArrayVec"
    )
}

/// Whether a value is a range, as an index: of a text it is another text.
pub(super) fn is_range(index: &Expr) -> bool {
    matches!(index, Expr::Several(ends) if ends.len() <= 2)
}
