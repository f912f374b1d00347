//! Expressions: what they are, and what is used in them.

use std::rc::Rc;

use super::Walker;
use crate::audit::ir::{Block, Expr, Literal, Local, Path, Pattern, Statement};
use crate::audit::name::Name;
use crate::audit::place::Place;
use crate::audit::types::{Substitution, Ty, learn};

impl Walker<'_> {
    /// What an expression is; `wanted` is what is expected there, which closures learn their parameters from.
    pub(super) fn expr(&mut self, expr: &Expr, wanted: Option<&Ty>) -> Ty {
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
                let of = self.expr(of, None);
                let index = self.expr(index, None);
                self.indexed(of, &index)
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
                self.bind(&for_.pattern, &element);
                self.block(&for_.body, None);
                self.locals.truncate(mark);
                Ty::Other
            }
            Expr::While(while_) => {
                let mark = self.locals.len();
                self.expr(&while_.condition, None);
                self.block(&while_.body, None);
                self.locals.truncate(mark);
                Ty::Other
            }
            Expr::Loop(body) => {
                let outer = std::mem::replace(&mut self.left, Ty::Never);
                self.block(body, None);
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
        match list.held() {
            Ty::Own(structure, arguments) => {
                let item = self.world.structures[*structure as usize].types.get(&Name::new("Item")).cloned();
                match item {
                    Some((ty, number)) => self.world.of_impl(&ty, number, *structure, &arguments.clone()),
                    None => list.clone(),
                }
            }
            _ => list.element(),
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
    }

    fn assign(&mut self, to: &Expr, value: Ty) {
        let is_part = matches!(to, Expr::Field(..) | Expr::Index(..));
        let mut to = to;
        while let Expr::Field(of, _) | Expr::Index(of, _) = to {
            to = of;
        }
        let Expr::Path(path) = to else { return };
        let [one] = &*path.segments else { return };
        if let Some((_, known)) = self.locals.iter_mut().rev().find(|(name, _)| *name == one.name) {
            *known = match is_part {
                // Nothing more is said about its parts.
                true if known.is_choice() => known.clone().opened(),
                true => known.without_values().clone(),
                false => known.clone().or(value),
            };
        }
    }

    fn literal(&mut self, literal: &Literal) -> Ty {
        let Literal { path, fields, rest } = literal;
        self.mention_path(path);
        let rest = rest.as_ref().map_or(Ty::Other, |rest| self.expr(rest, None));
        if let Some(ty) = self.export_literal(path, fields) {
            return ty;
        }
        let Some((structure, variant, _)) = self.variant(path, &Ty::Unknown) else {
            let given = fields.iter().fold(Ty::Other, |all, (_, value)| {
                let value = self.expr(value, None);
                if self.world.holds_client(&value) { all.or(value) } else { all }
            });
            return if given.matters() { Ty::Perhaps(Rc::new(given)) } else { Ty::Other };
        };
        let (_, names) = self.world.of_structure(structure);
        let open: Rc<[Ty]> = names.iter().map(|name| Ty::Parameter(*name)).collect();
        let mut known = Substitution::new();
        let mut values = Vec::new();
        for (name, value) in fields.iter() {
            let wanted = self.world.field(structure, variant, *name, &open).unwrap_or(Ty::Unknown);
            let given = self.expr(value, Some(&wanted));
            learn(&wanted, &given, &mut known);
            values.extend(settled(given).map(|given| (*name, given)));
        }
        // `..DEFAULT`
        if let Ty::Made(made) = &rest {
            values.extend(made.1.iter().filter(|(name, _)| !fields.iter().any(|(given, _)| given == name)).cloned());
        }
        let of = self.of_names(structure, &names, &known);
        // Those of a variant are not those of another one.
        if self.world.structures[structure as usize].decl.is_enum { of } else { Ty::made(of, values) }
    }

    /// A struct with the arguments that were learnt.
    pub(super) fn of_names(&self, structure: u32, names: &[Name], known: &Substitution) -> Ty {
        let argument =
            |name: &Name| known.iter().find(|(known, _)| known == name).map_or(Ty::Unknown, |(_, ty)| ty.clone());
        Ty::Own(structure, names.iter().map(argument).collect())
    }

    /// What a field is; that of a pointer is that of what it points to.
    pub(super) fn field(&mut self, of: &Ty, name: Name) -> Ty {
        match of {
            Ty::Made(made) => of.value(name).unwrap_or_else(|| self.field(&made.0, name)),
            Ty::Own(structure, arguments) => {
                if let Some(ty) = self.world.field(*structure, 0, name, arguments) {
                    return ty;
                }
                match self.world.dereferenced(*structure, arguments) {
                    Some(inner) => self.field(&inner, name),
                    None => Ty::Unknown,
                }
            }
            Ty::Tuple(parts) => match name.text().parse::<usize>() {
                Ok(index) => parts.get(index).cloned().unwrap_or(Ty::Unknown),
                // No tuple has such a field, so it is that of what it holds.
                Err(_) => {
                    let part = parts.iter().rev().find(|part| self.world.holds_client(part)).cloned();
                    part.map_or(Ty::Unknown, |part| self.field(&part, name))
                }
            },
            Ty::Perhaps(held) => match name.text() {
                // What an extractor of a web framework holds.
                "0" => (**held).clone(),
                _ => self.field(held, name),
            },
            // Those of a resource name its operations.
            Ty::Resources(_) => of.clone(),
            Ty::Operations(operations) => match name.text() {
                "id" => Ty::Texts(operations.iter().map(|(id, _)| *id).collect()),
                "method" => operations.iter().fold(Ty::Never, |all, (id, _)| match desk_sdk::operation(id.text()) {
                    Some(operation) => all.or(Ty::Verbs([operation.method].into())),
                    None => all,
                }),
                _ => Ty::Other,
            },
            Ty::Open(known) => match self.field(&known.choices().0.clone(), name) {
                known if known.is_choice() => known.opened(),
                _ => Ty::Other,
            },
            Ty::Texts(_) | Ty::Verbs(_) => Ty::Other,
            // What an extractor of a web framework holds. The client itself has no fields that a program can name, so
            // with any other one it is something else than what the steps to it are taken for.
            Ty::Client => match name.text() {
                "0" => Ty::Client,
                _ => Ty::Unknown,
            },
            Ty::Other | Ty::Sdk => Ty::Other,
            _ => Ty::Unknown,
        }
    }

    /// The place of a path, for what is told.
    pub(super) fn place(path: &Path) -> Place {
        path.segments.last().map(|segment| segment.place).unwrap_or_default()
    }
}

/// A value that is one of a few: then that is known about the field or the part that it is given to.
pub(super) fn settled(value: Ty) -> Option<Ty> {
    match value {
        Ty::Made(_) => Some(value),
        value => value.is_choice().then_some(value),
    }
}
