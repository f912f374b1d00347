//! Macros by example: which rule an invocation meets, and what it becomes.

mod matching;
mod pattern;
mod transcribe;

use std::collections::HashMap;
use std::sync::Arc;

use self::pattern::Pattern;
use crate::audit::ir::{Invocation, Rules};
use crate::audit::name::Name;
use crate::audit::place::Place;
use crate::audit::tokens::{Brackets, Token};

/// How a fragment is called in the body of a macro that nobody uses.
pub(in crate::audit) const FRAGMENT: &str = "__fragment_";

/// A macro's rules, and the crate that has it.
#[derive(Debug)]
pub(in crate::audit) struct Known {
    pub(in crate::audit) of: u32,
    /// The module that it stands in.
    pub(in crate::audit) module: u32,
    pub(in crate::audit) test: bool,
    pub(in crate::audit) rules: Arc<Rules>,
    arms: Vec<Arm>,
    /// Whether it was expanded: then what it does is known from there.
    pub(in crate::audit) is_used: bool,
}

#[derive(Debug)]
struct Arm {
    pattern: Vec<Pattern>,
    becomes: Arc<[Token]>,
}

/// What a fragment stands for: tokens, or one for each repetition.
#[derive(Clone, Debug)]
enum Bound {
    Tokens(Vec<Token>),
    Many(Vec<Bound>),
}

type Bindings = HashMap<Name, Bound>;

/// All macros, by their names.
#[derive(Debug, Default)]
pub(in crate::audit) struct AllRules {
    pub(in crate::audit) all: Vec<Known>,
    by_name: HashMap<Name, Vec<usize>>,
    /// Whether something became too many tokens.
    pub(in crate::audit) is_too_long: bool,
}

impl AllRules {
    pub(super) fn add(&mut self, of: u32, module: u32, test: bool, rules: &Arc<Rules>) {
        self.by_name.entry(rules.name).or_default().push(self.all.len());
        let arms = arms(&rules.tokens);
        self.all.push(Known { of, module, test, rules: Arc::clone(rules), arms, is_used: false });
    }

    /// The macro that is meant: of the same file, the same crate, or any.
    pub(in crate::audit) fn find(&self, of: u32, call: &Invocation) -> Option<usize> {
        let candidates = self.by_name.get(&call.name)?;
        let before = |known: &&usize| {
            let place = self.all[**known].rules.place;
            place.file() == call.place.file() && place.line() <= call.place.line()
        };
        let same = |known: &&usize| self.all[**known].of == of;
        let found = candidates.iter().rfind(before).or_else(|| candidates.iter().find(same));
        found.or_else(|| candidates.first()).copied()
    }

    /// What an invocation of a macro becomes, if one of its rules is met. What comes from another file stands where the
    /// macro is used: that is where the program makes the call.
    pub(in crate::audit) fn expand(&mut self, number: usize, call: &Invocation) -> Option<Vec<Token>> {
        let known = &mut self.all[number];
        let met = |arm: &'_ Arm| matching::whole(&arm.pattern, &call.tokens);
        let (arm, bindings) = known.arms.iter().find_map(|arm| Some((arm, met(arm)?)))?;
        let (expanded, is_too_long) = transcribe::transcribe(&arm.becomes, &bindings, known.of);
        self.is_too_long |= is_too_long;
        let mut expanded = expanded?;
        known.is_used = true;
        if known.rules.place.file() != call.place.file() {
            moved(&mut expanded, known.rules.place.file(), call.place);
        }
        Some(expanded)
    }

    /// What a macro's rules become, with a name in place of each fragment: for those that nobody uses here.
    pub(in crate::audit) fn bodies(&self, number: usize) -> Vec<Vec<Token>> {
        let known = &self.all[number];
        known.arms.iter().map(|arm| transcribe::plain(&arm.becomes, known.of)).collect()
    }
}

/// Gives the tokens of a file another place.
fn moved(tokens: &mut [Token], file: u32, to: Place) {
    for token in tokens {
        let (Token::Word(_, place) | Token::Sign(_, _, place) | Token::Literal(_, place) | Token::Group(_, _, place)) =
            token;
        if place.file() == file {
            *place = to;
        }
        if let Token::Group(_, inner, _) = token {
            moved(inner, file, to);
        }
    }
}

/// `(pattern) => { … };`, several times.
fn arms(tokens: &[Token]) -> Vec<Arm> {
    let groups = |token: &Token| match token {
        Token::Group(brackets, tokens, _) if *brackets != Brackets::None => Some(tokens.clone()),
        _ => None,
    };
    let mut arms = Vec::new();
    let mut groups = tokens.iter().filter_map(groups);
    while let (Some(pattern), Some(becomes)) = (groups.next(), groups.next()) {
        if let Some(pattern) = pattern::read(&pattern) {
            arms.push(Arm { pattern, becomes: becomes.into() });
        }
    }
    arms
}

#[cfg(test)]
mod tests;
