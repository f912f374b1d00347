//! Calls whose operation is a text: its name, or the path of a request.

use desk_sdk::Method;

use super::Walker;
use super::origin::source;
use super::texts::{HOLE, is_made};
use crate::audit::finding::{How, Why};
use crate::audit::ir::Expr;
use crate::audit::name::Name;
use crate::audit::names::FRAGMENT;
use crate::audit::place::Place;
use crate::audit::types::Ty;
use crate::scopes::refused;

/// Why one of several choices is not sure.
pub(super) const OTHERS: &str = "it is one of several, of which others are made at run time";

impl Walker<'_> {
    /// A call by name.
    pub(super) fn invoked(&mut self, receiver: &Ty, place: Place, arguments: &[Expr]) -> Ty {
        let given: Vec<Ty> = arguments.iter().map(|argument| self.expr(argument, None)).collect();
        let sure = receiver.is_client();
        if !self.by_name && !sure {
            return Ty::Unknown;
        }
        let (known, open) = given.first().map(Ty::choices).unwrap_or((&Ty::Unknown, true));
        let known = match known {
            Ty::Texts(names) | Ty::Resources(names) => Some(names),
            _ => None,
        };
        let mut open = open;
        for name in known.into_iter().flat_map(|names| names.iter()) {
            if is_made(name.text()) {
                open = true;
                continue;
            }
            match self.world.catalogue.by_name(name.text()) {
                Some(operation) => {
                    let doubt = match (sure, open) {
                        (true, false) => None,
                        (true, true) => Some(OTHERS.to_owned()),
                        (false, _) => Some("what it is called on is not known".to_owned()),
                    };
                    self.note(operation, How::Name, name.text(), place, doubt);
                }
                // What else it may be is told below.
                None if sure && !open => self.hidden("invoke", Why::UnknownName(*name), place, true),
                None => {}
            }
        }
        if open || known.is_none() {
            let patterns: Vec<&str> =
                known.into_iter().flat_map(|names| names.iter().map(|name| name.text())).collect();
            let reason = format!("the operation's name is made at run time{}", source(arguments.first(), &patterns));
            self.hidden("invoke", reason, place, sure);
        }
        Ty::Sdk
    }

    /// A request by its path; `None` if it certainly is that of something else.
    pub(super) fn requested(&mut self, receiver: &Ty, place: Place, arguments: &[Expr]) -> Option<Ty> {
        let given: Vec<Ty> = arguments.iter().map(|argument| self.expr(argument, None)).collect();
        let of = |index: usize| given.get(index).map(Ty::choices).unwrap_or((&Ty::Unknown, false));
        let ((verbs, open_verb), (paths, open_path)) = (of(0), of(1));
        let verbs: &[Method] = if let Ty::Verbs(verbs) = verbs { verbs } else { &[] };
        let texts: &[Name] = if let Ty::Texts(texts) = paths { texts } else { &[] };
        let sure = receiver.is_client() || !verbs.is_empty();
        if !sure {
            let may_be = |ty: Option<&Ty>| ty.is_some_and(Ty::may_be_any);
            // The client takes paths, not whole addresses.
            let is_path = texts.iter().any(|text| text.text().starts_with('/')) || may_be(given.get(1));
            let is_method = may_be(given.first()) && !arguments.first().is_some_and(is_of_http);
            if !receiver.may_be_any() || !is_method || !is_path {
                return Some(Ty::Unknown);
            }
            if let Ty::Absent(_) = receiver {
                self.reach.insert(place.file());
            }
        }
        let doubt = match (open_verb || open_path, verbs.len() > 1 && texts.len() > 1) {
            (true, _) => Some(OTHERS),
            (false, true) => Some("its method and its path are chosen apart, and not each pair may be meant"),
            _ => None,
        };
        for path in texts {
            let from = source(arguments.get(1), &[]);
            self.requested_path(verbs, path.text(), &from, place, doubt);
        }
        if verbs.is_empty() || open_verb {
            let reason = format!("its method is chosen at run time{}", source(arguments.first(), &[]));
            self.hidden("request", reason, place, receiver.is_client());
        } else if texts.is_empty() || open_path {
            let reason = format!("its path is made at run time{}", source(arguments.get(1), &[]));
            self.hidden("request", reason, place, receiver.is_client());
        }
        Some(Ty::Sdk)
    }

    fn requested_path(&mut self, verbs: &[Method], path: &str, from: &str, place: Place, doubt: Option<&str>) {
        let mut unknown = Vec::new();
        for verb in verbs {
            let found = desk_sdk::operation_at(*verb, path);
            match found.map(|found| found.and_then(|found| desk_sdk::operation(found.id))) {
                Ok(Some(operation)) => {
                    let written = format!("{verb} {path}");
                    self.note(operation, How::Path, &written, place, doubt.map(str::to_owned));
                }
                _ if is_made(path) && !is_refused(*verb, path) => {
                    unknown.push(Why::Told(format!("its path is made at run time: {path}{from}")));
                }
                Ok(None) => {
                    unknown.push(Why::Told(format!("no operation is known to have the path {verb} {path}")));
                }
                // Another one of the choices may be good.
                Err(error) if doubt.is_some() => unknown.push(Why::Told(refused(path, &error))),
                Err(error) => unknown.push(Why::Refused(refused(path, &error))),
            }
        }
        // Of pairs that may not be meant, only those that exist are told, and paths that none of them has.
        if doubt.is_none() || unknown.len() == verbs.len() {
            unknown.into_iter().for_each(|why| self.hidden("request", why, place, true));
        }
    }
}

/// Whether the client refuses a path of which parts are made at run time, whatever they are.
fn is_refused(verb: Method, path: &str) -> bool {
    let is_open = path.starts_with(HOLE) || path.contains(FRAGMENT);
    !is_open && ["1", "a"].iter().all(|part| desk_sdk::operation_at(verb, &path.replace(HOLE, part)).is_err())
}

/// Whether it is a method as the crate `http` writes it: the SDK's are `Method::Get` and the like.
fn is_of_http(value: &Expr) -> bool {
    let Expr::Path(path) = value else { return false };
    path.segments.last().is_some_and(|last| {
        let name = last.name.text();
        matches!(name, "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS" | "TRACE" | "CONNECT")
    })
}
