//! Expressions: what they are, and what is used in them.

use std::rc::Rc;

use super::Walker;
use super::changes::is_range;
use crate::audit::ir::{Block, Expr, Local, Path, Pattern, Reach, Statement};
use crate::audit::name::Name;
use crate::audit::place::Place;
use crate::audit::types::Ty;

impl Walker<'_> {
    /// What an expression is; `wanted` is what is expected there, which closures learn their parameters from.
    pub(super) fn expr(&mut self, expr: &Expr, wanted: Option<&Ty>) -> Ty {
        // There may be millions of these, in tables.
        if matches!(expr, Expr::Literal | Expr::Flag(_)) {
            return Ty::Other;
        }
        if !self.world.budget.goes() {
            return Ty::Unknown;
        }
        match expr {
            Expr::Path(path) => {
                let ty = self.path(path);
                self.fitted(ty, wanted)
            }
            Expr::Text(text) => Ty::text(*text),
            Expr::Template(parts) => self.template(parts),
            Expr::Operator(method, parts) => self.operator(*method, parts),
            Expr::Literal | Expr::Flag(_) => Ty::Other,
            Expr::Call(function, arguments) => self.call(function, arguments, wanted),
            Expr::Method(method) => self.method(method),
            Expr::Field(of, name) => {
                let of = self.expr(of, None);
                let ty = self.field(&of, *name);
                self.fitted(ty, wanted)
            }
            Expr::Index(of, index) => {
                let is_list = self.is_list(of);
                let of = self.expr(of, None);
                // A part of a text is another text.
                let is_part = is_range(index) && of.is_choice() && !is_list;
                let index = self.expr(index, None);
                if is_part { of.changed() } else { self.indexed(of, &index) }
            }
            Expr::Lent(of) => {
                let ty = self.expr(of, wanted);
                self.lent(of);
                if ty.has_choices() { ty.changed() } else { ty }
            }
            Expr::Cast(of, ty) => {
                let given = self.expr(of, None);
                self.mention(ty);
                let declared = self.world.ty(ty, &self.scope);
                if declared.matters() { declared } else { given }
            }
            Expr::Block(block) => self.block(block, wanted),
            Expr::Closure(closure) => self.closure(closure, wanted),
            Expr::If(if_) => {
                let mark = self.locals.len();
                self.expr(&if_.condition, None);
                let then = self.block(&if_.then, wanted);
                self.locals.truncate(mark);
                match &if_.otherwise {
                    Some(otherwise) => then.or(self.expr(otherwise, wanted)),
                    None => Ty::Other,
                }
            }
            Expr::Let(pattern, value) => {
                let value = self.expr(value, None);
                self.bind(pattern, &value);
                Ty::Other
            }
            Expr::Match(of, arms) => {
                let of = self.expr(of, None);
                let mut all = Ty::Never;
                for (pattern, body) in arms {
                    let mark = self.locals.len();
                    self.bind(pattern, &of);
                    all = all.or(self.expr(body, wanted));
                    self.locals.truncate(mark);
                }
                all
            }
            Expr::For(for_) => {
                let mark = self.locals.len();
                let list = self.expr(&for_.list, None);
                let element = self.element(&list);
                self.repeated(|this| {
                    let inner = this.locals.len();
                    this.bind(&for_.pattern, &element);
                    this.block(&for_.body, None);
                    this.locals.truncate(inner);
                });
                self.locals.truncate(mark);
                Ty::Other
            }
            Expr::While(while_) => {
                let mark = self.locals.len();
                self.repeated(|this| {
                    let inner = this.locals.len();
                    this.expr(&while_.condition, None);
                    this.block(&while_.body, None);
                    this.locals.truncate(inner);
                });
                self.locals.truncate(mark);
                Ty::Other
            }
            Expr::Loop(body) => {
                let outer = std::mem::replace(&mut self.left, Ty::Never);
                self.repeated(|this| drop(this.block(body, None)));
                let left = std::mem::replace(&mut self.left, Ty::Never);
                self.left = outer.or(left.clone());
                if matches!(left, Ty::Never) { Ty::Unknown } else { left }
            }
            Expr::Tuple(parts) => {
                let wanted = match wanted {
                    Some(Ty::Tuple(wanted)) => Rc::clone(wanted),
                    _ => Rc::new([]),
                };
                let parts = (0..).zip(parts).map(|(index, part): (usize, _)| self.expr(part, wanted.get(index)));
                let parts = parts.collect();
                Ty::tuple(parts)
            }
            Expr::List(parts) => parts.iter().fold(Ty::Never, |all, part| all.or(self.expr(part, wanted))),
            Expr::Struct(literal) => self.literal(literal),
            Expr::Assign(to, value) => {
                let known = self.expr(to, None);
                let value = self.expr(value, Some(&known));
                self.assign(to, value);
                Ty::Other
            }
            Expr::Leave(value) => {
                if let Some(value) = value {
                    let value = self.expr(value, None);
                    self.left = std::mem::replace(&mut self.left, Ty::Never).or(value);
                }
                Ty::Never
            }
            Expr::Several(parts) => {
                parts.iter().for_each(|part| drop(self.expr(part, None)));
                Ty::Other
            }
            Expr::Macro(call) => self.invocation(call),
        }
    }

    /// What stands at an index or a key.
    fn indexed(&mut self, of: Ty, index: &Ty) -> Ty {
        match of {
            Ty::Fallible(both) => Ty::fallible(self.indexed(both.0.clone(), index), both.1.clone()),
            // One of a list of maps is a map, of which only the keys may matter.
            Ty::Map(both) if !both.1.matters() && self.world.holds_client(&both.0) => Ty::Unknown,
            Ty::Map(both) => both.1.clone(),
            // Pairs that were collected into a map. With any other index it may be a pair of a list as well.
            Ty::Tuple(pair) if pair.len() == 2 && index.is_choice() => pair[1].clone(),
            of => self.operated(&of, Name::new("index")).unwrap_or(of),
        }
    }

    /// An element of what is gone through.
    pub(super) fn element(&mut self, list: &Ty) -> Ty {
        match list {
            // Of a list of results as well as of the result that is a list.
            Ty::Fallible(both) => Ty::fallible(self.element(&both.0), both.1.clone()),
            list => match list.held() {
                Ty::Own(structure, arguments) => {
                    let item = self.world.own_type(*structure, Name::new("Item"), &Rc::clone(arguments));
                    item.unwrap_or_else(|| list.clone())
                }
                _ => list.element(),
            },
        }
    }

    pub(super) fn block(&mut self, block: &Block, wanted: Option<&Ty>) -> Ty {
        let (mark, outer) = (self.locals.len(), self.scope.module);
        if let Some(number) = block.items {
            self.scope.module = self.base + number;
        }
        let mut value = Ty::Other;
        let last = block.statements.len().saturating_sub(1);
        for (index, statement) in block.statements.iter().enumerate() {
            value = match statement {
                Statement::Expr(expr, false) if index == last => self.expr(expr, wanted),
                Statement::Expr(expr, _) => match self.expr(expr, None) {
                    Ty::Never => Ty::Never,
                    _ => Ty::Other,
                },
                Statement::Let(local) => {
                    self.local(local);
                    Ty::Other
                }
            };
        }
        self.locals.truncate(mark);
        self.scope.module = outer;
        value
    }

    fn local(&mut self, local: &Local) {
        let declared = match &local.pattern {
            Pattern::Typed(_, declared) => Some(self.world.ty(declared, &self.scope)),
            _ => None,
        };
        let ty = local.value.as_ref().map_or(Ty::Never, |value| self.expr(value, declared.as_ref()));
        if let Some(otherwise) = &local.otherwise {
            self.expr(otherwise, None);
        }
        self.bind(&local.pattern, &ty);
        self.declares(local);
        if let (Pattern::Name(_, Reach::Lent, _), Some(value)) = (&local.pattern, &local.value) {
            self.lent(value);
        }
    }

    /// The place of a path, for what is told.
    pub(super) fn place(path: &Path) -> Place {
        path.segments.last().map(|segment| segment.place).unwrap_or_default()
    }
}
