//! What is no good message, how the program starts and ends.

use std::time::{Duration, Instant};

use serde_json::json;

use super::client::{Assistant, Person, Version, program};
use crate::common::Desk;

#[test]
fn what_is_no_message_is_refused_and_ends_nothing() {
    let desk = Desk::start();
    let mut assistant = Assistant::start(&desk, &[]);
    for line in [
        "",
        "   ",
        "no JSON",
        "{",
        "[]",
        "null",
        "{\"jsonrpc\":\"2.0\"}",
        "{\"jsonrpc\":\"1.0\",\"id\":1}",
        "\u{0}\u{1}",
    ] {
        assistant.send_line(line);
        assert_eq!(assistant.names().len(), 33, "after {line:?}");
    }
    let deep = format!(
        "{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{}1{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assistant.send_line(&deep);
    assert_eq!(assistant.names().len(), 33);
}

#[test]
fn a_giant_message_is_dropped_and_not_kept() {
    let desk = Desk::start();
    let mut assistant = Assistant::start(&desk, &[]);
    let words = "x".repeat(40 * 1024 * 1024);
    assistant.send(&json!({ "jsonrpc": "2.0", "id": 77, "method": "tools/call", "params": { "name": "find_operations", "arguments": { "words": words } } }));
    assert_eq!(assistant.names().len(), 33);
    #[cfg(target_os = "linux")]
    {
        let status = std::fs::read_to_string(format!("/proc/{}/status", assistant.process())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").trim().parse().unwrap();
        println!("at most {kilobytes} KiB");
        assert!(kilobytes < 150 * 1024, "{kilobytes}");
    }
}

#[test]
fn faults_of_the_protocol_are_errors_of_the_protocol() {
    let desk = Desk::start();
    let mut assistant = Assistant::start(&desk, &[]);
    let unknown = assistant.request("tools/call", json!({ "name": "delete_everything", "arguments": {} }));
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
    assert!(unknown["error"]["message"].as_str().unwrap().contains("no tool delete_everything"), "{unknown}");
    // Served, but no tool of its own.
    let rare = assistant.request("tools/call", json!({ "name": "get_roles", "arguments": {} }));
    assert_eq!(rare["error"]["code"], -32602, "{rare}");
    let method = assistant.request("tools/none", json!({}));
    assert_eq!(method["error"]["code"], -32601, "{method}");
    let wrong = assistant.request("tools/call", json!({ "arguments": {} }));
    assert!(wrong["error"]["code"].is_number(), "{wrong}");
    let wrong = assistant.request("tools/call", json!({ "name": "get_tickets", "arguments": [1] }));
    assert!(wrong["error"]["code"].is_number(), "{wrong}");
    assert!(assistant.request("ping", json!({}))["result"].is_object());
    for method in ["resources/list", "prompts/list"] {
        assert!(assistant.request(method, json!({}))["error"].is_object(), "{method}");
    }
}

#[test]
fn the_program_ends_with_its_input() {
    let desk = Desk::start();
    let (status, told) = Assistant::start(&desk, &[]).end();
    assert!(status.success(), "{told}");
    // Before anything was said.
    let (status, told) = Assistant::silent(&mut program(&desk, &[]), Version::Handshake, Person::Absent).end();
    assert!(status.success(), "{told}");
    // While a call is on its way.
    desk.server.fault("get_tickets", desk_mock::Fault::Delay(Duration::from_secs(30)));
    let mut assistant = Assistant::start(&desk, &[]);
    assistant.begin("tools/call", json!({ "name": "get_tickets", "arguments": {} }));
    let started = Instant::now();
    let (status, told) = assistant.end();
    assert!(status.success() && started.elapsed() < Duration::from_secs(30), "{told}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_at_once() {
    let desk = Desk::start();
    for signal in ["INT", "TERM"] {
        let mut assistant = Assistant::start(&desk, &[]);
        assert_eq!(assistant.names().len(), 33);
        let kill =
            std::process::Command::new("kill").args([format!("-{signal}"), assistant.process().to_string()]).status();
        assert!(kill.unwrap().success());
        let (status, told) = assistant.ended();
        assert_eq!(status.code(), Some(130), "{told}");
    }
}
