//! Many records in one server. Alone in its file: the memory of its process is measured.

mod common;

use common::send;
use desk_mock::MockDesk;
use serde_json::Value;

const TICKETS: usize = 100_000;

/// What so many tickets may take, in KiB.
const MOST: u64 = 100 * 1024;

/// The process's memory in KiB, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[tokio::test]
async fn a_hundred_thousand_tickets_fit() {
    let desk = MockDesk::start().await.unwrap();
    let before = resident();
    // Desk's own lists are not so deep.
    desk.set_highest_from(u64::MAX);
    desk.fill("tickets", TICKETS);
    let grown = resident().zip(before).map(|(after, before)| after.saturating_sub(before));
    println!("{grown:?} KiB");
    assert!(grown.is_none_or(|grown| grown < MOST), "{grown:?} KiB");

    let token = desk.token(["Desk.tickets.READ"]);
    let page = async |from: usize| -> Vec<Value> {
        let organization = desk.organization();
        let request = format!(
            "GET /api/v1/tickets?from={from}&limit=100 HTTP/1.1\r\nhost: desk\r\norgId: {organization}\r\n\
             connection: close\r\nauthorization: Zoho-oauthtoken {token}\r\n\r\n"
        );
        let answer = send(desk.url(), request).await;
        answer.json().and_then(|page| page["data"].as_array().cloned()).unwrap_or_default()
    };
    let (first, last) = (page(0).await, page(TICKETS).await);
    // The built-in ones are there as well.
    assert_eq!((first.len(), last.len()), (100, 12));
    assert!(last.iter().all(|ticket| !first.contains(ticket)));
}
