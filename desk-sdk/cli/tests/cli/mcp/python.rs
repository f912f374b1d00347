//! The protocol's own SDK for Python as the client.
//!
//! It is installed into an environment below the target folder, so the tests run where they are asked for:
//! `cargo test --package desk-cli --test cli -- --ignored mcp::python`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::{Value, json};

use super::http::Served;
use crate::common::Desk;

/// The version that these tests were written with.
const PACKAGE: &str = "mcp==2.3.0";
const SECRET: &str = "a-secret-of-the-tests-0123456789";

fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

/// Python with the package. It is made once; a broken one is made again.
fn environment() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mcp-client");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let version = "import importlib.metadata as m, mcp.client.client; print('mcp==' + m.version('mcp'))";
    let usable =
        |python: &Path| run(Command::new(python).args(["-c", version])).is_ok_and(|found| found.trim() == PACKAGE);
    if usable(&python) {
        return Ok(python);
    }
    let system = if cfg!(windows) { "python" } else { "python3" };
    run(Command::new(system).args(["-m", "venv", "--clear"]).arg(&folder))?;
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE]))?;
    if usable(&python) { Ok(python) } else { Err("the package was installed, but cannot be used".to_owned()) }
}

fn python() -> &'static Path {
    static PYTHON: LazyLock<PathBuf> = LazyLock::new(|| {
        environment().unwrap_or_else(|reason| panic!("the client in Python cannot be installed: {reason}"))
    });
    &PYTHON
}

/// What the client does, whichever way it is connected: `use(client)` returns what is printed.
const CLIENT: &str = r#"
import asyncio, json, os, sys
from mcp import StdioServerParameters
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
import mcp_types as types

settings = json.loads(sys.argv[1])
asked = []

async def ask(context, params):
    asked.append(params.message)
    action = settings["person"]
    return types.ElicitResult(action=action, content={"confirm": True} if action == "accept" else None)

def connected():
    options = {"mode": settings["mode"], "read_timeout_seconds": 60}
    if settings["person"]:
        options["elicitation_callback"] = ask
    if "url" in settings:
        import httpx2
        http = httpx2.AsyncClient(headers={"Authorization": "Bearer " + settings["secret"]}, timeout=60)
        return Client(streamable_http_client(settings["url"], http_client=http), **options)
    server = StdioServerParameters(command=settings["program"], args=settings["arguments"], env=settings["environment"])
    return Client(server, **options)

async def call(client, tool, arguments):
    result = await client.call_tool(tool, arguments)
    return {"error": bool(result.is_error), "structured": result.structured_content, "text": result.content[0].text}

async def main():
    async with connected() as client:
        listed = await client.list_tools()
        tickets = await call(client, "get_tickets", {"limit": 3})
        more = await call(client, "get_tickets", {"limit": 3, "position": tickets["structured"]["position"]})
        wrong = await call(client, "get_tickets", {"departmentIDs": ["1"]})
        together = await asyncio.gather(*[call(client, "get_contacts", {"limit": 1}) for _ in range(10)])
        reply = await call(client, "call_operation", {"operation": "send_reply", "arguments": settings["reply"]})
        print(json.dumps({
            "instructions": bool(client.instructions), "version": client.protocol_version,
            "tools": [tool.name for tool in listed.tools], "tickets": tickets, "more": more, "wrong": wrong,
            "together": [one["structured"]["shown"] for one in together], "reply": reply, "asked": asked,
        }))

asyncio.run(main())
"#;

/// Runs the client with a person who accepts, declines, or is not there.
fn used(python: &Path, desk: &Desk, mode: &str, person: &str, over_http: bool) -> Value {
    let ticket = desk.server.records("tickets")[0]["id"].clone();
    let reply = json!({ "ticketId": ticket, "channel": "EMAIL", "to": "ada@example.com", "content": "On it" });
    let mut settings = json!({ "mode": mode, "person": person, "reply": reply });
    let served = over_http.then(|| Served::start(desk, &["--max-risk", "outbound"], Some(SECRET)));
    match &served {
        Some(served) => {
            settings["url"] = format!("http://127.0.0.1:{}/mcp", served.port).into();
            settings["secret"] = SECRET.into();
        }
        None => {
            settings["program"] = env!("CARGO_BIN_EXE_desk").into();
            settings["arguments"] = json!(["mcp", "--against", desk.server.url(), "--max-risk", "outbound"]);
            settings["environment"] = json!({ "DESK_TOKEN": desk.token, "DESK_SCOPES": desk.scopes });
        }
    }
    let printed = run(Command::new(python).args(["-c", CLIENT]).arg(settings.to_string()));
    let printed = printed.unwrap_or_else(|error| panic!("{mode} {person} {over_http}: {error}"));
    serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}"))
}

#[test]
#[ignore = "installs the protocol's SDK from PyPI"]
fn the_sdk_for_python_uses_it_in_every_way() {
    let python = python();
    for over_http in [false, true] {
        for mode in ["legacy", "auto"] {
            let desk = Desk::start();
            desk.server.fill("tickets", 10);
            for (person, refused) in [("decline", Some("declined")), ("", Some("confirmation")), ("accept", None)] {
                let used = used(python, &desk, mode, person, over_http);
                let what = format!("{mode} {person} {over_http}: {used:#}");
                assert!(used["instructions"] == true && used["tools"].as_array().unwrap().len() == 33, "{what}");
                assert_eq!(used["version"] == "2026-07-28", mode == "auto", "{what}");
                assert_eq!(used["tickets"]["structured"]["shown"], 3, "{what}");
                assert_eq!(used["more"]["structured"]["before"], 3, "{what}");
                assert!(
                    used["wrong"]["error"] == true && used["wrong"]["text"].to_string().contains("departmentIds"),
                    "{what}"
                );
                assert_eq!(used["together"], json!(vec![1; 10]), "{what}");
                let sent =
                    desk.server.requests().iter().filter(|one| one.operation.as_deref() == Some("send_reply")).count();
                match refused {
                    Some(kind) => assert_eq!(used["reply"]["structured"]["refused"], kind, "{what}"),
                    None => assert_eq!(used["reply"]["error"], false, "{what}"),
                }
                assert_eq!(sent, usize::from(refused.is_none()), "{what}");
                assert_eq!(used["asked"].as_array().unwrap().len(), usize::from(!person.is_empty()), "{what}");
            }
        }
    }
}
