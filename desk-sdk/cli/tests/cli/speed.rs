//! How fast an export is, and how much memory it takes, beside a bare loop over the same pages.
//!
//! `cargo test --profile bench --package desk-cli --test cli speed:: -- --ignored --nocapture` measures 100,000 tickets.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::common::Desk;
use desk_sdk::search::SearchTickets;
use desk_sdk::{Client, Risk};

const TICKETS: usize = 100_000;

/// What an export may take at most, in KiB.
const MOST_MEMORY: u64 = 200 * 1024;

/// The part of the bare loop's speed that an export must have at least.
const LEAST_SPEED: f64 = 0.8;

/// Reads all pages with the typed client and throws them away.
fn bare_loop(desk: &Desk) -> Duration {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let client = Client::builder().access_token(&desk.token).base_url(desk.server.url()).max_risk(Risk::Safe);
    let client = client.organization(desk.server.organization()).build().unwrap();
    let started = Instant::now();
    let count = runtime.block_on(async {
        let mut pages = client.search_tickets(SearchTickets::new()).all().pages();
        let mut count = 0;
        while let Some(page) = pages.next().await {
            count += page.unwrap().records.len();
        }
        count
    });
    assert!(count >= TICKETS, "{count}");
    started.elapsed()
}

/// Waits for a program, and gives the most memory that it took, in KiB.
fn peak(child: &mut Child) -> u64 {
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok());
        most = most.max(kilobytes.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(20));
    }
    most
}

#[test]
#[ignore = "takes minutes and measures an optimized build; see above for the command"]
fn an_export_is_hardly_slower_than_a_bare_loop() {
    let desk = Desk::start();
    desk.server.fill("tickets", TICKETS);
    desk.server.keep_requests(100);
    let mut bare = Vec::new();
    let mut exports = Vec::new();
    for round in 0..3 {
        bare.push(bare_loop(&desk));
        let started = Instant::now();
        let mut command = desk.command(&["--resources", "tickets", "--organization", desk.server.organization()]);
        command.arg("--to").arg(desk.folder.path().join(round.to_string())).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let memory = peak(&mut child);
        assert!(child.wait().unwrap().success());
        exports.push(started.elapsed());
        let rate = |time: Duration| TICKETS as f64 / time.as_secs_f64();
        println!(
            "bare loop {:.0} records a second, export {:.0} ({:.2}), {} MiB",
            rate(bare[round]),
            rate(exports[round]),
            rate(exports[round]) / rate(bare[round]),
            memory / 1024
        );
        assert!(memory > 0 && memory < MOST_MEMORY, "{memory} KiB");
    }
    let (bare, export) = (bare.iter().min().unwrap(), exports.iter().min().unwrap());
    let part = bare.as_secs_f64() / export.as_secs_f64();
    assert!(part >= LEAST_SPEED, "{part:.2} of the speed of a bare loop");
}
