//! `desk request`.

use std::io::{self, BufWriter, IsTerminal as _};
use std::process::ExitCode;

use clap::Args;
use desk_cli::call::{self, Consent, Format, Options, Output, consent, json_argument, pair, show};
use desk_cli::export::Stop;
use desk_cli::problem::Problem;
use desk_sdk::reqwest::Url;
use desk_sdk::{Client, FilePart, Method, Operation, Request, Risk, operation_at};
use serde_json::Value;

use super::call::{can_ask, columns_were_there, confirmed, download, free, target, usual};
use super::ending::{finish, print, runtime, say};
use super::export::signals;
use super::waits::patient;

pub(crate) const HELP: &str = "\
Examples:
  desk request GET /api/v1/tickets --query limit=5
  desk request POST /api/v1/tickets --json @ticket.json --max-risk write
  desk request GET /api/v1/organization/logo --save logo.png

A path of a known operation has that operation's risk and scopes; its values are not checked. Of others, a GET counts as
safe, and anything else as destructive.";

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// GET, POST, PUT, PATCH or DELETE
    #[arg(value_name = "METHOD", value_parser = method)]
    method: Method,
    /// The path, such as /api/v1/tickets
    #[arg(value_name = "PATH")]
    path: String,
    /// Add a query parameter; can be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    query: Vec<(String, String)>,
    /// Add a header; can be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = header)]
    header: Vec<(String, String)>,
    /// The body, as JSON, from a file with @FILE, or - for standard input
    #[arg(long, value_name = "JSON|@FILE|-")]
    json: Option<String>,
    /// A file as a part of a form; can be repeated
    #[arg(long, value_name = "NAME=@FILE", value_parser = file, conflicts_with = "json")]
    file: Vec<(String, String)>,
    #[command(flatten)]
    general: Options,
}

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        finish(self.request())
    }

    fn request(mut self) -> Result<(), Problem> {
        let operation = self.operation()?;
        let (risk, name) = match operation {
            Some(operation) => (operation.risk, format!("{} {} ({})", self.method, self.path, operation.id)),
            None if self.method == Method::Get => (Risk::Safe, format!("{} {}", self.method, self.path)),
            None => (Risk::Destructive, format!("{} {} is not known, and so", self.method, self.path)),
        };
        let body = self.json.as_deref().map(json_argument).transpose()?;
        let runtime = runtime()?;
        let Options { show: only_shown, max_risk, yes, access, save, force, .. } = &self.general;
        let shown = || runtime.block_on(self.shown(body.as_ref()));
        if *only_shown {
            return print(&shown()?.to_string()).map(drop);
        }
        if let Some(target) = save {
            free(target, *force)?;
        }
        if consent(&name, risk, *max_risk, *yes, can_ask())? == Consent::Asked {
            confirmed(&name, risk, &shown()?)?;
        }
        let connection = access.connect(|client| patient(client.max_risk(*max_risk)))?;
        let made = runtime.block_on(self.make(&connection.client, body.as_ref(), operation));
        made.map_err(|problem| problem.at(&connection))
    }

    /// The operation that the path belongs to. A query that stands in the path is taken apart.
    fn operation(&mut self) -> Result<Option<&'static Operation>, Problem> {
        if self.path.contains("://") {
            let path = Url::parse(&self.path).map(|url| url.path().to_owned()).unwrap_or_default();
            return Err(Problem::usage(format!(
                "an address is refused, so that no token goes elsewhere: write its path ({path}), and another server with \
                 --against"
            )));
        }
        if let Some((path, query)) = self.path.split_once('?') {
            let url = Url::parse(&format!("http://localhost/?{query}"));
            let url =
                url.map_err(|error| Problem::usage(format!("the path has a query that cannot be read: {error}")))?;
            let pairs = url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned()));
            self.query.splice(0..0, pairs);
            self.path = path.to_owned();
        }
        Ok(operation_at(self.method, &self.path)?)
    }

    async fn shown(&self, body: Option<&Value>) -> Result<call::Shown, Problem> {
        show(&self.general.access, |client| async move {
            let request = self.built(&client, body).await?;
            drop(request.await?);
            Ok(())
        })
        .await
    }

    async fn built(&self, client: &Client, body: Option<&Value>) -> Result<Request<Value>, Problem> {
        let mut request = client.request(self.method, &self.path);
        for (name, value) in &self.query {
            request = request.query(name, value);
        }
        for (name, value) in &self.header {
            request = request.header(name, value);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        for (name, path) in &self.file {
            let file = FilePart::open(path).await;
            let file = file.map_err(|error| Problem::usage(format!("cannot read {path}: {error}")))?;
            // The client takes names that last, and this program makes one request.
            request = request.file(Box::leak(name.clone().into_boxed_str()), file);
        }
        Ok(request)
    }

    async fn make(
        &self,
        client: &Client,
        body: Option<&Value>,
        operation: Option<&'static Operation>,
    ) -> Result<(), Problem> {
        let stop = Stop::default();
        signals::watch(&stop);
        let request = self.built(client, body).await?;
        if let Some(target) = self.general.save.as_deref() {
            return download(request.download()?, Some(target), &stop).await;
        }
        let answer = stop.unless(request).await.ok_or_else(Problem::interrupted)??;
        if let Some(missing) = answer.meta().missing_scopes() {
            say(&format!("warning: {}; the call was made all the same", missing.need()));
        }
        let known = operation.and_then(|operation| desk_sdk::operation(operation.id));
        let format = self.general.output.unwrap_or_else(usual);
        let out = BufWriter::new(io::stdout().lock());
        let mut output = Output::new(format, known, &self.general.columns, target(), out);
        let printed = output.answer(answer.into_inner());
        match printed {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                return Err(Problem::failed(format!("cannot print: {error}")));
            }
            Ok(Some(0)) if io::stdout().is_terminal() || format == Format::Table => say("no records"),
            _ => {}
        }
        columns_were_there(&output)
    }
}

/// A header's name and value.
fn header(text: &str) -> Result<(String, String), String> {
    const FORM: &str = "write the header's name, an equals sign and its value, such as accept-language=de";
    let (name, value) = pair(text).map_err(|_| FORM.to_owned())?;
    match name.contains(':') {
        true => Err(FORM.to_owned()),
        false => Ok((name, value)),
    }
}

/// The name of a form's part, and the path of the file that it is.
fn file(text: &str) -> Result<(String, String), String> {
    let (name, path) = text.split_once("=@").unwrap_or_default();
    match name.is_empty() || path.is_empty() {
        true => {
            Err("write the name of the form's part, =@ and the path of the file, such as file=@photo.png".to_owned())
        }
        false => Ok((name.to_owned(), path.to_owned())),
    }
}

fn method(text: &str) -> Result<Method, String> {
    let known = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];
    let found = known.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(text));
    found.ok_or_else(|| "choose GET, POST, PUT, PATCH or DELETE".to_owned())
}
