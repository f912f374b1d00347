//! Whatever an audit finds: its exit code, its text, JSON, SARIF and its page say the same about how grave that is.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::project::{MANIFEST, Project};

const CONTACT: &str = "async fn f(c: &desk_sdk::Client) { c.get_contact(p).await; }";

/// What the file says of that.
const KNOWN: &str = "get_contact = { scopes = [\"Desk.contacts.READ\"], risk = \"safe\" }\n";

/// A file that grants what is needed, with these operations and this at the end.
fn lock(operations: &str, end: &str) -> String {
    format!("granted = ['Desk.contacts.READ', 'Desk.basic.READ']\n[operations]\n{operations}{end}")
}

fn allow(call: &str) -> String {
    format!("[[allow]]\nfile = 'src/main.rs'\ncall = '{call}'\noperations = []\nreason = 'x'\n")
}

/// The audit in each form: its rules with their levels.
fn rules(project: &Project, arguments: &[&str], expected: i32) -> BTreeSet<(String, String)> {
    let with = |form: &[&str]| {
        let ran = project.audit(&[arguments, form].concat());
        assert_eq!(ran.code, Some(expected), "{arguments:?} {form:?}: {}{}", ran.out, ran.err);
        ran.out
    };
    let (text, page) = (with(&[]), with(&["--html", "-"]));
    let json: Value = serde_json::from_str(&with(&["--json"])).unwrap();
    let sarif: Value = serde_json::from_str(&with(&["--sarif"])).unwrap();
    let text_of = |value: &Value| value.as_str().unwrap().to_owned();
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().unwrap().iter().filter(|result| result["ruleId"] != "operation");
    let of_sarif: BTreeSet<_> = results.map(|result| (text_of(&result["ruleId"]), text_of(&result["level"]))).collect();
    let notices = json["notices"].as_array().unwrap().iter();
    let of_json: BTreeSet<_> = notices.map(|notice| (text_of(&notice["rule"]), text_of(&notice["level"]))).collect();
    assert_eq!(of_json, of_sarif);
    let has_error = of_sarif.iter().any(|(_, level)| level == "error");
    assert_eq!(has_error, expected == 1, "{of_sarif:?}");
    assert_eq!((&json["fails"], &json["exit_code"]), (&has_error.into(), &expected.into()));
    assert_eq!(run["invocations"][0]["exitCode"], expected);
    let conclusion = "This fails (exit code 1): ";
    for form in [&text, &page] {
        assert_eq!(form.contains(conclusion), has_error, "{form}");
    }
    // The page has scopes that are missing in a box of their own.
    let has_others = of_sarif.iter().any(|(rule, level)| level == "error" && rule != "missing-scope");
    assert!(page.contains("<h3>Errors</h3>") || !has_others, "{page}");
    assert!(has_error || !page.contains("<h3>Errors</h3>"), "{page}");
    for (rule, _) in of_sarif.iter().filter(|(_, level)| level == "error") {
        let line = text.lines().find(|line| line.starts_with(conclusion)).unwrap();
        assert!(line.contains(rule), "{rule}: {line}");
    }
    of_sarif
}

#[test]
fn every_kind_has_the_level_of_the_exit_code() {
    let call = |code: &str| format!("{CONTACT}\nfn g(c: &desk_sdk::Client, name: &str) {{ {code} }}");
    let plain = CONTACT.to_owned();
    let twice = "c.invoke(name, x); c.invoke(name, x);";
    let old = |what: &str, with: &str| lock(&KNOWN.replace(what, with), "");
    for (rule, level, main, file, arguments) in [
        ("missing-scope", "error", &plain, "", &["--granted", "Desk.basic.READ"][..]),
        ("organization-lookup", "note", &plain, "", &["--granted", "Desk.contacts.READ"]),
        ("unneeded-scope", "note", &plain, "", &["--granted", "Desk.contacts.READ Desk.basic.READ Desk.tickets.ALL"]),
        ("broader-scope", "note", &plain, "", &["--granted", "Desk.contacts.ALL Desk.basic.READ"]),
        ("unsure", "warning", &call("unknown().get_agent(y());"), "", &[]),
        ("unsure", "error", &call("unknown().get_agent(y());"), "", &["--strict"]),
        ("unseen", "warning", &call("c.invoke(name, x);"), "", &[]),
        ("unseen", "error", &call("c.invoke(name, x);"), "", &["--strict"]),
        ("wrong-name", "error", &call("c.invoke(\"get_nothing\", x);"), "", &[]),
        ("not-enabled", "warning", &call("c.get_agents(p);"), "", &[]),
        ("operation-new", "error", &plain, &lock("", ""), &[]),
        ("operation-gone", "error", &plain, &lock(&format!("{KNOWN}get_news = []\n"), ""), &[]),
        ("scopes-changed", "error", &plain, &old("contacts.READ", "x.READ"), &[]),
        ("scopes-widened", "error", &plain, &old(".READ\"", ".READ + Desk.basic.READ\""), &[]),
        ("doubt-changed", "error", &plain, &old(" }", ", in_doubt = true }"), &[]),
        ("risk-fell", "note", &plain, &old("safe", "write"), &[]),
        ("granted-changed", "error", &plain, &lock(KNOWN, ""), &["--granted", "Desk.contacts.READ"]),
        ("wrong-path", "error", &call("c.request(desk_sdk::Method::Get, \"/api/v1/tickets/\");"), "", &[]),
        ("stale-allow", "warning", &plain, &lock(KNOWN, &allow("invoke")), &[]),
        ("stale-allow", "error", &plain, &lock(KNOWN, &allow("invoke")), &["--strict"]),
        ("allow-count", "warning", &call(twice), &lock(KNOWN, &allow("invoke")), &[]),
        ("allow-count", "error", &call(twice), &lock(KNOWN, &allow("invoke")), &["--strict"]),
    ] {
        let project = Project::of_main(main);
        if !file.is_empty() {
            project.write("desk-scopes.toml", file);
        }
        let rules = rules(&project, arguments, i32::from(level == "error"));
        assert!(rules.contains(&(rule.to_owned(), level.to_owned())), "{rule} {level}: {rules:?}");
    }
    let project = Project::of_main(&CONTACT.replace("get_contact", "delete_contact"));
    let needs = "granted = ['Desk.contacts.DELETE', 'Desk.basic.READ']\n[operations]\n\
                 delete_contact = { scopes = ['Desk.contacts.DELETE'], risk = 'safe' }\n";
    project.write("desk-scopes.toml", needs);
    assert!(rules(&project, &[], 1).contains(&("risk-rose".to_owned(), "error".to_owned())));
    let without = |main: &str| Project::new(&[("Cargo.toml", "[package]\nname = \"app\"\n"), ("src/main.rs", main)]);
    assert!(rules(&without("fn main() {}"), &[], 0).contains(&("no-sdk".to_owned(), "warning".to_owned())));
    assert!(rules(&without("fn main() {}"), &["--strict"], 1).contains(&("no-sdk".to_owned(), "error".to_owned())));
    assert!(rules(&without(CONTACT), &[], 1).contains(&("undeclared-sdk".to_owned(), "error".to_owned())));
}

#[test]
fn what_could_not_be_read_fails_everywhere() {
    let project = Project::of_main("mod missing;");
    let json = project.json(&[]);
    assert_eq!((&json["exit_code"], &json["fails"]), (&2.into(), &false.into()));
    let page = project.audit(&["--html", "-"]);
    assert!(page.code == Some(2) && page.out.contains("This fails (exit code 2): not all could be read (1 problem)."));
}

#[test]
fn what_a_member_lacks_is_told_by_all() {
    let project = Project::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"bot\"]\n"),
        ("bot/Cargo.toml", &MANIFEST.replace("app", "bot")),
        ("bot/src/main.rs", CONTACT),
        ("bot/desk-scopes.toml", &format!("granted = ['Desk.basic.READ']\n[operations]\n{KNOWN}")),
    ]);
    let missing = ("missing-scope".to_owned(), "error".to_owned());
    assert_eq!(rules(&project, &[], 1), BTreeSet::from([missing]));
    let text = "get_contact needs Desk.contacts.READ, which bot/desk-scopes.toml does not grant.";
    let sarif: Value = serde_json::from_str(&project.audit(&["--sarif"]).out).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let missing = results.iter().find(|result| result["ruleId"] == "missing-scope").unwrap();
    let place = &missing["locations"][0]["physicalLocation"];
    assert_eq!((&missing["message"]["text"], &place["region"]["startLine"]), (&text.into(), &1.into()));
    assert_eq!(place["artifactLocation"]["uri"], "bot/src/main.rs");
    assert!(project.audit(&["--html", "-"]).out.contains(text));
}

#[test]
fn what_a_member_accepts_is_accepted_for_the_whole() {
    let main = "fn f(c: &desk_sdk::Client, name: &str) { c.invoke(name, x); }";
    let accepts = allow("invoke").replace("[]", "['get_contact']");
    let project = Project::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"bot\"]\n"),
        ("bot/Cargo.toml", &MANIFEST.replace("app", "bot")),
        ("bot/src/main.rs", main),
        ("bot/desk-scopes.toml", &lock(KNOWN, &accepts)),
    ]);
    assert_eq!(rules(&project, &["--strict"], 0), BTreeSet::new());
    assert_eq!(project.operations(&[]), ["get_contact"]);
    // The whole's file accepts what the member's own does not: that fails as if the member were audited alone.
    project.write("bot/desk-scopes.toml", &lock(KNOWN, ""));
    let whole = accepts.replace("src/", "bot/src/");
    project.write("desk-scopes.toml", &format!("{}{whole}", lock(KNOWN, "")));
    assert!(rules(&project, &["--strict"], 1).contains(&("unseen".to_owned(), "error".to_owned())));
    let text = project.audit(&["--strict"]).out;
    assert!(text.contains("Unseen by bot/desk-scopes.toml (1):\n  bot/src/main.rs:1:"), "{text}");
}
