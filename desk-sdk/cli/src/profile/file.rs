//! The file `profiles.toml`.

use toml_edit::{DocumentMut, Item, Table, value};

use super::read::{
    ADDRESS, CLIENT_ID, Contents, DATA_CENTRE, DEFAULT, ORGANIZATION, PROFILES, REDIRECT_URI, STORE, TEMPORARY, read,
};
use super::{ConfigFolder, Profile, ProfileError, ProfileName, own_file};
use crate::scopes::likely;

/// What a new file starts with.
const HEAD: &str = "# Profiles of the program desk. There is no secret in this file.\n";

/// All profiles, as they were read.
#[derive(Clone, Debug)]
pub struct Profiles {
    text: String,
    contents: Contents,
}

impl Profiles {
    /// Reads the profiles of a folder; there are none if it has no file of them.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or something in it cannot be understood.
    pub fn read(folder: &ConfigFolder) -> Result<Self, ProfileError> {
        let text = own_file::read(&folder.profiles())?.unwrap_or_default();
        let contents = read(&folder.profiles(), &text)?;
        Ok(Self { text, contents })
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&ProfileName, &Profile)> {
        self.contents.profiles.iter()
    }

    /// A profile, if there is one of this name.
    pub fn get(&self, name: &ProfileName) -> Option<&Profile> {
        self.contents.profiles.get(name)
    }

    /// A profile.
    ///
    /// # Errors
    ///
    /// If there is none of this name, with the one that was probably meant.
    pub fn named(&self, name: &ProfileName) -> Result<&Profile, ProfileError> {
        self.get(name).ok_or_else(|| {
            let known: Vec<String> = self.contents.profiles.keys().map(ToString::to_string).collect();
            let likely = likely(name.as_str(), known.iter().map(String::as_str)).map(str::to_owned);
            ProfileError::Unknown { name: name.to_string(), known, likely }
        })
    }

    /// The profile that is used where none is named.
    pub fn default_name(&self) -> Option<&ProfileName> {
        self.contents.default.as_ref()
    }

    /// Adds a profile, or replaces its settings. If there is no default, it becomes the default, unless it is temporary.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or written.
    pub fn keep(folder: &ConfigFolder, name: &ProfileName, profile: &Profile) -> Result<(), ProfileError> {
        change(folder, |before, document| {
            let profiles = document.entry(PROFILES).or_insert_with(tables);
            let own = profiles[name.as_str()].or_insert(Item::Table(Table::new()));
            write(own, profile);
            if before.contents.default.is_none() && !profile.temporary {
                document[DEFAULT] = value(name.as_str());
            }
            Ok(())
        })
    }

    /// Makes a profile the default.
    ///
    /// # Errors
    ///
    /// If there is no such profile, or the file cannot be read or written.
    pub fn set_default(folder: &ConfigFolder, name: &ProfileName) -> Result<(), ProfileError> {
        change(folder, |before, document| {
            before.named(name)?;
            document[DEFAULT] = value(name.as_str());
            Ok(())
        })
    }

    /// Removes a profile. If it is the default, there is none any more.
    ///
    /// # Errors
    ///
    /// If there is no such profile, or the file cannot be read or written.
    pub fn remove(folder: &ConfigFolder, name: &ProfileName) -> Result<(), ProfileError> {
        change(folder, |before, document| {
            before.named(name)?;
            if let Some(profiles) = document[PROFILES].as_table_mut() {
                profiles.remove(name.as_str());
            }
            if before.default_name() == Some(name) {
                document.remove(DEFAULT);
            }
            Ok(())
        })
    }
}

/// Changes the file as a whole, while nobody else does. What people wrote into it stays.
fn change(
    folder: &ConfigFolder,
    edit: impl FnOnce(&Profiles, &mut DocumentMut) -> Result<(), ProfileError>,
) -> Result<(), ProfileError> {
    folder.create()?;
    let file = folder.profiles();
    let _lock = own_file::lock(&file.with_extension("toml.lock"))?;
    let before = Profiles::read(folder)?;
    // What stands in a file without settings would come after those that are added.
    let is_empty = before.contents.default.is_none() && before.contents.profiles.is_empty();
    let (head, text) = match (is_empty, before.text.trim().is_empty()) {
        (true, true) => (HEAD, ""),
        (true, false) => (before.text.as_str(), ""),
        (false, _) => ("", before.text.as_str()),
    };
    let mut document: DocumentMut = text.parse().map_err(|error| ProfileError::reading(&file, error))?;
    edit(&before, &mut document)?;
    own_file::write(&file, &format!("{head}{document}"))
}

/// A table that is written only as what its tables are called after.
fn tables() -> Item {
    let mut table = Table::new();
    table.set_implicit(true);
    Item::Table(table)
}

fn write(own: &mut Item, profile: &Profile) {
    let Profile { data_centre, address, organization, client_id, redirect_uri, store, temporary } = profile;
    let texts = [
        (DATA_CENTRE, data_centre.map(|centre| centre.code().to_owned())),
        (ADDRESS, address.clone()),
        (ORGANIZATION, organization.clone()),
        (CLIENT_ID, client_id.clone()),
        (REDIRECT_URI, redirect_uri.clone()),
        (STORE, Some(store.name().to_owned())),
    ];
    let flag = temporary.then(|| value(true));
    let all = texts.into_iter().map(|(key, text)| (key, text.map(value))).chain([(TEMPORARY, flag)]);
    let Some(table) = own.as_table_mut() else { return };
    for (key, item) in all {
        match item {
            // What stands beside a value that stays the same, such as a comment, stays as well.
            Some(new) => match table.get_mut(key).and_then(Item::as_value_mut) {
                Some(old) if same(old, &new) => {}
                Some(old) => {
                    let around = old.decor().clone();
                    if let Item::Value(new) = new {
                        *old = new;
                        *old.decor_mut() = around;
                    }
                }
                None => drop(table.insert(key, new)),
            },
            None => drop(table.remove(key)),
        }
    }
}

fn same(old: &toml_edit::Value, new: &Item) -> bool {
    old.as_str().is_some_and(|text| new.as_str() == Some(text))
        || old.as_bool().is_some_and(|flag| new.as_bool() == Some(flag))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn name(text: &str) -> ProfileName {
        text.parse().unwrap()
    }

    #[test]
    fn what_people_wrote_stays() {
        let folder = tempfile::tempdir().unwrap();
        let folder = ConfigFolder::at(folder.path().join("deep/desk"));
        let profile = Profile { organization: Some("7".to_owned()), ..Profile::default() };
        Profiles::keep(&folder, &name("work"), &profile).unwrap();
        let written = fs::read_to_string(folder.profiles()).unwrap();
        assert_eq!(
            written,
            format!("{HEAD}default = \"work\"\n\n[profiles.work]\norganization = \"7\"\nstore = \"file\"\n")
        );

        let by_hand =
            "# mine\ndefault = \"work\" # always\n\n[profiles.work]\norganization = \"7\" # ours\n# the rest\n";
        fs::write(folder.profiles(), by_hand).unwrap();
        let other = Profile { organization: Some("8".to_owned()), ..Profile::default() };
        Profiles::keep(&folder, &name("work"), &other).unwrap();
        Profiles::keep(&folder, &name("test"), &profile).unwrap();
        let written = fs::read_to_string(folder.profiles()).unwrap();
        for kept in ["# mine", "default = \"work\" # always", "organization = \"8\" # ours", "# the rest"] {
            assert!(written.contains(kept), "{kept}: {written}");
        }
        Profiles::remove(&folder, &name("work")).unwrap();
        let left = Profiles::read(&folder).unwrap();
        assert_eq!((left.default_name(), left.iter().count()), (None, 1));
        Profiles::keep(&folder, &name("test"), &other).unwrap();
        let missing = Profiles::set_default(&folder, &name("tset")).unwrap_err().to_string();
        assert_eq!(missing, "there is no profile `tset` (did you mean test?)");
        // A file without profiles keeps its words above those that are added.
        Profiles::remove(&folder, &name("test")).unwrap();
        fs::write(folder.profiles(), "# nobody\n").unwrap();
        Profiles::keep(&folder, &name("work"), &profile).unwrap();
        assert!(fs::read_to_string(folder.profiles()).unwrap().starts_with("# nobody\ndefault = \"work\"\n"));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let above = tempfile::tempdir().unwrap();
        let folder = ConfigFolder::at(above.path().join("desk"));
        Profiles::keep(&folder, &name("work"), &Profile::default()).unwrap();
        let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(folder.path()), mode(&folder.profiles())), (0o700, 0o600));
        // A link stays one: settings are often kept elsewhere.
        let elsewhere = above.path().join("elsewhere.toml");
        fs::rename(folder.profiles(), &elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, folder.profiles()).unwrap();
        Profiles::keep(&folder, &name("test"), &Profile::default()).unwrap();
        assert!(fs::symlink_metadata(folder.profiles()).unwrap().is_symlink());
        assert_eq!(Profiles::read(&folder).unwrap().iter().count(), 2);
    }
}
