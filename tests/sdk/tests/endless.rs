//! Answers without end. Alone in its file: the memory of its process is measured.

#[path = "all/common/mod.rs"]
mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use common::raw::{Raw, Script, chunk};
use desk_sdk::agents::GetAgentProfilePhoto;
use desk_sdk::auth::{MemoryStore, OauthClient, RefreshingToken, TokenProvider as _};
use desk_sdk::contacts::GetContacts;
use desk_sdk::{Decoding, Error, Retry};

/// What a call may take, in KiB.
const MOST: u64 = 100 * 1024;

/// 64 KiB of zeros, packed; repeated, they stay one packed body.
fn packed() -> Vec<u8> {
    let (start, end) = ([236, 193, 1, 1, 0, 0, 0, 128, 144, 254, 175, 238, 8, 10], [106, 0, 0, 0, 255, 255]);
    [&start[..], &[0; 63], &end].concat()
}

const GZIP: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];

/// The most memory that the process has had since it was last asked, in KiB, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let value =
        |name: &str| status.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse().ok());
    let peak = value("VmHWM:");
    // From here on the peak is what the process has now.
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    peak
}

type Answering = fn() -> Script;

fn endless(status: u16) -> Script {
    Script::chunked(status, &[], b"{\"data\": [").then_repeat(chunk(&b" {}, ".repeat(10_000)), Duration::ZERO)
}

fn bomb(status: u16) -> Script {
    let many = chunk(&packed().repeat(100));
    Script::chunked(status, &[("content-encoding", "gzip")], GZIP).then_repeat(many, Duration::ZERO)
}

/// Makes a call and says how much more memory the process had meanwhile.
async fn grown<T>(call: impl Future<Output = T>) -> (T, u64) {
    peak();
    let before = peak().unwrap_or_default();
    let result = call.await;
    (result, peak().unwrap_or_default().saturating_sub(before))
}

#[tokio::test]
async fn no_answer_fills_the_memory() {
    let scripts: [(&str, Answering, bool); 4] = [
        ("endless", || endless(200), true),
        ("bomb", || bomb(200), true),
        ("endless error", || endless(500), false),
        ("bomb of an error", || bomb(422), false),
    ];
    for (what, script, success) in scripts {
        let desk = Raw::start(move |_, _| script()).await;
        let client = desk.builder().retry(Retry::default().times(1)).build().expect("a client");
        let turns = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&turns);
        let other = tokio::spawn(async move {
            loop {
                counted.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
            }
        });
        let (result, grown) = grown(client.get_contacts(GetContacts::new())).await;
        other.abort();
        let error = result.expect_err(what);
        if success {
            assert!(matches!(error, Error::AnswerTooLarge { limit, .. } if limit == 64 << 20), "{what}: {error}");
            assert!(turns.load(Ordering::Relaxed) > 400, "{what}: others had {turns:?} turns");
        } else {
            assert!(matches!(error, Error::Api(_)), "{what}: {error}");
        }
        assert!(error.to_string().len() < 1000, "{what}: {error}");
        println!("{what}: {grown} KiB");
        assert!(grown < MOST, "{what}: {grown} KiB");
    }

    for (what, script, _) in scripts {
        let accounts = Raw::start(move |_, _| script()).await;
        let client = OauthClient::new("1000.ID", "secret").accounts_url(accounts.url());
        let tokens = RefreshingToken::new(client, MemoryStore::new()).refresh_token("1000.refresh");
        let (result, grown) = grown(tokens.token()).await;
        let error = result.expect_err(what);
        assert!(error.to_string().ends_with("the answer is larger than 1048576 bytes"), "{what}: {error}");
        assert!(grown < MOST, "{what}: {grown} KiB");
    }

    let desk = Raw::start(|_, _| endless(200)).await;
    let small = desk.builder().largest_answer(100_000).build().expect("a client");
    let error = small.get_contacts(GetContacts::new()).await.expect_err("too large").to_string();
    assert_eq!(
        error,
        "get_contacts answered with more than 100000 bytes, the most that the client keeps in memory. \
         Request less at once, or build the client with a larger `largest_answer`"
    );
    let photo = small.get_agent_profile_photo(GetAgentProfilePhoto::new("7")).await.expect("opened");
    assert!(matches!(photo.bytes().await, Err(Error::AnswerTooLarge { .. })));

    wrong_elements().await;
}

/// Five megabytes in which nothing is what it should be.
async fn wrong_elements() {
    let body = format!("{{\"data\": [{}1]}}", "1,".repeat(2_500_000));
    let desk = Raw::start(move |_, _| Script::answer(200, &[], body.len(), body.as_bytes())).await;
    for decoding in [Decoding::Strict, Decoding::Lenient] {
        let client = desk.builder().decoding(decoding).build().expect("a client");
        let (answer, grown) = grown(client.get_contacts(GetContacts::new())).await;
        match answer {
            Ok(answer) => assert_eq!((answer.mismatches().len(), answer.mismatches().total()), (1000, 2_500_001)),
            Err(error) => assert!(error.to_string().contains("data[0]: expected a record, found 1"), "{error}"),
        }
        println!("wrong elements, {decoding:?}: {grown} KiB");
        assert!(grown < 3 * MOST, "{decoding:?}: {grown} KiB");
    }
}
