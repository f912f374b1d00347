//! Texts and other choices that the source settles: constants, and functions that give back one of a few.

use super::Walker;
use crate::audit::ir::{Expr, Pattern, Type};
use crate::audit::name::Name;
use crate::audit::names::{FRAGMENT, Owner};
use crate::audit::types::Ty;

/// What is asked for its text, each once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Asked {
    Constant(u32),
    Function(u32),
}

/// What stands in a text for what is made at run time.
pub(super) const HOLE: &str = "{}";

/// More texts than a program makes of a few choices, and longer ones than any name or path.
const MOST: usize = 64;
const LONGEST: usize = 2_000;

/// Whether a part of a text is made at run time, or by who calls a macro.
pub(super) fn is_made(text: &str) -> bool {
    text.contains(HOLE) || text.contains(FRAGMENT)
}

impl Walker<'_> {
    /// Texts after one another: those of each choice, with `{}` for what is made at run time.
    pub(super) fn template(&mut self, parts: &[Expr]) -> Ty {
        let parts: Vec<Ty> = parts.iter().map(|part| self.expr(part, None)).collect();
        joined(&parts)
    }

    /// What a constant or a static is: as declared, or if that does not matter, by its value.
    pub(super) fn constant_value(&mut self, number: u32) -> Ty {
        if let Some(known) = self.texts.get(&Asked::Constant(number)) {
            return known.clone();
        }
        // A constant may lead to itself.
        self.texts.insert(Asked::Constant(number), Ty::Other);
        let of = &self.world.constants[number as usize];
        let (decl, module, owner) = (of.decl.clone(), of.module, of.owner);
        let scope = self.world.scope(module, owner, false);
        let declared = self.world.ty(&decl.of, &scope);
        let ty = match (&decl.value, declared.matters() && !matches!(declared, Ty::Own(..) | Ty::Tuple(_) | Ty::Map(_)))
        {
            (Some(value), false) => {
                let value = self.apart(module, owner, |this| this.expr(value, None));
                // What a `LazyLock` is given makes its value.
                match value {
                    Ty::Function(made) => made.1.clone(),
                    value @ Ty::Made(_) => value,
                    value if value.matters() && !matches!(declared, Ty::Own(..)) => value,
                    _ => declared,
                }
            }
            _ => declared,
        };
        let ty = if decl.may_change && ty.has_choices() { ty.changed() } else { ty };
        let others = self.world.alternatives.get(&number).cloned().unwrap_or_default();
        let ty = others.into_iter().fold(ty, |ty, other| ty.or(self.constant_value(other)));
        self.kept(Asked::Constant(number), ty)
    }

    /// What a function may give back, if that is one of a few.
    pub(super) fn texts_of_function(&mut self, number: u32) -> Ty {
        if let Some(known) = self.texts.get(&Asked::Function(number)) {
            return known.clone();
        }
        self.texts.insert(Asked::Function(number), Ty::Other);
        let of = &self.world.functions[number as usize];
        let (decl, module, owner) = (of.decl.clone(), of.module, of.owner);
        let (Some(body), true) = (&decl.body, decl.output.as_ref().is_some_and(is_choice)) else { return Ty::Other };
        let value = self.apart(module, owner, |this| {
            if decl.has_self {
                let own = this.scope.own.clone();
                this.locals.push(Name::new("self"), own);
            }
            decl.parameters.iter().for_each(|(pattern, _): &(Pattern, Type)| this.bind(pattern, &Ty::Other));
            let value = this.block(body, None);
            std::mem::replace(&mut this.left, Ty::Never).or(value)
        });
        let ty = match value {
            Ty::Tuple(_) => value,
            choice if choice.is_choice() => choice,
            _ => Ty::Other,
        };
        self.kept(Asked::Function(number), ty)
    }

    /// Keeps what was found out. What was not looked at to its end is not known, which is told wherever it is used;
    /// looking again would take as long.
    fn kept(&mut self, asked: Asked, ty: Ty) -> Ty {
        let ty = if self.world.budget.is_spent() { Ty::Unknown } else { ty };
        self.texts.insert(asked, ty.clone());
        ty
    }

    /// Looks at something elsewhere, only for its value.
    fn apart(&mut self, module: u32, owner: Owner, look: impl FnOnce(&mut Self) -> Ty) -> Ty {
        let scope = self.world.scope(module, owner, false);
        let scope = std::mem::replace(&mut self.scope, scope);
        let base = std::mem::replace(&mut self.base, self.world.modules[module as usize].base);
        let locals = std::mem::take(&mut self.locals);
        let left = std::mem::replace(&mut self.left, Ty::Never);
        self.muted += 1;
        let value = look(self);
        self.muted -= 1;
        (self.scope, self.base, self.locals, self.left) = (scope, base, locals, left);
        value
    }
}

/// `&str`, `String` and the like, a method of HTTP, or what is known about an operation; in an option, a list or a tuple
/// as well.
fn is_choice(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path.segments.last().is_some_and(|last| {
            let inner = last.arguments.as_ref().map(|arguments| &*arguments.types).unwrap_or_default();
            matches!(last.name.text(), "str" | "String" | "Method" | "Operation") || inner.iter().any(is_choice)
        }),
        Type::Tuple(parts) => parts.iter().any(is_choice),
        Type::Bounds(bounds) => bounds.iter().any(|bound| {
            let arguments = bound.segments.last().and_then(|last| last.arguments.as_ref());
            arguments.is_some_and(|arguments| {
                arguments.types.iter().chain(arguments.bindings.iter().map(|(_, ty)| ty)).any(is_choice)
            })
        }),
        _ => false,
    }
}

/// Texts and other values after one another.
pub(super) fn joined(parts: &[Ty]) -> Ty {
    let mut all = vec![String::new()];
    let mut is_text = false;
    for part in parts {
        let (known, open) = part.choices();
        let texts: &[Name] = if let Ty::Texts(texts) = known { texts } else { &[] };
        is_text |= !texts.is_empty();
        let hole = (open || texts.is_empty()).then_some(HOLE);
        let choices: Vec<&str> = texts.iter().map(|text| text.text()).chain(hole).collect();
        let longest = |texts: &[&str]| texts.iter().map(|text| text.len()).max().unwrap_or_default();
        let length = all.iter().map(String::len).max().unwrap_or_default() + longest(&choices);
        if all.len() * choices.len() > MOST || length > LONGEST {
            return Ty::Other;
        }
        let with = |before: &String| choices.iter().map(|choice| format!("{before}{choice}")).collect::<Vec<_>>();
        all = all.iter().flat_map(with).collect();
    }
    match is_text {
        true => Ty::Texts(all.iter().map(|text| Name::new(text)).collect()),
        false => Ty::Other,
    }
}
