//! `desk help`.

use serde_json::Value;

use crate::common::{bare, ran};

#[test]
fn an_operation_is_explained() {
    let told = ran(bare().args(["help", "get_tickets"]));
    assert_eq!((told.code, told.err.as_str()), (Some(0), ""), "{told:?}");
    for part in [
        "GET /api/v1/tickets · safe · family tickets\n",
        "  --limit NUMBER ",
        "at most 100",
        "Scopes: Desk.tickets.READ.\n",
        "desk call get_tickets --limit 5\n",
        "use desk_sdk::tickets::GetTickets;\n",
        "let answer = client.get_tickets(GetTickets::new().limit(5)).await?;\n",
        "curl 'https://desk.zoho.com/api/v1/tickets?limit=5' \\\n",
        "-H \"Authorization: Zoho-oauthtoken $DESK_TOKEN\"",
    ] {
        assert!(told.out.contains(part), "{part:?} is not in {}", told.out);
    }
    for same in ["getTickets", "client.get_tickets(…)", "GET /api/v1/tickets"] {
        let again = ran(bare().args(["help", same]));
        assert_eq!(again.out, told.out, "{same}");
    }
    let json: Value = serde_json::from_str(&ran(bare().args(["help", "get_tickets", "--json"])).out).unwrap();
    assert_eq!(json["arguments"]["properties"]["limit"]["maximum"], 100);
}

#[test]
fn words_and_first_steps_are_explained() {
    let first = ran(bare().arg("help"));
    assert!(first.code == Some(0) && first.out.contains("First steps:"), "{first:?}");
    assert_eq!(ran(bare().arg("--help")).out, first.out);
    let call = ran(bare().args(["help", "call"]));
    assert!(call.out.contains("Usage: desk call <OPERATION>") && call.out.contains("--max-risk"), "{call:?}");
    assert_eq!(ran(bare().args(["call", "--help"])).code, Some(0));
    assert!(ran(bare().args(["help", "scopes", "check"])).out.contains("Usage: desk scopes check"));
    let own = ran(bare().args(["call", "get_tickets", "--help"]));
    assert!(own.code == Some(0) && own.out.contains("--sort-by <TEXT>") && own.out.contains("--columns"), "{own:?}");
    let unknown = ran(bare().args(["help", "get_tikets"]));
    assert!(unknown.code == Some(2) && unknown.err.contains("did you mean get_tickets?"), "{unknown:?}");
}
