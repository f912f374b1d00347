//! Once over a real connection.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::MockDesk;

#[tokio::test]
async fn over_a_real_connection() {
    let desk = MockDesk::start().await.unwrap();
    let token = desk.token(["Desk.tickets.READ"]);
    let address = desk.url().strip_prefix("http://").unwrap().to_owned();
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let request = format!(
        "GET /api/v1/tickets?limit=1 HTTP/1.1\r\nhost: {address}\r\norgId: {}\r\n\
         authorization: Zoho-oauthtoken {token}\r\nconnection: close\r\n\r\n",
        desk.organization()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("x-rate-limit-remaining-v3: 99999\r\n"), "{answer}");
    assert!(answer.contains("Grinder stops"), "{answer}");
    let received = desk.requests();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].operation.as_deref(), Some("get_tickets"));
    assert_eq!(received[0].query_value("limit"), Some("1"));
    assert!(!format!("{desk:?} {received:?}").contains(&token));
    desk.reset_requests();
    assert!(desk.requests().is_empty());

    drop(desk);
    for _ in 0..100 {
        if TcpStream::connect(&address).await.is_err() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the server did not stop");
}
