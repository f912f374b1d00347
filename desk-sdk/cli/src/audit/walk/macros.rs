//! Macros: those by example are expanded, the arguments of others are read as the code that they probably are.

use std::path::Path as FilePath;

use super::Walker;
use crate::audit::finding::How;
use crate::audit::ir::{Block, Expr, Invocation, Method, Path, Segment};
use crate::audit::lower::{self, Fragment};
use crate::audit::manifest::{TargetKind, normal};
use crate::audit::name::Name;
use crate::audit::names::{MOST_EXPANSIONS, Owner, Space, pasted};
use crate::audit::place::Place;
use crate::audit::source;
use crate::audit::tokens::{Brackets, Token};
use crate::audit::types::Ty;

/// Macros in one another; rules may lead to themselves.
const DEEPEST: usize = 40;

impl Walker<'_> {
    pub(super) fn invocation(&mut self, call: &Invocation) -> Ty {
        if self.macros >= DEEPEST {
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
            self.world.expanded += 1;
            let may = self.world.expanded <= MOST_EXPANSIONS;
            return match may.then(|| self.world.rules.expand(number, &call.tokens)).flatten() {
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
                Ok(tokens) => self.code(&tokens),
                Err(reason) => {
                    self.hidden("include!", reason, call.place, false);
                    Ty::Unknown
                }
            },
            _ => {
                self.named_in(&call.tokens, "it is given to a macro whose rules are not in the source");
                self.code(&call.tokens)
            }
        }
    }

    /// The file that stands for an expression, beside the one that includes it.
    fn included(&mut self, call: &Invocation) -> Result<Vec<Token>, String> {
        let name = match &*call.tokens {
            [name] => name.text(),
            _ => None,
        };
        // Such as `concat!(env!("OUT_DIR"), …)`.
        let Some(name) = name else { return Err("the included file is made by the build".to_owned()) };
        let from = self.world.files.get(call.place.file() as usize).and_then(|file| file.parent());
        let path = normal(&from.map(FilePath::to_owned).unwrap_or_default().join(name));
        let text = source::text(&path).map_err(|problem| format!("the included file is not read: {problem}"))?;
        let number = self.world.files.len();
        let tokens = lower::included(number, &text);
        let tokens = tokens.ok_or_else(|| format!("the included file {} is no Rust", path.display()))?;
        self.world.files.push(path);
        // It sees what the code around it does.
        self.reach.insert(number as u32);
        Ok(tokens)
    }

    /// Takes in the items of a fragment, and looks at the rest of it.
    fn fragment<T, U>(&mut self, fragment: Fragment<T>, look: impl FnOnce(&mut Self, &T) -> U) -> U {
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
    fn code(&mut self, tokens: &[Token]) -> Ty {
        if tokens.is_empty() {
            return Ty::Other;
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

    /// A part of what is no code as a whole, such as a branch of `select!`.
    fn piece(&mut self, tokens: &[Token]) {
        match tokens {
            [Token::Group(_, inner, _)] => {
                self.code(inner);
            }
            _ => match lower::statements(tokens, self.test) {
                Some(fragment) => {
                    self.fragment(fragment, |this, block: &Block| this.branch(block));
                }
                None => self.scan(tokens),
            },
        }
    }

    /// Statements whose names are known in the pieces that follow.
    fn branch(&mut self, block: &Block) {
        use crate::audit::ir::{Pattern, Statement};
        for statement in &block.statements {
            if let Statement::Expr(Expr::Assign(to, value), _) = statement {
                let value = self.expr(value, None);
                let names = match &**to {
                    Expr::Path(path) => path.segments.last().map(|segment| segment.name),
                    Expr::Call(_, arguments) => match &**arguments {
                        [Expr::Path(path)] => path.segments.last().map(|segment| segment.name),
                        _ => None,
                    },
                    _ => None,
                };
                if let Some(name) = names {
                    self.bind(&Pattern::Name(name, false, None), &value);
                }
            } else if block.statements.len() == 1 {
                self.block(block, None);
            }
        }
        if block.statements.len() > 1 {
            self.block(block, None);
        }
    }

    /// Token by token: methods that are called, and paths.
    fn scan(&mut self, tokens: &[Token]) {
        let mut index = 0;
        while index < tokens.len() {
            match &tokens[index..] {
                [Token::Sign('.', ..), Token::Word(name, place), Token::Group(Brackets::Round, inner, _), ..] => {
                    let receiver = match index.checked_sub(1).and_then(|before| tokens[before].word()) {
                        Some(word) => {
                            let local = self.locals.iter().rev().find(|(known, _)| *known == word);
                            local.map_or(Ty::Unknown, |(_, ty)| ty.clone())
                        }
                        None => Ty::Unknown,
                    };
                    let (name, place) = (*name, *place);
                    match lower::expressions(inner, self.test) {
                        Some(fragment) => {
                            self.fragment(fragment, |this, arguments| {
                                let (receiver_expr, types) = (Expr::Literal, Box::default());
                                let method = Method {
                                    receiver: receiver_expr,
                                    name,
                                    place,
                                    types,
                                    arguments: arguments.clone(),
                                };
                                this.method_on(&receiver, &method)
                            });
                        }
                        None => {
                            self.code(inner);
                        }
                    }
                    index += 3;
                }
                [Token::Word(..), ..] => index += self.scanned_path(&tokens[index..]),
                [Token::Group(_, inner, _), ..] => {
                    self.code(inner);
                    index += 1;
                }
                _ => index += 1,
            }
        }
    }

    /// A path among tokens, and how many of them it takes.
    fn scanned_path(&mut self, tokens: &[Token]) -> usize {
        let mut segments = Vec::new();
        let mut taken = 0;
        while let Some(Token::Word(name, place)) = tokens.get(taken) {
            segments.push(Segment { name: *name, place: *place, arguments: None });
            taken += 1;
            match &tokens[taken..] {
                [Token::Sign(':', ..), Token::Sign(':', ..), Token::Word(..), ..] => taken += 2,
                _ => break,
            }
        }
        self.path(&Path { segments: segments.into(), ..Path::default() });
        taken.max(1)
    }

    /// Operations that a macro is given by their names alone.
    fn named_in(&mut self, tokens: &[Token], doubt: &str) {
        let declared = declared(tokens);
        let alone = pieces(tokens).into_iter().filter_map(|piece| match piece {
            [Token::Word(name, place)] => Some((*name, *place)),
            _ => None,
        });
        for (name, place) in &alone.chain(declared).collect::<Vec<_>>() {
            let Some(number) = self.world.catalogue.methods.get(name).copied() else { continue };
            let is_local = self.locals.iter().any(|(known, _)| known == name);
            let module = self.scope.module;
            if !is_local && self.world.resolve(module, &[*name], false, Space::Values).is_none() {
                let operation = self.world.catalogue.operation(number);
                self.note(operation, How::Method, name.text(), *place, Some(doubt.to_owned()));
            }
        }
    }

    /// Macros among items that became nothing, and those by example that nobody uses.
    pub(super) fn loose_macros(&mut self) {
        for loose in std::mem::take(&mut self.world.loose) {
            self.enter(loose.module, Owner::Module, &[], Name::new(""), loose.test);
            let of = self.world.modules[loose.module as usize].of;
            self.is_foreign_item = self.world.rules.find(of, &loose.call).is_none();
            self.invocation(&loose.call);
            // With the functions that stand in it.
            self.remaining();
            self.is_foreign_item = false;
        }
        for number in 0..self.world.rules.all.len() {
            let known = &self.world.rules.all[number];
            if known.is_used {
                continue;
            }
            let (module, name) = (known.module, known.rules.name);
            let test = known.test || self.world.crate_of(module).kind == TargetKind::Test;
            self.enter(module, Owner::Module, &[], name, test);
            for body in self.world.rules.bodies(number) {
                self.code(&body);
            }
        }
        self.remaining();
    }
}

/// Tokens between commas, semicolons, arrows, and single colons.
fn pieces(tokens: &[Token]) -> Vec<&[Token]> {
    let mut pieces = Vec::new();
    let (mut start, mut index) = (0, 0);
    while index < tokens.len() {
        let length = match &tokens[index..] {
            [Token::Sign(',' | ';', ..), ..] => 1,
            [Token::Sign('=', true, _), Token::Sign('>', ..), ..] => 2,
            [Token::Sign(':', true, _), Token::Sign(':', ..), ..] => {
                index += 2;
                continue;
            }
            [Token::Sign(':', false, _), ..] => 1,
            // What stands in curly brackets ends a piece, as in `select!`.
            [Token::Group(Brackets::Curly, ..), ..] if index == start => 0,
            _ => {
                index += 1;
                continue;
            }
        };
        if length == 0 {
            pieces.push(&tokens[index..=index]);
            index += 1;
        } else {
            pieces.push(&tokens[start..index]);
            index += length;
        }
        start = index;
    }
    pieces.push(&tokens[start..]);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Functions that are declared among tokens without a body, in brackets as well: a macro that delegates makes one that
/// calls what has the same name.
fn declared(tokens: &[Token]) -> Vec<(Name, Place)> {
    let mut all = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            // `#[call(name)]`
            Token::Group(_, inner, _) => match inner.as_slice() {
                [Token::Word(name, place)] => all.push((*name, *place)),
                inner => all.extend(declared(inner)),
            },
            Token::Word(word, _) if word.text() == "fn" => {
                let Some(Token::Word(name, place)) = tokens.get(index + 1) else { continue };
                let end = tokens[index..]
                    .iter()
                    .find(|token| token.is_sign(';') || matches!(token, Token::Group(Brackets::Curly, ..)));
                all.extend(end.filter(|end| end.is_sign(';')).map(|_| (*name, *place)));
            }
            _ => {}
        }
    }
    all
}
