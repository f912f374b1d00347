//! `desk logout`.

use super::Person;
use crate::common::ran;

#[test]
fn the_token_is_revoked_and_everything_is_forgotten() {
    let person = Person::new();
    person.signed_in(&[]);
    let kept = person.file("token-default.json");
    let out = person.run(&["logout"]);
    assert_eq!((out.code, out.out.as_str()), (Some(0), "signed out: profile default\n"), "{out:#?}");
    let revoked = person.desk.server.token_requests().pop().unwrap();
    assert_eq!(revoked.path, "/oauth/v2/token/revoke");
    assert!(kept.contains(revoked.parameter("token").unwrap()));
    assert_eq!(person.files(), ["profiles.toml", "profiles.toml.lock"]);
    // The settings stay, so that the next sign-in asks for less.
    let out = person.run(&["whoami"]);
    assert!(out.code == Some(3) && out.err.contains("`desk login --profile default`"), "{out:#?}");
    let out = person.run(&["logout"]);
    assert_eq!((out.code, out.out.as_str()), (Some(0), "was not signed in: profile default\n"));
}

#[test]
fn what_cannot_be_revoked_is_kept_unless_it_is_to_be_forgotten() {
    let person = Person::new();
    person.signed_in(&["--profile", "work"]);
    let Person { desk, .. } = &person;
    // The accounts server knows it no longer.
    let token: serde_json::Value = serde_json::from_str(&person.file("token-work.json")).unwrap();
    desk.server.revoke(token["refresh_token"].as_str().unwrap());
    let out = person.run(&["logout", "--profile", "work"]);
    assert!(out.code == Some(3) && out.err.contains("everything is kept") && out.err.contains("--forget"), "{out:#?}");
    assert!(person.files().contains(&"token-work.json".to_owned()));
    let out = person.run(&["logout", "--profile", "work", "--forget"]);
    assert!(out.code == Some(0) && out.err.contains("was not revoked"), "{out:#?}");
    assert_eq!(out.out, "forgotten: profile work\n");
    assert!(!person.files().contains(&"token-work.json".to_owned()));
}

#[test]
fn a_token_of_the_environment_ends_no_profile() {
    let person = Person::new();
    person.signed_in(&[]);
    let kept = person.file("token-default.json");
    let out = ran(person.command(&["logout"]).env("DESK_TOKEN", "another"));
    assert!(out.code == Some(2) && out.err.contains("DESK_TOKEN") && out.err.contains("--profile"), "{out:#?}");
    assert_eq!(person.file("token-default.json"), kept);
    let out = ran(person.command(&["logout", "--profile", "default"]).env("DESK_TOKEN", "another"));
    assert_eq!((out.code, out.out.as_str()), (Some(0), "signed out: profile default\n"), "{out:#?}");
}

#[test]
fn a_profile_is_needed() {
    let person = Person::new();
    let out = person.run(&["logout"]);
    assert!(out.code == Some(2) && out.err.contains("no default profile"), "{out:#?}");
    let out = ran(person.command(&["logout"]).env("DESK_PROFILE", "wrk"));
    assert!(out.code == Some(2) && out.err.contains("no profile `wrk`"), "{out:#?}");
}
