//! How a person consents.

use desk_cli::account::Answer;
use desk_cli::problem::Problem;
use desk_cli::profile::Profile;
use desk_sdk::SignIn;
use desk_sdk::auth::{
    AuthError, AuthorizationRequest, MemoryStore, OauthClient, TokenStore as _, exchange_console_code,
};

use super::super::ending::say;
use super::super::terminal::{Terminal, line_of_input};

/// Where a person consents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// In a browser on this computer.
    Browser,
    /// In a browser on another computer.
    Elsewhere,
    /// In the API console.
    Console,
}

impl Way {
    /// Gets a token, which is nowhere but in memory.
    pub(super) async fn sign_in(
        self,
        client: &OauthClient,
        scopes: &[String],
        profile: &Profile,
        terminal: Option<Terminal>,
    ) -> Result<MemoryStore, Problem> {
        let tokens = MemoryStore::new();
        match self {
            Self::Browser => browser(client, scopes, profile, &tokens).await?,
            Self::Elsewhere => elsewhere(client, scopes, &tokens, terminal).await?,
            Self::Console => {
                let code = match terminal {
                    Some(terminal) => terminal.ask_hidden("Code of the API console")?,
                    None => line_of_input()?.into(),
                };
                exchange_console_code(client, code, &tokens).await?;
            }
        }
        Ok(tokens)
    }
}

async fn browser(
    client: &OauthClient,
    scopes: &[String],
    profile: &Profile,
    tokens: &MemoryStore,
) -> Result<(), Problem> {
    let sign_in = SignIn::new(client.clone()).scopes(scopes).desk_url(profile.desk_address());
    let show = |address: &str| {
        say("Opening the browser. If none opens, open this address on this computer:\n");
        tell_address(address);
        if let Err(error) = open::that_detached(address) {
            say(&format!("note: no browser can be opened: {error}. `desk login --no-browser` is for other computers"));
        }
    };
    match sign_in.run(tokens.clone(), show).await {
        // What is left to find is looked for again, and told in its own words.
        Err(_) if tokens.load().await.is_ok_and(|token| token.is_some()) => Ok(()),
        Err(AuthError::Other(text)) => {
            Err(Problem::failed(text.replace("pass it to `redirect_uri`", "give it with --redirect-uri")))
        }
        other => Ok(other.map(drop)?),
    }
}

async fn elsewhere(
    client: &OauthClient,
    scopes: &[String],
    tokens: &MemoryStore,
    terminal: Option<Terminal>,
) -> Result<(), Problem> {
    let request = AuthorizationRequest::new(client, scopes)?;
    say("Open this address in any browser, and consent:\n");
    tell_address(request.url());
    say(
        "The browser then ends at an address that it cannot show, which is as it should be. Copy that address; it is valid \
         for a minute.",
    );
    let brought = match terminal {
        Some(terminal) => terminal.ask("The address", None)?,
        None => line_of_input()?,
    };
    let Answer { code, state } = Answer::read(&brought)?;
    // A code alone is bound to this request by its challenge.
    let state = state.unwrap_or_else(|| request.state().to_owned());
    request.exchange(client, code, &state, tokens).await?;
    Ok(())
}

/// An address is longer than what is usually said in one line, and nothing in it may be cut.
fn tell_address(address: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{address}\n");
}
