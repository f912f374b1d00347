//! `desk mcp`.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::Args;
use desk_cli::access::{Access, Connection};
use desk_cli::completing;
use desk_cli::mcp::{Bound, Choice, Secret, Server, Settings, WeakSecret, serve_stdio};
use desk_cli::problem::Problem;
use desk_cli::scopes::line;
use desk_sdk::{Risk, TokenScopes};
use tokio::runtime::Runtime;

use super::ending::{finish, print, runtime, say};
use super::export::signals::asked;
use super::scopes::risk;

pub(crate) const HELP: &str = "\
Without --http, the protocol is spoken over standard input and output, as clients expect of a program that they start.
With it, every request needs a secret: DESK_MCP_SECRET, or one that is made and printed at the start.

Nothing above --max-risk is listed or callable. What cannot be taken back (outbound, destructive) is asked of the person,
through the client, unless --without-asking allows it.

Exit codes: 0 the client has ended, 1 failed, 2 cannot be done as asked, 3 there is no token, 130 interrupted.";

/// The variable with the secret of HTTP.
const SECRET: &str = "DESK_MCP_SECRET";

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Serve over HTTP on this computer, at this port (0: any that is free)
    #[arg(long, value_name = "PORT", num_args = 0..=1, default_missing_value = "8722")]
    http: Option<u16>,
    /// Only operations of these families, separated by commas, such as tickets,contacts
    #[arg(long, value_name = "NAMES", value_delimiter = ',', add = completing::families())]
    families: Vec<String>,
    /// Only these operations, separated by commas: names, or patterns such as get_*
    #[arg(long, value_name = "NAMES", value_delimiter = ',', add = completing::operations())]
    operations: Vec<String>,
    /// How many operations are tools of their own, the most used first; call_operation reaches the rest
    #[arg(long, value_name = "N", default_value_t = 30)]
    tools: usize,
    /// The highest risk of calls: safe, write, outbound or destructive
    #[arg(long, value_name = "RISK", default_value = "safe", value_parser = risk)]
    max_risk: Risk,
    /// Make calls up to this risk without asking the person: outbound or destructive
    #[arg(long, value_name = "RISK", value_parser = risk)]
    without_asking: Option<Risk>,
    /// Show the tools and end
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    access: Access,
}

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        finish(self.serve())
    }

    fn serve(&self) -> Result<(), Problem> {
        let settings = Settings {
            families: self.families.clone(),
            operations: self.operations.clone(),
            own_tools: self.tools,
            max_risk: self.max_risk,
            without_asking: self.without_asking.unwrap_or(Risk::Write).max(Risk::Write),
            ..Settings::default()
        };
        let choice = Choice::new(&settings).map_err(|error| Problem::usage(error.to_string()))?;
        if self.list {
            return print(&listed(&choice)).map(drop);
        }
        let secret = self.http.map(|_| secret()).transpose()?;
        let Connection { client, address, .. } = self.access.connect(|client| client.max_risk(settings.max_risk))?;
        let settings = Settings { address, ..settings };
        if self.http.is_none() && std::io::stdin().is_terminal() {
            return Err(Problem::usage(
                "a client starts this program and talks to it over standard input: set it up there, or serve with --http",
            ));
        }
        let server = Server::new(client.clone(), choice, &settings, say).map_err(no_random)?;
        let runtime = runtime()?;
        if runtime.block_on(client.scopes()).is_ok_and(|scopes| scopes == TokenScopes::Unknown) {
            say("the token's scopes are not known: tools are listed that it may not allow");
        }
        let ended = match (self.http, secret) {
            (Some(port), Some(secret)) => over_http(&runtime, server, port, secret),
            _ => runtime.block_on(async {
                tokio::select! {
                    served = serve_stdio(server) => served.map_err(Problem::failed),
                    () = asked() => Err(Problem::interrupted()),
                }
            }),
        };
        // A read of standard input cannot be ended, and calls on their way are not waited for.
        runtime.shutdown_background();
        ended
    }
}

fn over_http(runtime: &Runtime, server: Server, port: u16, secret: GivenSecret) -> Result<(), Problem> {
    runtime.block_on(async {
        let bound = Bound::to(port).await;
        let bound = bound.map_err(|error| {
            Problem::failed(format!("port {port} of this computer: {error}; choose another, or 0 for any free one"))
        })?;
        say(&format!("serving at {}", bound.url()));
        if secret.is_new {
            say(&format!("every request needs the header Authorization: Bearer {}", secret.secret.reveal()));
        }
        tokio::select! {
            () = bound.serve(server, secret.secret) => Ok(()),
            () = asked() => Err(Problem::interrupted()),
        }
    })
}

/// The secret of HTTP.
struct GivenSecret {
    secret: Secret,
    /// Whether the person has to be told.
    is_new: bool,
}

/// The secret of the environment, or a new one.
fn secret() -> Result<GivenSecret, Problem> {
    match std::env::var_os(SECRET).filter(|text| !text.is_empty()) {
        Some(text) => {
            let secret = Secret::new(text.to_string_lossy().into_owned());
            let secret = secret.map_err(|error| Problem::usage(format!("{SECRET}: {error}")))?;
            Ok(GivenSecret { secret, is_new: false })
        }
        None => Ok(GivenSecret { secret: Secret::random().map_err(no_random)?, is_new: true }),
    }
}

fn no_random(error: WeakSecret) -> Problem {
    Problem::failed(error.to_string())
}

/// What is served, in a table.
fn listed(choice: &Choice) -> String {
    let mut text = String::from("find_operations\ndescribe_operation\ncall_operation\n");
    for operation in choice.own() {
        text.push_str(&format!("{:<44} {:<12} {}\n", operation.id, operation.risk, line(operation.summary)));
    }
    let rest = choice.served().len() - choice.own().len();
    text.push_str(&format!("and {rest} more operations by call_operation\n"));
    text
}
