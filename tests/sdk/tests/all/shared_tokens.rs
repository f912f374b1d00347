//! One token for several processes, in a file and in Redis.

use std::collections::HashSet;

use crate::common::desk;
use crate::common::folder::Folder;
use crate::common::processes::{Time, assert_hidden, run, share_token, sign_in};
use crate::common::redis::{PASSWORD, Redis, tls};
use desk_sdk::auth::{FileStore, TokenStore};
use futures_util::future::join;

/// How often each of two processes asks for another token.
const TURNS: usize = 50;

/// Two processes refuse every token they get. A token that only one refresh replaced is one that was not doubled.
async fn two_processes(name: &str, kind: &str, place: &str, store: &dyn TokenStore, variables: &[(&str, String)]) {
    let folder = Folder::new(name);
    let desk = desk().await;
    let client = desk.register_client();
    let refresh_token = sign_in(store, &desk, &client).await;
    let time = Time::new(&desk, folder.file("clock"));
    let meeting = folder.file("meeting");
    std::fs::create_dir(&meeting).expect("a folder");
    let process = || {
        let mut command = share_token(&desk, &client, [kind, place], &time.file, TURNS);
        command.env("DESK_MEET_IN", &meeting);
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        run(command, &time)
    };
    let (one, other) = join(process(), process()).await;
    assert!(one.success && other.success, "{}{}", one.err, other.err);

    // The server knows each token that was handed out, as both processes revoke what they get; of a token that both
    // got, one revocation comes too late.
    let requests = desk.token_requests();
    let (revoked, made): (Vec<_>, Vec<_>) = requests.iter().partition(|request| request.path.ends_with("/revoke"));
    let handed_out: HashSet<&str> = revoked.iter().filter_map(|request| request.parameter("token")).collect();
    let valid = revoked.iter().filter(|request| request.error.is_none()).count();
    assert_eq!((revoked.len(), valid), (2 * TURNS, handed_out.len()), "each token was valid when it was handed out");
    // The first one at least: they wait for each other with it.
    assert!(valid < revoked.len(), "some were handed out to both");
    // The first refresh, and one for each token that was refused.
    assert_eq!(
        (desk.refreshes(), made.len()),
        (handed_out.len() + 1, handed_out.len() + 1),
        "none is doubled or denied"
    );
    assert!(desk.refreshes() > TURNS, "{} refreshes", desk.refreshes());
    // Ten at once, then ten minutes without one.
    let windows = u32::try_from((desk.refreshes() - 1) / 10).expect("a few");
    assert_eq!(time.passed().as_secs(), u64::from(windows) * 605, "for {} refreshes", desk.refreshes());

    let kept = store.load().await.expect("read").expect("a token");
    assert!(kept.refreshes.len() <= 10);
    let json: serde_json::Value = serde_json::from_str(&kept.to_json()).expect("a record");
    let last = json["access_token"].as_str().expect("a token");
    assert!(!handed_out.contains(last), "the last one was not refused");

    let mut secrets: Vec<&str> = handed_out.into_iter().collect();
    secrets.extend([last, &refresh_token, &client.secret, PASSWORD]);
    for process in [one, other] {
        assert_eq!(process.err, "");
        let counts = process.out.lines().all(|line| {
            let count = line.strip_prefix("wait ").or(line.strip_prefix("done "));
            count.is_some_and(|count| count.parse::<u64>().is_ok())
        });
        assert!(counts, "something other than counts was printed");
        assert_hidden(&secrets, &process.out);
    }
}

#[tokio::test]
async fn two_processes_share_a_file_through_fifty_refreshes() {
    let folder = Folder::new("shared-file");
    let path = folder.file("token.json");
    let place = path.to_str().expect("text");
    two_processes("file-clock", "file", place, &FileStore::new(&path), &[]).await;
}

#[tokio::test]
async fn two_processes_share_redis_through_fifty_refreshes() {
    let Some(redis) = Redis::start("shared-redis").await else { return };
    let store = redis.store("desk:token");
    two_processes("redis-clock", "redis", "desk:token", &store, &[("DESK_REDIS", redis.address())]).await;
    redis.stop().await;
}

#[tokio::test]
async fn two_processes_share_redis_by_tls() {
    let Some(redis) = Redis::start("shared-tls").await else { return };
    let store = redis.store("desk:token");
    let variables =
        [("DESK_REDIS", redis.tls_address("localhost")), ("SSL_CERT_FILE", tls("authority.pem").display().to_string())];
    two_processes("tls-clock", "redis", "desk:token", &store, &variables).await;
    redis.stop().await;
}
