//! Macros: those by example are expanded, the arguments of others are read as the code that they probably are.

use std::path::{Path as FilePath, PathBuf};

use super::Walker;
use super::noted::Foreign;
use super::pieces::pieces;
use crate::audit::ir::{Block, Invocation};
use crate::audit::lower::{self, Fragment};
use crate::audit::manifest::normal;
use crate::audit::names::{pasted, size};
use crate::audit::source;
use crate::audit::tokens::Token;
use crate::audit::types::Ty;

/// Macros in one another, as many as the compiler allows unless it is told otherwise; rules may lead to themselves.
const DEEPEST: usize = 128;

impl Walker<'_> {
    pub(super) fn invocation(&mut self, call: &Invocation) -> Ty {
        self.world.budget.at = call.place;
        if self.macros >= DEEPEST {
            self.world.budget.lose();
            return Ty::Unknown;
        }
        self.macros += 1;
        let ty = self.invoked_macro(call);
        self.macros -= 1;
        ty
    }

    fn invoked_macro(&mut self, call: &Invocation) -> Ty {
        let of = self.world.modules[self.scope.module as usize].of;
        if let Some(number) = self.world.rules.find(of, call) {
            return match self.world.expand(number, call) {
                Some(tokens) => self.code(&tokens),
                None => {
                    self.named_in(&call.tokens, "it is given to a macro that cannot be expanded here");
                    self.code(&call.tokens)
                }
            };
        }
        match call.name.text() {
            "paste" => self.code(&pasted(&call.tokens)),
            "join" | "try_join" => match lower::expressions(&call.tokens, self.test) {
                Some(fragment) => Ty::tuple(
                    self.fragment(fragment, |this, list| list.iter().map(|one| this.expr(one, None)).collect()),
                ),
                None => self.code(&call.tokens),
            },
            "panic" | "unreachable" | "todo" | "unimplemented" | "bail" => {
                self.code(&call.tokens);
                Ty::Never
            }
            "include" => match self.included(call) {
                Ok((path, tokens)) => {
                    self.including.push(path);
                    let ty = self.code(&tokens);
                    self.including.pop();
                    ty
                }
                Err(reason) => {
                    self.hidden("include!", reason, call.place, false);
                    Ty::Unknown
                }
            },
            _ => {
                self.named_in(&call.tokens, Foreign::Item.doubt());
                self.foreign_value(&call.tokens)
            }
        }
    }

    /// What a macro gives back whose rules are not in the source: what its code does, or what that yields.
    fn foreign_value(&mut self, tokens: &[Token]) -> Ty {
        let outer = std::mem::replace(&mut self.left, Ty::Never);
        let value = self.code(tokens);
        let left = std::mem::replace(&mut self.left, Ty::Never);
        self.left = outer.or(left.clone());
        match value {
            Ty::Other | Ty::Never if left.matters() => left,
            Ty::Other | Ty::Never => Ty::Unknown,
            value => value,
        }
    }

    /// The file that stands for an expression, beside the one that includes it.
    fn included(&mut self, call: &Invocation) -> Result<(PathBuf, Vec<Token>), String> {
        let name = match &*call.tokens {
            [name] => name.text(),
            _ => None,
        };
        // Such as `concat!(env!("OUT_DIR"), …)`.
        let Some(name) = name else { return Err("the included file is made by the build".to_owned()) };
        let from = self.world.files.get(call.place.file() as usize).and_then(|file| file.parent());
        let path = normal(&from.map(FilePath::to_owned).unwrap_or_default().join(name));
        if self.including.contains(&path) || self.world.files.get(call.place.file() as usize) == Some(&path) {
            return Err("the included file includes itself".to_owned());
        }
        let text = source::text(&path).map_err(|problem| format!("the included file is not read: {problem}"))?;
        let number = self.world.files.len();
        let tokens = lower::included(number, &text);
        let tokens = tokens.ok_or_else(|| format!("the included file {} is no Rust", path.display()))?;
        self.world.files.push(path.clone());
        // It sees what the code around it does.
        self.reach.insert(number as u32);
        Ok((path, tokens))
    }

    /// Takes in the items of a fragment, and looks at the rest of it.
    pub(super) fn fragment<T, U>(&mut self, fragment: Fragment<T>, look: impl FnOnce(&mut Self, &T) -> U) -> U {
        let base = self.taken_in(&fragment.modules);
        let base = std::mem::replace(&mut self.base, base);
        let value = look(self, &fragment.what);
        self.base = base;
        value
    }

    fn taken_in(&mut self, modules: &[lower::Module]) -> u32 {
        if modules.is_empty() {
            return self.world.modules.len() as u32;
        }
        let counts = self.world.counts();
        let base = self.world.add_expanded(modules, self.scope.module, self.test);
        self.world.link(counts);
        base
    }

    /// Tokens that are code: expressions, statements, items, or some of each.
    pub(super) fn code(&mut self, tokens: &[Token]) -> Ty {
        if tokens.is_empty() {
            return Ty::Other;
        }
        if !self.world.budget.spend(size(tokens).0) {
            return Ty::Unknown;
        }
        if let Some(fragment) = lower::expressions(tokens, self.test) {
            return self.fragment(fragment, |this, list| {
                let last = list.iter().fold(Ty::Other, |_, one| this.expr(one, None));
                if list.len() == 1 { last } else { Ty::Unknown }
            });
        }
        if let Some(fragment) = lower::statements(tokens, self.test) {
            return self.fragment(fragment, |this, block: &Block| this.block(block, None));
        }
        if let Some(fragment) = lower::items(tokens, self.test) {
            self.taken_in(&fragment.modules);
            return Ty::Other;
        }
        let mark = self.locals.len();
        for piece in pieces(tokens) {
            self.piece(piece);
        }
        self.locals.truncate(mark);
        Ty::Unknown
    }
}
