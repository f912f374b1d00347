//! Asking the person before something is done that cannot be taken back.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use desk_sdk::testing::RecordedRequest;
use desk_sdk::{Operation, Risk};
use rmcp::RoleServer;
use rmcp::model::{
    CallToolRequestParams, ElicitRequest, ElicitRequestParams, ElicitResult, ElicitationAction, ElicitationSchema,
    InputRequest, InputRequiredResult, InputResponses, ProtocolVersion,
};
use rmcp::service::RequestContext;
use serde_json::{Map, Value};

use super::refusal::Refusal;
use super::secret::Tickets;

/// How long a person may take.
const PATIENCE: Duration = Duration::from_secs(10 * 60);
/// What cannot be shown as a whole cannot be consented to.
const LONGEST: usize = 16 * 1024;
/// The name of the question, and of the field with the answer.
const QUESTION: &str = "confirm";

/// What came of a question.
#[derive(Debug)]
pub(super) enum Consent {
    /// The person agreed.
    Given,
    /// The client has to ask first, and to repeat the call with the answer.
    Asked(InputRequiredResult),
}

/// Questions that were asked and not answered yet.
#[derive(Debug)]
pub(super) struct Questions(Tickets);

impl Questions {
    pub(super) fn new() -> Self {
        Self(Tickets::new(PATIENCE))
    }

    /// Has the person asked, in the way that the client knows.
    pub(super) async fn ask(
        &self,
        operation: &'static Operation,
        arguments: &Map<String, Value>,
        sent: &RecordedRequest,
        params: &CallToolRequestParams,
        context: &RequestContext<RoleServer>,
    ) -> Result<Consent, Refusal> {
        let form = context.client_capabilities().and_then(|known| known.elicitation);
        let form = form.is_some_and(|known| known.form.is_some() || known.url.is_none());
        if !form {
            return Err(Refusal::new(
                "confirmation",
                format!(
                    "{} is {}, so the person has to agree first, and this client cannot ask; nothing was sent. The \
                     person can do it with `desk call`, or start the server with --without-asking {}",
                    operation.id, operation.risk, operation.risk
                ),
            ));
        }
        let purpose = purpose(operation, arguments);
        let repeats = context.protocol_version().is_some_and(|version| version >= ProtocolVersion::V_2026_07_28);
        if !repeats {
            return self.wait(operation, sent, context).await;
        }
        match (&params.request_state, &params.input_responses) {
            (Some(state), Some(responses)) => {
                if !self.0.redeem(state, &purpose) {
                    return Err(Refusal::new(
                        "confirmation",
                        "the answer belongs to another question, comes too late or a second time; nothing was sent. \
                         Make the call anew",
                    ));
                }
                judge(operation, answer(responses))
            }
            _ => {
                let state = self.0.issue(&purpose);
                let state = state.map_err(|error| Refusal::new("failed", error.to_string()))?;
                let question = InputRequest::Elicitation(ElicitRequest::new(question(operation, sent)?));
                let questions = BTreeMap::from([(QUESTION.to_owned(), question)]);
                Ok(Consent::Asked(InputRequiredResult::new(Some(questions), Some(state))))
            }
        }
    }

    /// Asks within the call, as clients of earlier versions of the protocol do it.
    async fn wait(
        &self,
        operation: &'static Operation,
        sent: &RecordedRequest,
        context: &RequestContext<RoleServer>,
    ) -> Result<Consent, Refusal> {
        let asked = context.peer.create_elicitation_with_timeout(question(operation, sent)?, Some(PATIENCE)).await;
        match asked {
            Ok(answered) => judge(operation, Some(answered)),
            Err(error) => Err(Refusal::new(
                "confirmation",
                format!("{} was not confirmed ({error}); nothing was sent", operation.id),
            )),
        }
    }
}

/// What a consent is for: this call with these arguments, and no other.
fn purpose(operation: &Operation, arguments: &Map<String, Value>) -> Vec<u8> {
    let mut purpose = operation.id.as_bytes().to_vec();
    purpose.push(0);
    for (name, value) in arguments {
        purpose.extend_from_slice(format!("{}={value}\n", Value::from(name.as_str())).as_bytes());
    }
    purpose
}

fn answer(responses: &InputResponses) -> Option<ElicitResult> {
    serde_json::from_value(responses.get(QUESTION)?.clone()).ok()
}

/// Only a plain yes is one.
fn judge(operation: &Operation, answered: Option<ElicitResult>) -> Result<Consent, Refusal> {
    let agreed = answered.as_ref().is_some_and(|answered| {
        let yes = answered.content.as_ref().is_some_and(|content| content[QUESTION] == true);
        answered.action == ElicitationAction::Accept && yes
    });
    if agreed {
        return Ok(Consent::Given);
    }
    Err(Refusal::new(
        "declined",
        format!("the person did not agree to {}; nothing was sent. Do not try it again unasked", operation.id),
    ))
}

/// The question, with everything that would be sent.
fn question(operation: &Operation, sent: &RecordedRequest) -> Result<ElicitRequestParams, Refusal> {
    let effect = match operation.risk {
        Risk::Destructive => "This cannot be undone",
        _ => "This reaches people or systems outside of the organization, and cannot be taken back",
    };
    let shown = shown(sent);
    if shown.len() > LONGEST {
        return Err(Refusal::new(
            "too_large",
            format!(
                "{} would send {} bytes, which is too much to be shown to the person who has to agree; nothing was sent. \
                 `desk call` can do it",
                operation.id,
                shown.len()
            ),
        ));
    }
    let summary = operation.summary.trim_end_matches('.');
    let message = format!("{}: {summary}. {effect}. This is what would be sent:\n\n{shown}", operation.id);
    let schema = ElicitationSchema::builder().required_bool_property(QUESTION, |field| {
        field.title("Send it").description("Whether this may be sent").with_default(false)
    });
    let schema = schema.build().map_err(|error| Refusal::new("failed", error.to_owned()))?;
    Ok(ElicitRequestParams::FormElicitationParams { meta: None, message, requested_schema: schema })
}

/// A request as people read it, a line for each value. What would not be seen is escaped, also in long texts.
fn shown(sent: &RecordedRequest) -> String {
    let mut text = format!("{} {}\n", sent.method, visible(&sent.path));
    for (name, value) in &sent.query {
        let _ = writeln!(text, "{} = {}", visible(name), visible(value));
    }
    match serde_json::from_slice::<Value>(&sent.body) {
        Ok(body) => text.push_str(&visible(&format!("{body:#}"))),
        Err(_) if sent.body.is_empty() => {}
        Err(_) => text.push_str(&visible(&String::from_utf8_lossy(&sent.body))),
    }
    text
}

fn visible(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(crate::scopes::visible).collect();
    lines.join("\n")
}
