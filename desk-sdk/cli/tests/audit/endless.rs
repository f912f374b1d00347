//! Source that would never come to an end if everything in it was followed: what is given up is told with its place, and
//! the rest is found.

use std::fs;
use std::path::Path;

use desk_cli::audit::Audit;

/// What no audit of a short program takes.
const MOST_STEPS: u64 = 4_000_000;

/// What is found whatever stands before it.
const REST: &str = "\nfn rest(c: &desk_sdk::Client) { c.get_tickets(x); }\n";

fn many(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

fn audit_in(folder: &Path, text: &str) -> Audit {
    let file = folder.join("main.rs");
    fs::write(&file, format!("use desk_sdk::Client;\n{text}{REST}")).unwrap();
    let audit = Audit::of(&[file]);
    assert!(audit.steps < MOST_STEPS, "{} steps: {}", audit.steps, &text[..text.len().min(80)]);
    audit
}

fn audit(text: &str) -> Audit {
    audit_in(tempfile::tempdir().unwrap().path(), text)
}

fn sure(audit: &Audit) -> Vec<&'static str> {
    audit.operations(false).iter().map(|operation| operation.id).collect()
}

/// What is told of a program whose rest is found.
fn told(text: &str) -> Vec<String> {
    let audit = audit(text);
    assert_eq!((sure(&audit).contains(&"get_tickets"), &*audit.problems), (true, [].as_slice()), "{text:.80}");
    let unseen = audit.unseen.iter().map(|unseen| (&unseen.place, &unseen.reason));
    let unsure = audit.findings.iter().filter_map(|found| Some((&found.place, found.doubt.as_ref()?)));
    unseen.chain(unsure).map(|(place, why)| format!("{}: {why}", place.line)).collect()
}

#[test]
fn types_that_lead_to_themselves_or_grow_are_given_up() {
    let kind = "trait Kind { type Of; } struct Own; struct Of<T>(T);";
    for text in [
        "impl Kind for Own { type Of = <Own as Kind>::Of; }\nfn f(x: <Own as Kind>::Of) { x.get_agents(y); }"
            .to_owned(),
        "impl<T> Kind for Of<T> { type Of = <Of<Of<T>> as Kind>::Of; }\n\
         fn f(x: <Of<Client> as Kind>::Of) { x.get_agents(y); }"
            .to_owned(),
        "impl<T> Kind for Of<T> { type Of = (<Of<Of<T>> as Kind>::Of, <Of<(T, T)> as Kind>::Of); }\n\
         fn f(x: <Of<Client> as Kind>::Of) { x.get_agents(y); }"
            .to_owned(),
        "type A<T> = A<Vec<T>>; type B<T> = C<(T, T)>; type C<T> = B<T>;\n\
         fn f(x: A<Client>, y: B<Client>) { x.get_agents(y); y.get_agents(y); }"
            .to_owned(),
        format!(
            "type A0 = Client;{}\nfn f(x: A60) {{ x.get_agents(y); }}",
            many(60, |n| format!("type A{}=(A{n},A{n});", n + 1))
        ),
        format!(
            "fn f<{}, A60>(a: A0) {{\na.get_agents(y); }}\nfn g(c: &Client) {{ f(c); }}",
            many(60, |n| format!("A{n}: Fn(A{m}, A{m}) -> A{m},", m = n + 1)).trim_end_matches(',')
        ),
    ] {
        assert!(!told(&format!("{kind}{text}")).is_empty(), "{text}");
    }
    // The compiler has no such values, so nothing has to be told.
    for text in [
        format!("fn f(c: Client) {{ {} c.get_agents(x); }}", "let c = (c, c);".repeat(60)),
        format!("fn g<T>(t: T) -> (T, T) {{ g((t, t)).0 }} fn f(c: Client) {{ {} }}", "let c = g(c);".repeat(60)),
        format!("fn f(c: Client) {{ {} c.x(); }}", "let c = c.iter().enumerate().zip(c);".repeat(60)),
    ] {
        told(&text);
    }
}

#[test]
fn macros_that_grow_are_given_up() {
    for text in [
        "macro_rules! m { ($c:ident $($t:tt)*) => { m!($c $($t)* a); m!($c $($t)* b); }; }\nfn f(c: &Client) { m!(c a); }",
        "macro_rules! m { ($($t:tt)*) => { m!(($($t)*)($($t)*)) }; }\nfn f() { m!(a); }",
        "macro_rules! m { ($c:ident $($t:tt)*) => { m!($c $($t)* $($t)*) }; }\nfn f(c: &Client) { m!(c a); }",
        "macro_rules! m { ($c:ident [$($t:tt)*]) => { m!($c [$($t)* $($t)*]) }; }\nm!(c [a]);",
        "macro_rules! m { ($($t:tt)*) => { mod a { m!(($($t)*)); } }; }\nm!(a);",
        "macro_rules! m { () => { m!() }; }\nfn f() { m!(); }\nm! {}",
        "macro_rules! m { ($($t:tt)*) => { m!($($t)* a); m!($($t)* b); }; }\nm!();",
    ] {
        let told = told(text);
        assert!(told.iter().any(|told| told.contains("too many steps")), "{text}: {told:?}");
    }
    let twice = many(30, |n| format!("macro_rules! m{n} {{ () => {{ m{m}!(); m{m}!(); }}; }}\n", m = n + 1));
    let text = format!("{twice}macro_rules! m30 {{ () => {{ c.get_agents(x) }}; }} fn f(c: &Client) {{ m0!(); }}");
    let audit = audit(&text);
    assert_eq!((sure(&audit), audit.unseen.len()), (vec!["get_agents", "get_tickets"], 1));
}

#[test]
fn files_that_lead_to_themselves_are_read_once() {
    let scratch = tempfile::tempdir().unwrap();
    let other =
        "#[path = \"main.rs\"] mod a; #[path = \"main.rs\"] mod b;\nfn f(c: &desk_sdk::Client) { c.get_agents(x); }";
    fs::write(scratch.path().join("other.rs"), other).unwrap();
    for text in [
        "include!(\"main.rs\"); include!(\"main.rs\");",
        "#[path = \"main.rs\"] mod a; #[path = \"main.rs\"] mod b;",
        "#[path = \"other.rs\"] mod a; #[path = \"other.rs\"] mod b; include!(\"other.rs\");",
    ] {
        let audit = audit_in(scratch.path(), text);
        let problems: Vec<&str> = audit.problems.iter().map(|problem| problem.problem.as_str()).collect();
        assert_eq!(
            (problems, sure(&audit).contains(&"get_tickets")),
            (vec!["leads to itself, where it was not read again"], true),
            "{text}"
        );
    }
    let audit = audit_in(scratch.path(), "fn f() { include!(\"main.rs\"); include!(\"main.rs\"); }");
    assert!(audit.unseen.iter().all(|unseen| unseen.reason == "the included file includes itself"));
    assert_eq!(audit.unseen.len(), 2);
    // Three modules of three modules, and so on.
    for depth in 0..14 {
        let inner = many(3, |n| format!("#[path = \"deep{}.rs\"] mod a{n};", depth + 1));
        let text = if depth < 13 { inner } else { String::new() };
        fs::write(scratch.path().join(format!("deep{depth}.rs")), text).unwrap();
    }
    let audit = audit_in(scratch.path(), "#[path = \"deep0.rs\"] mod deep;");
    assert!(audit.problems.iter().all(|problem| problem.problem.starts_with("is more than 64 modules")));
    assert_eq!((audit.problems.is_empty(), sure(&audit)), (false, vec!["get_tickets"]));
}

#[test]
fn what_is_only_long_is_audited_to_its_end() {
    for text in [
        format!("static A: [u8; 9] = [{}]; fn f(c: &Client) {{ c.get_agents(x); }}", "1,".repeat(100_000)),
        format!(
            "fn f(c: &Client) {{ for i in 0..1 {{ {} c.get_agents(x); }} }}",
            many(4_000, |n| format!("let v{n} = c.x(v{n});"))
        ),
        format!("fn f(c: &Client) {{ c.get_agents(x){}; }}", ".x()".repeat(5_000)),
        format!("fn f(c: &Client) {{ c.get_agents(x); a{}; }}", " + \"a\"".repeat(5_000)),
        format!(
            "fn h(c: &Client, n: &str) {{ c.invoke(n, j); }}{}",
            many(1_000, |n| format!(
                "fn f{n}(c: &Client, n: &str) {{ h(c, n); }} fn g{n}(c: &Client) {{ f{n}(c, \"get_agents\"); }}"
            ))
        ),
        format!(
            "{}fn f(c: &Client) {{ {} }}",
            many(500, |n| format!("fn h{n}(c: &Client, n: &str) {{ c.invoke(n, j); }}")),
            many(500, |n| format!("h{n}(c, \"get_agents\");"))
        ),
        format!(
            "trait Kind {{ type X; fn x(&self) -> Self::X; }}{}\nfn f(c: &Client) {{ c.get_agents(x); }}",
            many(1_000, |n| format!(
                "struct S{n}; impl Kind for S{n} {{ type X = S{n}; fn x(&self) -> S{n} {{ S{n} }} }}"
            ))
        ),
        format!(
            "{}const A2000: &str = \"get_agents\"; fn f(c: &Client) {{ c.invoke(A0, j); }}",
            many(2_000, |n| format!("const A{n}: &str = A{};", n + 1))
        ),
        format!(
            "{} fn f(c: &Client) {{ m0::x(); c.get_agents(x); }}",
            many(2_000, |n| format!("pub mod m{n} {{ pub use super::m{}::x; }}", (n + 1) % 2_000))
        ),
    ] {
        let audit = audit(&text);
        let open = audit.unseen.len() + audit.findings.iter().filter(|found| found.doubt.is_some()).count();
        assert_eq!(
            (sure(&audit), open, &*audit.problems),
            (vec!["get_agents", "get_tickets"], 0, [].as_slice()),
            "{text:.200}"
        );
    }
}

/// Longer chains than the stack is deep are given up once, not once for each of their parts.
#[test]
fn what_leads_on_for_too_long_is_given_up_once() {
    for text in [
        format!(
            "{}fn f(c: &Client) {{ c.invoke(A0, j); }}",
            many(30_000, |n| format!("const A{n}: &str = A{};", n + 1))
        ),
        format!(
            "{}fn f(c: &Client) {{ c.invoke(f0(), j); }}",
            many(30_000, |n| format!("fn f{n}() -> String {{ f{}() }}", n + 1))
        ),
    ] {
        let told = told(&text);
        assert!(told.iter().any(|told| told.contains("made at run time")) && told.len() < 10, "{told:?}");
    }
}

#[test]
fn of_too_many_choices_the_rest_is_told() {
    for text in [
        format!(
            "fn f(c: &Client) {{ let mut n = \"get_agents\"; {} c.invoke(n, j); }}",
            many(3_000, |n| format!("n = \"x{n}\";"))
        ),
        format!(
            "fn f(c: &Client) {{ let mut all = vec![\"get_agents\"]; {} for n in all {{ c.invoke(n, j); }} }}",
            many(3_000, |n| format!("all.push(\"x{n}\");"))
        ),
    ] {
        let told = told(&text);
        assert_eq!(told.len(), 2, "{told:?}");
    }
}

#[test]
fn what_is_too_deep_is_told_as_not_read() {
    let scratch = tempfile::tempdir().unwrap();
    for (text, problem) in [
        (
            format!("fn f() {{ let a = {}1{}; }}", "(".repeat(20_000), ")".repeat(20_000)),
            "has brackets nested more than 500 deep, not read",
        ),
        (
            format!("type A = {}u8{};", "Vec<".repeat(20_000), ">".repeat(20_000)),
            "nests its expressions or types too deep, not read: break them into several",
        ),
        (
            format!("fn f() {{ let a = {}1; }}", "&".repeat(50_000)),
            "nests its expressions or types too deep, not read: break them into several",
        ),
    ] {
        let audit = audit_in(scratch.path(), &text);
        let told: Vec<(&str, Option<u32>)> =
            audit.problems.iter().map(|told| (told.problem.as_str(), told.place.map(|(line, _)| line))).collect();
        assert_eq!(told, [(problem, Some(2))]);
    }
}
