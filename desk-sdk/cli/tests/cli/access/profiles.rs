//! Profiles, and which of several says where the token is.

use std::fs;

use snapbox::{assert_data_eq, str};

use super::Person;
use crate::common::{Ran, ran};

#[test]
fn profiles_are_listed_chosen_and_removed() {
    let person = Person::new();
    assert_eq!(person.run(&["profiles"]).out, "no profiles yet; `desk login` makes one\n");
    person.signed_in(&["--profile", "work"]);
    person.signed_in(&["--profile", "test"]);
    assert_data_eq!(
        person.run(&["profiles"]).out,
        str![["
  test                 http://127.0.0.1:[..]       600123456        file
* work                 http://127.0.0.1:[..]       600123456        file

"]]
    );
    assert_eq!(person.run(&["profiles", "default", "test"]).out, "the default profile is test\n");
    let listed: serde_json::Value = serde_json::from_str(&person.run(&["profiles", "--json"]).out).unwrap();
    assert_eq!((&listed[0]["name"], &listed[0]["default"]), (&"test".into(), &true.into()));
    assert_eq!((&listed[1]["organization"], &listed[1]["default"]), (&"600123456".into(), &false.into()));
    assert!(person.run(&["whoami"]).out.starts_with("profile       test\n"));

    let refused = person.run(&["profiles", "remove", "test"]);
    assert!(refused.code == Some(2) && refused.err.contains("`desk logout --profile test`"), "{refused:#?}");
    assert_eq!(person.run(&["logout"]).code, Some(0));
    assert_eq!(person.run(&["profiles", "remove", "test"]).out, "removed: profile test\n");
    assert_eq!(person.run(&["profiles", "remove", "work", "--forget"]).code, Some(0));
    assert_eq!(person.files(), ["profiles.toml", "profiles.toml.lock"]);
    let unknown = person.run(&["profiles", "default", "test"]);
    assert!(unknown.code == Some(2) && unknown.err.contains("there are none yet"), "{unknown:#?}");
}

#[test]
fn what_is_said_nearer_counts_first() {
    let person = Person::new();
    person.signed_in(&["--profile", "work"]);
    person.signed_in(&["--profile", "test"]);
    let url = person.desk.server.url();
    let whose = |ran: Ran| {
        assert_eq!(ran.code, Some(0), "{ran:#?}");
        ran.out.lines().next().unwrap().strip_prefix("profile       ").unwrap().to_owned()
    };
    let token = &person.desk.token;
    assert_eq!(whose(person.run(&["whoami"])), "work");
    // Before the word, and after it.
    assert_eq!(whose(person.run(&["--profile", "test", "whoami"])), "test");
    assert_eq!(whose(person.run(&["whoami", "--profile", "test"])), "test");
    assert_eq!(whose(ran(person.command(&["whoami"]).env("DESK_PROFILE", "test"))), "test");
    assert_eq!(whose(ran(person.command(&["whoami", "--profile=work"]).env("DESK_PROFILE", "test"))), "work");
    // A token of the environment counts before the default profile, and not before one that is named.
    let with_token = |arguments: &[&str]| ran(person.command(arguments).env("DESK_TOKEN", token));
    assert_eq!(whose(with_token(&["whoami", "--against", url])), "none; the token is from DESK_TOKEN");
    assert_eq!(whose(with_token(&["whoami", "--profile", "test"])), "test");
    let both = ran(person.command(&["whoami"]).env("DESK_TOKEN", token).env("DESK_PROFILE", "test"));
    assert!(both.code == Some(2) && both.err.contains("unset one of them"), "{both:#?}");
    let both = person.run(&["whoami", "--profile", "test", "--token-store", "x"]);
    assert!(both.code == Some(2) && both.err.contains("give one of them"), "{both:#?}");
    // A named profile says where Desk is as well.
    let elsewhere = ran(person.command(&["whoami", "--profile", "test"]).env("DESK_DATA_CENTRE", "eu"));
    assert_eq!(whose(elsewhere), "test");
    // Exports have the same access.
    let to = person.config().join("export");
    let exported =
        person.run(&["export", "--profile", "test", "--resources", "departments", "--to", to.to_str().unwrap()]);
    assert_eq!(exported.code, Some(0), "{exported:#?}");
}

#[test]
fn the_scopes_of_a_profile_are_checked() {
    let person = Person::new();
    let ran = person.sign_in(&["--profile", "work"], &["Desk.tickets.READ", "Desk.basic.READ"]);
    assert_eq!(ran.code, Some(0), "{ran:#?}");
    let check = |arguments: &[&str]| person.run(&[&["scopes", "check"], arguments].concat());
    assert_eq!(check(&["--profile", "work", "--operations", "get_tickets"]).code, Some(0));
    assert_eq!(check(&["--operations", "get_tickets"]).code, Some(0));
    let missing = check(&["--operations", "update_ticket"]);
    assert!(missing.code == Some(1) && missing.out.contains("Desk.tickets.UPDATE"), "{missing:#?}");
    let unknown = person.run(&["--profile", "wrok", "scopes", "check", "--operations", "get_tickets"]);
    assert!(unknown.code == Some(2) && unknown.err.contains("did you mean work?"), "{unknown:#?}");
    let both = check(&["--profile", "work", "--granted", "Desk.basic.READ", "--operations", "get_tickets"]);
    assert!(both.code == Some(2) && both.err.contains("give one of them"), "{both:#?}");
    person.run(&["profiles", "remove", "work", "--forget"]);
    let none = check(&["--operations", "get_tickets"]);
    assert!(none.code == Some(2) && none.err.contains("--granted, --token-store or --profile"), "{none:#?}");
}

#[test]
fn a_broken_file_is_told_with_its_line_and_left_alone() {
    let person = Person::new();
    fs::create_dir_all(person.config()).unwrap();
    let file = person.config().join("profiles.toml");
    for (text, told) in [
        ("default = \"work\"\n[profiles.work\n", "line 2"),
        ("[profiles.work]\norganisation = \"7\"\n", "did you mean `organization`?"),
        ("[profiles.work]\naddress = 7\n", "line 2: write a text in quotes"),
    ] {
        fs::write(&file, text).unwrap();
        for word in
            [&["whoami"][..], &["profiles"], &["profiles", "default", "work"], &["logout"], &["mock", "--port", "0"]]
        {
            let out = person.run(word);
            assert!(out.code == Some(2) && out.err.contains(told), "{word:?}: {out:#?}");
            assert!(out.err.contains("profiles.toml"), "{}", out.err);
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }
    fs::write(&file, "default = \"gone\"\n[profiles.home]\n").unwrap();
    let out = person.run(&["whoami"]);
    assert!(out.code == Some(2) && out.err.contains("there is no profile `gone`"), "{out:#?}");
    let out = person.run(&["whoami", "--profile", "home"]);
    assert!(out.code == Some(3) && out.err.contains("`home` is not signed in"), "{out:#?}");
    fs::write(&file, [0xff, 0xfe]).unwrap();
    let out = person.run(&["profiles"]);
    assert!(out.code == Some(1) && out.err.contains("profiles.toml: reading failed"), "{out:#?}");
    // A token of the environment needs no profiles.
    let out =
        ran(person.command(&["whoami", "--against", person.desk.server.url()]).env("DESK_TOKEN", &person.desk.token));
    assert_eq!(out.code, Some(0), "{out:#?}");
}

#[test]
fn tokens_are_no_arguments() {
    let person = Person::new();
    for arguments in [&["whoami", "--token-store", &person.desk.token][..], &["--profile", &person.desk.token, "orgs"]]
    {
        let out = person.run(arguments);
        assert!(out.code == Some(2) && out.err.contains("set DESK_TOKEN instead"), "{out:#?}");
        assert!(!out.err.contains(&person.desk.token));
    }
}

#[test]
fn what_is_wrong_in_the_file_is_told_with_its_line() {
    let person = Person::new();
    fs::create_dir_all(person.config()).unwrap();
    for (text, part) in [
        ("[profiles.work]\naddress = \"desk.example\"\n", "profiles.toml, line 2: `address` is no address"),
        (
            "[profiles.work]\n\naddress = \"http://desk.example\"\n",
            "profiles.toml, line 3: `address` starts with http://",
        ),
        ("[profiles.work]\nredirect-uri = \"nonsense\"\n", "profiles.toml, line 2: `redirect-uri` is no address"),
    ] {
        fs::write(person.config().join("profiles.toml"), text).unwrap();
        for words in [&["whoami"][..], &["profiles"], &["call", "get_tickets", "--profile", "work"]] {
            let told = person.run(words);
            assert!(told.code == Some(2) && told.err.contains(part), "{words:?}: {told:?}");
        }
    }
}

#[test]
fn what_cannot_be_signed_in_with_is_told_at_once() {
    let person = Person::new();
    for (words, part) in [
        (&["--redirect-uri", "nonsense"][..], "--redirect-uri is no address, such as http://localhost:8080/"),
        (&["--redirect-uri", "https://app.example/"], "does not lead to this computer"),
        (&["--scopes", "Desk.tickts.READ"], "did you mean Desk.tickets.READ?"),
        (&["--against", "http://desk.example"], "leads to desk.example"),
    ] {
        let told = ran(&mut person.with_client(&[&["login"], words].concat()));
        assert!(told.code == Some(2) && told.err.contains(part), "{words:?}: {told:?}");
        assert!(!told.err.contains("Signing in") && person.files().is_empty(), "{words:?}: {told:?}");
    }
    // A browser on another computer ends anywhere.
    let words =
        ["login", "--redirect-uri", "https://app.example/", "--no-browser", "--against", person.desk.server.url()];
    let told = ran(&mut person.with_client(&words));
    assert!(told.err.contains("app.example") && !told.err.contains("does not lead"), "{told:?}");
}
