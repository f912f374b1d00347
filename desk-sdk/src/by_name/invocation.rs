//! A call by name that is ready to be made.

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use futures_util::future::BoxFuture;
use serde_json::Value;

use super::{answer, arguments, lookup};
use crate::Result;
use crate::answer::Answer;
use crate::call::Call;
use crate::catalogue::AnswerKind;
use crate::client::{Client, Downloading, Options, Pending};

/// A call by name, made when it is awaited.
#[must_use = "a call is made only when it is awaited"]
pub struct Invocation<'a> {
    client: &'a Client,
    /// The call that the typed method would make, and what answers it; or why there is none.
    call: Result<(Call, AnswerKind)>,
    options: Options,
}

impl Client {
    /// Calls an operation by its name: its id (`get_tickets`), an alias, or as in the API's own
    /// description (`getTickets`). [`by_name`](crate::by_name) says what the arguments are.
    ///
    /// It makes the request that the typed method makes, after the same checks. When it is awaited
    /// it fails as that does, and besides with [`Error::UnknownOperation`](crate::Error::UnknownOperation),
    /// [`Error::UnknownArgument`](crate::Error::UnknownArgument) and
    /// [`Error::FileTooLarge`](crate::Error::FileTooLarge).
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
        let call = match lookup::known_entry(operation) {
            Ok(entry) => arguments::call(entry.operation, arguments).map(|call| (call, entry.answer)),
            Err(unknown) => Err(unknown.into()),
        };
        Invocation { client: self, call, options: Options::default() }
    }
}

impl Invocation<'_> {
    /// Adds a query parameter that is not declared, as `query` of the parameters does.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.call = self.call.map(|(call, answer)| (call.query(name, value), answer));
        self
    }

    /// Sets a field of the body that is not declared, as `field` of the parameters does.
    pub fn field(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.call = self.call.map(|(call, answer)| (call.undeclared_field(name, value), answer));
        self
    }

    /// As [`Pending::repeatable`].
    pub fn repeatable(mut self) -> Self {
        self.options.repeatable = true;
        self
    }

    /// As [`Pending::unchecked`]; names that nobody declared are for [`query`](Self::query) and
    /// [`field`](Self::field) all the same.
    pub fn unchecked(mut self) -> Self {
        self.options.unchecked = true;
        self
    }

    /// As [`Pending::timeout`]; of a file, how long it may take until it has come whole.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// As [`Pending::deadline`]; of a file, how long it may take until it begins to come.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.options.deadline = Some(deadline);
        self
    }
}

impl<'a> IntoFuture for Invocation<'a> {
    type Output = Result<Answer<Value>>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { client, call, options } = self;
        Box::pin(async move {
            let (call, answer) = call?;
            match answer {
                AnswerKind::Json(_) => Pending::with(client, call, options).await,
                AnswerKind::Empty => Pending::with(client, call, options).await.map(answer::empty),
                AnswerKind::Bytes => answer::file(Downloading::with(client, call, options).await?).await,
            }
        })
    }
}

impl fmt::Debug for Invocation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_tuple("Invocation");
        match &self.call {
            Ok((call, _)) => debug.field(call),
            Err(error) => debug.field(error),
        };
        debug.finish()
    }
}
