use serde_json::{Value, json};

use super::{Links, Portal, Source};
use crate::auth::DataCentre;
use crate::record::{Held, Record, Slot, Undeclared};
use crate::{LinkOrigin, Linked};

/// A record whose links have every form.
#[derive(Debug, Default)]
struct Page {
    id: Option<Value>,
    owner: Option<Value>,
    web_url: Option<Value>,
    undeclared: Undeclared,
}

impl Record for Page {
    const NAME: &'static str = "Page";
    const FIELDS: &'static [&'static str] = &["id", "owner", "webUrl"];

    fn parts(&self) -> (Vec<&dyn Held>, &Undeclared) {
        (vec![&self.id, &self.owner, &self.web_url], &self.undeclared)
    }

    fn parts_mut(&mut self) -> (Vec<&mut dyn Slot>, &mut Undeclared) {
        (vec![&mut self.id, &mut self.owner, &mut self.web_url], &mut self.undeclared)
    }
}

impl Linked for Page {
    const LINKS: Links = Links::NONE
        .agent(Source::NONE.field("webUrl").observed("#Pages/{id}"))
        .help_center(Source::NONE.inferred("{portal.locale}/{owner.name}/{id}"));
}

fn page(id: Value, web_url: Value) -> Page {
    Page { id: Some(id), web_url: Some(web_url), owner: Some(json!({ "name": "Ada Ray" })), ..Page::default() }
}

fn portal() -> Portal {
    Portal::new(DataCentre::India, "zylker").locale("en")
}

fn agent(page: &Page, portal: &Portal) -> Option<String> {
    page.agent_link(portal).map(String::from)
}

#[test]
fn a_link_that_was_answered_comes_first() {
    let answered = page(json!("7"), json!("https://desk.zoho.in/support/zylker/7"));
    let link = answered.agent_link(&portal()).expect("a link");
    assert_eq!(
        (link.to_string().as_str(), link.origin()),
        ("https://desk.zoho.in/support/zylker/7", LinkOrigin::Answered)
    );
    assert_eq!(answered.agent_link(None), Some(link));
}

#[test]
fn a_link_is_made_where_none_was_answered() {
    let made = "https://desk.zoho.in/support/zylker/#Pages/7";
    for answered in [
        json!(null),
        json!(""),
        json!("/support/7"),
        json!("javascript:alert(1)"),
        json!("https://"),
        json!(7),
        json!("https://desk.zoho.in@evil.example/7"),
        json!("data:text/html,x"),
    ] {
        let link = page(json!("7"), answered.clone()).agent_link(&portal()).expect("a link");
        assert_eq!((link.as_str(), link.origin()), (made, LinkOrigin::Observed), "{answered}");
    }
    let link = page(json!(7), json!(null)).help_center_link(&portal()).expect("a link");
    assert_eq!(link.as_str(), "https://desk.zoho.in/portal/zylker/en/Ada%20Ray/7");
    assert_eq!(link.origin(), LinkOrigin::Inferred);
}

#[test]
fn nothing_is_made_up() {
    let whole = page(json!("7"), json!(null));
    assert_eq!(whole.agent_link(None), None);
    assert_eq!(whole.help_center_link(&Portal::new(DataCentre::India, "zylker")), None, "without a locale");
    assert_eq!(Page { owner: None, id: Some(json!("7")), ..Page::default() }.help_center_link(&portal()), None);
    for id in [json!(null), json!(""), json!(" "), json!([7]), json!({ "id": 7 }), json!(true), json!("."), json!("..")]
    {
        assert_eq!(agent(&page(id.clone(), json!(null)), &portal()), None, "{id}");
    }
    for name in ["", " ", ".", "..", "\t..\n"] {
        assert_eq!(agent(&whole, &Portal::new(DataCentre::India, name)), None, "{name:?}");
    }
}

#[test]
fn hostile_values_stay_in_their_place() {
    let hostile = [
        "../..",
        "7/../../x",
        "7?x=1#y",
        "//evil.example",
        "@evil.example",
        "\\evil",
        "%2e%2e",
        "a b\r\nc",
        "{id}",
        "ä",
    ];
    for value in hostile {
        let link =
            page(json!(value), json!(null)).help_center_link(&Portal::new(DataCentre::India, value).locale(value));
        let link = link.unwrap_or_else(|| panic!("{value}"));
        let url = reqwest::Url::parse(link.as_str()).expect("an address");
        assert_eq!(url.as_str(), link.as_str(), "a browser would change it");
        assert_eq!(
            (url.scheme(), url.host_str(), url.query(), url.fragment()),
            ("https", Some("desk.zoho.in"), None, None)
        );
        let parts: Vec<_> = url.path_segments().expect("a path").collect();
        assert_eq!((parts.len(), parts[0], parts[3]), (5, "portal", "Ada%20Ray"), "{link}");
        for part in [parts[1], parts[2], parts[4]] {
            assert_eq!(percent_encoding::percent_decode_str(part).decode_utf8_lossy(), value);
        }
    }
}

#[test]
fn hosts_of_its_own_are_host_names() {
    let whole = page(json!("7"), json!(null));
    let own = portal().agent_host("Support.example.com").and_then(|own| own.help_center_host("hilfe.bücher.example"));
    let own = own.expect("two hosts");
    assert_eq!(agent(&whole, &own).as_deref(), Some("https://support.example.com/support/zylker/#Pages/7"));
    let link = whole.help_center_link(&own).expect("a link");
    assert_eq!(link.as_str(), "https://hilfe.xn--bcher-kva.example/portal/en/Ada%20Ray/7");
    for host in [
        "",
        "localhost",
        "https://a.example",
        "a.example/b",
        "a.example:8080",
        "a@b.example",
        "a b.example",
        "127.0.0.1",
        "0x7f.1",
        "[::1]",
        "a..example",
        ".",
        "a.example?",
        "a.example\n",
        "a_b.example#",
    ] {
        let error = portal().help_center_host(host).expect_err(host).to_string();
        assert!(error.contains("is not the name of a host; give it alone"), "{error}");
        assert!(portal().agent_host(host).is_err(), "{host}");
    }
}

#[cfg(feature = "organization")]
#[test]
fn an_organization_says_where_its_pages_are() {
    use crate::types::Organization;

    let of = |record: Value| {
        let organization: Organization = serde_json::from_value(record).expect("an organization");
        Portal::of(&organization, DataCentre::UnitedStates).map(|portal| portal.locale("en"))
    };
    let whole = page(json!("7"), json!(null));
    let link = |portal: Portal| whole.help_center_link(&portal).map(String::from).unwrap_or_default();
    let plain = of(json!({ "portalName": "zylker", "customDomain": null })).expect("a portal");
    assert_eq!(link(plain), "https://desk.zoho.com/portal/zylker/en/Ada%20Ray/7");
    let own = of(json!({ "portalName": "zylker", "customDomain": "help.zylker.example" })).expect("a portal");
    assert_eq!(agent(&whole, &own).as_deref(), Some("https://desk.zoho.com/support/zylker/#Pages/7"));
    assert_eq!(link(own), "https://help.zylker.example/portal/en/Ada%20Ray/7");
    let odd = of(json!({ "portalName": "zylker", "customDomain": "evil.example/x?" })).expect("a portal");
    assert_eq!(link(odd), "https://desk.zoho.com/portal/zylker/en/Ada%20Ray/7");
    assert_eq!(of(json!({ "portalName": " " })), None);
    assert_eq!(of(json!({})), None);
}
