//! What is logged. Alone in its file, because what is logged is decided for a whole process.

mod common;

use common::{EVERYTHING, desk};
use desk_sdk::Client;
use desk_sdk::contacts::GetContact;
use desk_sdk::tickets::GetTickets;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;

/// Everything that is logged at any level by any library goes here.
#[derive(Clone, Default)]
struct Log(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn logs_tell_of_a_call_but_not_its_token() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let desk = desk().await;
    let token = desk.token(EVERYTHING);
    let client = Client::builder().base_url(desk.url()).access_token(&token).organization(desk.organization());
    let client = client.build().expect("a client");
    client.get_tickets(GetTickets::new().limit(1)).await.expect("tickets");
    client.get_contact(GetContact::new("7")).await.expect_err("there is none");
    let text = String::from_utf8(log.0.lock().expect("the log").clone()).expect("text");
    for part in [
        "desk_call",
        "operation=\"get_tickets\"",
        "path=\"/api/v1/tickets\"",
        "status=200",
        "attempts=1",
        "credits=1",
        "milliseconds=",
        "status=404",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains(&token), "the token is in the log");
}
