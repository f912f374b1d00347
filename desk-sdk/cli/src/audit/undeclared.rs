//! Source that names the SDK in a package that does not depend on it: of that, an audit finds nothing, since nothing
//! there means the SDK.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use super::Position;
use super::manifest::{Package, Packages, SDK_NAME, normal};
use super::name::Name;
use super::source::Sources;

/// The first place of each package that names the SDK without depending on anything of that name.
pub(super) fn undeclared(packages: &Packages, sources: &Sources) -> Vec<Position> {
    let name = Name::new(SDK_NAME);
    let lacks = |package: &Package| !package.is_sdk() && !package.dependencies.contains_key(&name);
    let (mut first, mut declared): (BTreeMap<&Path, Position>, BTreeSet<&Path>) = Default::default();
    if !packages.packages.iter().any(lacks) {
        return Vec::new();
    }
    // What is too deep was not read.
    for file in sources.files.iter().filter(|file| !file.lowered.is_empty()) {
        let of_file =
            packages.packages.iter().filter_map(|package| Some((depth(&package.folder, &file.path)?, package)));
        let owner = of_file.max_by_key(|(depth, _)| *depth).map(|(_, package)| package);
        let Some(package) = owner.filter(|package| lacks(package)) else { continue };
        let text = fs::read_to_string(&file.path).unwrap_or_default();
        // Few files have it, and only those are taken apart.
        let tokens = text.contains(SDK_NAME).then(|| text.parse::<TokenStream>().ok()).flatten();
        let mut seen = Seen::default();
        seen.read(tokens.unwrap_or_default(), false);
        if seen.is_declared {
            declared.insert(&package.folder);
        }
        if let Some((line, column)) = seen.place {
            let (file, function) = (file.path.clone(), package.name.clone());
            first.entry(&package.folder).or_insert(Position { file, line, column, function });
        }
    }
    first.into_iter().filter(|(folder, _)| !declared.contains(folder)).map(|(_, place)| place).collect()
}

/// How deep a folder is that a file is in.
fn depth(folder: &Path, file: &Path) -> Option<usize> {
    let (folder, file) = (normal(folder), normal(file));
    match folder == Path::new(".") {
        true => (file.is_relative() && !file.starts_with("..")).then_some(0),
        false => file.starts_with(&folder).then(|| folder.components().count()),
    }
}

/// What a file has of the name.
#[derive(Default)]
struct Seen {
    /// Where a path begins with it.
    place: Option<(u32, u32)>,
    /// Whether something of one's own has that name.
    is_declared: bool,
}

impl Seen {
    /// Goes through tokens, which may be the rest of paths: `other::{…}`.
    fn read(&mut self, tokens: TokenStream, is_rest: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    let is_rest = group.delimiter() == Delimiter::Brace && ends_with_separator(&tokens[..index]);
                    self.read(group.stream(), is_rest);
                }
                TokenTree::Ident(ident) if *ident == SDK_NAME => {
                    let before = tokens[..index].last();
                    let after = |word: &str| matches!(before, Some(TokenTree::Ident(ident)) if *ident == word);
                    self.is_declared |= after("mod") || after("as");
                    let leads = starts_with_separator(&tokens[index + 1..]) && !continues(&tokens[..index]);
                    if !is_rest && (leads || after("use") || after("crate")) {
                        let start = ident.span().start();
                        self.place.get_or_insert((start.line as u32, start.column as u32 + 1));
                    }
                }
                _ => {}
            }
        }
    }
}

fn is(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// Whether `::` follows.
fn starts_with_separator(tokens: &[TokenTree]) -> bool {
    let is_joint = matches!(tokens.first(), Some(TokenTree::Punct(punct)) if punct.spacing() == Spacing::Joint);
    is_joint && is(tokens.first(), ':') && is(tokens.get(1), ':')
}

fn ends_with_separator(tokens: &[TokenTree]) -> bool {
    tokens.len() >= 2 && starts_with_separator(&tokens[tokens.len() - 2..])
}

/// Whether what follows is no beginning: the rest of a path such as `other::`, or a macro's variable.
fn continues(tokens: &[TokenTree]) -> bool {
    let of_path = || match tokens.len().checked_sub(3).map(|before| &tokens[before]) {
        Some(TokenTree::Ident(ident)) => *ident != "use",
        token => is(token, '>'),
    };
    is(tokens.last(), '$') || (ends_with_separator(tokens) && of_path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_that_begin_with_the_name_count() {
        for (text, place) in [
            ("use desk_sdk::Client;", Some((1, 5))),
            ("use ::desk_sdk::Client;", Some((1, 7))),
            ("use {std::fmt, desk_sdk::Client};", Some((1, 16))),
            ("extern crate desk_sdk;", Some((1, 14))),
            ("fn f(c: &desk_sdk::Client) {}", Some((1, 10))),
            ("fn f() { g::<desk_sdk::Client>(); }", Some((1, 14))),
            ("fn f() {\n    ::desk_sdk::tickets::GetTickets::new();\n}", Some((2, 7))),
            ("use desk_sdk as desk;", Some((1, 5))),
            ("// desk_sdk::Client\nconst A: &str = \"desk_sdk::Client\";", None),
            ("use other::desk_sdk::Client;", None),
            ("use other::{desk_sdk::Client};", None),
            ("fn f() { let desk_sdk = 1; g(desk_sdk); }", None),
            ("macro_rules! m { ($desk_sdk:path) => { $desk_sdk::x() } }", None),
        ] {
            let mut seen = Seen::default();
            seen.read(text.parse().unwrap(), false);
            assert_eq!((seen.place, seen.is_declared), (place, false), "{text}");
        }
        let mut seen = Seen::default();
        seen.read("mod desk_sdk; use desk_sdk::x;".parse().unwrap(), false);
        assert!(seen.is_declared);
    }
}
