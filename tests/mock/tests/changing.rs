//! Records that change while a client walks through them.

mod common;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::time::Instant;

use common::send;
use desk_mock::MockDesk;
use serde_json::{Value, json};

async fn page(desk: &MockDesk, token: &str, query: &str) -> Vec<Value> {
    let request = format!(
        "GET /api/v1/tickets{query} HTTP/1.1\r\nhost: desk\r\norgId: {}\r\nconnection: close\r\n\
         authorization: Zoho-oauthtoken {token}\r\n\r\n",
        desk.organization()
    );
    let answer = send(desk.url(), request).await;
    assert!(matches!(answer.status(), 200 | 204), "{query}: {}", String::from_utf8_lossy(&answer.body));
    answer.json().and_then(|page| page["data"].as_array().cloned()).unwrap_or_default()
}

#[tokio::test]
async fn records_are_added_changed_and_removed_while_a_client_walks() {
    let desk = Arc::new(MockDesk::builder().day(2024, 6, 1).start().await.unwrap());
    desk.fill_with(
        "tickets",
        300,
        |index| json!({ "createdTime": format!("2026-01-01T00:{:02}:00.000Z", index / 10) }),
    );
    let token = desk.token(["Desk.tickets.READ", "Desk.search.READ"]);
    let first = page(&desk, &token, "?limit=1").await.remove(0)["id"].as_str().unwrap().to_owned();

    let watching: Weak<MockDesk> = Arc::downgrade(&desk);
    let seen = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&seen);
    desk.watch(move |request| {
        let Some(desk) = watching.upgrade() else { return };
        assert_eq!(request.status, 200);
        let turn = counted.fetch_add(1, Ordering::SeqCst);
        desk.insert("tickets", json!({ "subject": "Late", "createdTime": "2026-01-01T01:00:00.000Z" }));
        let tickets = desk.records("tickets");
        desk.remove("tickets", tickets[0]["id"].as_str().unwrap());
        desk.change("tickets", tickets[1]["id"].as_str().unwrap(), json!({ "subject": format!("Changed {turn}") }));
        desk.fill("contacts", 1);
        if turn == 3 {
            desk.watch(|_| {});
        }
    });

    let mut walked = Vec::new();
    for from in [0, 100, 200, 300] {
        walked.extend(page(&desk, &token, &format!("?from={from}&limit=100&sortBy=-createdTime")).await);
    }
    assert_eq!(seen.load(Ordering::SeqCst), 4);
    assert_eq!(walked[0]["createdTime"], "2026-01-01T00:29:00.000Z");
    // Each late ticket pushes one that was seen onto the next page.
    let ids: BTreeSet<&str> = walked.iter().filter_map(|ticket| ticket["id"].as_str()).collect();
    assert_eq!(walked.len() - ids.len(), 3);
    let tickets = desk.records("tickets");
    assert_eq!(tickets.len(), 312);
    assert!(tickets.iter().all(|ticket| ticket["id"] != first.as_str()));
    assert_eq!(tickets[0]["subject"], "Changed 3");
    assert_eq!(tickets.iter().filter(|ticket| ticket["subject"] == "Late").count(), 4);
}

#[tokio::test]
async fn a_test_chooses_times_changes_and_removes() {
    let desk = MockDesk::builder().day(2024, 6, 1).start().await.unwrap();
    let started = Instant::now();
    desk.fill_with("tickets", 1000, |index| match index {
        7 => json!({ "id": "777", "status": "Closed", "createdTime": null, "ticketNumber": 5000 }),
        _ => json!({ "createdTime": "2026-01-01T00:00:00.000Z" }),
    });
    assert!(started.elapsed().as_secs() < 5);
    let token = desk.token(["Desk.tickets.READ", "Desk.search.READ"]);
    let second = "/search?createdTimeRange=2026-01-01T00:00:00Z,2026-01-01T00:00:00Z&limit=100&sortBy=createdTime";
    assert_eq!(page(&desk, &token, &format!("{second}&from=998")).await.len(), 1);
    let special = desk.records("tickets").into_iter().find(|ticket| ticket["id"] == "777").unwrap();
    assert_eq!((&special["createdTime"], &special["statusType"]), (&Value::Null, &json!("Closed")));
    assert!(special["closedTime"].is_string() && special["ticketNumber"] == 5000);

    desk.change("tickets", "777", json!({ "createdTime": "2026-01-01T00:00:00.000Z", "priority": "High" }));
    assert_eq!(page(&desk, &token, &format!("{second}&from=998")).await.len(), 2);
    let changed = desk.records("tickets").into_iter().find(|ticket| ticket["id"] == "777").unwrap();
    assert_eq!((&changed["priority"], &changed["ticketNumber"]), (&json!("High"), &json!(5000)));
    assert!(
        desk.records("history").iter().any(|event| event["ticketId"] == "777" && event["eventName"] == "TicketUpdated")
    );

    desk.fill_with("comments", 20, |_| json!({ "ticketId": "777" }));
    let comments = desk.records("comments").len();
    desk.remove("tickets", "777");
    assert_eq!(page(&desk, &token, &format!("{second}&from=998")).await.len(), 1);
    assert_eq!(desk.records("comments").len(), comments - 20);

    let other = desk.add_organization("Second");
    let other = desk.in_organization(&other);
    other.fill_with("tickets", 2, |index| json!({ "id": (index + 5).to_string(), "subject": "Theirs" }));
    other.change("tickets", "5", json!({ "subject": "Also theirs" }));
    other.remove("tickets", "6");
    let subjects: Vec<Value> = other.records("tickets").iter().map(|ticket| ticket["subject"].clone()).collect();
    assert_eq!((subjects.len(), subjects.last()), (13, Some(&json!("Also theirs"))));
    assert!(desk.records("tickets").iter().all(|ticket| ticket["id"] != "5"));
}

#[tokio::test]
async fn credits_that_calls_cost_are_counted() {
    let desk = MockDesk::start().await.unwrap();
    let token = desk.token(["Desk.tickets.READ"]);
    assert_eq!(desk.credits_spent(), 0);
    page(&desk, &token, "?limit=1").await;
    assert_eq!(desk.credits_spent(), 1);
    desk.count_credits(true);
    page(&desk, &token, "?limit=1&from=3000").await;
    assert_eq!(desk.credits_spent(), 6);
    desk.fault("get_tickets", desk_mock::Fault::TooManyRequests);
    let request = format!(
        "GET /api/v1/tickets HTTP/1.1\r\nhost: desk\r\nauthorization: Zoho-oauthtoken {token}\r\nconnection: close\r\n\r\n"
    );
    assert_eq!(send(desk.url(), request).await.status(), 429);
    desk.set_credits(2);
    assert_eq!(desk.credits_spent(), 6);
}

#[tokio::test]
async fn what_cannot_be_changed_is_told() {
    let desk = Arc::new(MockDesk::start().await.unwrap());
    let told = |act: fn(&MockDesk)| {
        let desk = Arc::clone(&desk);
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| act(&desk)));
        outcome.unwrap_err().downcast_ref::<String>().cloned().unwrap_or_default()
    };
    assert!(told(|desk| desk.change("tickets", "7", json!({}))).contains("no record with the id \"7\" in tickets"));
    assert!(told(|desk| desk.remove("tickets", "x")).contains("no record with the id \"x\" in tickets"));
    assert!(told(|desk| desk.remove("ticket", "7")).contains("tickets, threads"));
    let id = "189200000000071001";
    assert!(told(|desk| desk.change("tickets", "189200000000071001", json!({ "id": "8" }))).contains("keeps its id"));
    assert!(told(|desk| desk.change("tickets", "189200000000071001", json!([]))).contains("must be an object"));
    assert!(told(|desk| desk.fill_with("tickets", 1, |_| json!(7))).contains("must be an object"));
    assert!(told(|desk| desk.fill_with("tickets", 1, |_| json!({ "id": "x" }))).contains("an id is digits"));
    assert!(desk.records("tickets").iter().any(|ticket| ticket["id"] == id) && desk.records("tickets").len() == 12);
}
