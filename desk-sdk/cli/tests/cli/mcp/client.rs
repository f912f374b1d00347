//! A client of the protocol, which is as good or bad as a test wants it.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::common::{Desk, bare};

/// No answer takes longer, not even on a busy computer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Which version of the protocol is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// With a handshake, and questions within a call.
    Handshake,
    /// Every request says everything, and questions are answered with a call of their own.
    Stateless,
}

/// What the person at the client does when they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Person {
    /// The client cannot ask.
    Absent,
    Accepts,
    /// Accepts the form without saying yes.
    AcceptsWithoutYes,
    Declines,
}

/// The program, and a client that talks to it over standard input and output.
pub(crate) struct Assistant {
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
    errors: Option<std::process::ChildStderr>,
    version: Version,
    person: Person,
    next: u64,
    /// The questions that the person was asked.
    pub(crate) questions: Vec<String>,
    /// Messages that came while another one was waited for.
    early: VecDeque<Value>,
}

/// `desk mcp` with access to the server.
pub(crate) fn program(desk: &Desk, arguments: &[&str]) -> Command {
    let mut command = bare();
    command.args(["mcp", "--against", desk.server.url()]).args(arguments);
    command.env("DESK_TOKEN", &desk.token).env("DESK_SCOPES", &desk.scopes).env_remove("DESK_MCP_SECRET");
    command
}

impl Assistant {
    pub(crate) fn start(desk: &Desk, arguments: &[&str]) -> Self {
        Self::of(&mut program(desk, arguments), Version::Handshake, Person::Absent)
    }

    pub(crate) fn of(command: &mut Command, version: Version, person: Person) -> Self {
        let mut assistant = Self::silent(command, version, person);
        if version == Version::Handshake {
            let capabilities = assistant.capabilities();
            let info = json!({ "name": "test", "version": "1" });
            let params = json!({ "protocolVersion": "2025-06-18", "capabilities": capabilities, "clientInfo": info });
            let answer = assistant.request("initialize", params);
            assert_eq!(answer["result"]["serverInfo"]["name"], "desk", "{answer}");
            assistant.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        }
        assistant
    }

    /// One that has not said anything yet.
    pub(crate) fn silent(command: &mut Command, version: Version, person: Person) -> Self {
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let (input, output, errors) = (child.stdin.take(), child.stdout.take().unwrap(), child.stderr.take());
        let (found, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if found.send(line).is_err() {
                    break;
                }
            }
        });
        Self { child, input, lines, errors, version, person, next: 0, questions: Vec::new(), early: VecDeque::new() }
    }

    fn capabilities(&self) -> Value {
        if self.person == Person::Absent { json!({}) } else { json!({ "elicitation": { "form": {} } }) }
    }

    pub(crate) fn send(&mut self, message: &Value) {
        self.send_line(&message.to_string());
    }

    pub(crate) fn send_line(&mut self, line: &str) {
        let input = self.input.as_mut().unwrap();
        input.write_all(line.as_bytes()).and_then(|()| input.write_all(b"\n")).and_then(|()| input.flush()).unwrap();
    }

    /// Sends a request, and gives its number.
    pub(crate) fn begin(&mut self, method: &str, mut params: Value) -> u64 {
        self.next += 1;
        if self.version == Version::Stateless {
            params["_meta"] = json!({
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" },
                "io.modelcontextprotocol/clientCapabilities": self.capabilities(),
            });
        }
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The next message; each line is one.
    pub(crate) fn next_message(&mut self) -> Value {
        let line = self.lines.recv_timeout(PATIENCE).expect("a message");
        let message: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_eq!(message["jsonrpc"], "2.0", "{line}");
        message
    }

    /// The answer to a request. Questions that come before it are put to the person.
    pub(crate) fn finish(&mut self, id: u64) -> Value {
        if let Some(at) = self.early.iter().position(|message| message["id"] == id && message.get("method").is_none()) {
            return self.early.remove(at).unwrap();
        }
        loop {
            let message = self.next_message();
            if message["method"] == "elicitation/create" {
                let answer = self.asked(&message["params"]);
                self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": answer }));
            } else if message["id"] == id {
                return message;
            } else {
                self.early.push_back(message);
            }
        }
    }

    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params);
        self.finish(id)
    }

    fn asked(&mut self, question: &Value) -> Value {
        self.questions.push(question["message"].as_str().unwrap().to_owned());
        match self.person {
            Person::Absent => panic!("asked although nobody is there: {question}"),
            Person::Accepts => json!({ "action": "accept", "content": { "confirm": true } }),
            Person::AcceptsWithoutYes => json!({ "action": "accept", "content": { "confirm": false } }),
            Person::Declines => json!({ "action": "decline" }),
        }
    }

    /// The result of a tool. Where the protocol has it so, the call is repeated with what the person answers.
    pub(crate) fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let params = json!({ "name": tool, "arguments": arguments });
        let answer = self.request("tools/call", params.clone());
        let result = &answer["result"];
        if result["resultType"] != "input_required" {
            assert!(result.is_object(), "{answer}");
            return result.clone();
        }
        let (mut again, mut responses) = (params, json!({}));
        for (name, question) in result["inputRequests"].as_object().unwrap() {
            responses[name] = self.asked(&question["params"]);
        }
        again["inputResponses"] = responses;
        again["requestState"] = result["requestState"].clone();
        self.request("tools/call", again)["result"].clone()
    }

    /// What a call that must succeed answers with.
    pub(crate) fn done(&mut self, tool: &str, arguments: Value) -> Value {
        let result = self.call(tool, arguments);
        assert_ne!(result["isError"], true, "{result:#}");
        result["structuredContent"].clone()
    }

    /// What kind of reason a call is refused for, and its words.
    pub(crate) fn refused(&mut self, tool: &str, arguments: Value) -> (String, String) {
        let result = self.call(tool, arguments);
        assert_eq!(result["isError"], true, "{result:#}");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let structured = &result["structuredContent"];
        assert_eq!(structured["message"], result["content"][0]["text"]);
        (text(&structured["refused"]), text(&structured["message"]))
    }

    /// The tools that are listed.
    pub(crate) fn tools(&mut self) -> Vec<Value> {
        self.request("tools/list", json!({}))["result"]["tools"].as_array().unwrap().clone()
    }

    pub(crate) fn names(&mut self) -> Vec<String> {
        self.tools().iter().map(|tool| tool["name"].as_str().unwrap().to_owned()).collect()
    }

    /// Ends the input, and gives how the program ended, with everything it wrote to standard error.
    pub(crate) fn end(mut self) -> (ExitStatus, String) {
        drop(self.input.take());
        self.ended()
    }

    /// Waits until the program has ended.
    pub(crate) fn ended(mut self) -> (ExitStatus, String) {
        let mut told = String::new();
        self.errors.take().unwrap().read_to_string(&mut told).unwrap();
        (self.child.wait().unwrap(), told)
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Assistant {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
