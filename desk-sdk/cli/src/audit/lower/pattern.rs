//! Patterns.

use syn::{Member, Pat};

use super::{Lowering, name};
use crate::audit::ir::{Pattern, Reach};
use crate::audit::name::Name;

impl Lowering<'_> {
    pub(super) fn pattern(&mut self, pattern: &Pat) -> Pattern {
        match pattern {
            Pat::Ident(ident) => {
                let part = ident.subpat.as_ref().map(|(_, part)| Box::new(self.pattern(part)));
                let reach = match (ident.by_ref.is_some(), ident.mutability.is_some()) {
                    (_, false) => Reach::Fixed,
                    (false, true) => Reach::Changes,
                    (true, true) => Reach::Lent,
                };
                Pattern::Name(name(&ident.ident), reach, part)
            }
            Pat::Guard(guarded) => {
                Pattern::Guarded(Box::new(self.pattern(&guarded.pat)), Box::new(self.expr(&guarded.guard)))
            }
            Pat::Or(or) => Pattern::Or(self.patterns(&or.cases)),
            Pat::Paren(paren) => self.pattern(&paren.pat),
            Pat::Reference(reference) => self.pattern(&reference.pat),
            Pat::Path(path) => Pattern::Path(Box::new(self.path(path.qself.as_ref(), &path.path))),
            Pat::Rest(_) => Pattern::Rest,
            Pat::Slice(slice) => Pattern::List(self.patterns(&slice.elems)),
            Pat::Tuple(tuple) => Pattern::Tuple(self.patterns(&tuple.elems)),
            Pat::TupleStruct(parts) => {
                let path = self.path(parts.qself.as_ref(), &parts.path);
                Pattern::Parts(Box::new(path), self.patterns(&parts.elems))
            }
            Pat::Struct(fields) => {
                let path = self.path(fields.qself.as_ref(), &fields.path);
                let parts = fields.fields.iter().map(|field| (member(&field.member), self.pattern(&field.pat)));
                Pattern::Fields(Box::new(path), parts.collect())
            }
            Pat::Type(typed) => Pattern::Typed(Box::new(self.pattern(&typed.pat)), Box::new(self.ty(&typed.ty))),
            _ => Pattern::Other,
        }
    }

    fn patterns<'a>(&mut self, patterns: impl IntoIterator<Item = &'a Pat>) -> Box<[Pattern]> {
        patterns.into_iter().map(|pattern| self.pattern(pattern)).collect()
    }
}

/// The name of a field; the first one of a tuple is called `0`.
pub(super) fn member(member: &Member) -> Name {
    match member {
        Member::Named(ident) => name(ident),
        Member::Unnamed(index) => Name::new(&index.index.to_string()),
    }
}
