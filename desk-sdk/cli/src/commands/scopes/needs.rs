//! `desk scopes check`, `diff` and `url`.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use desk_cli::access::{AccessError, ChosenProfile};
use desk_cli::scopes::{Changes, Check, Consent, Requirements, ScopesError, entries, granted, line, page, smallest};
use desk_sdk::auth::{DataCentre, FileStore, TokenStore};
use desk_sdk::{Prefer, ScopeSet};

use super::chosen::Chosen;
use super::output::{Done, MISSING, print};

pub(super) const CHECK_HELP: &str = "\
Exit codes: 0 nothing is missing, 1 something is missing, 2 it cannot be done as asked.

  desk scopes check --granted \"Desk.tickets.ALL Desk.basic.READ\" --operations get_tickets,update_ticket
  desk scopes check --profile work --family tickets
  desk scopes check --token-store desk-token.json --family tickets

Without --granted and --token-store, it is about the token of a profile, as `desk login` keeps it.";

#[derive(Args, Debug)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    has: Has,
    #[command(flatten)]
    chosen: Chosen,
    /// The client is given its organization, so that it need not look for one
    #[arg(long)]
    organization_known: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "html")]
    json: bool,
    /// Print a page for a browser, which needs nothing else
    #[arg(long)]
    html: bool,
}

/// What a token has.
#[derive(Args, Debug)]
#[group(multiple = false)]
struct Has {
    /// The scopes that the token has, with spaces or commas
    #[arg(long, value_name = "SCOPES")]
    granted: Option<String>,
    /// The file with a token, which tells its scopes; no token is printed or renewed
    #[arg(long, value_name = "FILE")]
    token_store: Option<PathBuf>,
}

impl CheckArguments {
    pub(super) fn run(self, profile: Option<&str>) -> Done {
        let operations = self.chosen.operations()?;
        let Has { granted: list, token_store } = &self.has;
        one_of(profile, list.is_some() || token_store.is_some())?;
        let granted = match (list, token_store) {
            (Some(list), _) => granted(list),
            (None, Some(file)) => kept(file)?,
            (None, None) => kept_with(profile)?,
        };
        let check = Check::new(&operations, &granted, self.organization_known);
        let check = check.written(self.has.granted.as_deref().unwrap_or_default());
        let text = match (self.json, self.html) {
            (true, _) => format!("{:#}\n", check.to_json()),
            (_, true) => page("Scopes of an integration", &entries().iter().collect::<Vec<_>>(), Some(&check.usage())),
            _ => check.to_string(),
        };
        print(&text, if check.is_missing() { MISSING } else { 0 })
    }
}

/// Refuses a profile beside something else that says what a token has.
pub(super) fn one_of(profile: Option<&str>, is_said: bool) -> Result<(), ScopesError> {
    match profile.is_some() && is_said {
        true => {
            Err(ScopesError::new("--granted, --token-store and --profile all say what a token has: give one of them"))
        }
        false => Ok(()),
    }
}

/// The scopes that are kept with the token of a file.
pub(super) fn kept(file: &Path) -> Result<ScopeSet, ScopesError> {
    let place = line(&file.display().to_string());
    if !file.is_file() {
        let problem = "there is no such file: name the one that was given to FileStore when signing in";
        return Err(ScopesError::new(format!("{place}: {problem}")));
    }
    scopes_in(&FileStore::new(file), &place)
}

/// The scopes that are kept with the token of a profile, which is the default one if none is named.
pub(super) fn kept_with(profile: Option<&str>) -> Result<ScopeSet, ScopesError> {
    let problem = |error: AccessError| ScopesError::new(error.to_string());
    let chosen = match profile {
        Some(name) => Some(ChosenProfile::named(name).map_err(problem)?),
        None => ChosenProfile::usual().map_err(problem)?,
    };
    let chosen = chosen.ok_or_else(|| {
        ScopesError::new(
            "say what the token has with --granted, --token-store or --profile: there is no default profile",
        )
    })?;
    scopes_in(&chosen.kept(), &format!("profile {}", chosen.name))
}

fn scopes_in(store: &dyn TokenStore, place: &str) -> Result<ScopeSet, ScopesError> {
    let problem = |problem: &str| ScopesError::new(format!("{place}: {problem}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| problem(&format!("cannot start: {error}")))?;
    let token = runtime.block_on(store.load()).map_err(|error| problem(&error.to_string()))?;
    let token = token.ok_or_else(|| problem("it holds no token: sign in first"))?;
    token.scopes.ok_or_else(|| problem("it does not tell the token's scopes: give them with --granted"))
}

pub(super) const DIFF_HELP: &str = "\
OLD and NEW are folders of a spec (spec/), index files (spec/index.tsv), or files desk-scopes.toml of an integration.
An operation is told if a token that was enough for it may be so no longer, if further tokens are enough, if it is new
or gone, if its scopes are in doubt now or no longer, and if its risk is another one, where both files tell it. Of a
spec beside an integration, only the operations that the integration uses are compared.

Exit codes: 0 nothing differs, 1 something does, 2 it cannot be done as asked.";

#[derive(Args, Debug)]
pub(crate) struct DiffArguments {
    /// What was needed
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// What is needed now
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl DiffArguments {
    pub(super) fn run(self) -> Done {
        let (old, new) = (Requirements::read(&self.old)?, Requirements::read(&self.new)?);
        let changes = Changes::between(&old, &new);
        let text = if self.json { format!("{:#}\n", changes.to_json()) } else { changes.to_string() };
        print(&text, if changes.is_empty() { 0 } else { MISSING })
    }
}

pub(super) const URL_HELP: &str = "\
The address holds no secret and no challenge (PKCE): whoever exchanges the code that comes back needs the client's
secret. Programs use AuthorizationRequest::for_operations or SignIn of the SDK.";

#[derive(Args, Debug)]
pub(crate) struct UrlArguments {
    #[command(flatten)]
    chosen: Chosen,
    /// The id of the registered client [default: DESK_CLIENT_ID]
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// The registered redirect address
    #[arg(long, value_name = "URL", default_value = "http://localhost:8080/")]
    redirect_uri: String,
    /// Where the client is registered: us, eu, in, au, jp, ca, cn, sa or uk
    #[arg(long, value_name = "CODE", default_value = "us")]
    data_centre: DataCentre,
    /// A value that comes back with the code, which nobody can guess
    #[arg(long, value_name = "TEXT")]
    state: Option<String>,
    /// Among the smallest sets, prefer scopes that allow more: further operations may need no new consent
    #[arg(long)]
    broad: bool,
    /// The client is given its organization, so that it need not look for one
    #[arg(long)]
    organization_known: bool,
    /// Print the address alone, without the reasons
    #[arg(long, short)]
    quiet: bool,
}

impl UrlArguments {
    pub(super) fn run(self) -> Done {
        let operations = self.chosen.operations()?;
        let prefer = if self.broad { Prefer::Broad } else { Prefer::Narrow };
        let smallest = smallest(&operations, self.organization_known, prefer);
        let client_id = self.client_id.or_else(|| std::env::var("DESK_CLIENT_ID").ok());
        let client_id = client_id.ok_or_else(|| ScopesError::new("give --client-id, or set DESK_CLIENT_ID"))?;
        let consent = Consent {
            client_id: client_id.trim(),
            redirect_uri: self.redirect_uri.trim(),
            data_centre: self.data_centre,
            state: self.state.as_deref(),
        };
        let url = consent.url(&smallest.scopes())?;
        if !self.quiet {
            // Apart from the address, so that that can be used by other programs.
            let _ = writeln!(io::stderr(), "{smallest}\n");
        }
        print(&format!("{url}\n"), 0)
    }
}
