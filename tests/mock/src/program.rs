//! What programs that start a server have in common: their options, what they say of it, and when it ends.

use std::fmt;
use std::io;
use std::net::IpAddr;

use clap::{Args, ValueEnum};

use crate::{Contradiction, Edition, MockDesk, OauthClient, UnknownContradiction};

/// How a server is started.
#[derive(Args, Clone, Debug)]
pub struct Options {
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

impl Options {
    /// Starts a server, and fills it.
    ///
    /// # Errors
    ///
    /// If a name is unknown, or the server cannot start.
    pub async fn start(&self) -> Result<MockDesk, Box<dyn std::error::Error>> {
        let contradictions = contradictions(&self.contradictions)?;
        let builder = MockDesk::builder().port(self.port).address(self.address).contradictions(contradictions);
        let builder = match self.edition {
            Some(edition) => builder.edition(edition.into()),
            None => builder,
        };
        let builder = match self.day {
            Some((year, month, day)) => builder.day(year, month, day),
            None => builder,
        };
        let builder = if self.strict { builder.strict() } else { builder };
        let desk = builder.start().await?;
        for turn in 2..=self.organizations {
            desk.add_organization(&format!("Zylker {turn}"));
        }
        desk.fill("tickets", self.tickets);
        if self.log {
            desk.watch(|request| eprintln!("{request}"));
        }
        // A server that runs for days must not keep everything that it ever received.
        desk.keep_requests(0);
        Ok(desk)
    }
}

fn contradictions(names: &[String]) -> Result<Vec<Contradiction>, UnknownContradiction> {
    if names.iter().any(|name| name == "all") {
        return Ok(Contradiction::all().collect());
    }
    names.iter().map(|name| name.trim().parse()).collect()
}

/// What a program needs to call a server, and to get its own tokens. Shown, it says all of it; Debug hides the secrets.
#[non_exhaustive]
pub struct Introduction {
    /// The server's address.
    pub url: String,
    /// The organization.
    pub organization: String,
    /// An access token for everything.
    pub token: String,
    /// A registered client.
    pub client: OauthClient,
    /// A refresh token for everything.
    pub refresh_token: String,
    /// A code for everything, as its owner makes one in the API console; valid for three minutes.
    pub console_code: String,
}

impl Introduction {
    /// Registers a client, and makes tokens.
    pub fn of(desk: &MockDesk) -> Self {
        let client = desk.register_client();
        let refresh_token = desk.refresh_token(&client, desk.every_scope());
        let console_code = desk.console_code(&client, desk.every_scope());
        Self {
            url: desk.url().to_owned(),
            organization: desk.organization().to_owned(),
            token: desk.token(desk.every_scope()),
            client,
            refresh_token,
            console_code,
        }
    }
}

impl fmt::Display for Introduction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { url, organization, token, client, refresh_token, console_code } = self;
        let OauthClient { id, secret, redirect_uri, .. } = client;
        write!(
            f,
            "url            {url}\n\
             organization   {organization}\n\
             token          {token}\n\
             client id      {id}\n\
             client secret  {secret}\n\
             refresh token  {refresh_token}\n\
             redirect to    {redirect_uri}\n\
             console code   {console_code} (of a self client, for three minutes)\n\
             \n\
             curl -H 'Authorization: Zoho-oauthtoken {token}' -H 'orgId: {organization}' '{url}/api/v1/tickets?limit=3'\n\
             curl -d 'grant_type=refresh_token&client_id={id}&client_secret={secret}&refresh_token={refresh_token}' \
                  '{url}/oauth/v2/token'\n\
             \n\
             Control-C stops it.\n"
        )
    }
}

impl fmt::Debug for Introduction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Introduction").field("url", &self.url).finish_non_exhaustive()
    }
}

/// Returns when the program is to end: on Control-C, or when the system asks it to.
///
/// # Errors
///
/// If the system tells no signals.
#[cfg(unix)]
pub async fn ended() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        ended = tokio::signal::ctrl_c() => ended,
        _ = terminate.recv() => Ok(()),
    }
}

/// Returns at Control-C.
///
/// # Errors
///
/// If the system tells no signals.
#[cfg(not(unix))]
pub async fn ended() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
