//! Whether source is too deep to be read: syn and the audit go down by recursion, and a stack has an end.

use proc_macro2::{Delimiter, Spacing, Span, TokenStream, TokenTree};

/// The stack of the threads that read and audit, in bytes. It is only taken as far as it is used.
pub(super) const STACK: usize = 256 << 20;

/// Brackets in one another; people write no more than some dozens.
const MOST_BRACKETS: usize = 500;

/// What the parts of one expression or type may take, in KiB of stack, in a build that is not optimized. What is left of
/// the stack is for what goes on beside.
const MOST: usize = (STACK >> 10) - (56 << 10);

/// Longer numbers than those of the largest types; how long it takes to read one grows with the square of its length.
const LONGEST_NUMBER: usize = 256;

/// What cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TooDeep {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) problem: String,
}

/// Reads text as tokens, unless they are too deep for a parser.
pub(super) fn tokens(text: &str) -> Result<TokenStream, TooDeep> {
    let tokens: TokenStream = text.parse().map_err(|error: proc_macro2::LexError| {
        let start = error.span().start();
        TooDeep { line: start.line, column: start.column, problem: format!("is not Rust that can be read: {error}") }
    })?;
    match checked(&tokens, 0, 0) {
        Ok(()) => Ok(tokens),
        Err((span, problem)) => {
            // Going through nested groups needs no recursion when they are dropped.
            let start = span.start();
            Err(TooDeep { line: start.line, column: start.column, problem })
        }
    }
}

/// How much a parser goes down for what was read since the last separator.
#[derive(Default)]
struct Run {
    chain: usize,
    /// Arguments of types that are open, and parameters of closures: a comma between those ends nothing.
    angles: usize,
    pipes: usize,
}

fn checked(tokens: &TokenStream, brackets: usize, before: usize) -> Result<(), (Span, String)> {
    let mut run = Run::default();
    let mut last: Option<TokenTree> = None;
    for token in tokens.clone() {
        let cost = before + run.chain + run.angles + run.pipes;
        if cost > MOST {
            let problem = "nests its expressions or types too deep, not read: break them into several";
            return Err((token.span(), problem.to_owned()));
        }
        match &token {
            TokenTree::Group(group) => {
                if brackets >= MOST_BRACKETS {
                    let problem = format!("has brackets nested more than {MOST_BRACKETS} deep, not read");
                    return Err((group.span_open(), problem));
                }
                checked(&group.stream(), brackets + 1, cost + 60)?;
                run.chain += 6;
            }
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                if text.len() > LONGEST_NUMBER && text.starts_with(|first: char| first.is_ascii_digit()) {
                    let problem = format!("has a number of more than {LONGEST_NUMBER} digits, not read");
                    return Err((token.span(), problem));
                }
            }
            TokenTree::Ident(_) if begins(last.as_ref(), &token) => run = Run::default(),
            TokenTree::Ident(_) => run.chain += if opens(last.as_ref()) { 12 } else { 0 },
            TokenTree::Punct(sign) => match sign.as_char() {
                ';' => run = Run::default(),
                ',' if run.angles + run.pipes == 0 => run.chain = 0,
                '>' if follows_joint(last.as_ref(), '=') => run = Run::default(),
                '>' if follows_joint(last.as_ref(), '-') => run.chain += 48,
                '>' => run.angles = run.angles.saturating_sub(60),
                '<' => run.angles += 60,
                '|' => run.pipes += 10,
                '&' | '*' if !ends_value(last.as_ref()) => run.chain += 40,
                '#' if begins(last.as_ref(), &token) => run = Run::default(),
                '\'' => {}
                _ => run.chain += 9,
            },
        }
        last = Some(token);
    }
    Ok(())
}

/// Whether a statement or an item begins here, after one that ends with a curly bracket.
fn begins(last: Option<&TokenTree>, token: &TokenTree) -> bool {
    let is_block = matches!(last, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace);
    let goes_on = matches!(token, TokenTree::Ident(word) if *word == "else" || *word == "as");
    is_block && !goes_on
}

/// Whether a word goes deeper by itself: `return return`, `else if`, `match match`.
fn opens(last: Option<&TokenTree>) -> bool {
    const WORDS: [&str; 19] = [
        "return", "break", "yield", "else", "if", "match", "while", "in", "unsafe", "async", "move", "const", "static",
        "let", "box", "mut", "ref", "become", "await",
    ];
    matches!(last, Some(TokenTree::Ident(word)) if WORDS.iter().any(|known| word == known))
}

/// Whether what stands before a sign may be a value, so that the sign is between two.
fn ends_value(last: Option<&TokenTree>) -> bool {
    match last {
        Some(TokenTree::Ident(word)) => !["mut", "const", "dyn", "impl", "raw"].iter().any(|known| word == known),
        Some(TokenTree::Punct(sign)) => matches!(sign.as_char(), '?' | '>'),
        Some(_) => true,
        None => false,
    }
}

fn follows_joint(last: Option<&TokenTree>, sign: char) -> bool {
    matches!(last, Some(TokenTree::Punct(punct)) if punct.as_char() == sign && punct.spacing() == Spacing::Joint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> Option<String> {
        tokens(text).err().map(|too_deep| too_deep.problem)
    }

    /// Every way to go deeper is refused when it is repeated, alone or with what ends a list in between.
    #[test]
    fn what_is_too_deep_is_refused_before_it_is_parsed() {
        let many = |before: &str, part: &str, after: &str| format!("{before}{}{after}", part.repeat(30_000));
        for text in [
            many("type A = ", "&", "u8;"),
            many("type A = ", "&'a ", "u8;"),
            many("type A = ", "*const ", "u8;"),
            many("type A = ", "Vec<", ""),
            many("type A = ", "Map<u8, ", ""),
            many("type A = ", "Of<T = ", ""),
            many("type A = ", "fn() -> ", "u8;"),
            many("type A = ", "impl Fn() -> ", "u8;"),
            many("fn f() { let a = ", "&mut ", "b; }"),
            many("fn f() { ", "a = ", "a; }"),
            many("fn f() { ", "return ", "a; }"),
            many("fn f() { ", "if ", "a; }"),
            many("fn f() { ", "match ", "a; }"),
            many("fn f() { ", "|a| ", "a }"),
            many("fn f() { ", "|a, b| ", "a }"),
            many("fn f() { ", "x | |a, b| ", "a }"),
            many("fn f() { a", " + {a}", "}"),
            many("fn f() { let a = ", "b = |c, d| ", "e; }"),
            many("fn f() { let a = ", "|b| c > ", "d; }"),
            many("type A = ", "Map<u8, &&", ""),
            many("fn f() { a", ".b()", "}"),
            many("fn f() { a", "?.b", "}"),
            many("fn f() { if a {}", " else if a {}", "}"),
            many("", "mod a {", ""),
        ] {
            assert!(problem(&text).is_some(), "{}", &text[..40]);
        }
        let numbers = format!("const A: u8 = {};", "1".repeat(1_000_000));
        assert_eq!(problem(&numbers).unwrap(), "has a number of more than 256 digits, not read");
        let deep = format!("fn f() {}{}", "{(".repeat(300), ")}".repeat(300));
        assert_eq!(problem(&deep).unwrap(), "has brackets nested more than 500 deep, not read");
    }

    /// What is only long stays what it is.
    #[test]
    fn what_is_long_is_no_problem() {
        let many = |before: &str, part: &str, after: &str| format!("{before}{}{after}", part.repeat(10_000));
        for text in [
            many("const A: [u8; 9] = [", "-1, ", "];"),
            many("const A: &[&str] = &[", "\"((([[[{{{\", ", "];"),
            many("fn f() {", "a.b(&c)?; ", "}"),
            many("fn f() {", "if a < b { c } ", "}"),
            many("fn f() { match a {", "A | B => {} ", "} }"),
            many("fn f() { match a {", "A => |b| c, ", "} }"),
            many("", "fn f<A: B<C>>(a: &A) -> B { c } ", ""),
            many("", "#[a] struct A(B); ", ""),
            many("a! { ", "word ", "}"),
            many("struct A {", "b: Vec<Option<u8>>, ", "}"),
            format!("fn f() {{ a{} }}", ".b(c)".repeat(10_000)),
            format!("fn f() {{ a{} }}", " + a".repeat(20_000)),
            format!("// {}\n", "(".repeat(10_000)),
        ] {
            assert_eq!(problem(&text), None, "{}", &text[..40]);
        }
    }
}
