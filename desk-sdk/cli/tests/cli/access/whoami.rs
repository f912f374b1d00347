//! `desk whoami` and `desk orgs`.

use desk_mock::Edition;
use snapbox::{assert_data_eq, str};

use super::Person;
use crate::common::ran;

#[test]
fn a_token_is_told_as_it_is() {
    let person = Person::new();
    let granted = ["Desk.tickets.READ", "Desk.tickets.UPDATE", "Desk.basic.READ"];
    assert_eq!(person.sign_in(&["--profile", "work"], &granted).code, Some(0));
    person.desk.server.set_edition(Edition::Professional);
    let out = person.run(&["whoami"]);
    assert_data_eq!(
        &out.out,
        str![["
profile       work
address       http://127.0.0.1:[..]
organization  Zylker (600123456)
user          Asha Rao <asha.rao@zylker.example>
edition       enterprise: 25 calls at once, 100000 credits a day and some for each user
credits       [..] left today
operations    [..] of [..] safe, [..] of [..] write, [..] of [..] outbound, [..] of [..] destructive
scopes        Desk.basic.READ Desk.tickets.READ Desk.tickets.UPDATE
access token  valid until [..]

"]]
    );
    let told: serde_json::Value = serde_json::from_str(&person.run(&["whoami", "--json"]).out).unwrap();
    assert_eq!(told["profile"], "work");
    assert_eq!(told["organization"]["name"], "Zylker");
    assert_eq!(told["user"]["email"], "asha.rao@zylker.example");
    assert_eq!(told["scopes"].as_array().unwrap().len(), 3);
    assert_eq!(told["limits"]["simultaneous_calls"], 25);
    let safe = &told["operations"]["safe"];
    assert!(safe["allowed"].as_u64().unwrap() < safe["all"].as_u64().unwrap());
    assert!(told["credits_left"].is_u64() && told["expires_at"].is_string());
}

#[test]
fn what_the_scopes_do_not_tell_is_noted() {
    let person = Person::new();
    let organization = person.desk.server.organization().to_owned();
    let ran = person.sign_in(&["--organization", &organization], &["Desk.tickets.READ"]);
    assert!(ran.code == Some(0) && ran.err.contains("the organizations cannot be listed"), "{ran:#?}");
    let out = person.run(&["whoami"]);
    assert_eq!(out.code, Some(0), "{out:#?}");
    assert!(out.out.contains("note: what the organization is called is not known"), "{}", out.out);
    assert!(out.out.contains("note: who the token's user is is not known") || out.out.contains("user is not known"));
}

#[test]
fn a_refused_token_is_no_note() {
    let person = Person::new();
    person.signed_in(&[]);
    let token: serde_json::Value = serde_json::from_str(&person.file("token-default.json")).unwrap();
    person.desk.server.revoke(token["refresh_token"].as_str().unwrap());
    person.desk.server.expire_tokens();
    for word in ["whoami", "orgs"] {
        let out = person.run(&[word]);
        assert!(out.code == Some(3) && out.err.contains("sign in again"), "{out:#?}");
    }
    let refused =
        ran(person.command(&["whoami", "--against", person.desk.server.url()]).env("DESK_TOKEN", "1000.of.nobody"));
    assert!(refused.code == Some(3), "{refused:#?}");
    let out = ran(person.command(&["whoami"]).env("DESK_CONFIG_DIR", person.config().join("empty")));
    assert!(out.code == Some(3) && out.err.contains("`desk login`"), "{out:#?}");
}

#[test]
fn organizations_are_listed_and_chosen() {
    let person = Person::new();
    let second = person.desk.server.add_organization("Zylker 2");
    person.signed_in(&[]);
    assert_data_eq!(
        person.run(&["orgs"]).out,
        str![["
* 600123456        Zylker                       zylker               enterprise
  600123457        Zylker 2                     [..]

"]]
    );
    let out = person.run(&["orgs", "--use", &second]);
    assert_eq!(out.out, format!("profile default is for Zylker 2 ({}) now\n", &second), "{out:#?}");
    assert!(person.run(&["whoami"]).out.contains("Zylker 2 ("));
    let listed: serde_json::Value = serde_json::from_str(&person.run(&["orgs", "--json"]).out).unwrap();
    assert_eq!((&listed[0]["current"], &listed[1]["current"]), (&false.into(), &true.into()));
    let out = person.run(&["orgs", "--use", "9"]);
    assert!(out.code == Some(2) && out.err.contains("not in organization 9, but in Zylker"), "{out:#?}");
    let out = ran(person
        .command(&["orgs", "--use", &second, "--against", person.desk.server.url()])
        .env("DESK_TOKEN", &person.desk.token));
    assert!(out.code == Some(2) && out.err.contains("--use changes a profile"), "{out:#?}");
}
