//! Texts that the source settles: constants, and functions that give back one of a few.

use super::Walker;
use crate::audit::ir::{Pattern, Type};
use crate::audit::names::Owner;
use crate::audit::types::Ty;

/// What is asked for its text, each once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Asked {
    Constant(u32),
    Function(u32),
}

impl Walker<'_> {
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
        let ty = match (&decl.value, declared.matters() && !matches!(declared, Ty::Tuple(_) | Ty::Map(_))) {
            (Some(value), false) => {
                let value = self.apart(module, owner, |this| this.expr(value, None));
                if value.matters() { value } else { declared }
            }
            _ => declared,
        };
        self.texts.insert(Asked::Constant(number), ty.clone());
        ty
    }

    /// The texts that a function may give back, if it gives back a text.
    pub(super) fn texts_of_function(&mut self, number: u32) -> Ty {
        if let Some(known) = self.texts.get(&Asked::Function(number)) {
            return known.clone();
        }
        self.texts.insert(Asked::Function(number), Ty::Other);
        let of = &self.world.functions[number as usize];
        let (decl, module, owner) = (of.decl.clone(), of.module, of.owner);
        let (Some(body), true) = (&decl.body, decl.output.as_ref().is_some_and(is_text)) else { return Ty::Other };
        if leaves(body) {
            return Ty::Other;
        }
        let value = self.apart(module, owner, |this| {
            if decl.has_self {
                let own = this.scope.own.clone();
                this.locals.push((crate::audit::name::Name::new("self"), own));
            }
            decl.parameters.iter().for_each(|(pattern, _): &(Pattern, Type)| this.bind(pattern, &Ty::Other));
            this.block(body, None)
        });
        let ty = match value {
            Ty::Texts(texts) => Ty::Texts(texts),
            _ => Ty::Other,
        };
        self.texts.insert(Asked::Function(number), ty.clone());
        ty
    }

    /// Looks at something elsewhere, only for its value.
    fn apart(&mut self, module: u32, owner: Owner, look: impl FnOnce(&mut Self) -> Ty) -> Ty {
        let scope = self.world.scope(module, owner, false);
        let scope = std::mem::replace(&mut self.scope, scope);
        let base = std::mem::replace(&mut self.base, self.world.modules[module as usize].base);
        let locals = std::mem::take(&mut self.locals);
        self.muted += 1;
        let value = look(self);
        self.muted -= 1;
        (self.scope, self.base, self.locals) = (scope, base, locals);
        value
    }
}

/// `&str`, `String` and the like, in an option or a list as well.
fn is_text(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.segments.last().is_some_and(|last| {
        let inner = last.arguments.as_ref().map(|arguments| &*arguments.types).unwrap_or_default();
        matches!(last.name.text(), "str" | "String") || inner.iter().any(is_text)
    })
}

/// Whether a body gives back something before its end: then its last value is not all.
fn leaves(body: &crate::audit::ir::Block) -> bool {
    use crate::audit::ir::{Expr, Statement};
    fn in_expr(expr: &Expr) -> bool {
        match expr {
            Expr::Leave(Some(value)) => !matches!(**value, Expr::Several(_)),
            Expr::Block(block) | Expr::Loop(block) => leaves(block),
            Expr::If(if_) => leaves(&if_.then) || if_.otherwise.as_ref().is_some_and(in_expr),
            Expr::Match(_, arms) => arms.iter().any(|(_, body)| in_expr(body)),
            Expr::For(for_) => leaves(&for_.body),
            Expr::While(while_) => leaves(&while_.body),
            _ => false,
        }
    }
    body.statements.iter().any(|statement| match statement {
        Statement::Expr(expr, _) => in_expr(expr),
        Statement::Let(local) => local.value.iter().chain(&local.otherwise).any(in_expr),
    })
}
