//! Programs that use the library of the program `desk`, and that library as they see it.

use std::collections::BTreeSet;

use desk_cli::export::{Source, Wanted, sources};
use desk_sdk::by_name::{Each, metrics};
use serde_json::Map;

use crate::project::{MANIFEST, Project};

const IMPORTS: &str = "use desk_cli::export::{self, Settings, Wanted};\nuse desk_cli::snapshot;\n";

/// A program with the library of `desk`, whose function has this in it.
fn program(code: &str) -> Project {
    let manifest = format!("{MANIFEST}desk-cli = \"0.1\"\n");
    let main = format!("{IMPORTS}fn f(name: String, rest: Settings, more: snapshot::Settings) {{ {code} }}\n");
    Project::new(&[("Cargo.toml", &manifest), ("src/main.rs", &main)])
}

/// What reading sources may call, by what the library says of them; each client looks for its organization.
fn calls(sources: &[Source]) -> BTreeSet<String> {
    let mut ids = BTreeSet::from([desk_sdk::organization_discovery().id.to_owned()]);
    for source in sources {
        ids.extend([Some(source.list), source.by_time].into_iter().flatten().map(|operation| operation.id.to_owned()));
        if let Some(Each::Record { operation, .. }) = source.each {
            ids.insert(operation.to_owned());
        }
        for child in &source.children {
            ids.insert(child.operation.id.to_owned());
            ids.extend(child.files.map(|(download, _)| download.id.to_owned()));
        }
    }
    ids
}

fn found(code: &str) -> BTreeSet<String> {
    program(code).operations(&[]).into_iter().collect()
}

fn resources(names: &[&str]) -> Wanted {
    Wanted::Resources(names.iter().map(|name| (*name).to_owned()).collect())
}

#[test]
fn what_is_wanted_is_what_the_export_reads() {
    let both = resources(&["tickets", "contacts"]);
    let expected = calls(&sources(&both, &[], false).unwrap());
    assert!(["get_tickets", "search_tickets", "get_contacts"].iter().all(|id| expected.contains(*id)), "{expected:?}");
    for code in [
        "Wanted::Resources(vec![\"tickets\".to_owned(), \"contacts\".into()]);",
        "export::Wanted::Resources(vec![\"tickets\".to_string(), \"contacts\".to_string()]);",
        "let names = vec![String::from(\"tickets\"), \"contacts\".to_string()]; let w = Wanted::Resources(names);",
    ] {
        assert_eq!(found(code), expected, "{code}");
    }
    let everything = calls(&sources(&Wanted::Everything, &[], false).unwrap());
    assert_eq!(found("let wanted = Wanted::Everything;"), everything);
    assert!(everything.len() > expected.len());
}

#[test]
fn settings_add_the_lists_of_each_record_and_their_files() {
    let children = ["attachments".to_owned()];
    let expected = |files| calls(&sources(&resources(&["tickets"]), &children, files).unwrap());
    let code = |files: &str| {
        format!(
            "Settings {{ wanted: Wanted::Resources(vec![\"tickets\".into()]), \
             children: vec![\"attachments\".into()], files: {files}, ..rest }};"
        )
    };
    assert_eq!(found(&code("false")), expected(false));
    assert_eq!(found(&code("true")), expected(true));
    assert!(expected(true).len() > expected(false).len());
    // Whether files are wanted is not known: they may be.
    assert_eq!(found(&code("name.is_empty()")), expected(true));
}

#[test]
fn the_list_of_an_operation_and_figures_are_found() {
    let wanted = Wanted::Operation { name: "get_threads".to_owned(), arguments: Map::new() };
    assert!(sources(&wanted, &[], false).unwrap_err().to_string().contains("ticketId"));
    let code = "Wanted::Operation { name: \"get_threads\".to_owned(), arguments: Map::new() };";
    assert!(found(code).contains("get_threads"), "{:?}", found(code));
    let metric = metrics().first().unwrap();
    let code = format!("snapshot::Settings {{ metrics: vec![\"{}\".to_owned()], ..more }};", metric.name);
    assert!(found(&code).contains(metric.operation), "{:?}", found(&code));
}

#[test]
fn what_is_named_at_run_time_is_not_to_be_seen() {
    for (code, part) in [
        ("Wanted::Resources(vec![name]);", "names of the resources"),
        ("Wanted::Operation { name, arguments: Map::new() };", "the operation's name is made at run time"),
        ("Settings { wanted: Wanted::Everything, children: vec![name], ..rest };", "their names are made at run time"),
        ("snapshot::Settings { metrics: vec![name], ..more };", "their names are made at run time"),
        ("Wanted::Resources(vec![\"nothing\".into()]);", "there is no resource `nothing`"),
    ] {
        let json = program(code).json(&["--strict"]);
        let reason = json["unseen"][0]["reason"].as_str().unwrap_or_default();
        assert!(reason.contains(part) && json["fails"] == true, "{code}: {json:#}");
    }
}
