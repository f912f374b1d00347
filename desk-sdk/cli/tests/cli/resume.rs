//! An export that is killed goes on: no record is lost or doubled, whatever moment it was.
//!
//! `cargo test --package desk-cli --test cli resume:: -- --ignored` kills it thirty times.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::common::{Desk, id, ids};
use serde_json::Value;

/// Numbers that differ from run to run; the first one is told if a test fails.
struct Random(u64);

impl Random {
    fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos();
        Self(u64::try_from(now % u128::from(u64::MAX)).unwrap())
    }

    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// Starts an export and kills it after a while, again and again, and then lets it come to its end. How often it was
/// killed before it had come to its end.
fn killed(desk: &Desk, arguments: &[&str], times: usize, longest: u64) -> usize {
    let mut random = Random::new();
    let seed = random.0;
    let mut killed = 0;
    for time in 1..=times {
        // The first ones come early, so that a fast computer has not come to its end before them.
        let longest = (longest * time as u64 / times as u64).max(1);
        let mut command = desk.command(arguments);
        command.arg("--resume").arg("--to").arg(desk.to()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(20 + random.below(longest)));
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            killed += 1;
        }
        child.wait().unwrap();
        if desk.to().join("manifest.json").exists() {
            // What the manifest names is there, and right, at any moment.
            let _ = ids(&desk.rows("tickets"));
        }
    }
    let ran = desk.exported(&[arguments, &["--resume"]].concat());
    assert!(ran.err.contains("complete"), "seed {seed}: {ran:#?}");
    killed
}

fn check(desk: &Desk) {
    let rows = desk.rows("tickets");
    let all = ids(&desk.server.records("tickets"));
    assert_eq!(ids(&rows), all, "{} rows, {} records", rows.len(), all.len());
    desk.assert_whole();
}

#[test]
fn an_export_that_is_killed_three_times_goes_on() {
    let desk = Desk::start();
    desk.server.fill("tickets", 1_000);
    let arguments = ["--resources", "tickets", "--file-rows", "150"];
    assert!(killed(&desk, &arguments, 3, 700) > 0);
    check(&desk);
}

#[test]
fn lists_of_each_record_that_are_killed_go_on() {
    let desk = Desk::start();
    desk.server.fill("tickets", 250);
    let arguments =
        ["--resources", "tickets", "--children", "comments,threads", "--file-rows", "50", "--format", "csv"];
    assert!(killed(&desk, &arguments, 3, 1_200) > 0);
    check(&desk);
    each_once(&desk);
}

#[test]
#[ignore = "takes minutes; see above for the command"]
fn an_export_that_is_killed_thirty_times_goes_on() {
    for format in ["parquet", "csv", "jsonl"] {
        let desk = Desk::start();
        desk.server.fill("tickets", 6_000);
        let arguments = ["--resources", "tickets", "--children", "comments", "--file-rows", "400", "--format", format];
        let times = killed(&desk, &arguments, 30, 1_500);
        println!("{format}: killed {times} times");
        assert!(times > 10, "{times}");
        check(&desk);
        each_once(&desk);
    }
}

/// Every comment of the server is there once.
fn each_once(desk: &Desk) {
    let comments = desk.rows("tickets_comments");
    let key = |row: &Value| (row["ticketId"].to_string(), id(row));
    let once: BTreeSet<_> = comments.iter().map(key).collect();
    assert_eq!(once.len(), comments.len());
    let mut expected = 0;
    for ticket in ids(&desk.server.records("tickets")) {
        let answer = desk.get(&format!("/api/v1/tickets/{ticket}/comments"));
        expected += answer["data"].as_array().map_or(0, Vec::len);
    }
    assert!(expected > 0 && comments.len() == expected, "{} of {expected}", comments.len());
}

/// Sends a signal to a program.
#[cfg(unix)]
fn signal(child: &std::process::Child, name: &str) {
    let sent = std::process::Command::new("kill").args(["-s", name, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

#[cfg(unix)]
#[test]
fn a_signal_ends_an_export_once_what_was_read_is_on_the_disk() {
    for name in ["INT", "TERM"] {
        let desk = Desk::start();
        desk.server.fill("tickets", 10_000);
        let mut command = desk.command(&["--resources", "tickets", "--json"]);
        let mut child =
            command.arg("--to").arg(desk.to()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // Some pages of a hundred were read, however fast the computer is.
        while desk.server.requests().len() < 10 {
            std::thread::sleep(Duration::from_millis(5));
        }
        signal(&child, name);
        assert_eq!(child.wait().unwrap().code(), Some(130), "{name}");
        let rows = desk.rows("tickets").len();
        assert!(rows > 0 && rows < 10_000, "{rows} rows");
        desk.exported(&["--resources", "tickets", "--resume"]);
        check(&desk);
    }
}
