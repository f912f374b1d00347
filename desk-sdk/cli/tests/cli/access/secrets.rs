//! No secret is shown, and none is in any file but those that keep secrets.

use std::fs;
use std::process::Stdio;

use super::{Person, finished, given};
use crate::common::{Ran, ran};

#[test]
fn no_secret_is_where_it_does_not_belong() {
    let person = Person::new();
    let server = &person.desk.server;
    let mut said: Vec<Ran> = Vec::new();
    let code = server.console_code(&person.client, ["Desk.basic.READ", "Desk.settings.READ"]);
    said.push(given(person.login(&["--self-client"]), &code));
    let token: serde_json::Value = serde_json::from_str(&person.file("token-default.json")).unwrap();
    let text = |key: &str| token[key].as_str().unwrap().to_owned();
    let mut secrets = vec![person.client.secret.clone(), code, text("refresh_token"), text("access_token")];
    let words: [&[&str]; 9] = [
        &["whoami"],
        &["whoami", "--json"],
        &["orgs"],
        &["profiles", "--json"],
        &["scopes", "check", "--family", "all"],
        &["export", "--dry-run", "--to", "x"],
        &["login", "--help"],
        &["profiles", "remove", "default"],
        &["whoami", "--profile", "other"],
    ];
    said.extend(words.iter().map(|word| person.run(word)));
    // What the server says back is no way out, and neither is a refusal.
    let refused = server.console_code(&person.client, ["Desk.basic.READ"]);
    let mut wrong = person.with_client(&person.login_arguments(&["--self-client", "--profile", "wrong"]));
    wrong.env("DESK_CLIENT_SECRET", "1000.wrong.secret-of-a-client");
    wrong.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    said.push(given(wrong.spawn().unwrap(), &refused));
    secrets.extend([refused, "1000.wrong.secret-of-a-client".to_owned()]);
    said.push(ran(person.command(&["whoami", "--against", server.url()]).env("DESK_TOKEN", &person.desk.token)));
    secrets.push(person.desk.token.clone());
    said.push(finished(person.login(&["--no-browser"])));
    server.revoke(&text("refresh_token"));
    server.expire_tokens();
    said.extend([&["whoami"][..], &["logout"], &["logout", "--forget"]].map(|word| person.run(word)));

    // The test itself knows what was used.
    assert!(secrets.iter().all(|secret| secret.len() > 10) && said.len() > 12);
    assert!(said.iter().any(|ran| ran.code == Some(0)) && said.iter().any(|ran| ran.code == Some(3)));
    for secret in &secrets {
        for ran in &said {
            assert!(!ran.out.contains(secret) && !ran.err.contains(secret), "{secret}: {ran:#?}");
        }
    }
}

#[test]
fn only_the_files_for_secrets_hold_some() {
    let person = Person::new();
    person.signed_in(&["--profile", "work"]);
    person.signed_in(&["--profile", "test"]);
    assert_eq!(person.run(&["whoami"]).code, Some(0));
    let secrets = |profile: &str| {
        let token: serde_json::Value = serde_json::from_str(&person.file(&format!("token-{profile}.json"))).unwrap();
        ["refresh_token", "access_token"].map(|key| token[key].as_str().unwrap().to_owned())
    };
    let known = [secrets("work"), secrets("test")].concat();
    for name in person.files() {
        let text = fs::read_to_string(person.config().join(&name)).unwrap();
        let holds = known.iter().chain([&person.client.secret]).any(|secret| text.contains(secret));
        let may_hold = name.starts_with("token-") && name.ends_with(".json") || name.starts_with("client-secret-");
        assert_eq!(holds, may_hold, "{name}");
        assert!(super::is_private(&person.config().join(&name)), "{name}");
    }
}
