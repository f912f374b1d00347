//! How records are shown to people: their key fields, and links to their pages.

use crate::common::{get, listed, loaded, spec_files, upstream};
use desk_codegen::Files;
use desk_codegen::diagnostic::{Diagnostic, Diagnostics};
use desk_codegen::emit::emit;
use desk_codegen::load::load;
use desk_codegen::model::build;
use serde_json::{Value, json};

const CARGO: &str = include_str!("data/helpdesk/Cargo.toml");

/// A module `ticket` with records of several kinds, and these lists in `spec/local`.
fn with(lists: Value) -> Files {
    let mut tickets = get("get_tickets", "/tickets", json!({"type": "list", "of": "ticket.ticket"}));
    tickets["discovers_organization"] = json!(true);
    let page = get("get_page", "/page", json!("ticket.page"));
    let loose = get("get_loose", "/loose", json!("ticket.loose"));
    let types = json!({
        "ticket.ticket": {"type": "object", "fields": {
            "id": "id", "subject": "text", "status": "text", "webUrl": "url", "cf": {"type": "map", "of": "any"},
            "owner": "ticket.agent", "products": {"type": "list", "of": "ticket.product"},
            "tags": {"type": "list", "of": "text"}, "isSpam": "boolean", "dueDate": "date",
        }},
        "ticket.agent": {"type": "object", "fields": {
            "id": "id", "title": "text", "firstName": "text", "lastName": "text", "emailId": "email", "status": "text",
        }},
        "ticket.product": {"type": "object", "fields": {"id": "id", "productName": "text", "size": "integer", "webUrl": "url"}},
        "ticket.page": {"type": "object", "fields": {
            "data": {"type": "list", "of": "ticket.product"}, "total": "integer", "status": "text",
        }},
        "ticket.loose": {"type": "object", "fields": {"data": {"type": "list", "of": "any"}, "id": "id"}},
    });
    let mut files = spec_files(&[upstream("ticket", &[tickets, page, loose], types)]);
    files.insert("spec/local/shown.json".to_owned(), format!("{lists:#}"));
    files
}

fn keys(lists: Value) -> Vec<(String, Vec<String>)> {
    build(&loaded(&with(lists))).unwrap_or_else(|wrong| panic!("{wrong}")).keys.into_iter().collect()
}

fn generated(files: &Files) -> Files {
    let loaded = loaded(files);
    let model = build(&loaded).unwrap_or_else(|wrong| panic!("{wrong}"));
    emit(&loaded.spec, &model, CARGO).expect("files")
}

fn chosen(record: &str, fields: &[&str]) -> Value {
    json!({"key_fields": [{"why": "people ask for it", "record": record, "fields": fields}]})
}

/// Everything that is wrong, whoever finds it, as the place, the problem and the help.
fn mistakes(lists: Value) -> Vec<(String, String, String)> {
    let files = with(lists);
    let found: Diagnostics = match load(&files) {
        Ok(spec) => build(&spec).expect_err("something is wrong"),
        Err(diagnostics) => diagnostics,
    };
    let one = |found: Diagnostic| {
        assert!(found.location.position.is_some(), "{found:?}");
        (found.location.path.join("."), found.problem, found.help)
    };
    listed(&found.locate(&files)).into_iter().map(one).collect()
}

fn is_wrong(lists: Value, place: &str, problem: &str, help: &str) {
    let found = mistakes(lists);
    let fits = |(at, what, then): &(String, String, String)| at == place && what == problem && then.contains(help);
    assert!(found.iter().any(fits), "{place}: {problem} ({help}) is not in {found:#?}");
}

#[test]
fn a_rule_finds_the_key_fields_of_records_that_nobody_chose_for() {
    let keys = keys(json!({}));
    let expected = [
        ("Agent", vec!["id", "firstName lastName", "emailId", "status"]),
        // What lists records has theirs.
        ("Page", vec!["id", "productName"]),
        ("Product", vec!["id", "productName"]),
        ("Ticket", vec!["id", "subject", "status"]),
    ];
    let names = |name: &str| keys.iter().find(|(known, _)| known.ends_with(name)).map(|(_, fields)| fields.clone());
    for (name, fields) in expected {
        assert_eq!(names(name), Some(fields.into_iter().map(str::to_owned).collect()), "{name} in {keys:?}");
    }
    assert_eq!(names("Loose"), None, "{keys:?}");
}

#[test]
fn chosen_key_fields_are_generated_as_they_are() {
    let fields =
        ["subject", "owner.firstName owner.lastName", "products.productName", "tags", "isSpam", "dueDate", "id"];
    let files = with(chosen("Ticket", &fields));
    let generated = generated(&files);
    let types = generated.iter().find(|(path, _)| path.ends_with("types/all/ticket.rs")).expect("types").1;
    let line = format!("    key_fields [{}]\n", fields.map(|field| format!("{field:?}")).join(", "));
    assert!(types.contains(&format!("    }}\n{line}")), "{types}");
}

#[test]
fn key_fields_that_do_not_exist_are_reported_with_the_likely_one() {
    let at = "key_fields.0.fields.0";
    for (field, problem, help) in [
        ("subjet", "Ticket has no field subjet", "did you mean subject?"),
        ("nothing_like_it", "Ticket has no field nothing_like_it", "wire name"),
        ("owner", "owner is a record", "such as owner.emailId"),
        ("owner.lastNam", "TicketAgent has no field lastNam", "did you mean lastName?"),
        ("subject.text", "subject has no fields, so no text", "end the path with subject"),
        ("cf", "cf cannot be shown in a line", "text, a number"),
        ("", "\"\" is not a field", "wire names"),
        ("id  subject", "\"id  subject\" is not a field", "a single space"),
        ("id id", "id is named twice", "remove one"),
    ] {
        is_wrong(chosen("Ticket", &[field]), at, problem, help);
    }
    is_wrong(chosen("Ticket", &[]), "key_fields.0.fields", "no fields are named", "remove the entry");
    is_wrong(
        chosen("Tickt", &["id"]),
        "key_fields.0.record",
        "there is no record Tickt in answers",
        "did you mean Ticket?",
    );
    is_wrong(chosen("TicketPage", &["total"]), "key_fields.0.record", "TicketPage lists records", "name TicketProduct");
    is_wrong(chosen("TicketLoose", &["id"]), "key_fields.0.record", "TicketLoose lists records", "remove the entry");
    let entry = json!({"why": "w", "record": "Ticket", "fields": ["id"]});
    let twice = json!({"key_fields": [entry, entry]});
    is_wrong(twice, "key_fields.1.record", "Ticket has key fields already", "keep one");
    let silent = json!({"key_fields": [{"why": " ", "record": "Ticket", "fields": ["id"]}]});
    is_wrong(silent, "key_fields.0.why", "no reason is given", "sentence");
    let unknown = json!({"key_fields": [{"why": "w", "record": "Ticket", "fields": ["id"], "field": "id"}]});
    assert!(mistakes(unknown)[0].1.contains("unknown field `field`"));
}

fn sites() -> Value {
    json!([
        {"why": "w", "evidence": "observed", "strength": "many", "page": "agent", "shared": "/a/{portal}/", "own": "/a/"},
        {"why": "w", "evidence": "documented", "page": "help_center", "shared": "/h/{portal}/", "own": "/h/"},
    ])
}

fn pattern(pattern: &str) -> Value {
    let link = json!({"why": "w", "evidence": "inferred", "page": "agent", "record": "Ticket", "pattern": pattern});
    json!({"sites": sites(), "links": [link]})
}

#[test]
fn links_are_generated_with_their_field_and_their_pattern() {
    let lists = json!({"sites": sites(), "links": [
        {"why": "w", "evidence": "documented", "page": "agent", "field": "webUrl"},
        {"why": "w", "evidence": "inferred", "page": "agent", "record": "Ticket", "pattern": "x.do#T/{owner.id}/{id}"},
        {"why": "w", "evidence": "observed", "strength": "one", "page": "help_center", "record": ["Ticket", "TicketProduct"],
         "pattern": "{portal.locale}/{id}"},
    ]});
    let generated = generated(&with(lists));
    let file = |end: &str| generated.iter().find(|(path, _)| path.ends_with(end)).expect("a file").1.as_str();
    for line in [
        "use crate::links::links;\n",
        "    Ticket: agent(field \"webUrl\", inferred \"x.do#T/{owner.id}/{id}\"), help_center(observed \"{portal.locale}/{id}\");\n",
        "    TicketProduct: agent(field \"webUrl\"), help_center(observed \"{portal.locale}/{id}\");\n",
        "    /// The [link](crate::Linked::agent_link) to its page for agents without `webUrl` is inferred from similar links.\n",
    ] {
        let types = file("types/all/ticket.rs");
        assert!(types.contains(line), "{line} is not in {types}");
    }
    let root = file("generated/mod.rs");
    for line in
        ["AGENT_SITE: Option<crate::links::Site>", "shared: \"/a/{portal}/\"", "HELP_CENTER_SITE", "own: \"/h/\""]
    {
        assert!(root.contains(line), "{line} is not in {root}");
    }
}

#[test]
fn a_portal_is_made_of_the_record_that_knows_it() {
    let known = |name: &str| {
        let mut sites = sites();
        sites[1]["organization"] = json!({"record": "Ticket", "name": name, "host": "webUrl"});
        json!({ "sites": sites })
    };
    let files = generated(&with(known("subject")));
    let root = files.iter().find(|(path, _)| path.ends_with("generated/mod.rs")).expect("a file").1;
    for line in ["organization: &types::Ticket,", "organization.subject.as_deref()", "organization.web_url.as_deref()"]
    {
        assert!(root.contains(line), "{line} is not in {root}");
    }
    let at = "sites.1.organization.name";
    is_wrong(known("subjet"), at, "Ticket has no text subjet", "did you mean subject?");
    is_wrong(known("id"), at, "Ticket has no text id", "wire name");
}

#[test]
fn what_a_field_holds_in_one_record_comes_before_what_it_holds_in_all() {
    let links = json!({"sites": sites(), "links": [
        {"why": "w", "evidence": "documented", "page": "agent", "field": "webUrl"},
        {"why": "w", "evidence": "observed", "strength": "one", "page": "help_center", "record": "Ticket", "field": "webUrl"},
    ]});
    let model = build(&loaded(&with(links))).unwrap_or_else(|wrong| panic!("{wrong}"));
    let sources: Vec<_> =
        model.links.records["Ticket"].iter().map(|(page, source)| (page.to_string(), &source.field)).collect();
    assert_eq!(sources, [("help_center".to_owned(), &Some("webUrl".to_owned()))]);
}

#[test]
fn links_that_could_lead_anywhere_are_refused() {
    let at = "links.0.pattern";
    for (text, problem, help) in [
        ("/x/{id}", "\"/x/{id}\" is not a pattern of a link", "relative path"),
        ("//evil.example/{id}", "\"//evil.example/{id}\" is not a pattern of a link", "relative path"),
        ("../{id}", "\"../{id}\" is not a pattern of a link", "relative path"),
        ("a b/{id}", "\"a b/{id}\" is not a pattern of a link", "relative path"),
        ("x?y={id}", "\"x?y={id}\" is not a pattern of a link", "relative path"),
        ("https://x/{id}", "\"https://x/{id}\" is not a pattern of a link", "relative path"),
        ("x", "\"x\" is not a pattern of a link", "in braces"),
        ("x/{id", "\"x/{id\" has a brace without its pair", "{id}"),
        ("x/id}", "\"x/id}\" has a brace without its pair", "{id}"),
        ("x/{{id}}", "\"x/{{id}}\" has a brace without its pair", "{id}"),
        ("x/{subjet}", "Ticket has no field subjet", "did you mean subject?"),
        ("x/{owner}", "owner is a record", "owner.emailId"),
    ] {
        is_wrong(pattern(text), at, problem, help);
    }
    assert!(build(&loaded(&with(pattern("{owner.id}/x/{id}")))).is_ok());
}

#[test]
fn links_that_say_too_little_or_too_much_are_refused() {
    let link = |more: Value| {
        let mut link = json!({"why": "w", "evidence": "documented", "page": "agent"});
        link.as_object_mut().expect("a map").extend(more.as_object().cloned().unwrap_or_default());
        link
    };
    let one = |more: Value| json!({"sites": sites(), "links": [link(more)]});
    let unclear = "it does not say where the link is found";
    for more in [
        json!({}),
        json!({"record": "Ticket"}),
        json!({"pattern": "{id}"}),
        json!({"field": "webUrl", "record": "Ticket", "pattern": "{id}"}),
    ] {
        is_wrong(one(more), "links.0", unclear, "a `field` that holds the link");
    }
    is_wrong(one(json!({"field": "webUr"})), "links.0.field", "no record has a field webUr", "did you mean webUrl?");
    let lacking = one(json!({"field": "webUr", "record": "Ticket"}));
    is_wrong(lacking, "links.0.field", "Ticket has no field webUr", "did you mean webUrl?");
    let nobody = one(json!({"record": "Tickets", "pattern": "{id}"}));
    is_wrong(nobody, "links.0.record", "there is no record Tickets in answers", "did you mean Ticket?");
    let made = link(json!({"record": "Ticket", "pattern": "{id}"}));
    let twice = json!({"sites": sites(), "links": [made, made]});
    is_wrong(twice, "links.1.pattern", "Ticket has a pattern for this page already", "keep one");
    let held = link(json!({"field": "webUrl"}));
    is_wrong(
        json!({"links": [held, held]}),
        "links.1.field",
        "Ticket has webUrl and webUrl for the same page",
        "keep the one",
    );
    is_wrong(json!({"links": [made]}), "links.0.page", "nothing says where these pages are", "`sites`");
    let strong = one(json!({"field": "webUrl", "strength": "many"}));
    is_wrong(strong, "links.0.strength", "only observed facts have a strength", "by whom");
    let mut again = sites();
    again[1]["page"] = json!("agent");
    is_wrong(json!({"sites": again}), "sites.1.page", "the agent pages have a site already", "keep one");
    for (shared, key, problem) in [
        ("/x/", "shared", "the shared path does not say whose pages they are"),
        ("x/{portal}/", "shared", "\"x/{portal}/\" is not a path"),
        ("/x/{portal}", "shared", "\"/x/{portal}\" is not a path"),
        ("//{portal}/", "shared", "\"//{portal}/\" is not a path"),
        ("/{portal}/#/", "shared", "\"/{portal}/#/\" is not a path"),
        ("/{other}/{portal}/", "shared", "\"/{other}/{portal}/\" is not a path"),
    ] {
        let mut wrong = sites();
        wrong[0][key] = json!(shared);
        is_wrong(json!({"sites": wrong}), &format!("sites.0.{key}"), problem, "{portal}");
    }
}
