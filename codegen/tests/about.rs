//! What records and fields mean, and examples of calls: where people write it, and where it is shown.

use crate::common::{get, listed, loaded, modelled, post, spec_files, upstream};
use desk_codegen::Files;
use desk_codegen::diagnostic::{Diagnostic, Diagnostics};
use desk_codegen::emit::emit;
use desk_codegen::load::load;
use desk_codegen::model::build;
use serde_json::{Value, json};

const CARGO: &str = include_str!("data/helpdesk/Cargo.toml");

/// A module `ticket` with records `Ticket` and `TicketTeam`, an operation that has a second registration, and these files
/// beside it.
fn with(about: Value, examples: &[(&str, &str)]) -> Files {
    let mut list = get("get_tickets", "/tickets", json!({"type": "list", "of": "ticket.ticket"}));
    list["discovers_organization"] = json!(true);
    list["errors"] = json!([403, 422]);
    let twin = get("get_tickets_2", "/tickets", json!({"type": "list", "of": "ticket.ticket"}));
    let send = post("create_ticket", "/tickets", json!({"type": "object", "fields": {"subject": "text"}}));
    let types = json!({
        "ticket.ticket": {"type": "object", "fields": {
            "createdTime": "date-time", "dueDate": "date", "rating": {"type": "integer", "minimum": 1, "maximum": 5},
            "team": "ticket.team", "size": {"type": "integer", "minimum": 0},
            "state": {"type": "text", "values": ["open", "closed"]},
        }},
        "ticket.team": {"type": "object", "fields": {
            "createdTime": "date-time", "name": "text", "state": {"type": "text", "values": ["open", "closed", "full"]},
        }},
    });
    let mut files = spec_files(&[upstream("ticket", &[list, twin, send], types)]);
    files.insert("spec/local/about.json".to_owned(), format!("{:#}", json!({ "about": about })));
    let examples = examples.iter().map(|(id, text)| (format!("spec/local/examples/{id}.rs"), (*text).to_owned()));
    files.extend(examples);
    files
}

fn generated(files: &Files) -> Files {
    let loaded = loaded(files);
    let model = build(&loaded).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    emit(&loaded.spec, &model, CARGO).unwrap()
}

/// The generated file whose path ends so.
fn file(files: &Files, ending: &str) -> String {
    let generated = generated(files);
    generated.into_iter().find(|(path, _)| path.ends_with(ending)).unwrap_or_else(|| panic!("no {ending}")).1
}

/// What is wrong, whoever finds it.
fn mistakes(files: &Files) -> Vec<Diagnostic> {
    let found: Diagnostics = match load(files) {
        Ok(spec) => build(&spec).expect_err("something is wrong"),
        Err(diagnostics) => diagnostics,
    };
    listed(&found.locate(files))
}

fn one(about: Value, examples: &[(&str, &str)]) -> (String, String) {
    let found = mistakes(&with(about, examples));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(examples.is_empty() || found[0].location.file.starts_with("spec/local/examples/"), "{found:?}");
    assert!(!examples.is_empty() || found[0].location.position.is_some(), "{found:?}");
    (found[0].problem.clone(), found[0].help.clone())
}

#[test]
fn a_field_shows_its_wire_name_what_it_means_and_its_limits() {
    let about = json!([
        {"fields": {"createdTime": "When it was created."}},
        {"record": "Ticket", "text": "A request, with `state` and *more*.", "fields": {"rating": "What the customer thought"}},
        {"record": "TicketTeam", "fields": {"createdTime": "When people `met`.", "name": "A <b>name</b>"}},
    ]);
    let types = file(&with(about, &[]), "types/all/ticket.rs");
    for line in [
        "    /// A request, with `state` and \\*more\\*.\n    ///\n    /// Returned by [`get_tickets`](crate::Client::get_tickets)",
        "created_time: Option<DateTime> = \"createdTime\", \"When it was created.\",\n",
        "created_time: Option<DateTime> = \"createdTime\", \"When people `met`.\",\n",
        "due_date: Option<String> = \"dueDate\", \"A date, such as `2026-01-31`.\",\n",
        "name: Option<String> = \"name\", \"A \\\\<b\\\\>name\\\\</b\\\\>.\",\n",
        "rating: Option<i64> = \"rating\", \"What the customer thought. 1 to 5.\",\n",
        "size: Option<i64> = \"size\",\n",
        "state: Option<TicketState> = \"state\", \"One of `open`, `closed`.\",\n",
        "state: Option<TicketState> = \"state\",\n",
        "    /// Part of [`Ticket`](crate::types::Ticket).\n    pub struct TicketTeam {",
    ] {
        assert!(types.contains(line), "{line} in {types}");
    }
}

#[test]
fn several_entries_and_records_share_their_lines() {
    let about = json!([
        {"record": ["Ticket", "TicketTeam"], "fields": {"createdTime": "When it began."}},
        {"record": "TicketTeam", "text": "Agents."},
    ]);
    let model = build(&loaded(&with(about, &[]))).unwrap();
    for record in ["Ticket", "TicketTeam"] {
        assert_eq!(model.meanings.field(record, "createdTime"), Some("When it began."));
    }
    assert_eq!((model.meanings.record("TicketTeam"), model.meanings.record("Ticket")), (Some("Agents."), None));
}

#[test]
fn what_is_said_of_nothing_is_an_error() {
    let cases = [
        (json!({"record": "Tiket", "text": "A request."}), "there is no record Tiket", "did you mean Ticket?"),
        (json!({"record": "Zebra", "fields": {"x": "Y."}}), "there is no record Zebra", "by its Rust name"),
        (
            json!({"record": "TicketTeam", "fields": {"nmae": "N."}}),
            "TicketTeam has no field nmae",
            "did you mean name?",
        ),
        (json!({"record": "TicketTeam", "fields": {"size": "N."}}), "TicketTeam has no field size", "remove it"),
        (json!({"fields": {"createTime": "When."}}), "no record has a field createTime", "did you mean createdTime?"),
        (json!({"record": "TicketTeam", "text": " "}), "an empty text", "write a line"),
        (json!({"record": "TicketTeam", "fields": {"name": ""}}), "an empty text", "write a line"),
        (json!({"record": "TicketTeam", "text": "A\nB"}), "a text of several lines", "on one line"),
        (json!({"record": "TicketTeam", "text": "A `b"}), "a ` without its pair", "between two"),
        (json!({"record": "TicketTeam"}), "it says nothing", "give `text`"),
        (json!({"text": "Everything."}), "no record has this text", "name the `record`"),
    ];
    for (entry, problem, help) in cases {
        let found = one(json!([entry]), &[]);
        assert!(found.0 == problem && found.1.contains(help), "{found:?} for {entry}");
    }
    let twice = json!([{"record": "TicketTeam", "text": "A.", "fields": {"name": "N."}}, {"record": "TicketTeam", "fields": {"name": "M."}}]);
    assert_eq!(one(twice, &[]).0, "this field has a text already");
    let twice = json!([{"record": "TicketTeam", "text": "A."}, {"record": "TicketTeam", "text": "B."}]);
    assert_eq!(one(twice, &[]).0, "TicketTeam has a text already");
    assert!(one(json!([{"records": "TicketTeam"}]), &[]).0.contains("unknown field `records`"));
}

#[test]
fn an_example_stands_on_the_page_of_its_method() {
    let example = "use desk_sdk::all::GetTickets;\n\nlet tickets = client.get_tickets(GetTickets::new()).await?;\n";
    let operations = file(&with(json!([]), &[("get_tickets", example)]), "all/ticket.rs");
    let shown = "    /// ```no_run
    /// # async fn example(client: desk_sdk::Client) -> desk_sdk::Result<()> {
    /// use desk_sdk::all::GetTickets;
    ///
    /// let tickets = client.get_tickets(GetTickets::new()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_tickets(";
    assert!(operations.contains(shown), "{operations}");
    assert_eq!(operations.matches("```no_run").count(), 1);
    assert!(operations.contains("feature: `all` · [errors](crate#errors): 403, 422\n"), "{operations}");
}

#[test]
fn an_example_that_could_not_be_shown_is_an_error() {
    let call = "client.get_tickets(GetTickets::new()).await?;";
    let cases = [
        ("get_ticket", call.to_owned(), "there is no operation get_ticket", "did you mean get_tickets?"),
        ("x", call.to_owned(), "there is no operation x", "such as get_tickets.rs"),
        ("get_tickets", "let a = 1;".to_owned(), "the operation is not called", "`client.get_tickets(`"),
        ("get_tickets", format!("{call} }}"), "not valid Rust: ", "body of an async function"),
        ("get_tickets", format!("{call}\n// ```"), "``` would end", "write it differently"),
        ("get_tickets", format!("# let a = 1;\n{call}"), "would hide this line", "remove the line"),
        (
            "get_tickets_2",
            call.replace("tickets(", "tickets_2("),
            "get_tickets_2 is a second registration",
            "for get_tickets",
        ),
    ];
    for (id, text, problem, help) in cases {
        let found = one(json!([]), &[(id, text.as_str())]);
        assert!(found.0.contains(problem) && found.1.contains(help), "{found:?} for {text}");
    }
}

#[test]
fn an_operation_that_nobody_describes_says_so() {
    let mut operation = get("get_a", "/a", json!("any"));
    operation["summary"] = json!("");
    operation["discovers_organization"] = json!(true);
    let (spec, model) = modelled(&[upstream("thing", &[operation], json!({}))]);
    let files = emit(&spec, &model, CARGO).unwrap();
    assert!(files["desk-sdk/src/generated/all/thing.rs"].contains("    /// Undocumented.\n"));
}
