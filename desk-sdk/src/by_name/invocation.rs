//! A call by name that is ready to be made.

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use futures_util::future::BoxFuture;
use serde_json::Value;

use super::{answer, arguments, lookup};
use crate::answer::Answer;
use crate::catalogue::AnswerKind;
use crate::client::{Client, Downloading, Pending};
use crate::{Error, Result};

/// A call by name, made when it is awaited.
#[must_use = "a call is made only when it is awaited"]
pub struct Invocation<'a> {
    prepared: Prepared<'a>,
}

/// The call that the typed method would make, or why there is none.
enum Prepared<'a> {
    Json(Pending<'a, Value>),
    Empty(Pending<'a, ()>),
    File(Downloading<'a>),
    Refused(Error),
}

impl Client {
    /// Calls an operation by its name: its id (`get_tickets`), an alias, or as in the API's own
    /// description (`getTickets`). [`by_name`](crate::by_name) says what the arguments are.
    ///
    /// It makes the request that the typed method makes, after the same checks. When it is awaited
    /// it fails as that does, and besides with [`Error::UnknownOperation`],
    /// [`Error::UnknownArgument`] and [`Error::FileTooLarge`].
    ///
    /// ```no_run
    /// # async fn example(client: desk_sdk::Client) -> desk_sdk::Result<()> {
    /// use serde_json::json;
    ///
    /// let ticket = client.invoke("update_ticket", json!({ "ticketId": "4000000008001", "dueDate": null })).await?;
    /// println!("{}", ticket["subject"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn invoke(&self, operation: &str, arguments: Value) -> Invocation<'_> {
        Invocation { prepared: self.prepare(operation, arguments).unwrap_or_else(Prepared::Refused) }
    }

    fn prepare(&self, operation: &str, arguments: Value) -> Result<Prepared<'_>> {
        let entry = lookup::known_entry(operation)?;
        let call = arguments::call(entry.operation, arguments)?;
        Ok(match entry.answer {
            AnswerKind::Json(_) => Prepared::Json(Pending::new(self, call)),
            AnswerKind::Empty => Prepared::Empty(Pending::new(self, call)),
            AnswerKind::Bytes => Prepared::File(Downloading::new(self, call)),
        })
    }
}

impl Invocation<'_> {
    /// As [`Pending::repeatable`].
    pub fn repeatable(self) -> Self {
        let prepared = match self.prepared {
            Prepared::Json(call) => Prepared::Json(call.repeatable()),
            Prepared::Empty(call) => Prepared::Empty(call.repeatable()),
            Prepared::File(call) => Prepared::File(call.repeatable()),
            Prepared::Refused(error) => Prepared::Refused(error),
        };
        Self { prepared }
    }

    /// As [`Pending::unchecked`]; names that nobody declared are refused all the same.
    pub fn unchecked(self) -> Self {
        let prepared = match self.prepared {
            Prepared::Json(call) => Prepared::Json(call.unchecked()),
            Prepared::Empty(call) => Prepared::Empty(call.unchecked()),
            Prepared::File(call) => Prepared::File(call.unchecked()),
            Prepared::Refused(error) => Prepared::Refused(error),
        };
        Self { prepared }
    }

    /// As [`Pending::timeout`]; of a file, how long it may take until it has come whole.
    pub fn timeout(self, timeout: Duration) -> Self {
        let prepared = match self.prepared {
            Prepared::Json(call) => Prepared::Json(call.timeout(timeout)),
            Prepared::Empty(call) => Prepared::Empty(call.timeout(timeout)),
            Prepared::File(call) => Prepared::File(call.timeout(timeout)),
            Prepared::Refused(error) => Prepared::Refused(error),
        };
        Self { prepared }
    }

    /// As [`Pending::deadline`]; of a file, how long it may take until it begins to come.
    pub fn deadline(self, deadline: Duration) -> Self {
        let prepared = match self.prepared {
            Prepared::Json(call) => Prepared::Json(call.deadline(deadline)),
            Prepared::Empty(call) => Prepared::Empty(call.deadline(deadline)),
            Prepared::File(call) => Prepared::File(call.deadline(deadline)),
            Prepared::Refused(error) => Prepared::Refused(error),
        };
        Self { prepared }
    }
}

impl<'a> IntoFuture for Invocation<'a> {
    type Output = Result<Answer<Value>>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            match self.prepared {
                Prepared::Json(call) => call.await,
                Prepared::Empty(call) => call.await.map(answer::empty),
                Prepared::File(call) => answer::file(call.await?).await,
                Prepared::Refused(error) => Err(error),
            }
        })
    }
}

impl fmt::Debug for Invocation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_tuple("Invocation");
        match &self.prepared {
            Prepared::Json(call) => debug.field(call),
            Prepared::Empty(call) => debug.field(call),
            Prepared::File(call) => debug.field(call),
            Prepared::Refused(error) => debug.field(error),
        };
        debug.finish()
    }
}
