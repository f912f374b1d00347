//! Snapshots of figures: hourly for a day by the local server's clock, and as a person would take one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Duration;

use crate::common::{self, Desk};
use desk_cli::snapshot::{METRICS, Settings, take};
use desk_cli::table::{Folder, Format, Owner};
use desk_mock::MockDesk;
use desk_sdk::Client;
use desk_sdk::jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// The rows of a folder, in the order of its files.
fn rows(folder: &std::path::Path, owner: &Owner) -> Vec<Value> {
    let manifest = Folder::open(folder).unwrap().manifest(owner).unwrap();
    let files = &manifest.resources()[METRICS].files;
    let lines = files.iter().flat_map(|file| {
        let text = fs::read_to_string(folder.join(&file.path)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>()
    });
    lines.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_of_hourly_snapshots_shows_how_figures_change() {
    let desk = MockDesk::builder().day(2026, 3, 2).start().await.unwrap();
    let scopes = desk.every_scope();
    let client =
        Client::builder().base_url(desk.url()).access_token(desk.token(scopes.clone())).scopes(&scopes).build();
    let client = client.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings {
        to: folder.path().join("figures"),
        metrics: Vec::new(),
        format: Format::JsonLines,
        where_known: false,
    };
    let start: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
    let department = desk.records("departments")[0]["id"].as_str().unwrap().to_owned();
    for hour in 0..24 {
        let time = start + SignedDuration::from_hours(hour);
        let taken = take(&client, desk.url(), &settings, time).await.unwrap();
        assert!(taken.figures > 50 && taken.skipped.is_empty(), "{taken:?}");
        desk.insert("tickets", json!({ "subject": "Another", "departmentId": department, "status": "Open" }));
        desk.advance(Duration::from_secs(3_600));
    }
    let rows = rows(&settings.to, &Owner::new(desk.organization(), desk.url()));
    let times: BTreeSet<&str> = rows.iter().map(|row| row["taken"].as_str().unwrap()).collect();
    assert_eq!(times.len(), 24, "each hour has its own time");
    let metrics: BTreeSet<&str> = rows.iter().map(|row| row["metric"].as_str().unwrap()).collect();
    assert_eq!(metrics.len(), desk_sdk::by_name::metrics().len());
    let departments: BTreeSet<&str> = rows.iter().filter_map(|row| row["department"].as_str()).collect();
    assert_eq!(departments.len(), desk.records("departments").len());
    assert!(rows.iter().any(|row| row["agent"].is_string() && row["number"].is_number()), "figures of agents");
    // What is counted grows by one an hour.
    let count = |row: &&Value| row["metric"] == "ticket_count" && row["department"] == json!(department);
    let counts: BTreeMap<&str, f64> = rows
        .iter()
        .filter(count)
        .map(|row| (row["taken"].as_str().unwrap(), row["number"].as_f64().unwrap()))
        .collect();
    let counts: Vec<f64> = counts.into_values().collect();
    assert_eq!(counts.len(), 24);
    assert!(counts.windows(2).all(|pair| pair[1] == pair[0] + 1.0), "{counts:?}");
}

#[test]
fn a_snapshot_is_taken_from_the_command_line_and_added_to() {
    let desk = Desk::start();
    let to = desk.to();
    let to = to.to_str().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = common::bare();
        command.args(["snapshot", "--against", desk.server.url()]).args(arguments);
        command.env("DESK_TOKEN", &desk.token).env("DESK_SCOPES", &desk.scopes);
        common::ran(&mut command)
    };
    for round in 1..=2 {
        let ran = run(&["--to", to, "--metrics", "tickets,agents", "--json"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let told: Value = serde_json::from_str(ran.out.trim()).unwrap();
        assert!(told["event"] == "taken" && told["figures"].as_u64() > Some(5), "{told}");
        let folder = Folder::open(desk.to().as_path()).unwrap();
        let manifest = folder.manifest(&Owner::new(desk.server.organization(), desk.server.url())).unwrap();
        let resource = &manifest.resources()[METRICS];
        assert_eq!(resource.files.len(), round, "{resource:?}");
        assert!(folder.spoiled(&manifest).unwrap().is_empty());
    }
    let listed = common::ran(common::bare().args(["snapshot", "--list"]));
    assert!(
        listed.out.lines().any(|line| line.starts_with("tickets ") && line.contains("tickets_count_by_field_values"))
    );
}

#[test]
fn what_cannot_be_taken_is_told() {
    let desk = Desk::start();
    let to = desk.to();
    let to = to.to_str().unwrap();
    let run = |scopes: &str, arguments: &[&str]| {
        let mut command = common::bare();
        command.args(["snapshot", "--against", desk.server.url(), "--to", to]).args(arguments);
        command.env("DESK_TOKEN", &desk.token).env("DESK_SCOPES", scopes);
        common::ran(&mut command)
    };
    let unknown = run(&desk.scopes, &["--metrics", "tikets"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("there is no metric \"tikets\"; did you mean tickets?"), "{}", unknown.err);
    let denied = run("Desk.basic.READ Desk.settings.READ", &["--metrics", "tickets,agents"]);
    assert_eq!(denied.code, Some(3), "{}", denied.err);
    assert!(denied.err.contains("tickets: ") && denied.err.contains("Desk."), "{}", denied.err);
    assert!(!desk.to().exists(), "nothing was written");
    let skipped = run("Desk.basic.READ Desk.settings.READ", &["--metrics", "tickets,agents", "--where-known"]);
    assert_eq!(skipped.code, Some(0), "{}", skipped.err);
    assert!(skipped.err.contains("skipped tickets: "), "{}", skipped.err);
    for wrong in ["", "1", "h", "0s", "1d", "-1h", "99999999999999999999h", "5µ"] {
        let ran = run(&desk.scopes, &["--every", wrong]);
        assert_eq!(ran.code, Some(2), "{wrong:?}: {}", ran.err);
    }
    assert!(!skipped.err.contains(&desk.token) && !denied.err.contains(&desk.token));
}
