//! `spec/local`: additions, corrections, names and families.

use crate::common::{self, get, loaded, mistakes, spec_files, upstream, written};
use desk_codegen::Files;
use desk_codegen::diagnostic::Diagnostic;
use desk_codegen::load::Evidence;
use desk_codegen::spec::Risk;
use serde_json::{Value, json};

/// A module `ticket` with two operations on one route, and these local parts beside it.
fn with(local: Value) -> Files {
    let mut operation = get("get_ticket", "/tickets/{id}", json!("ticket.data"));
    operation["parameters"] = json!([
        {"name": "id", "in": "path", "required": true, "type": "id"},
        {"name": "limit", "in": "query", "type": {"type": "integer", "maximum": 50}, "note": "most"},
    ]);
    let mut twin = get("get_ticket_again", "/tickets/{ticketId}", json!("any"));
    twin["parameters"] = json!([{"name": "ticketId", "in": "path", "required": true, "type": "id"}]);
    let types =
        json!({"ticket.data": {"type": "object", "fields": {"name": "text?", "size": "id"}, "required": ["name"]}});
    let mut files = spec_files(&[upstream("ticket", &[operation, twin], types)]);
    files.insert("spec/local/facts.json".to_owned(), format!("{local:#}"));
    files
}

fn correction(rest: Value) -> Value {
    let mut one = json!({"why": "it is so", "evidence": "documented"});
    one.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    json!({ "corrections": [one] })
}

#[test]
fn corrections_change_single_facts() {
    let corrected = |one: Value| loaded(&with(correction(one))).spec;
    let change = json!({"risk": "write", "scopes": [["Desk.a.READ"]], "deprecated": true});
    let spec = corrected(json!({"operation": "get_ticket", "change": change,
        "was": {"risk": "safe", "scopes": [["Desk.basic.READ"]]}}));
    let operation = &spec.operation("get_ticket").unwrap().operation;
    assert_eq!((operation.risk, operation.deprecated), (Risk::Write, true));
    assert_eq!(operation.scopes, [["Desk.a.READ"]]);

    let change = json!({"required": true, "note": null});
    let spec = corrected(json!({"operation": "get_ticket", "parameter": "limit", "change": change,
        "was": {"note": "most"}}));
    let limit = &spec.operation("get_ticket").unwrap().operation.parameters[1];
    assert_eq!((limit.required, &limit.note), (true, &None));

    let spec = corrected(json!({"type": "ticket.data", "change": {"required": ["name", "size"]},
        "was": {"required": ["name"]}}));
    assert_eq!(written(&spec.types["ticket.data"])["required"], json!(["name", "size"]));

    let change = json!({"type": "integer", "minimum": 0});
    let spec = corrected(json!({"type": "ticket.data", "field": "size", "change": change, "was": {"type": "id"}}));
    assert_eq!(written(&spec.types["ticket.data"])["fields"]["size"], change);

    let spec = corrected(json!({"type": "ticket.data", "field": "name", "change": {"max_length": 5}}));
    assert_eq!(written(&spec.types["ticket.data"])["fields"]["name"], json!({"type": "text?", "max_length": 5}));

    let spec = corrected(json!({"operation": "get_ticket_again", "change": {"alias_of": "get_ticket"}}));
    assert_eq!(spec.operation("get_ticket_again").unwrap().operation.alias_of.as_deref(), Some("get_ticket"));
}

#[test]
fn what_is_lacking_can_be_added_and_several_things_corrected_at_once() {
    let loaded = loaded(&with(json!({"corrections": [
        {"why": "a", "evidence": "observed", "strength": "one", "operation": "get_ticket", "parameter": "color", "add": {"in": "query", "type": "text"}},
        {"why": "b", "evidence": "inferred", "type": "ticket.data", "field": "color", "add": "text?"},
        {"why": "c", "evidence": "inferred", "operation": ["get_ticket", "get_ticket_again"], "change": {"risk": "outbound"}, "was": {"risk": "safe"}},
    ]})));
    let ticket = loaded.spec.operation("get_ticket").unwrap();
    assert_eq!(ticket.operation.parameters[2].name, "color");
    assert_eq!(written(&loaded.spec.types["ticket.data"])["fields"]["color"], json!("text?"));
    let again = &loaded.spec.operation("get_ticket_again").unwrap().operation;
    assert_eq!((ticket.operation.risk, again.risk), (Risk::Outbound, Risk::Outbound));
    let facts =
        loaded.operation_facts("get_ticket").iter().map(|fact| (fact.about.as_str(), fact.evidence.to_string()));
    assert_eq!(facts.collect::<Vec<_>>(), [("color", "observed".to_owned()), ("risk", "inferred".to_owned())]);
}

#[test]
fn scopes_that_are_a_guess_are_in_doubt() {
    let guess = json!({"operation": "get_ticket", "evidence": "inferred", "change": {"scopes": [["Desk.a.READ"]]},
        "was": {"scopes": [["Desk.basic.READ"]]}});
    assert!(loaded(&with(correction(guess))).spec.operation("get_ticket").unwrap().operation.doubtful_scopes);
}

#[test]
fn corrections_that_do_nothing_are_reported() {
    for (one, at, problem) in [
        (json!({"operation": "gone", "change": {"risk": "safe"}}), "operation", "there is no operation gone"),
        (
            json!({"operation": "get_ticket", "parameter": "gone", "change": {"required": true}}),
            "parameter",
            "there is no parameter gone, but id, limit",
        ),
        (json!({"type": "ticket.gone", "change": {"type": "id"}}), "type", "there is no type ticket.gone"),
        (json!({"type": "ticket.data", "field": "gone", "change": {"type": "id"}}), "field", "there is no field gone"),
        (
            json!({"operation": "get_ticket", "parameter": "x", "body": true, "change": {"required": true}}),
            "",
            "it names several parts of an operation",
        ),
        (
            json!({"operation": "get_ticket", "field": "x", "change": {"type": "id"}}),
            "field",
            "the operation has no such body",
        ),
        (
            json!({"type": "ticket.data", "parameter": "x", "change": {"type": "id"}}),
            "parameter",
            "`parameter` does not belong to what is corrected",
        ),
        (json!({"operation": "get_ticket", "change": {}}), "change", "nothing is changed"),
        (json!({"operation": "get_ticket", "add": "text"}), "add", "nothing is named that could be added"),
        (json!({"type": "ticket.data", "field": "size", "add": "id"}), "field", "there is a field size"),
        (
            json!({"operation": "get_ticket", "evidence": "observed", "change": {"risk": "write"}, "was": {"risk": "safe"}}),
            "strength",
            "an observed fact has no strength",
        ),
        (
            json!({"operation": "get_ticket", "strength": "one", "change": {"risk": "write"}, "was": {"risk": "safe"}}),
            "strength",
            "only observed facts have a strength",
        ),
        (json!({"operation": "get_ticket", "change": {"risk": "safe"}}), "change.risk", "`risk` already is \"safe\""),
        (json!({"operation": "get_ticket", "change": {"paging": null}}), "change.paging", "`paging` already is null"),
        (json!({"change": {"risk": "safe"}}), "", "a correction names either an operation or a type"),
        (
            json!({"operation": "get_ticket", "type": "ticket.data", "change": {}}),
            "",
            "a correction names either an operation or a type",
        ),
        (
            json!({"operation": "get_ticket", "why": " ", "evidence": "documented", "change": {"risk": "write"}, "was": {"risk": "safe"}}),
            "why",
            "no reason is given",
        ),
    ] {
        let found = mistakes(&with(correction(one.clone())));
        assert_eq!(found.len(), 1, "{one}: {found:#?}");
        assert_eq!(found[0].location.file, "spec/local/facts.json");
        assert_eq!(found[0].location.path.join("."), format!("corrections.0.{at}").trim_end_matches('.'));
        assert!(found[0].location.position.is_some_and(|(line, _)| line > 1), "{}", found[0]);
        assert_eq!(found[0].problem, problem);
    }
}

#[test]
fn a_correction_that_cannot_be_read_is_named_itself() {
    let found = mistakes(&with(correction(
        json!({"operation": "get_ticket", "change": {"risk": "harmless"}, "was": {"risk": "safe"}}),
    )));
    assert_eq!((found.len(), found[0].location.file.as_str()), (1, "spec/local/facts.json"));
    assert_eq!(found[0].location.path.join("."), "corrections.0.change.risk");
    assert_eq!(found[0].location.position, Some((5, 9)));
}

#[test]
fn additions_are_read_like_what_upstream_has() {
    let operation = get("get_pins", "/pins", json!("extra.pin"));
    let local = json!({
        "operations": [{"why": "a guide", "evidence": "documented", "module": "ticket", "operation": operation}],
        "types": [{"why": "a guide", "evidence": "documented", "name": "extra.pin", "type": {"type": "object", "fields": {"id": "id"}}}],
        "corrections": [{"why": "corrections reach additions", "evidence": "documented", "operation": "get_pins", "change": {"undocumented_query": true}}],
    });
    let loaded = loaded(&with(local));
    let (listed, location) = (loaded.spec.operation("get_pins").unwrap(), loaded.operation_location("get_pins"));
    assert_eq!((listed.module.as_str(), location.file.as_str()), ("ticket", "spec/local/facts.json"));
    assert!(listed.operation.undocumented_query);
    assert!(loaded.spec.types.contains_key("extra.pin"));
}

#[test]
fn mistakes_in_additions_are_found_where_they_stand() {
    let operation = get("get_pins", "/pins/{id}", json!("extra.pin"));
    let local = json!({"operations": [{"why": "a guide", "evidence": "documented", "module": "ticket", "operation": operation}]});
    let found = mistakes(&with(local));
    let places: Vec<_> = found.iter().map(|one| one.location.path.join(".")).collect();
    assert_eq!(places, ["operations.0.operation.answers.200.json", "operations.0.operation.path"]);
    for (addition, problem) in [
        (
            json!({"operations": [{"why": "", "evidence": "documented", "module": "ticket", "operation": get("get_pins", "/pins", json!("any"))}]}),
            "no reason is given",
        ),
        (
            json!({"operations": [{"why": "x", "evidence": "documented", "module": "ticket", "operation": get("get_ticket", "/x", json!("any"))}]}),
            "upstream has the operation get_ticket now",
        ),
        (
            correction(
                json!({"operation": "get_ticket_again", "change": {"id": "get_ticket"}, "was": {"id": "get_ticket_again"}}),
            ),
            "have the id get_ticket",
        ),
        (
            json!({"types": [{"why": "x", "evidence": "documented", "name": "ticket.data", "type": "id"}]}),
            "upstream has the type ticket.data now",
        ),
        (
            json!({"types": [{"why": "\t", "evidence": "documented", "name": "ticket.more", "type": "id"}]}),
            "no reason is given",
        ),
        (json!({"types": [{"name": "ticket.more", "type": "id"}]}), "missing field `why`"),
        (json!({"operation": []}), "unknown list `operation`"),
    ] {
        let found = mistakes(&with(addition));
        assert!(found[0].problem.contains(problem), "{problem}: {found:#?}");
        // What differs from upstream is told after that, in the same entry.
        let differences = found.iter().skip(1).filter(|one| one.problem.contains(" upstream and "));
        assert_eq!(differences.count() + 1, found.len(), "{found:#?}");
    }
}

#[test]
fn chosen_names_belong_to_types() {
    let name = |of: &str, name: &str| json!({"why": "shorter", "type": of, "name": name});
    let spec = loaded(&with(json!({"names": [name("ticket.data", "Ticket")]})));
    assert_eq!(spec.names["ticket.data"].name, "Ticket");
    let alike = json!({"why": "one thing", "type": ["ticket.data", "ticket.other"], "name": "Ticket"});
    let types = json!([{"why": "another view", "evidence": "documented", "name": "ticket.other", "type": "id"}]);
    let spec = loaded(&with(json!({"types": types, "names": [alike]})));
    assert_eq!(spec.names["ticket.other"].name, "Ticket", "several types may be one thing");
    let found = mistakes(&with(
        json!({"names": [name("ticket.data", "ticket"), name("ticket.gone", "Gone"), name("ticket.data", "ticket")]}),
    ));
    let problems: Vec<&str> = found.iter().map(|one| one.problem.as_str()).collect();
    for problem in [
        "\"ticket\" is not a valid type name",
        "there is no type ticket.gone",
        "ticket is given twice",
        "ticket.data is ticket already",
    ] {
        assert!(problems.contains(&problem), "{problem} in {problems:?}");
    }
}

#[test]
fn chosen_names_of_values_say_what_they_are_for() {
    let named = |rest: Value, name: &str| {
        let mut entry = json!({"why": "shorter", "name": name});
        entry.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        mistakes(&with(json!({"names": [entry.clone(), entry]})))
    };
    let parameter = json!({"operation": "get_ticket", "parameter": "include"});
    let nothing = "it does not say what to name";
    for (rest, name, problem) in [
        (parameter.clone(), "with", "it is named with already"),
        (parameter, "With", "\"With\" is not a valid value name"),
        (json!({"operation": "get_ticket"}), "with", nothing),
        (json!({"operation": "get_ticket", "parameter": "a", "field": "b"}), "with", nothing),
        (json!({"type": "ticket.data", "parameter": "a"}), "with", nothing),
        (json!({}), "with", nothing),
    ] {
        let found = named(rest.clone(), name);
        assert!(found.iter().any(|one| one.problem == problem), "{rest}: {found:?}");
        assert!(found.iter().all(|one| one.location.position.is_some()), "{found:?}");
    }
}

fn families(list: Value) -> Vec<Diagnostic> {
    let mut files = with(json!({}));
    files.insert("spec/local/families.json".to_owned(), json!({ "families": list }).to_string());
    mistakes(&files)
}

#[test]
fn every_module_belongs_to_one_family() {
    let family = |name: &str, modules: &[&str]| json!({"name": name, "about": "About.", "modules": modules});
    for (list, problems) in [
        (json!([]), vec!["module ticket belongs to no family"]),
        (json!([family("all", &["ticket", "gone"])]), vec!["there is no module gone with operations"]),
        (json!([family("a", &["ticket"]), family("b", &["ticket"])]), vec!["module ticket is in two families"; 2]),
        (json!([family("A-B", &["ticket"])]), vec!["\"A-B\" is not a valid feature name"]),
    ] {
        let found = families(list);
        assert_eq!(found.iter().map(|one| one.problem.as_str()).collect::<Vec<_>>(), problems);
        assert!(found.iter().all(|one| one.location.position.is_some()), "{found:?}");
    }
}

#[test]
fn paths_that_are_neither_upstream_nor_local_are_left_alone() {
    let mut files = with(json!({}));
    files.insert("spec/README.md".to_owned(), "not JSON".to_owned());
    files.insert("spec/upstream.json".to_owned(), "{".to_owned());
    assert_eq!(loaded(&files).spec.operations.len(), 2);
}

#[test]
fn a_wrong_correction_says_what_was_likely_meant() {
    let first = |rest: Value| {
        let found = mistakes(&with(correction(rest)));
        let Diagnostic { problem, help, .. } = &found[0];
        format!("{problem}: {help}")
    };
    let cases = [
        (json!({"operation": "get_tiket", "change": {"risk": "write"}}), "did you mean get_ticket?"),
        (json!({"operation": "get_ticket", "parameter": "limt", "change": {"note": "x"}}), "did you mean limit?"),
        (json!({"type": "ticket.dta", "change": {"required": []}}), "did you mean ticket.data?"),
        (
            json!({"operation": "get_ticket", "parameter": "limit", "add": {"in": "query", "type": "text"}}),
            "use `change`",
        ),
        (json!({"type": "ticket.data", "field": "size", "add": "text"}), "use `change`"),
        (
            json!({"operation": "get_ticket", "parameter": "from", "add": {"name": "form", "in": "query", "type": "text"}}),
            "it is named \"form\" here, and from in `parameter`",
        ),
        (
            json!({"operation": ["get_ticket", "get_ticket"], "change": {"risk": "write"}, "was": {"risk": "safe"}}),
            "get_ticket is named twice",
        ),
    ];
    for (wrong, expected) in cases {
        let told = first(wrong);
        assert!(told.contains(expected), "{expected} in: {told}");
    }
    let unlike = first(json!({"operation": "delete_everything", "change": {"risk": "write"}}));
    assert!(!unlike.contains("did you mean"), "{unlike}");
}

#[test]
fn keys_of_an_addition_can_be_guesses() {
    let operation = get("get_view", "/views", json!("any"));
    let mut added = json!({"why": "a guide", "evidence": "documented", "module": "ticket", "operation": operation});
    added["operation"]["scopes"] = json!([["Desk.views.READ"]]);
    added["inferred"] = json!({"path": "best knowledge", "scopes": "as its neighbours"});
    let loaded = loaded(&with(json!({ "operations": [added] })));
    let listed = loaded.spec.operation("get_view").unwrap();
    assert!(listed.operation.doubtful_scopes, "a guess keeps nobody from calling");
    let guesses = loaded.operation_facts("get_view").iter().filter(|fact| fact.evidence == Evidence::Inferred);
    assert_eq!(guesses.map(|fact| fact.about.as_str()).collect::<Vec<_>>(), ["path", "scopes"]);

    added["inferred"] = json!({"pth": "a slip"});
    let found = mistakes(&with(json!({ "operations": [added] })));
    assert!(found[0].problem.contains("has no `pth`"), "{found:?}");
}

/// Lists and files, with this resource.
fn with_resource(rest: Value) -> Files {
    let id = |name: &str| json!({"name": name, "in": "path", "required": true, "type": "id"});
    let mut comments = get("get_comments", "/tickets/{ticketId}/comments", json!("any"));
    comments["parameters"] = json!([id("ticketId")]);
    let mut file = get("get_file", "/tickets/{ticketId}/files/{fileId}", json!("any"));
    file["parameters"] = json!([id("ticketId"), id("fileId")]);
    file["answers"] = json!({"200": "bytes"});
    let mut views = get("get_views", "/views", json!("any"));
    views["parameters"] = json!([{"name": "module", "in": "query", "required": true, "type": "text"}]);
    let operations = [get("get_tickets", "/tickets", json!("any")), comments, file, views];
    let mut files = spec_files(&[upstream("ticket", &operations, json!({}))]);
    let mut resource = json!({"why": "it is a list", "evidence": "documented", "name": "tickets"});
    resource.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    files.insert("spec/local/resources.json".to_owned(), format!("{:#}", json!({ "resources": [resource] })));
    files
}

#[test]
fn resources_say_how_lists_are_read_as_a_whole() {
    let files = json!({"operation": "get_file", "parent": "ticketId", "id": "fileId"});
    let child = json!({"name": "comments", "operation": "get_comments", "parent": "ticketId", "files": files});
    let loaded = loaded(&with_resource(json!({"operation": "get_tickets", "children": [child]})));
    let (resource, _) = &loaded.resources[0];
    assert_eq!((resource.name.as_str(), resource.children[0].operation.as_str()), ("tickets", "get_comments"));
    for each in [json!({"values": ["tickets"]}), json!({"operation": "get_tickets", "field": "id"})] {
        let mut each = each;
        each["parameter"] = json!("module");
        assert!(!common::loaded(&with_resource(json!({"operation": "get_views", "each": each}))).resources.is_empty());
    }
}

#[test]
fn resources_that_cannot_be_read_are_reported_with_the_likely_name() {
    let child = |rest: Value| {
        let mut child = json!({"name": "comments", "operation": "get_comments", "parent": "ticketId"});
        child.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        json!({"operation": "get_tickets", "children": [child]})
    };
    let file = |parent: &str| json!({"files": {"operation": "get_file", "parent": parent, "id": "fileId"}});
    let each = |each: Value| json!({"operation": "get_views", "each": each});
    let cases = [
        (json!({"operation": "get_ticket"}), "there is no operation get_ticket", "did you mean get_tickets?"),
        (json!({"operation": "get_tickets", "by_time": "search_everything"}), "search_everything", "spec/index.tsv"),
        (json!({"operation": "get_file"}), "get_file does not answer with a list", "answers with JSON"),
        (json!({"operation": "get_views"}), "get_views requires module, which nothing gives", "`each`"),
        (each(json!({"parameter": "modul", "values": ["a"]})), "no parameter modul", "did you mean module?"),
        (each(json!({"parameter": "module"})), "does not say what to call the list for", "`values`"),
        (child(json!({"parent": "ticket"})), "get_comments has no path parameter ticket", "did you mean ticketId?"),
        (child(json!({"operation": "get_coments"})), "no operation get_coments", "did you mean get_comments?"),
        (child(json!({"name": "../x"})), "\"../x\" is not a valid name", "letters"),
        (child(file("ticketID")), "get_file has no path parameter ticketID", "did you mean ticketId?"),
        (
            child(json!({"files": {"operation": "get_comments", "parent": "ticketId", "id": "ticketId"}})),
            "get_comments does not answer with a file",
            "downloads it",
        ),
        (json!({"operation": "get_tickets", "arguments": {"status": "all"}}), "no parameter status", "no parameters"),
        (json!({"operation": "get_tickets", "why": " "}), "no reason is given", "where the fact comes from"),
    ];
    for (resource, problem, help) in cases {
        let found = mistakes(&with_resource(resource.clone()));
        let fits = |one: &Diagnostic| one.problem.contains(problem) && one.help.contains(help);
        assert!(found.iter().any(fits), "{resource}: {found:#?}");
        assert!(found.iter().all(|one| one.location.file == "spec/local/resources.json"), "{found:#?}");
    }
}

#[test]
fn metrics_are_figures_of_operations_that_only_read() {
    let department = json!({"name": "departmentId", "in": "query", "type": "id"});
    let mut counts = get("get_counts", "/counts", json!("any"));
    counts["parameters"] = json!([department, {"name": "field", "in": "query", "required": true, "type": "text"}]);
    let mut removal = get("get_removal", "/removal", json!("any"));
    removal["risk"] = json!("destructive");
    let mut open = get("get_figures", "/figures", json!("any"));
    open["undocumented_query"] = json!(true);
    let with_metric = |rest: Value| {
        let mut files = spec_files(&[upstream("ticket", &[counts.clone(), removal.clone(), open.clone()], json!({}))]);
        let mut metric = json!({"why": "it changes", "evidence": "documented", "name": "counts"});
        metric.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        files.insert("spec/local/metrics.json".to_owned(), format!("{:#}", json!({ "metrics": [metric] })));
        files
    };
    let arguments = json!({"field": "status"});
    for good in [
        json!({"operation": "get_counts", "arguments": arguments, "department": "departmentId"}),
        json!({"operation": "get_figures", "department": "department", "agent_field": "who"}),
    ] {
        assert_eq!(loaded(&with_metric(good)).metrics.len(), 1);
    }
    for (metric, problem, help) in [
        (json!({"operation": "get_count"}), "there is no operation get_count", "did you mean get_counts?"),
        (json!({"operation": "get_counts"}), "get_counts requires field, which nothing gives", "`arguments`"),
        (json!({"operation": "get_removal"}), "get_removal is destructive", "only reads"),
        (
            json!({"operation": "get_counts", "arguments": arguments, "department": "departmentID"}),
            "no parameter departmentID",
            "did you mean departmentId?",
        ),
        (json!({"operation": "get_figures", "name": "a b"}), "\"a b\" is not a valid name", "letters"),
    ] {
        let found = mistakes(&with_metric(metric.clone()));
        let fits = |one: &Diagnostic| one.problem.contains(problem) && one.help.contains(help);
        assert!(found.iter().any(fits), "{metric}: {found:#?}");
    }
}

#[test]
fn uses_count_operations_that_exist_once() {
    let with_uses = |counts: &[(&str, u32)]| {
        let mut files = spec_files(&[upstream("ticket", &[get("get_counts", "/counts", json!("any"))], json!({}))]);
        let entry = |(operation, requests): &(&str, u32)| json!({"why": "counted", "evidence": "documented", "operation": operation, "requests": requests});
        let uses: Vec<Value> = counts.iter().map(entry).collect();
        files.insert("spec/local/uses.json".to_owned(), format!("{:#}", json!({ "uses": uses })));
        files
    };
    assert_eq!(loaded(&with_uses(&[("get_counts", 3)])).uses[0].0.requests, 3);
    for (counts, problem, help) in [
        (&[("get_count", 1)][..], "there is no operation get_count", "did you mean get_counts?"),
        (&[("get_counts", 1), ("get_counts", 2)], "get_counts is counted twice", "one entry"),
        (&[("get_counts", 0)], "get_counts is never used", "leave it out"),
    ] {
        let found = mistakes(&with_uses(counts));
        let fits = |one: &Diagnostic| one.problem.contains(problem) && one.help.contains(help);
        assert!(found.iter().any(fits), "{counts:?}: {found:#?}");
    }
}
