//! A call by name that is ready to be made.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use serde_json::Value;

use super::{answer, arguments, lookup};
use crate::answer::Answer;
use crate::by_name::UnknownArgument;
use crate::call::Call;
use crate::catalogue::AnswerKind;
use crate::client::{Client, Downloading, Lazy, Options, Pending, Prepared, begun};
use crate::error::Result;
use crate::operation::{Field, Kind};
use crate::value::FilePart;

/// A call by name, made when it is awaited. Like [`Pending`], it is a future.
#[must_use = "a call is made only when it is awaited"]
pub struct Invocation(Lazy<Named, Answer<Value>>);

/// A call by name before it is made.
struct Named {
    client: Client,
    /// The call that the typed method would make, and what answers it, or the reason why there is none.
    call: Result<(Call, AnswerKind)>,
    options: Options,
}

impl Client {
    /// Calls an operation by its name: its id (`get_tickets`), an alias, or the name in the API's own description
    /// (`getTickets`). See [`by_name`](crate::by_name) for the arguments.
    ///
    /// This makes the same request as the typed method, after the same checks, and fails in the same ways. In addition,
    /// it fails with [`Error::UnknownOperation`](crate::Error::UnknownOperation),
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
    pub fn invoke(&self, operation: &str, arguments: Value) -> Invocation {
        let call = match lookup::known_entry(operation) {
            Ok(entry) => arguments::call(entry.operation, arguments).map(|call| (call, entry.answer)),
            Err(unknown) => Err(unknown.into()),
        };
        Invocation(Lazy::new(Named { client: self.clone(), call, options: Options::default() }))
    }
}

impl Invocation {
    /// Adds an undeclared query parameter, like `query` of the parameter structs.
    pub fn query(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self(self.0.change(|named| {
            if let Ok((call, _)) = &mut named.call {
                call.query.push((name.into(), value.into()));
            }
        }))
    }

    /// Sets an undeclared field of the body, like `field` of the parameter structs.
    pub fn field(self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        Self(self.0.change(|named| {
            if let Ok((call, _)) = &mut named.call {
                call.fields.insert(name.into(), value.into());
            }
        }))
    }

    /// Adds a file as the field with this name. Arguments carry files in base64; this takes them from disk or a stream,
    /// which is for the program itself to decide. A name that is not that of a file is refused when the call is made.
    pub fn file(self, name: &str, file: impl Into<FilePart>) -> Self {
        Self(self.0.change(|named| {
            let Ok((call, _)) = &mut named.call else { return };
            let is_file = |field: &&Field| matches!(field.kind, Kind::File | Kind::List(Kind::File));
            let files = call.operation.body.fields().iter().filter(is_file);
            match files.clone().find(|field| field.name == name) {
                Some(field) => call.files.push((field.name, file.into())),
                None => {
                    let known = files.map(|field| field.name).collect();
                    named.call = Err(Box::new(UnknownArgument::new(call.operation, "", name, known)).into());
                }
            }
        }))
    }

    /// As [`Pending::repeatable`].
    pub fn repeatable(self) -> Self {
        Self(self.0.change(|named| named.options.repeatable = true))
    }

    /// As [`Pending::unchecked`]; undeclared names still require [`query`](Self::query) and [`field`](Self::field).
    pub fn unchecked(self) -> Self {
        Self(self.0.change(|named| named.options.unchecked = true))
    }

    /// As [`Pending::timeout`]; for a file, the time until it has arrived completely.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self(self.0.change(|named| named.options.timeout = Some(timeout)))
    }

    /// As [`Pending::deadline`]; for a file, the time until it starts to arrive.
    pub fn deadline(self, deadline: Duration) -> Self {
        Self(self.0.change(|named| named.options.deadline = Some(deadline)))
    }

    /// Reads the answer as a file, piece by piece, whatever its size.
    ///
    /// # Errors
    ///
    /// If there is no such operation or argument.
    pub fn download(self) -> Result<Downloading> {
        let (Prepared { client, call, options }, _) = self.into_parts()?;
        Ok(Downloading::with(client, call, options))
    }

    /// The call with its settings, for something else than making it once.
    pub(super) fn into_parts(self) -> Result<(Prepared, AnswerKind)> {
        let Named { client, call, options } = self.0.into_prepared().ok_or_else(begun)?;
        let (call, answer) = call?;
        Ok((Prepared { client, call, options }, answer))
    }

    /// The call as a plain future: `.send().await` is the same as `.await`.
    pub fn send(self) -> impl Future<Output = Result<Answer<Value>>> + Send + Unpin {
        self
    }
}

impl Future for Invocation {
    type Output = Result<Answer<Value>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(context, |Named { client, call, options }| {
            Box::pin(async move {
                let (call, answer) = call?;
                match answer {
                    AnswerKind::Json(_) => Pending::with(client, call, options).await,
                    AnswerKind::Empty => Pending::with(client, call, options).await.map(answer::empty),
                    AnswerKind::Bytes => answer::file(Downloading::with(client, call, options).await?).await,
                }
            })
        })
    }
}

impl fmt::Debug for Invocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_tuple("Invocation");
        match self.0.prepared().map(|named| &named.call) {
            Some(Ok((call, _))) => debug.field(call),
            Some(Err(error)) => debug.field(error),
            None => &mut debug,
        };
        debug.finish()
    }
}
