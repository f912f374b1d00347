//! How `profiles.toml` is read.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::str::FromStr;

use desk_sdk::auth::DataCentre;
use toml_edit::{Document, Item, Table};

use super::{Profile, ProfileError, ProfileName, SecretStore, checked_address, checked_redirect};
use crate::scopes::{likely, line};

pub(super) const DEFAULT: &str = "default";
pub(super) const PROFILES: &str = "profiles";
pub(super) const DATA_CENTRE: &str = "data-centre";
pub(super) const ADDRESS: &str = "address";
pub(super) const ORGANIZATION: &str = "organization";
pub(super) const CLIENT_ID: &str = "client-id";
pub(super) const REDIRECT_URI: &str = "redirect-uri";
pub(super) const STORE: &str = "store";
pub(super) const TEMPORARY: &str = "temporary";

const KEYS: [&str; 7] = [DATA_CENTRE, ADDRESS, ORGANIZATION, CLIENT_ID, REDIRECT_URI, STORE, TEMPORARY];

/// What the file says.
#[derive(Clone, Debug, Default)]
pub(super) struct Contents {
    pub(super) default: Option<ProfileName>,
    pub(super) profiles: BTreeMap<ProfileName, Profile>,
}

/// Reads the text of a file. All of it has to be understood, so that nothing is misspelt without anybody noticing.
pub(super) fn read(file: &Path, text: &str) -> Result<Contents, ProfileError> {
    let source = Source { file, text };
    let document = Document::parse(text).map_err(|error| source.error(error.span(), error.message()))?;
    let mut contents = Contents::default();
    for (key, item) in document.as_table() {
        match key {
            DEFAULT => contents.default = Some(source.parsed(item, &source.text_of(item)?)?),
            PROFILES => {
                let Item::Table(profiles) = item else {
                    return Err(source.error(item.span(), "write each profile as a table, such as [profiles.work]"));
                };
                contents.profiles = source.profiles(profiles)?;
            }
            other => return Err(source.unknown(document.key(other), other, &[DEFAULT, PROFILES])),
        }
    }
    Ok(contents)
}

/// A text, and the file that it is in.
#[derive(Clone, Copy)]
struct Source<'t> {
    file: &'t Path,
    text: &'t str,
}

impl Source<'_> {
    fn profiles(self, profiles: &Table) -> Result<BTreeMap<ProfileName, Profile>, ProfileError> {
        let mut all = BTreeMap::new();
        for (name, item) in profiles {
            let span = || profiles.key(name).and_then(|key| key.span());
            let parsed = name.parse::<ProfileName>().map_err(|error| self.error(span(), error))?;
            let Item::Table(table) = item else {
                return Err(self.error(span(), format!("write the profile as a table: [profiles.{parsed}]")));
            };
            all.insert(parsed, self.profile(table)?);
        }
        Ok(all)
    }

    fn profile(self, table: &Table) -> Result<Profile, ProfileError> {
        let mut profile = Profile::default();
        for (key, item) in table {
            match key {
                DATA_CENTRE => {
                    profile.data_centre = Some(self.parsed::<DataCentre>(item, &self.text_of(item)?)?);
                }
                ADDRESS => profile.address = Some(self.checked(item, ADDRESS, checked_address)?),
                ORGANIZATION => profile.organization = Some(self.id_of(item)?),
                CLIENT_ID => {
                    let text = self.text_of(item)?;
                    if !text.chars().all(|c| c.is_ascii_graphic()) {
                        return Err(self.error(item.span(), "a client's id is like 1000.ABC: the API console shows it"));
                    }
                    profile.client_id = Some(text);
                }
                REDIRECT_URI => {
                    let checked = |text: &str| checked_redirect(text, false);
                    profile.redirect_uri = Some(self.checked(item, REDIRECT_URI, checked)?);
                }
                STORE => profile.store = self.parsed::<SecretStore>(item, &self.text_of(item)?)?,
                TEMPORARY => {
                    let wrong = || self.error(item.span(), "write true or false");
                    profile.temporary = item.as_bool().ok_or_else(wrong)?;
                }
                other => return Err(self.unknown(table.key(other), other, &KEYS)),
            }
        }
        Ok(profile)
    }

    fn text_of(self, item: &Item) -> Result<String, ProfileError> {
        let text = item.as_str().map(str::trim).filter(|text| !text.is_empty());
        text.map(str::to_owned).ok_or_else(|| self.error(item.span(), "write a text in quotes"))
    }

    /// An id, which people write as a number as well.
    fn id_of(self, item: &Item) -> Result<String, ProfileError> {
        let text = match item.as_integer() {
            Some(number) => number.to_string(),
            None => self.text_of(item)?,
        };
        match text.chars().all(|c| c.is_ascii_digit()) {
            true => Ok(text),
            false => Err(self.error(item.span(), "an organization's id has digits only: `desk orgs` shows it")),
        }
    }

    /// A text that something else judges, with words that follow the setting's name.
    fn checked(
        self,
        item: &Item,
        name: &str,
        check: impl FnOnce(&str) -> Result<String, String>,
    ) -> Result<String, ProfileError> {
        check(&self.text_of(item)?).map_err(|reason| self.error(item.span(), format!("`{name}` {reason}")))
    }

    fn parsed<T: FromStr<Err: std::fmt::Display>>(self, item: &Item, text: &str) -> Result<T, ProfileError> {
        text.parse().map_err(|error| self.error(item.span(), error))
    }

    fn unknown(self, key: Option<&toml_edit::Key>, name: &str, known: &[&'static str]) -> ProfileError {
        let meant = match likely(name, known.iter().copied()) {
            Some(likely) => format!("did you mean `{likely}`?"),
            None => format!("there are {}", known.join(", ")),
        };
        self.error(key.and_then(toml_edit::Key::span), format!("there is no setting `{}`: {meant}", line(name)))
    }

    fn error(self, span: Option<Range<usize>>, problem: impl std::fmt::Display) -> ProfileError {
        let before = self.text.get(..span.map_or(0, |span| span.start)).unwrap_or_default();
        let number = before.matches('\n').count() + 1;
        ProfileError::File { file: self.file.to_owned(), line: number, problem: line(&problem.to_string()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        read(Path::new("profiles.toml"), text).unwrap_err().to_string()
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, expected) in [
            ("default = \"work\"\n[profiles.work\n", "line 2: "),
            ("default = 7\n", "line 1: write a text in quotes"),
            ("# a comment\nprofile = 1\n", "line 2: there is no setting `profile`: did you mean `profiles`?"),
            ("profiles = 1\n", "line 1: write each profile as a table"),
            ("[profiles]\nwork = \"eu\"\n", "line 2: write the profile as a table: [profiles.work]"),
            ("[profiles.Work]\n", "line 1: `Work` is not a profile's name"),
            ("[profiles.a]\norganisation = \"7\"\n", "line 2: there is no setting `organisation`: did you mean `organ"),
            ("[profiles.a]\n\ndata-centre = \"mars\"\n", "line 3: \"mars\" is not a data centre; choose one of us, "),
            ("[profiles.a]\nstore = \"memory\"\n", "line 2: choose keyring or file"),
            ("[profiles.a]\ntemporary = \"yes\"\n", "line 2: write true or false"),
            ("[profiles.a]\naddress = \"\"\n", "line 2: write a text in quotes"),
            ("[profiles.a]\n[profiles.a]\n", "line 2: "),
            ("[profiles.a]\naddress = \"desk\"\n", "line 2: `address` is no address, such as https://"),
            ("[profiles.a]\naddress = \"http://desk.example\"\n", "line 2: `address` starts with http://"),
            ("[profiles.a]\n\nredirect-uri = \"x\"\n", "line 3: `redirect-uri` is no address, such as http://"),
            ("[profiles.a]\norganization = \"seven\"\n", "line 2: an organization's id has digits only"),
            ("[profiles.a]\norganization = -7\n", "line 2: an organization's id has digits only"),
            ("[profiles.a]\nclient-id = \"a b\"\n", "line 2: a client's id is like 1000.ABC"),
        ] {
            assert!(told(text).contains(expected), "{text:?}: {}", told(text));
        }
    }

    #[test]
    fn a_whole_profile_is_read() {
        let text = "default = \"work\"\n[profiles.work]\ndata-centre = \"eu\"\norganization = 7\nstore = \"keyring\"\n";
        let contents = read(Path::new("profiles.toml"), text).unwrap();
        let name: ProfileName = "work".parse().unwrap();
        assert_eq!(contents.default.as_ref(), Some(&name));
        let profile = &contents.profiles[&name];
        assert_eq!(profile.data_centre, Some(DataCentre::Europe));
        assert_eq!(profile.organization.as_deref(), Some("7"));
        assert_eq!(profile.store, SecretStore::Keyring);
    }
}
