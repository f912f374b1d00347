//! How long the pages of long lists take. Alone in its file, so that no other test takes its time.

mod common;

use std::time::{Duration, Instant};

use common::send;
use desk_mock::MockDesk;
use serde_json::json;

const TICKETS: usize = 100_000;

/// What a page may take on a machine that is busy with other things as well, which makes it take twice as long. With a look
/// at every record it takes several times as long as this.
const MOST: Duration = Duration::from_millis(if cfg!(debug_assertions) { 45 } else { 6 });

/// The average of so many counts, as the system does not tell it for a single one exactly.
const TIMES: u32 = 10;

const PAGES: [&str; 16] = [
    "/tickets?limit=100",
    "/tickets?from=90000&limit=100",
    "/tickets?sortBy=createdTime&limit=100",
    "/tickets?sortBy=createdTime&from=90000&limit=100",
    "/tickets?sortBy=-createdTime&from=45000&limit=100",
    "/tickets?sortBy=-modifiedTime&from=90000&limit=100",
    "/tickets?sortBy=-dueDate&from=50000&limit=100",
    "/tickets/search?createdTimeRange=2000-01-01T00:00:00Z,2099-12-31T00:00:00Z&sortBy=createdTime&limit=100",
    "/tickets/search?createdTimeRange=2000-01-01T00:00:00Z,2099-12-31T00:00:00Z&sortBy=createdTime&from=4900&limit=100",
    "/tickets/search?createdTimeRange=2000-01-01T00:00:00Z,2099-12-31T00:00:00Z&limit=100",
    "/tickets/search?createdTimeRange=2000-01-01T00:00:00Z,2099-12-31T00:00:00Z&from=4900&limit=100",
    "/tickets/search?createdTimeRange=2021-06-01T00:00:00Z,2021-06-30T00:00:00Z&sortBy=createdTime&limit=100",
    "/tickets/search?createdTimeRange=2021-06-01T00:00:00Z,2021-06-30T00:00:00Z&limit=100",
    "/tickets/search?modifiedTimeRange=2000-01-01T00:00:00Z,2099-12-31T00:00:00Z&sortBy=-modifiedTime&limit=100",
    "/tickets/search?createdTimeRange=2000-01-01T00:00:00Z,2099-12-31T00:00:00Z&sortBy=modifiedTime&limit=100",
    "/tickets/search?createdTimeRange=2000-01-01T00:00:00Z,2021-12-31T00:00:00Z&modifiedTimeRange=2021-03-01T00:00:00Z,2099-12-31T00:00:00Z&sortBy=createdTime&limit=100",
];

/// The time for which this thread was at work, where the system tells; others may use the machine as well. Server and
/// client share the thread.
fn worked() -> Option<Duration> {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    times.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

#[tokio::test]
async fn a_page_out_of_a_hundred_thousand_tickets_is_fast() {
    let desk = MockDesk::builder().day(2024, 6, 1).start().await.unwrap();
    desk.set_highest_from(u64::MAX);
    let started = Instant::now();
    desk.fill_with("tickets", TICKETS, |index| json!({ "priority": if index % 2 == 0 { "High" } else { "Low" } }));
    println!("filled in {:?}, at work for {:?}", started.elapsed(), worked());
    let token = desk.token(["Desk.tickets.READ", "Desk.search.READ"]);
    let mut slow = Vec::new();
    for page in PAGES {
        let request = format!(
            "GET /api/v1{page} HTTP/1.1\r\nhost: desk\r\norgId: {}\r\nconnection: close\r\n\
             authorization: Zoho-oauthtoken {token}\r\n\r\n",
            desk.organization()
        );
        // The first one of an order that was not asked before makes that order.
        send(desk.url(), request.clone()).await;
        let (started, before) = (Instant::now(), worked());
        for _ in 0..TIMES {
            let answer = send(desk.url(), request.clone()).await;
            assert_eq!(answer.status(), 200, "{page}: {}", String::from_utf8_lossy(&answer.body));
        }
        let worked = before.and_then(|before| worked()?.checked_sub(before));
        let took = worked.unwrap_or_else(|| started.elapsed()) / TIMES;
        println!("{took:>12?} {page}");
        if took > MOST {
            slow.push(format!("{took:?} {page}"));
        }
    }
    assert!(slow.is_empty(), "slower than {MOST:?}:\n{}", slow.join("\n"));
}
