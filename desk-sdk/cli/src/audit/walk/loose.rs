//! What macros are given whose rules are not in the source, where items stand and in attributes, and the rules that
//! nobody uses.

use super::pieces::pieces;
use super::{Foreign, Walker};
use crate::audit::finding::How;
use crate::audit::manifest::TargetKind;
use crate::audit::name::Name;
use crate::audit::names::{Owner, Space};
use crate::audit::place::Place;
use crate::audit::tokens::{Brackets, Token};

impl Walker<'_> {
    /// Operations that a macro is given by their names alone.
    pub(super) fn named_in(&mut self, tokens: &[Token], doubt: &str) {
        let declared = declared(tokens);
        let alone = pieces(tokens).into_iter().filter_map(|piece| match piece {
            [Token::Word(name, place)] => Some((*name, *place)),
            _ => None,
        });
        for (name, place) in &alone.chain(declared).collect::<Vec<_>>() {
            let Some(number) = self.world.catalogue.methods.get(name).copied() else { continue };
            let is_local = self.locals.get(*name).is_some();
            let module = self.scope.module;
            if !is_local && self.world.resolve(module, &[*name], false, Space::Values).is_none() {
                let operation = self.world.catalogue.operation(number);
                self.note(operation, How::Method, name.text(), *place, Some(doubt.to_owned()));
            }
        }
    }

    /// What attributes are given, if it may be a call.
    pub(super) fn attributes(&mut self) {
        for given in std::mem::take(&mut self.world.attributes) {
            if !self.names_any(&given.call.tokens) {
                continue;
            }
            self.enter(given.module, Owner::Module, &[], Name::new(""), given.test, given.call.place);
            self.foreign = Some(Foreign::Attribute);
            self.named_in(&given.call.tokens, Foreign::Attribute.doubt());
            self.code(&given.call.tokens);
            self.remaining();
            self.foreign = None;
        }
    }

    /// Whether tokens name an operation, or what calls one.
    fn names_any(&self, tokens: &[Token]) -> bool {
        tokens.iter().any(|token| match token {
            Token::Word(name, _) => self.world.catalogue.names(*name),
            Token::Group(_, inner, _) => self.names_any(inner),
            _ => false,
        })
    }

    /// Macros among items that became nothing, and those by example that nobody uses.
    pub(super) fn loose_macros(&mut self) {
        for loose in std::mem::take(&mut self.world.unexpanded) {
            self.enter(loose.module, Owner::Module, &[], Name::new(""), loose.test, loose.call.place);
            self.world.budget.lose();
        }
        for loose in std::mem::take(&mut self.world.loose) {
            self.enter(loose.module, Owner::Module, &[], Name::new(""), loose.test, loose.call.place);
            let of = self.world.modules[loose.module as usize].of;
            self.foreign = self.world.rules.find(of, &loose.call).is_none().then_some(Foreign::Item);
            self.invocation(&loose.call);
            // With the functions that stand in it.
            self.remaining();
            self.foreign = None;
        }
        for number in 0..self.world.rules.all.len() {
            let known = &self.world.rules.all[number];
            if known.is_used {
                continue;
            }
            let (module, name, place) = (known.module, known.rules.name, known.rules.place);
            let test = known.test || self.world.crate_of(module).kind == TargetKind::Test;
            self.enter(module, Owner::Module, &[], name, test, place);
            for body in self.world.rules.bodies(number) {
                self.code(&body);
            }
        }
        self.remaining();
    }
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
