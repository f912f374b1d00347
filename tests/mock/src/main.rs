//! A local Zoho Desk server for programs in any language.

use std::io::{self, Write as _};
use std::net::IpAddr;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use desk_mock::{Contradiction, Edition, MockDesk, OauthClient, UnknownContradiction};

/// Run a local Zoho Desk server for tests without an account
#[derive(Debug, Parser)]
#[command(name = "desk-mock", version)]
struct Arguments {
    /// The port; 0 picks a free one
    #[arg(long, default_value_t = 8099)]
    port: u16,
    /// The network address; anyone who can reach it may use the server
    #[arg(long, default_value = "127.0.0.1")]
    address: IpAddr,
    /// The edition whose limits apply; by default, calls cost one credit each and any number may be made at once
    #[arg(long, value_enum)]
    edition: Option<Limits>,
    /// The day on which the server starts, such as 2024-06-01; its times then depend only on the calls; the default is now
    #[arg(long, value_name = "DATE", value_parser = day)]
    day: Option<Day>,
    /// The number of organizations, each with its own records
    #[arg(long, default_value_t = 1, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..=100))]
    organizations: u16,
    /// Refuse calls that are not as described even though Desk accepts them: without an organization if there is only one,
    /// with JSON under another content type, with text for booleans and numbers
    #[arg(long)]
    strict: bool,
    /// The number of tickets to add to the built-in ones
    #[arg(long, default_value_t = 0, value_name = "COUNT")]
    tickets: usize,
    /// Let answers contradict their description, as real ones do: names separated by commas, or all
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    contradictions: Vec<String>,
    /// Write a line for each request to standard error
    #[arg(long)]
    log: bool,
}

/// Year, month and day.
type Day = (i16, i8, i8);

fn day(text: &str) -> Result<Day, String> {
    let date: jiff::civil::Date = text.parse().map_err(|_| "write a day as 2024-06-01".to_owned())?;
    Ok((date.year(), date.month(), date.day()))
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Limits {
    Free,
    Express,
    Standard,
    Professional,
    Enterprise,
}

impl From<Limits> for Edition {
    fn from(limits: Limits) -> Self {
        match limits {
            Limits::Free => Self::Free,
            Limits::Express => Self::Express,
            Limits::Standard => Self::Standard,
            Limits::Professional => Self::Professional,
            Limits::Enterprise => Self::Enterprise,
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match serve(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let desk = start(&arguments).await?;
    for turn in 2..=arguments.organizations {
        desk.add_organization(&format!("Zylker {turn}"));
    }
    desk.fill("tickets", arguments.tickets);
    if arguments.log {
        desk.watch(|request| eprintln!("{request}"));
    }
    // A server that runs for days must not keep everything that it ever received.
    desk.keep_requests(0);
    introduce(&desk)?;
    ended().await?;
    desk.stop().await;
    eprintln!("stopped");
    Ok(())
}

async fn start(arguments: &Arguments) -> Result<MockDesk, Box<dyn std::error::Error>> {
    let contradictions = contradictions(&arguments.contradictions)?;
    let builder = MockDesk::builder().port(arguments.port).address(arguments.address).contradictions(contradictions);
    let builder = match arguments.edition {
        Some(edition) => builder.edition(edition.into()),
        None => builder,
    };
    let builder = match arguments.day {
        Some((year, month, day)) => builder.day(year, month, day),
        None => builder,
    };
    let builder = if arguments.strict { builder.strict() } else { builder };
    Ok(builder.start().await?)
}

fn contradictions(names: &[String]) -> Result<Vec<Contradiction>, UnknownContradiction> {
    if names.iter().any(|name| name == "all") {
        return Ok(Contradiction::all().collect());
    }
    names.iter().map(|name| name.trim().parse()).collect()
}

/// Prints what a program needs to call the server, and to get its own tokens; at once, so that the reader may close its
/// end after the lines it wants.
fn introduce(desk: &MockDesk) -> io::Result<()> {
    let (url, organization, token) = (desk.url(), desk.organization(), desk.token(desk.every_scope()));
    let client = desk.register_client();
    let refresh_token = desk.refresh_token(&client, desk.every_scope());
    let OauthClient { id, secret, .. } = &client;
    let text = format!(
        "url            {url}\n\
         organization   {organization}\n\
         token          {token}\n\
         client id      {id}\n\
         client secret  {secret}\n\
         refresh token  {refresh_token}\n\
         \n\
         curl -H 'Authorization: Zoho-oauthtoken {token}' -H 'orgId: {organization}' '{url}/api/v1/tickets?limit=3'\n\
         curl -d 'grant_type=refresh_token&client_id={id}&client_secret={secret}&refresh_token={refresh_token}' \
              '{url}/oauth/v2/token'\n\
         \n\
         Control-C stops it.\n"
    );
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Returns when the program is to end: on Control-C, or when the system asks it to.
#[cfg(unix)]
async fn ended() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        ended = tokio::signal::ctrl_c() => ended,
        _ = terminate.recv() => Ok(()),
    }
}

/// Returns at Control-C.
#[cfg(not(unix))]
async fn ended() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
