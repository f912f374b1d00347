//! What `format!` makes of texts and values.

use proc_macro2::Span;
use syn::Lit;

use super::Lowering;
use super::macros::text_of;
use crate::audit::ir::{Expr, Path, Segment};
use crate::audit::name::Name;

/// A part of what is made: a text, or an argument.
enum Part {
    Text(String),
    /// The argument at a place, and whether it stands there as it is.
    Numbered(usize, bool),
    Named(String, bool),
}

impl Lowering<'_> {
    /// `format!("…", arguments)`, if all arguments stand in the text.
    pub(super) fn format(&mut self, arguments: &[syn::Expr]) -> Option<Expr> {
        let (first, rest) = arguments.split_first()?;
        let span = match first {
            syn::Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => text.span(),
                _ => return None,
            },
            syn::Expr::Macro(call) => super::item::start(&call.mac),
            _ => return None,
        };
        let parts = parts(&text_of(first)?)?;
        let mut used = vec![false; rest.len()];
        let mut made = Vec::with_capacity(parts.len());
        for part in parts {
            let (value, is_plain) = match part {
                Part::Text(text) => (Expr::Text(Name::new(&text)), true),
                Part::Numbered(index, is_plain) => {
                    *used.get_mut(index)? = true;
                    (self.expr(rest.get(index)?), is_plain)
                }
                Part::Named(name, is_plain) => match rest.iter().position(|one| is_called(one, &name)) {
                    Some(index) => {
                        used[index] = true;
                        let syn::Expr::Assign(named) = &rest[index] else { return None };
                        (self.expr(&named.right), is_plain)
                    }
                    None => (self.captured(&name, span), is_plain),
                },
            };
            made.push(if is_plain { value } else { Expr::Several([value].into()) });
        }
        used.iter().all(|used| *used).then(|| Expr::Template(made.into()))
    }

    fn captured(&self, name: &str, span: Span) -> Expr {
        let segment = Segment { name: Name::new(name), place: self.place(span), arguments: None };
        Expr::Path(Path { of: None, global: false, segments: [segment].into() })
    }
}

fn is_called(argument: &syn::Expr, name: &str) -> bool {
    match argument {
        syn::Expr::Assign(named) => matches!(&*named.left, syn::Expr::Path(path) if path.path.is_ident(name)),
        _ => false,
    }
}

/// The parts of a text for `format!`; `None` if it is none, or has widths that are arguments.
fn parts(text: &str) -> Option<Vec<Part>> {
    let (mut parts, mut plain, mut next) = (Vec::new(), String::new(), 0);
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        if let Some(after) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
            plain.push_str(&from[..1]);
            rest = after;
            continue;
        }
        let (inner, after) = from.strip_prefix('{')?.split_once('}')?;
        rest = after;
        let (name, format) = inner.split_once(':').unwrap_or((inner, ""));
        if format.contains(['$', '*']) {
            return None;
        }
        if !plain.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut plain)));
        }
        let (name, is_plain) = (name.trim(), format.trim().is_empty());
        parts.push(match name.parse::<usize>() {
            Ok(index) => Part::Numbered(index, is_plain),
            Err(_) if name.is_empty() => {
                next += 1;
                Part::Numbered(next - 1, is_plain)
            }
            Err(_) => Part::Named(name.to_owned(), is_plain),
        });
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(Part::Text(plain));
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_has_texts_and_arguments() {
        let shown = |text: &str| {
            parts(text).map(|parts| {
                let one = |part: &Part| match part {
                    Part::Text(text) => format!("'{text}'"),
                    Part::Numbered(index, is_plain) => format!("{index}{}", if *is_plain { "" } else { "?" }),
                    Part::Named(name, is_plain) => format!("{name}{}", if *is_plain { "" } else { "?" }),
                };
                parts.iter().map(one).collect::<Vec<_>>().join(" ")
            })
        };
        for (text, is) in [
            ("", Some("")),
            ("a", Some("'a'")),
            ("/a/{}/{id}/{0}", Some("'/a/' 0 '/' id '/' 0")),
            ("{{a}}{}{}", Some("'{a}' 0 1")),
            ("{x:?}{:>5}", Some("x? 0?")),
            ("{:1$}", None),
            ("{:.*}", None),
            ("{", None),
            ("}", None),
            ("{a", None),
        ] {
            assert_eq!(shown(text).as_deref(), is, "{text}");
        }
    }
}
