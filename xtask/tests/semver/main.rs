//! Whether `codegen::diff` judges the generated crate as tools do that know nothing of the project.
//!
//! ```text
//! cargo install --locked cargo-semver-checks@0.51.0 cargo-public-api@0.52.0
//! cargo test --package xtask --test semver -- --ignored --nocapture               # all changes, a quarter of an hour
//! cargo test --package xtask --test semver -- --ignored --nocapture one_change    # the small size, for CI
//! ```
//!
//! The second tool needs a nightly compiler. Each change is a small edit of a part of the real spec (42 operations, 66
//! types), from which a crate is generated with the whole runtime. `cargo-semver-checks` knows what breaks, as far as it
//! has a rule; `cargo-public-api` lists every public item with its signature: what is gone or differs breaks, what came
//! does not. The larger verdict of both must be ours. Figures of 2026-11-30, Rust 1.95.0 and nightly of 2026-05-19:
//!
//! | change | ours | semver-checks | public-api |
//! | --- | --- | --- | --- |
//! | an operation is added | compatible | none | minor |
//! | an operation is removed | breaking | major | major |
//! | an operation is renamed | breaking | major | major |
//! | an operation gets an alias | compatible | none | minor |
//! | a module moves to another family | breaking | major | major |
//! | an operation moves to another module of its family | documentation | none | none |
//! | an operation is deprecated | compatible | minor | none |
//! | a query parameter becomes required | breaking | none | major |
//! | a query parameter is no longer required | breaking | none | major |
//! | a query parameter is added | compatible | none | minor |
//! | a query parameter is removed | breaking | major | major |
//! | a query parameter is of another type | breaking | none | major |
//! | a path parameter has another name | documentation | none | none |
//! | a path has one more parameter | breaking | major | major |
//! | a field of a body may be null | breaking | none | major |
//! | a body gets a field | breaking | major | major |
//! | a limit is lower | documentation | none | none |
//! | a record of answers gets a field | breaking | major | minor |
//! | a record of answers loses a field | breaking | major | major |
//! | a field of answers is of another type | breaking | none | major |
//! | a record that is read and sent gets a field | breaking | major | minor |
//! | an enum gets a value | breaking | major | minor |
//! | an enum loses a value | breaking | major | major |
//! | other scopes are needed | documentation | none | none |
//! | a scope is needed by nothing any more | breaking | major | major |
//! | only docs differ | documentation | none | none |
//! | an answer has a body no longer | breaking | none | major |
//! | a shared type belongs to one family now | breaking | major | major |
//!
//! In all of these cases we agree. The tools need one another: types of arguments, fields and answers are nothing that
//! semver-checks looks at, and that a new field or variant breaks code is nothing that public-api knows.

mod cases;
mod cut;
mod tools;

use std::collections::BTreeSet;

use desk_codegen::diff::{self, Level};
use desk_codegen::surface::{Kind, Surface};

use self::cases::{CASES, Case};
use self::cut::Cut;
use self::tools::{Seen, Verdict};

fn judged(old: &Cut, case: &Case) -> (Cut, Level) {
    let mut new = old.clone();
    (case.edit)(&mut new);
    let ((_, before), (_, now)) = (old.made(), new.made());
    (new, diff::level(&diff::between(&before, &now)))
}

/// Whether the tools see the same; what they see is printed as a row of a table.
fn is_seen_alike(case: &Case, old: &Cut, before: &Seen) -> bool {
    let (new, level) = judged(old, case);
    let ours = match level {
        Level::None | Level::Documentation => Verdict::Same,
        Level::Compatible => Verdict::Minor,
        Level::Breaking => Verdict::Major,
    };
    let (checks, lists, lines) = tools::judge(before, &tools::look(&new, case.features, "new"));
    println!("| {} | {level} | {checks:?} | {lists:?} |", case.name);
    let alike = ours == checks.max(lists);
    if !alike {
        lines.iter().for_each(|line| println!("    {line}"));
    }
    alike
}

#[test]
fn every_change_is_of_its_level() {
    let old = Cut::new();
    for case in CASES {
        assert_eq!(judged(&old, case).1, case.level, "{}", case.name);
    }
}

#[test]
#[ignore = "takes a quarter of an hour, and needs cargo-semver-checks and cargo-public-api"]
fn all_changes_are_judged_as_the_tools_judge_them() {
    let old = Cut::new();
    let features: BTreeSet<&str> = CASES.iter().map(|case| case.features).collect();
    let mut wrong = Vec::new();
    for features in features {
        let before = tools::look(&old, features, "old");
        let cases = CASES.iter().filter(|case| case.features == features);
        wrong.extend(cases.filter(|case| !is_seen_alike(case, &old, &before)).map(|case| case.name));
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
#[ignore = "needs cargo-semver-checks and cargo-public-api"]
fn one_change_is_judged_as_the_tools_judge_it() {
    let old = Cut::new();
    let case = CASES.iter().find(|case| case.name == "a record of answers gets a field").expect("a case");
    let before = tools::look(&old, case.features, "old");
    the_surface_is_what_the_compiler_sees(&old, &before);
    assert!(is_seen_alike(case, &old, &before));
}

/// What the macros give to every struct, record or enum.
const BY_MACROS: [&str; 4] = ["query", "undeclared", "Unlisted", "VALUES"];

fn the_surface_is_what_the_compiler_sees(cut: &Cut, seen: &Seen) {
    let (_, model) = cut.made();
    let surface = Surface::of(&model);
    let items = surface.items().filter(|item| !matches!(item.kind, Kind::Feature | Kind::Implementation));
    let ours: BTreeSet<String> = items.map(|item| item.path.replace("r#", "")).collect();
    let ours: BTreeSet<&str> = ours.iter().map(String::as_str).collect();
    let theirs: BTreeSet<&str> = seen.paths.iter().map(String::as_str).collect();
    let missing: Vec<&&str> = ours.difference(&theirs).collect();
    assert!(missing.is_empty(), "the compiler sees none of {missing:?}");
    let home = |path: &str| path.split_once("::").map(|(home, _)| home.to_owned());
    let homes: BTreeSet<String> = ours.iter().filter_map(|path| home(path)).filter(|home| home != "Client").collect();
    let generated = theirs.iter().filter(|path| home(path).is_some_and(|home| homes.contains(&home)));
    let more: Vec<_> = generated
        .filter(|path| !ours.contains(*path))
        .filter(|path| !path.rsplit("::").next().is_some_and(|name| BY_MACROS.contains(&name)))
        .collect();
    println!("{} public items are generated", ours.len());
    // Records to send have these two by their macro.
    let more: Vec<_> =
        more.into_iter().filter(|path| !(path.ends_with("::new") || path.ends_with("::field"))).collect();
    assert!(more.is_empty(), "the surface has none of {more:?}");
}
