//! `desk scopes`, run as a person would run it.

mod versions;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Command, Output, Stdio};

use desk_sdk::auth::{FileStore, StoredToken, TokenStore as _};
use desk_sdk::{Operation, ScopeSet, operation, operations};
use serde_json::Value;

/// What the program printed.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_desk"));
    command.arg("scopes").args(arguments).env_remove("DESK_CLIENT_ID").stdin(Stdio::null());
    command
}

fn ran(mut command: Command) -> Ran {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: status.code(), out: text(stdout), err: text(stderr) }
}

fn desk(arguments: &[&str]) -> Ran {
    ran(command(arguments))
}

/// The program's output, which must succeed.
fn printed(arguments: &[&str]) -> String {
    let Ran { code, out, err } = desk(arguments);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{arguments:?}");
    out
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(arguments)).unwrap()
}

/// The ids that a list has.
fn listed(arguments: &[&str]) -> BTreeSet<String> {
    let list = json(&[&["list", "--json"], arguments].concat());
    list.as_array().unwrap().iter().map(|entry| entry["operation"].as_str().unwrap().to_owned()).collect()
}

/// The ids of the operations that are like this.
fn known(like: impl Fn(&Operation) -> bool) -> BTreeSet<String> {
    let real = operations().filter(|operation| operation.alias_of.is_none());
    real.filter(|operation| like(operation)).map(|operation| operation.id.to_owned()).collect()
}

#[test]
fn a_list_has_every_operation_in_every_format() {
    let all = known(|_| true);
    assert_eq!(listed(&[]), all);
    let table = printed(&["list"]);
    assert_eq!(table.lines().count(), all.len() + 1);
    // Columns start where their heads do; what is in them has no two spaces in a row.
    let head = table.lines().next().unwrap();
    for name in ["METHOD", "PATH", "RISK", "FAMILY", "SCOPES"] {
        let column = head.find(name).unwrap();
        assert!(table.lines().all(|line| line[..column].ends_with("  ") && !line[column..].starts_with(' ')), "{name}");
    }
    let csv = printed(&["list", "--csv"]);
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!(rows.iter().map(|row| row[0].to_owned()).collect::<BTreeSet<_>>(), all);
    assert!(rows.iter().all(|row| row.len() == 8 && !row.iter().any(|cell| cell.starts_with(['=', '+', '-', '@']))));
    let markdown = printed(&["list", "--markdown"]);
    assert_eq!(markdown.lines().count(), all.len() + 2);
    let unescaped = |line: &str| line.replace("\\|", "").matches('|').count();
    assert!(markdown.lines().all(|line| unescaped(line) == 9));
    let page = printed(&["list", "--html"]);
    assert!(all.iter().all(|id| page.contains(&format!("<b>{id}</b>"))));
    // The same command prints the same text.
    assert_eq!(printed(&["list", "--html"]), page);
}

#[test]
fn filters_go_together() {
    use desk_sdk::{Method, Risk};

    let names = |operation: &Operation, start: &str| {
        let named = operation.scopes.iter().copied().flatten().map(ToString::to_string);
        named.into_iter().any(|scope| scope.starts_with(start))
    };
    for (arguments, expected) in [
        (&["--method", "POST,patch"][..], known(|one| matches!(one.method, Method::Post | Method::Patch))),
        (&["--path", "TICKETS/{ticketId}"], known(|one| one.path.contains("tickets/{ticketId}"))),
        (&["--risk", "destructive,outbound"], known(|one| one.risk >= Risk::Outbound)),
        (&["--requires", "desk.settings"], known(|one| names(one, "Desk.settings."))),
        (&["--requires", "Desk.tickets.READ"], known(|one| names(one, "Desk.tickets.READ"))),
        (&["--requires", "doubtful"], known(|one| one.doubtful_scopes)),
        (&["--requires", "cookie"], known(|one| one.cookie_only)),
        (&["--requires", "none"], known(|one| one.scopes.is_empty() && !one.cookie_only)),
        (&["--requires", "one-of"], known(|one| one.scopes.len() > 1)),
        (&["--requires", "all-of"], known(|one| one.scopes.iter().any(|set| set.len() > 1))),
        (
            &["--requires", "Desk.tickets", "--requires", "Desk.search", "--method", "GET"],
            known(|one| names(one, "Desk.tickets.") && names(one, "Desk.search.") && one.method == Method::Get),
        ),
    ] {
        assert!(!expected.is_empty());
        assert_eq!(listed(arguments), expected, "{arguments:?}");
    }
    // Families and evidence stand in the spec's index.
    let index = include_str!("../../../../spec/index.tsv");
    let rows: Vec<Vec<&str>> = index.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let real = rows.iter().filter(|row| row[8].is_empty());
    let family: BTreeSet<String> =
        real.clone().filter(|row| row[6] == "tickets").map(|row| row[0].to_owned()).collect();
    assert_eq!(listed(&["--family", "tickets"]), family);
    assert_eq!(listed(&["--family", "all"]).len(), real.count());
    let inferred = listed(&["--evidence", "inferred"]);
    assert!(inferred.contains("delete_widget") && !inferred.contains("get_tickets"));
    assert!(listed(&["--evidence", "documented"]).contains("get_report_integration_fields"));
    let kinds = ["upstream", "documented", "observed", "inferred"].map(|kind| listed(&["--evidence", kind]).len());
    assert_eq!(kinds.iter().sum::<usize>(), known(|_| true).len());
}

#[test]
fn one_operation_is_explained() {
    let text = printed(&["explain", "get_agents"]);
    for part in [
        "One of these is enough:",
        "Desk.agents.READ, or broader: Desk.agents.ALL",
        "Desk.agents.READ allows least, and Desk.settings.READ most",
        "Described by spec/upstream/agent.json.",
    ] {
        assert!(text.contains(part), "{part} in: {text}");
    }
    for (id, parts) in [
        ("delete_widget", &["The scopes are corrected by spec/local/scopes.json (inferred)", "in doubt"][..]),
        ("get_all_countries", &["It needs a browser's cookie", "The cookie or key is added by spec/local/scopes.json"]),
        ("get_portal_articles", &["It needs no scope: any token will do.", "The whole operation is added by"]),
        ("get_customer_happiness", &["It needs all of these scopes:"]),
        ("get_template_messages", &["Another name of get_canned_messages"]),
    ] {
        let text = printed(&["explain", id]);
        assert!(parts.iter().all(|part| text.contains(part)), "{text}");
    }
    for operation in operations() {
        let explained = desk_cli::scopes::Explanation::new(desk_cli::scopes::entry(operation.id).unwrap());
        let (text, json) = (explained.to_string(), explained.to_json());
        assert!(text.contains("Described by spec/"), "{text}");
        assert!(json["file"].as_str().is_some_and(|file| file.starts_with("spec/")), "{json}");
        assert!(text.lines().all(|line| !line.ends_with(' ')), "{text}");
    }
    assert_eq!(json(&["explain", "get_tickets", "--json"])["covered_by"]["Desk.tickets.READ"][0], "Desk.tickets.ALL");
}

#[test]
fn an_operation_is_found_however_it_is_written() {
    for (written, id) in [
        ("GET /api/v1/tickets", "get_tickets"),
        ("get /api/v1/tickets/7", "get_ticket"),
        ("PATCH /tickets/{ticketId}", "update_ticket"),
        ("GET /tickets/{id}/comments/7", "get_ticket_comment"),
        ("GET /api/v1/cm_assets/7", "get_record"),
        ("DELETE /api/v1/{moduleApiName}/{id}", "delete_record"),
        ("GET /portal/api/kbArticles/9", "get_portal_article"),
        ("getTickets", "get_tickets"),
        ("client.get_tickets", "get_tickets"),
        ("desk.get_agents(GetAgents::new())", "get_agents"),
        ("Client::update_ticket", "update_ticket"),
    ] {
        assert_eq!(json(&["explain", written, "--json"])["operation"], id, "{written}");
    }
}

#[test]
fn a_check_tells_what_finding_the_organization_takes() {
    let check = |more: &[&str]| desk(&[&["check", "--operations", "get_tickets"], more].concat());
    let told = "A client without the organization's id also needs Desk.basic.READ or Desk.organization.READ";
    let Ran { code, out, .. } = check(&["--granted", "Desk.tickets.READ"]);
    assert!(code == Some(0) && out.contains(told), "{out}");
    let record = check(&["--granted", "Desk.tickets.READ", "--json"]).out;
    let record: Value = serde_json::from_str(&record).unwrap();
    assert!(
        record["organization_lookup"]["missing"].as_array().is_some_and(|sets| sets[0][0] == "Desk.basic.READ"),
        "{record}"
    );
    for more in [
        &["--granted", "Desk.tickets.READ", "--organization-known"][..],
        &["--granted", "Desk.tickets.READ Desk.organization.READ"],
    ] {
        assert!(!check(more).out.contains("without the organization"), "{more:?}");
    }
}

#[test]
fn a_check_tells_what_is_missing_and_what_is_too_much() {
    let needs = ["--operations", "get_tickets,update_ticket", "--operations", "get_all_countries get_portal_articles"];
    let check = |granted: &str, more: &[&str]| desk(&[&["check", "--granted", granted], &needs[..], more].concat());
    let missing = check("desk.tickets.read Desk.contacts.ALL", &[]);
    assert_eq!(missing.code, Some(1));
    for part in [
        "3 of 4 operations covered.",
        "update_ticket needs Desk.tickets.UPDATE",
        "To add: Desk.tickets.UPDATE",
        "Not needed:\n  Desk.contacts.ALL",
        "key that is not sent, so that no scope is known to be enough: get_all_countries",
        "Without a scope: get_portal_articles",
    ] {
        assert!(missing.out.contains(part), "{part} in: {}", missing.out);
    }
    let enough = check("Desk.tickets.READ,Desk.tickets.UPDATE Desk.basic.READ", &["--json"]);
    let enough: Value = (enough.code == Some(0)).then(|| serde_json::from_str(&enough.out).unwrap()).unwrap();
    assert_eq!((&enough["missing"], &enough["unneeded"]), (&Value::from(vec![0; 0]), &Value::from(vec![0; 0])));
    assert_eq!(enough["for_organization"][0], "Desk.basic.READ");
    let known = check("Desk.tickets.ALL Desk.basic.READ", &["--json", "--organization-known"]);
    let known: Value = serde_json::from_str(&known.out).unwrap();
    assert_eq!(known["unneeded"][0], "Desk.basic.READ");
    assert_eq!(known["broader"][0]["enough"], serde_json::json!(["Desk.tickets.READ", "Desk.tickets.UPDATE"]));
    // What is in doubt is told, but nothing is known to be missing.
    let doubt = desk(&["check", "--granted", "", "--operations", "create_event_attachment"]);
    assert_eq!(doubt.code, Some(0));
    assert!(
        doubt.out.contains("Missing, perhaps:\n  create_event_attachment needs Desk.tasks.UPDATE"),
        "{}",
        doubt.out
    );
    let odd = check("Desk.tikets.READ \u{1b}[2J\u{202e}x Desk.tickets.ALL", &[]);
    assert!(odd.out.contains("did you mean Desk.tickets.READ?"), "{}", odd.out);
    assert!(!odd.out.contains(['\u{1b}', '\u{202e}']), "{}", odd.out);
    let page = check("<script> Desk.tickets.READ", &["--html"]);
    assert!(page.code == Some(1) && page.out.contains("<b>update_ticket</b> needs <code>Desk.tickets.UPDATE</code>"));
    assert!(page.out.contains("<code>&lt;script&gt;</code>"));
}

#[tokio::test]
async fn the_scopes_of_a_kept_token_are_read_and_no_secret_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::new(folder.path().join("token.json"));
    let mut token = StoredToken::default();
    token.refresh_token = Some("1000.the-refresh-token".into());
    token.access_token = Some("1000.the-access-token".into());
    token.scopes = Some(ScopeSet::parse("Desk.tickets.READ"));
    let mut lock = store.lock().await.unwrap();
    lock.save(&token).await.unwrap();
    drop(lock);
    let path = store.path().to_str().unwrap().to_owned();
    let check = |operations: &str| desk(&["check", "--token-store", &path, "--operations", operations]);
    let (covered, missing) = (check("get_tickets"), check("get_contacts"));
    assert_eq!((covered.code, missing.code), (Some(0), Some(1)), "{}{}", covered.err, missing.err);
    token.scopes = None;
    let mut lock = store.lock().await.unwrap();
    lock.save(&token).await.unwrap();
    drop(lock);
    let unknown = check("get_tickets");
    assert!(unknown.code == Some(2) && unknown.err.contains("give them with --granted"), "{}", unknown.err);
    fs::write(&path, "{\"access_token\": \"1000.the-access-token\", ").unwrap();
    let broken = check("get_tickets");
    assert_eq!(broken.code, Some(2), "{}", broken.err);
    for ran in [covered, missing, unknown, broken] {
        assert!(!ran.out.contains("1000.") && !ran.err.contains("1000."), "{}{}", ran.out, ran.err);
    }
    let gone = desk(&["check", "--token-store", "/nowhere/token.json", "--operations", "get_tickets"]);
    assert!(gone.code == Some(2) && gone.err.contains("/nowhere/token.json: there is no such file"), "{}", gone.err);
}

#[test]
fn the_address_of_the_consent_asks_for_the_smallest_set() {
    let url = |arguments: &[&str]| {
        let start = ["url", "--client-id", "1000.ABC", "--operations", "get_tickets,get_agents"];
        let Ran { code, out, err } = desk(&[&start[..], arguments].concat());
        assert_eq!(code, Some(0), "{err}");
        let url: desk_sdk::reqwest::Url = out.trim().parse().unwrap();
        let pairs: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        (format!("{}{}", url.host_str().unwrap(), url.path()), pairs, err)
    };
    let (address, pairs, reasons) = url(&["--data-centre", "eu", "--state", "a&b=c"]);
    assert_eq!(address, "accounts.zoho.eu/oauth/v2/auth");
    let value = |name: &str| pairs[name].as_str();
    assert_eq!(value("scope"), "Desk.basic.READ,Desk.tickets.READ");
    assert_eq!((value("client_id"), value("state"), value("response_type")), ("1000.ABC", "a&b=c", "code"));
    assert_eq!((value("redirect_uri"), value("access_type")), ("http://localhost:8080/", "offline"));
    assert!(
        reasons.contains("Desk.basic.READ for get_agents, get_organizations; or instead, Desk.settings.READ"),
        "{reasons}"
    );
    assert_eq!(url(&["--organization-known"]).1["scope"], "Desk.agents.READ,Desk.tickets.READ");
    assert_eq!(url(&["--broad", "-q"]).1["scope"], "Desk.settings.READ,Desk.tickets.READ");
    assert_eq!(url(&["--quiet"]).2, "");
}

#[test]
fn bad_input_is_refused_with_what_to_do() {
    let long = "x".repeat(100_000);
    for (arguments, problem) in [
        (&["explain", "get_tickts"][..], "there is no operation `get_tickts` (did you mean get_tickets?)"),
        (&["explain", ""], "name one operation"),
        (&["explain", "\u{1b}[2J\u{202e}"], "there is no operation `\\u{1b}[2J\\u{202e}`"),
        (&["explain", &long], "there is no operation `xxxx"),
        (&["check", "--granted", "", "--operations", "get_tickts,get_contcts"], "did you mean get_contacts?"),
        (&["check", "--granted", "", "--family", "ticket"], "there is no family `ticket` (did you mean tickets?)"),
        (&["check", "--granted", ""], "--operations, --family, or both"),
        (
            &["check", "--operations", "get_tickets"],
            "say what the token has with --granted, --token-store or --profile",
        ),
        (
            &["explain", "PATCH /api/v1/tickets/{ticketId}/commentz/{commentId}"],
            "(did you mean /api/v1/tickets/{ticketId}/comments/{commentId}?)",
        ),
        (&["explain", "DELETE /api/v1/tickets/1"], "`DELETE /api/v1/tickets/1`: this path has GET (get_ticket), PATCH"),
        (&["explain", "PUT /api/v1/tickets"], "this path has GET (get_tickets), POST (create_ticket)"),
        (&["explain", "/api/v1/tickets"], "name the method as well, as in \"GET /api/v1/tickets\": this path has GET"),
        // As the client itself refuses them.
        (
            &["explain", "GET https://evil.example/api/v1/agents"],
            "refuses the path `https://evil.example/api/v1/agents`: it takes a path on the service's host",
        ),
        (&["explain", "https://desk.zoho.eu/api/v1/agents"], "it takes a path on the service's host"),
        (&["explain", "GET /api/v1/agents?limit=1"], "it takes only a path: set parameters with `query`"),
        (&["explain", "GET /api/v1/agents#x"], "it takes only a path"),
        (&["explain", "PATCH /api/v1/tickets/{id}/"], "it takes a path without a trailing slash"),
        (&["explain", "GET /api/v1/../agents"], "the client refuses the path `/api/v1/../agents`"),
        (&["explain", "/api/v1/agentz"], "(did you mean /api/v1/agents?)"),
        (&["explain", "client.get_tickts(x)"], "(did you mean get_tickets?)"),
        (&["check", "--granted", "x", "--token-store", "y"], "cannot be used with"),
        (&["list", "--risk", "deadly"], "choose safe, write, outbound or destructive"),
        (&["list", "--method", "HEAD"], "choose GET, POST"),
        (&["list", "--evidence", "rumour"], "choose upstream, documented"),
        (&["list", "--requires", "Desk.tikets"], "did you mean Desk.tickets?"),
        (&["list", "--family", "nothing at all"], "there is no family `nothing`"),
        (&["list", "--path", "/nowhere"], "no operation is like that"),
        (&["list", "--json", "--csv"], "cannot be used with"),
        (&["url", "--operations", "get_tickets"], "--client-id"),
        (&["url", "--operations", "get_tickets", "--client-id", "a b"], "--client-id is not an id"),
        (
            &["url", "--operations", "get_tickets", "--client-id", "a", "--redirect-uri", "javascript:alert(1)"],
            "--redirect-uri",
        ),
        (&["url", "--operations", "get_tickets", "--client-id", "a", "--data-centre", "mars"], "is not a data centre"),
        (
            &["url", "--operations", "get_all_countries", "--organization-known", "--client-id", "a"],
            "nothing to consent to",
        ),
        (&["diff", "only-one"], "NEW"),
        (&[], "Usage"),
        (&["guess"], "unrecognized subcommand"),
    ] {
        let Ran { code, out, err } = desk(arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{problem}: {err}");
        assert!(err.contains(problem), "{problem} in: {err}");
        assert!(!err.contains(['\u{1b}', '\u{202e}']) && err.len() < 3000, "{err}");
    }
}

/// Reading ends early, as with `| head`, and a full disk is told.
#[cfg(unix)]
#[test]
fn whoever_reads_may_have_seen_enough() {
    let mut child = command(&["list", "--html"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    if let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") {
        let output = command(&["list"]).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("cannot print"));
    }
}

/// The table that is generated from the spec has every operation of the SDK.
#[test]
fn every_operation_has_its_origin() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for entry in desk_cli::scopes::entries() {
        assert!(!entry.family().is_empty(), "{}", entry.operation);
        assert!(root.join(entry.file()).is_file(), "{}", entry.file());
        let doubted = entry.facts().iter().any(|fact| fact.evidence == desk_cli::scopes::Evidence::Inferred);
        assert!(doubted || !entry.operation.doubtful_scopes, "{}", entry.operation);
    }
    assert!(operation("get_tickets").is_some());
}

#[test]
fn every_path_is_explained_as_the_client_judges_it() {
    for operation in operations().filter(|operation| operation.alias_of.is_none()) {
        let written = format!("{} {}", operation.method, operation.path);
        let judged = |method, path: &str| desk_sdk::operation_at(method, path).ok().flatten().map(|known| known.id);
        assert_eq!(desk_cli::scopes::named(&written).unwrap().operation.id, operation.id, "{written}");
        // Also with values, and with each of the other methods.
        let parts = operation.path.split('/').map(|part| if part.starts_with('{') { "17" } else { part });
        let path = parts.collect::<Vec<_>>().join("/");
        for method in [desk_sdk::Method::Get, desk_sdk::Method::Post, desk_sdk::Method::Delete] {
            let named = desk_cli::scopes::named(&format!("{method} {path}")).ok().map(|entry| entry.operation.id);
            assert_eq!(named, judged(method, &path), "{method} {path}");
        }
    }
}

#[test]
fn a_check_tells_what_is_written_with_other_capitals() {
    let check = |granted: &str, more: &[&str]| {
        desk(&[&["check", "--organization-known", "--operations", "get_tickets", "--granted", granted], more].concat())
    };
    let told = "\"desk.tickets.read\" is taken for Desk.tickets.READ: write it like that";
    let Ran { code, out, .. } = check("desk.tickets.read", &[]);
    assert!(code == Some(0) && out.contains(told), "{out}");
    assert!(check("Desk.Tickets.ALL", &["--json"]).out.contains("is taken for Desk.tickets.ALL"));
    assert!(!check("Desk.tickets.READ", &[]).out.contains("is taken for"));
}
