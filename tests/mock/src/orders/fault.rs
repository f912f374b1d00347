//! Faults that a test orders.

use std::collections::VecDeque;
use std::time::Duration;

use desk_spec::{Answer, Schema};
use serde_json::{Value, json};

use crate::answer::contradict::{Contradiction, Turn, contradict, spoil};
use crate::exchange::refusal::{Code, Refusal};
use crate::exchange::reply::{Delivery, Reply};
use crate::judge::check::Call;

/// A fault in the handling of a valid call.
///
/// Delays and faults in the call's own answer come after its work is done; the others replace it, so that nothing is
/// created or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// This status, with an error body of Desk's form from 400 on.
    Status(u16),
    /// The call's own answer, this much later.
    Delay(Duration),
    /// The connection closes without an answer.
    Reset,
    /// The headers and half of the body, then the connection closes.
    ResetMidBody,
    /// Half of the body as if it were the whole: JSON that breaks off.
    Truncated,
    /// The call's own answer under another content type.
    ContentType(String),
    /// A page for people under this status, as gateways send it.
    Html(u16),
    /// 302 to this address.
    Redirect(String),
    /// 429 `TOO_MANY_REQUESTS`: more calls at once than allowed. There is no `Retry-After`.
    TooManyRequests,
    /// 429 `THRESHOLD_EXCEEDED`: the day's credits are spent; `Retry-After` has these seconds.
    ThresholdExceeded(u64),
    /// 401 `INVALID_OAUTH`, although the token is a live one.
    StaleToken,
    /// JSON with a mistake in its middle.
    Malformed,
    /// The call's own answer, with an object in place of the deepest single value of a declared kind, preferably a
    /// required one; no reading accepts that. Nothing changes if no kind is declared.
    WrongType,
    /// 200 with Desk's error object in place of the result, as operations answer that do something to many records.
    ErrorInSuccess,
    /// The call's own answer, contradicting its description wherever this one can.
    Contradiction(Contradiction),
}

/// A fault in the handling of a request to `/oauth/v2/token`.
///
/// A delay comes after the token is made; the others replace it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenFault {
    /// This status without a body.
    Status(u16),
    /// The request's own answer, this much later.
    Delay(Duration),
    /// `{"error":"Access Denied"}`, as when too many tokens were made.
    AccessDenied,
    /// A page for people under this status.
    Html(u16),
    /// The connection closes without an answer.
    Reset,
}

/// The orders, in sequence.
#[derive(Debug)]
pub(crate) struct Queue<T>(VecDeque<(usize, T)>);

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<T: Clone> Queue<T> {
    pub(crate) fn push(&mut self, times: usize, ordered: T) {
        if times > 0 {
            self.0.push_back((times, ordered));
        }
    }

    pub(crate) fn next(&mut self) -> Option<T> {
        let (left, ordered) = self.0.front_mut()?;
        *left -= 1;
        if *left > 0 {
            return Some(ordered.clone());
        }
        self.0.pop_front().map(|(_, ordered)| ordered)
    }
}

impl Fault {
    /// The answer that comes instead of the call's own, for the faults that do without that.
    pub(crate) fn instead(&self) -> Option<Reply> {
        let refused = |code, message: &str| Some(Refusal::new(code, message).reply());
        match self {
            Self::Delay(_)
            | Self::ResetMidBody
            | Self::Truncated
            | Self::ContentType(_)
            | Self::Malformed
            | Self::WrongType
            | Self::Contradiction(_) => None,
            Self::ErrorInSuccess => {
                let reply = Refusal::new(Code::UnprocessableEntity, "The test wants this call to fail.").reply();
                Some(Reply { status: 200, ..reply })
            }
            Self::Status(status) => Some(failed(*status)),
            Self::Reset => Some(Reply::hang_up()),
            Self::Html(status) => Some(Reply::page(*status, "Something went wrong")),
            Self::Redirect(location) => Some(Reply::redirect(location)),
            Self::TooManyRequests => refused(Code::TooManyRequests, "More calls at once than the test allows."),
            Self::ThresholdExceeded(seconds) => Some(Refusal::threshold(*seconds).reply()),
            Self::StaleToken => Some(Refusal::dead_token().reply()),
        }
    }

    /// The call's own answer with the fault applied.
    pub(crate) fn spoil(self, call: Call<'_>, reply: Reply) -> Reply {
        match self {
            Self::WrongType => altered(call, reply, |schema, mut value| {
                spoil(call.spec, schema, &mut value);
                Some(value)
            }),
            Self::Contradiction(one) => {
                altered(call, reply, |schema, value| contradict(call.spec, schema, value, &[one], Turn::Always))
            }
            other => other.damage(reply),
        }
    }

    /// The same for faults that do not depend on the operation.
    fn damage(self, reply: Reply) -> Reply {
        match self {
            Self::Malformed => {
                let reply = with_body(reply);
                Reply { body: reply.body.broken_json(), ..reply }
            }
            Self::Delay(delay) => Reply { delay: Some(delay), ..reply },
            Self::ContentType(kind) => Reply { content_type: Some(kind), ..reply },
            Self::ResetMidBody => Reply { delivery: Delivery::Half, ..with_body(reply) },
            Self::Truncated => {
                let reply = with_body(reply);
                Reply { body: reply.body.half(), ..reply }
            }
            _ => reply,
        }
    }
}

impl TokenFault {
    /// The answer that comes instead of the request's own; the delay has none.
    pub(crate) fn instead(&self) -> Option<Reply> {
        match self {
            Self::Status(status) => Some(Reply::empty(*status)),
            Self::Delay(_) => None,
            Self::AccessDenied => Some(Reply::json(200, &json!({ "error": "Access Denied" }))),
            Self::Html(status) => Some(Reply::page(*status, "Something went wrong")),
            Self::Reset => Some(Reply::hang_up()),
        }
    }

    pub(crate) fn delay(&self) -> Option<Duration> {
        if let Self::Delay(delay) = self { Some(*delay) } else { None }
    }
}

/// An answer with its JSON altered according to its type; None removes the body. Anything but declared JSON is kept.
pub(crate) fn altered(call: Call<'_>, reply: Reply, alter: impl FnOnce(&Schema, Value) -> Option<Value>) -> Reply {
    let Some(Answer::Json(schema)) = call.operation.answers.get(&reply.status) else { return reply };
    let Some(value) = reply.body.json() else { return reply };
    let changed = match alter(schema, value) {
        Some(value) => Reply::json(reply.status, &value),
        None => Reply::empty(reply.status),
    };
    Reply { headers: reply.headers, delay: reply.delay, ..changed }
}

/// An answer without a body gets a substitute, so that there is something to damage.
fn with_body(reply: Reply) -> Reply {
    if reply.body.len() > 0 {
        return reply;
    }
    let body = json!({ "data": [{ "id": "189200000000000001" }] });
    Reply { headers: reply.headers, ..Reply::json(200, &body) }
}

fn failed(status: u16) -> Reply {
    if status < 400 {
        return Reply::empty(status);
    }
    let code = match status {
        401 => Code::Unauthorized,
        403 => Code::Forbidden,
        404 => Code::UrlNotFound,
        405 => Code::MethodNotAllowed,
        413 => Code::ResourceSizeExceeded,
        415 => Code::UnsupportedMediaType,
        422 => Code::UnprocessableEntity,
        429 => Code::TooManyRequests,
        500.. => Code::InternalServerError,
        _ => Code::BadRequest,
    };
    Reply { status, ..Refusal::new(code, "The test wants this call to fail.").reply() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::content::Content;

    #[test]
    fn orders_are_served_one_after_the_other() {
        let mut queue = Queue::default();
        queue.push(2, 'a');
        queue.push(0, 'b');
        queue.push(1, 'c');
        assert_eq!([(); 4].map(|()| queue.next()), [Some('a'), Some('a'), Some('c'), None]);
    }

    #[test]
    fn cut_json_is_no_json() {
        for reply in [Reply::empty(204), Reply::json(200, &json!({ "data": [] }))] {
            for fault in [Fault::Truncated, Fault::Malformed] {
                let reply = fault.damage(reply.clone());
                assert_eq!(reply.status, 200);
                assert!(reply.body.json().is_none());
            }
        }
        let file = Reply { body: Content::File(0..10), ..Reply::empty(200) };
        assert_eq!(Fault::Truncated.damage(file).body, Content::File(0..5));
    }

    #[test]
    fn the_two_kinds_of_429() {
        let reply = Fault::TooManyRequests.instead().unwrap();
        assert_eq!((reply.status, reply.headers.len()), (429, 0));
        let reply = Fault::ThresholdExceeded(7).instead().unwrap();
        assert_eq!((reply.status, reply.headers), (429, vec![("retry-after", "7".to_owned())]));
        assert_eq!(Fault::Status(503).instead().unwrap().status, 503);
        assert_eq!(Fault::Status(302).instead().unwrap().body.len(), 0);
    }
}
