//! Faults, repetition, and limits.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::common::{EVERYTHING, builder, client, desk};
use desk_mock::{Fault, MockDesk};
use desk_sdk::analytics::GetPinRemoval;
use desk_sdk::contacts::{GetContacts, UpdateContact};
use desk_sdk::tickets::GetTickets;
use desk_sdk::{Client, Edition, Error, Retry};
use futures_util::future::join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The requests for one operation.
fn seen(desk: &MockDesk, operation: &str) -> usize {
    desk.requests().iter().filter(|request| request.operation.as_deref() == Some(operation)).count()
}

#[tokio::test]
async fn reads_are_repeated_after_faults_that_pass() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    for fault in [Fault::Status(500), Fault::Html(502), Fault::Reset, Fault::ResetMidBody, Fault::TooManyRequests] {
        desk.reset_requests();
        let shown = format!("{fault:?}");
        desk.fault("get_contacts", fault);
        let contacts = client.get_contacts(GetContacts::new()).await.unwrap_or_else(|error| panic!("{shown}: {error}"));
        assert!(!contacts.data.is_empty(), "{shown}");
        assert_eq!(seen(&desk, "get_contacts"), 2, "{shown}");
    }
}

#[tokio::test]
async fn a_slow_answer_ends_in_time_and_another_kind_of_content_is_read() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    desk.fault("get_contacts", Fault::Delay(Duration::from_secs(5)));
    let started = std::time::Instant::now();
    client
        .get_contacts(GetContacts::new())
        .timeout(Duration::from_millis(200))
        .await
        .expect("the second attempt is quick");
    assert!(started.elapsed() < Duration::from_secs(4));
    assert_eq!(seen(&desk, "get_contacts"), 2);
    desk.fault("get_contacts", Fault::ContentType("text/plain".into()));
    let contacts = client.get_contacts(GetContacts::new()).await.expect("it is JSON whatever it is called");
    assert!(!contacts.data.is_empty());
}

#[tokio::test]
async fn what_will_not_pass_is_not_repeated() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    for fault in
        [Fault::Status(404), Fault::Status(422), Fault::Truncated, Fault::Redirect("http://127.0.0.1:1/".into())]
    {
        desk.reset_requests();
        let shown = format!("{fault:?}");
        desk.fault("get_contacts", fault);
        client.get_contacts(GetContacts::new()).await.err().unwrap_or_else(|| panic!("{shown} is an error"));
        assert_eq!(seen(&desk, "get_contacts"), 1, "{shown}");
    }
}

#[tokio::test]
async fn a_fault_that_stays_ends_the_attempts() {
    let desk = desk().await;
    let retry = Retry::default().times(3).first_pause(Duration::from_millis(1)).longest_pause(Duration::from_millis(2));
    let client = builder(&desk, &EVERYTHING).retry(retry).build().expect("a client");
    desk.fault_times("get_contacts", 10, Fault::Status(503));
    let error = client.get_contacts(GetContacts::new()).await.expect_err("it stays");
    assert_eq!(error.api().map(|refused| refused.status), Some(503));
    assert_eq!(seen(&desk, "get_contacts"), 4);
    let none = builder(&desk, &EVERYTHING).retry(Retry::never()).build().expect("a client");
    none.get_contacts(GetContacts::new()).await.expect_err("it stays");
    assert_eq!(seen(&desk, "get_contacts"), 5);
}

#[tokio::test]
async fn writes_are_repeated_only_where_that_is_safe() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let contacts = client.get_contacts(GetContacts::new()).await.expect("contacts");
    let id = contacts.data[0].id.clone().expect("an id");
    let update = || UpdateContact::new(&id).last_name("Other");

    desk.fault("update_contact", Fault::Status(500));
    client.update_contact(update()).await.expect_err("it may have been carried out");
    assert_eq!(seen(&desk, "update_contact"), 1);

    desk.reset_requests();
    desk.fault("update_contact", Fault::Status(500));
    client.update_contact(update()).repeatable().await.expect("the caller says that repeating is safe");
    assert_eq!(seen(&desk, "update_contact"), 2);

    desk.reset_requests();
    desk.fault("update_contact", Fault::TooManyRequests);
    client.update_contact(update()).await.expect("it was refused unseen");
    assert_eq!(seen(&desk, "update_contact"), 2);

    desk.fault("get_pin_removal", Fault::Reset);
    client.get_pin_removal(GetPinRemoval::new()).await.expect_err("a GET that destroys is not repeated");
    assert_eq!(seen(&desk, "get_pin_removal"), 1);
}

#[tokio::test]
async fn spent_credits_are_an_error_with_the_time_of_return() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    desk.fault("get_contacts", Fault::ThresholdExceeded(120));
    let error = client.get_contacts(GetContacts::new()).await.expect_err("the day's credits are spent");
    let Error::CreditsSpent { until, .. } = error else { panic!("{error}") };
    let wait = until.duration_since(jiff::Timestamp::now()).as_secs();
    assert!((100..=120).contains(&wait), "{wait}");
    assert_eq!(seen(&desk, "get_contacts"), 1);

    let patient = builder(&desk, &EVERYTHING).wait_for_credits().build().expect("a client");
    desk.fault("get_contacts", Fault::ThresholdExceeded(1));
    patient.get_contacts(GetContacts::new()).await.expect("a second later there are credits");
}

#[tokio::test]
async fn work_stops_before_the_last_credit() {
    let desk = desk().await;
    desk.set_edition(desk_mock::Edition::Free);
    desk.set_credits(10);
    let client = builder(&desk, &EVERYTHING).credit_floor(4).build().expect("a client");
    client.get_contacts(GetContacts::new()).await.expect("10 are left");
    client.get_contacts(GetContacts::new()).await.expect("7 are left");
    assert_eq!((client.credits().spent, client.credits().left), (6, Some(4)));
    let error = client.get_contacts(GetContacts::new()).await.expect_err("4 are kept");
    assert!(matches!(error, Error::CreditFloor { left: 4, floor: 4, .. }), "{error}");
    assert_eq!(seen(&desk, "get_contacts"), 2);
}

#[tokio::test]
async fn no_more_calls_are_made_at_once_than_allowed() {
    let desk = desk().await;
    desk.set_concurrency(Edition::Free.simultaneous_calls());
    let most = Edition::Free.simultaneous_calls();
    let client = builder(&desk, &EVERYTHING).simultaneous_calls(most).build().expect("a client");
    desk.fault_times("get_tickets", 40, Fault::Delay(Duration::from_millis(5)));
    let results =
        join_all((0..40).map(|_| async { client.get_tickets(GetTickets::new().limit(1)).await.is_ok() })).await;
    assert!(results.into_iter().all(|good| good));
    assert!(desk.max_concurrency_seen() <= most, "{}", desk.max_concurrency_seen());
    assert_eq!(seen(&desk, "get_tickets"), 40, "none was refused");
}

#[tokio::test]
async fn a_client_that_asks_too_much_at_once_asks_for_less() {
    let desk = desk().await;
    desk.set_concurrency(3);
    let retry =
        Retry::default().times(20).first_pause(Duration::from_millis(2)).longest_pause(Duration::from_millis(20));
    let client = builder(&desk, &EVERYTHING).simultaneous_calls(25).retry(retry).build().expect("a client");
    desk.fault_times("get_tickets", 400, Fault::Delay(Duration::from_millis(2)));
    let results =
        join_all((0..100).map(|_| async { client.get_tickets(GetTickets::new().limit(1)).await.is_ok() })).await;
    assert!(results.into_iter().all(|good| good), "every call succeeds in the end");
}

#[tokio::test]
async fn other_organizations_share_everything_else() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let error = client.for_organization("1").get_tickets(GetTickets::new()).await.expect_err("not the token's");
    assert_eq!(error.api().map(|refused| refused.code.as_str()), Some("OAUTH_ORG_MISMATCH"));
    client.for_organization(desk.organization()).get_tickets(GetTickets::new()).await.expect("tickets");
    assert_eq!(client.credits().spent, 2, "both are counted");
    assert!(Client::builder().access_token("x").organization("a\nb").build().is_err());
}

/// Answers one request after another.
async fn answering(mut stream: TcpStream) -> std::io::Result<()> {
    let mut head = Vec::new();
    loop {
        head.push(stream.read_u8().await?);
        if head.ends_with(b"\r\n\r\n") {
            head.clear();
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{\"data\":[]}").await?;
        }
    }
}

#[tokio::test]
async fn connections_are_used_again() {
    const CALLS: usize = 40;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(answering(stream));
        }
    });
    let client = Client::builder().base_url(url).access_token("x").organization("1").build().expect("a client");
    for _ in 0..CALLS {
        client.get_contacts(GetContacts::new()).await.expect("contacts");
    }
    // Now and then the next call is made before the connection is back.
    let connections = connections.load(Ordering::Relaxed);
    assert!(connections < CALLS / 2, "{connections} connections for {CALLS} calls");
}
