//! `desk login`.

mod consent;
mod settings;

use std::process::ExitCode;

use clap::Args;
use desk_cli::account::{Organization, SignedIn, Wanted, organizations};
use desk_cli::completing;
use desk_cli::problem::Problem;
use desk_cli::profile::{ConfigFolder, ProfileName, SecretStore};
use desk_sdk::ScopeSet;
use desk_sdk::auth::DataCentre;

use self::consent::Way;
use self::settings::Settings;
use super::ending::{end, print, runtime, say};
use super::terminal::Terminal;

pub(crate) const HELP: &str = "\
The client is one that you register in the API console of your data centre (api-console.zoho.com and so on): a
server-based application with the redirect address http://localhost:8080/, or a self client. Its id and secret are asked
for, or come from DESK_CLIENT_ID and DESK_CLIENT_SECRET.

The scopes are the smallest set for what is named, with what finding the organization takes. They are told before anything
is opened.

  desk login                                            everything that only reads
  desk login --profile desk --for tickets,get_contacts  a family, and an operation
  desk login --no-browser                               the browser is on another computer
  desk login --self-client                              with a code that the API console made

Exit codes: 0 signed in, 1 something failed, 2 it cannot be done as asked, 3 the accounts server or the person refused.";

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// What the token is for: operations and families, separated by commas; `all` for every family
    #[arg(long = "for", value_name = "NAMES", value_delimiter = ',', conflicts_with_all = ["read_only", "scopes"],
        add = completing::operations_and_families())]
    purpose: Vec<String>,
    /// All that only reads; this is so unless something else is said
    #[arg(long, conflicts_with = "scopes")]
    read_only: bool,
    /// These scopes, with spaces or commas
    #[arg(long, value_name = "SCOPES")]
    scopes: Option<String>,
    /// Where the organization's data is stored: us, eu, in, au, jp, ca, cn, sa or uk [default: DESK_DATA_CENTRE, or us]
    #[arg(long, value_name = "CODE", add = completing::data_centres())]
    data_centre: Option<DataCentre>,
    /// Another address of Desk, such as that of a gateway; the tokens come from there too, unless --data-centre says
    /// where from
    #[arg(long, value_name = "URL")]
    against: Option<String>,
    /// The organization [default: the only one, or it is asked for]
    #[arg(long, value_name = "ID")]
    organization: Option<String>,
    /// The id of the registered client [default: DESK_CLIENT_ID, or it is asked for]
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// The redirect address that is registered for the client [default: http://localhost:8080/]
    #[arg(long, value_name = "URL")]
    redirect_uri: Option<String>,
    /// Open no browser: print the address, and read the one that the browser ends at from the standard input
    #[arg(long, conflicts_with = "self_client")]
    no_browser: bool,
    /// Read a code that the API console made for a self client from the standard input
    #[arg(long)]
    self_client: bool,
    /// Where secrets are kept: keyring or file [default: keyring, if one answers]
    #[arg(long, value_name = "STORE", add = completing::one_of(["keyring", "file"].map(str::to_owned).to_vec()))]
    store: Option<SecretStore>,
}

impl Arguments {
    pub(crate) fn run(self, profile: Option<&str>) -> ExitCode {
        end(self.sign_in(profile))
    }

    fn sign_in(self, profile: Option<&str>) -> Result<ExitCode, Problem> {
        let terminal = Terminal::here();
        let asked = self.wanted().asked()?;
        let Settings { folder, name, client, client_secret, profile, store_is_given } =
            Settings::of(&self, profile, terminal)?;
        let way = match (self.self_client, self.no_browser) {
            (true, _) => Way::Console,
            (_, true) => Way::Elsewhere,
            _ => Way::Browser,
        };
        let accounts = profile.accounts_address();
        let scopes = asked.scopes.join(" ");
        match way {
            Way::Console => say(&format!(
                "Signing in to profile {name} at {accounts}. For {}, make a code in the API console with the scopes:\n  {}",
                asked.purpose,
                asked.scopes.join(",")
            )),
            _ => {
                say(&format!("Signing in to profile {name} at {accounts}. It asks for {}:\n  {scopes}", asked.purpose))
            }
        }
        let runtime = runtime()?;
        runtime.block_on(async {
            let tokens = way.sign_in(&client, &asked.scopes, &profile, terminal).await?;
            let mut signed_in = SignedIn::new(client, client_secret, tokens, profile);
            let organization = match choose(&signed_in, self.organization.as_deref(), terminal).await {
                Ok(organization) => organization,
                Err(failure) => {
                    signed_in.give_up().await;
                    return Err(failure);
                }
            };
            signed_in.profile.organization = organization.as_ref().map(|one| one.id.clone());
            let granted = signed_in.token().await?.scopes;
            keep(&mut signed_in, &folder, &name, store_is_given).await?;
            told_others(&asked.scopes, granted.as_ref());
            let of = organization.map_or_else(String::new, |one| format!(", organization {one}"));
            let place = match signed_in.profile.store {
                SecretStore::Keyring => "the system's keyring".to_owned(),
                SecretStore::File => format!("files in {}", folder.path().display()),
            };
            print(&format!("signed in: profile {name}{of}; its secrets are in {place}\n"))
        })
    }

    fn wanted(&self) -> Wanted {
        match (&self.scopes, self.purpose.is_empty()) {
            (Some(scopes), _) => Wanted::Scopes(scopes.clone()),
            (None, false) => Wanted::For(self.purpose.clone()),
            (None, true) => Wanted::ReadOnly,
        }
    }
}

/// The organization that calls will be made for: the one that was given, the only one, or the one that is chosen.
async fn choose(
    signed_in: &SignedIn,
    given: Option<&str>,
    terminal: Option<Terminal>,
) -> Result<Option<Organization>, Problem> {
    let mut all = match organizations(&signed_in.desk()?).await {
        Ok(all) => all,
        Err(error) => {
            say(&format!("note: the organizations cannot be listed: {error}"));
            let given = given.map(Organization::with_id);
            return Ok(given);
        }
    };
    let known = given.or(signed_in.profile.organization.as_deref());
    if let Some(found) = known.and_then(|id| all.iter().position(|one| one.id == id)) {
        return Ok(Some(all.swap_remove(found)));
    }
    let listed = || all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if let Some(given) = given {
        return Err(Problem::usage(format!("the token's user is not in organization {given}, but in {}", listed())));
    }
    match (all.len(), terminal) {
        (0, _) => {
            say("note: the token's user is in no organization, so that nothing can be called yet");
            Ok(None)
        }
        (1, _) => Ok(all.pop()),
        (_, None) => {
            say(&format!(
                "note: the token's user is in {}; the first is used. `desk orgs --use ID` changes that",
                listed()
            ));
            Ok(Some(all.swap_remove(0)))
        }
        (count, Some(terminal)) => {
            for (number, organization) in (1..).zip(&all) {
                say(&format!("{number:>3}  {organization}"));
            }
            loop {
                let answer = terminal.ask("Which organization", Some("1"))?;
                let by_id = all.iter().position(|one| one.id == answer);
                let by_number = answer.parse::<usize>().ok().filter(|number| (1..=count).contains(number));
                match by_id.or(by_number.map(|number| number - 1)) {
                    Some(found) => return Ok(Some(all.swap_remove(found))),
                    None => say(&format!("write a number from 1 to {count}")),
                }
            }
        }
    }
}

/// Keeps what was obtained; in a file if the keyring does not take it after all, unless it was asked for.
async fn keep(
    signed_in: &mut SignedIn,
    folder: &ConfigFolder,
    name: &ProfileName,
    store_is_given: bool,
) -> Result<(), Problem> {
    // From here on it takes a moment, which nobody should cut in two.
    #[cfg(unix)]
    let _signals = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt());
    let mut kept = signed_in.keep(folder, name).await;
    if let (Err(error), SecretStore::Keyring, false) = (&kept, signed_in.profile.store, store_is_given) {
        say(&format!("note: {error}. The secrets are kept in a file instead"));
        signed_in.profile.store = SecretStore::File;
        kept = signed_in.keep(folder, name).await;
    }
    match kept {
        Ok(None) => Ok(()),
        Ok(Some(error)) => {
            say(&format!("note: the token that this profile had before could not be revoked: {error}"));
            Ok(())
        }
        Err(error) => {
            signed_in.give_up().await;
            Err(Problem::from(error).with(". Nothing was changed, and the new token was revoked"))
        }
    }
}

/// Says which scopes were asked for and not granted, and which were granted without being asked for: a code that somebody
/// made in the API console has whatever they chose there.
fn told_others(asked: &[String], granted: Option<&ScopeSet>) {
    let Some(granted) = granted else { return };
    let asked = ScopeSet::new(asked);
    let missing = asked.difference(granted);
    if !missing.is_empty() {
        say(&format!("note: not granted: {missing}"));
    }
    let more = granted.difference(&asked);
    if !more.is_empty() {
        let named: Vec<&str> = more.iter().take(5).collect();
        let rest = match more.len() - named.len() {
            0 => String::new(),
            rest => format!(" and {rest} more"),
        };
        say(&format!(
            "note: the token may do more than was asked for, with {}{rest}. If that is not meant, `desk logout` and sign in \
             with a code that has only the scopes above",
            named.join(", ")
        ));
    }
}
