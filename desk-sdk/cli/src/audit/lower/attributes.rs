//! Attributes, as far as they change what is code.

use std::sync::Arc;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, Fields, Lit, Meta};

use super::{Lowering, file_name, name, place};
use crate::audit::ir::{Invocation, Item, ItemKind};
use crate::audit::name::Name;
use crate::audit::nesting;
use crate::audit::tokens::{Brackets, Token, keep};

/// Whether what has these attributes is only compiled for tests, or is one.
pub(super) fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => list.parse_args::<Meta>().is_ok_and(|meta| needs_test(&meta)),
        meta => {
            let last = meta.path().segments.last().map(|segment| segment.ident.to_string());
            matches!(last.as_deref(), Some("test" | "bench" | "rstest" | "test_case" | "quickcheck"))
        }
    })
}

/// Attributes of the compiler that take code neither from the program nor to it.
const PLAIN: [&str; 20] = [
    "doc",
    "allow",
    "warn",
    "deny",
    "forbid",
    "expect",
    "cfg",
    "cfg_attr",
    "inline",
    "cold",
    "must_use",
    "track_caller",
    "deprecated",
    "derive",
    "repr",
    "non_exhaustive",
    "ignore",
    "should_panic",
    "path",
    "instrument",
];

/// Whether something else than the program may call a function with these attributes, such as a web framework.
pub(super) fn may_be_called_elsewhere(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| !is_plain(attribute.path()))
}

fn is_plain(path: &syn::Path) -> bool {
    PLAIN.iter().any(|known| is_last(path, known))
}

fn is_last(path: &syn::Path, name: &str) -> bool {
    path.segments.last().is_some_and(|last| last.ident == name)
}

/// What attributes are given whose macros are not in the source.
fn given(meta: &Meta, all: &mut Vec<(Span, TokenStream)>) {
    match meta {
        Meta::List(list) if list.path.is_ident("cfg_attr") => {
            let parser = syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated;
            let parts = list.parse_args_with(parser).into_iter().flatten().skip(1);
            parts.for_each(|part| given(&part, all));
        }
        Meta::List(list) if is_last(&list.path, "instrument") || !is_plain(&list.path) => {
            all.push((list.path.span(), list.tokens.clone()));
        }
        Meta::NameValue(named) if !is_plain(&named.path) => {
            all.push((named.path.span(), named.value.to_token_stream()));
        }
        _ => {}
    }
}

/// Tokens with the code that stands in texts: `with = "Client::get_agents"`.
fn with_code(tokens: Vec<Token>) -> Vec<Token> {
    let opened = |token: Token| match token {
        Token::Group(brackets, inner, place) => Token::Group(brackets, with_code(inner), place),
        Token::Literal(_, place) => {
            let code = token.text().filter(|text| text.contains("::") || text.contains('('));
            let code = code.and_then(|text| nesting::tokens(&text).ok());
            code.map_or(token, |code| Token::Group(Brackets::None, keep(code, &|_| place), place))
        }
        token => token,
    };
    tokens.into_iter().map(opened).collect()
}

impl Lowering<'_> {
    /// Keeps what attributes are given that may make code of it.
    pub(super) fn foreign_attributes(&mut self, attributes: &[Attribute], test: bool) {
        let mut all = Vec::new();
        attributes.iter().for_each(|attribute| given(&attribute.meta, &mut all));
        let places = self.places;
        for (span, tokens) in all {
            let tokens = with_code(keep(tokens, &|span| place(places, span)));
            let call = Invocation { name: Name::new(""), place: self.place(span), tokens };
            self.add(Item { test, kind: ItemKind::Attribute(Arc::new(call)) });
        }
    }
}

/// Whether a condition is only met in tests: `any(test, …)` may be met elsewhere.
fn needs_test(meta: &Meta) -> bool {
    let Meta::List(list) = meta else { return meta.path().is_ident("test") || meta.path().is_ident("doctest") };
    let parser = syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated;
    let Ok(parts) = list.parse_args_with(parser) else { return false };
    match list.path.get_ident().map(ToString::to_string).as_deref() {
        Some("all") => parts.iter().any(needs_test),
        Some("any") => !parts.is_empty() && parts.iter().all(needs_test),
        _ => false,
    }
}

/// The file that `#[path = "…"]` names.
pub(super) fn path_attribute(attributes: &[Attribute]) -> Option<Name> {
    attributes.iter().find_map(|attribute| named_path(&attribute.meta))
}

/// The files that `#[cfg_attr(unix, path = "…")]` names: which of them is compiled depends on where it is.
pub(super) fn conditional_paths(attributes: &[Attribute]) -> Vec<Name> {
    let mut paths = Vec::new();
    attributes.iter().for_each(|attribute| conditional(&attribute.meta, &mut paths));
    paths
}

fn conditional(meta: &Meta, paths: &mut Vec<Name>) {
    let Meta::List(list) = meta else { return };
    if !list.path.is_ident("cfg_attr") {
        return;
    }
    let parser = syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated;
    let Ok(parts) = list.parse_args_with(parser) else { return };
    for part in parts.iter().skip(1) {
        paths.extend(named_path(part));
        conditional(part, paths);
    }
}

fn named_path(meta: &Meta) -> Option<Name> {
    if !meta.path().is_ident("path") {
        return None;
    }
    match &meta.require_name_value().ok()?.value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(file_name(&text.value())),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a trait of this name is derived.
pub(super) fn derives(attributes: &[Attribute], wanted: &str) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("derive")).any(|attribute| {
        let parser = syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated;
        let listed = attribute.parse_args_with(parser);
        listed
            .is_ok_and(|listed| listed.iter().any(|path| path.segments.last().is_some_and(|last| last.ident == wanted)))
    })
}

/// The field that a derived `Deref` leads to: the marked one, or the only one.
pub(super) fn dereferenced(fields: &Fields) -> Option<Name> {
    let marked = fields.iter().position(|field| field.attrs.iter().any(|attribute| attribute.path().is_ident("deref")));
    let index = marked.or((fields.len() == 1).then_some(0))?;
    let field = fields.iter().nth(index)?;
    Some(field.ident.as_ref().map_or_else(|| Name::new(&index.to_string()), name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_that_may_run_elsewhere_is_not_only_for_tests() {
        for (attribute, test) in [
            ("#[test]", true),
            ("#[tokio::test(flavor = \"current_thread\")]", true),
            ("#[cfg(test)]", true),
            ("#[cfg(all(unix, test))]", true),
            ("#[cfg(any(test, feature = \"mock\"))]", false),
            ("#[cfg(not(test))]", false),
            ("#[cfg(feature = \"test\")]", false),
            ("#[cfg_attr(test, derive(Debug))]", false),
            ("/// test", false),
        ] {
            let item: syn::ItemFn = syn::parse_str(&format!("{attribute}\nfn f() {{}}")).unwrap();
            assert_eq!(is_test(&item.attrs), test, "{attribute}");
        }
    }
}
