//! A profile's name.

use std::fmt;
use std::str::FromStr;

use super::ProfileError;

/// The longest name.
const LONGEST: usize = 64;

/// A profile's name. It is part of the names of files, so it is one that every file system has, and that differs from
/// others in more than capitals.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProfileName(String);

impl ProfileName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ProfileName {
    type Err = ProfileError;

    fn from_str(text: &str) -> Result<Self, ProfileError> {
        let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let fits = text.len() <= LONGEST
            && text.starts_with(letter)
            && text.chars().all(|c| letter(c) || matches!(c, '-' | '_' | '.'));
        if fits { Ok(Self(text.to_owned())) } else { Err(ProfileError::Name(text.to_owned())) }
    }
}

impl fmt::Display for ProfileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_files_everywhere() {
        for good in ["work", "7", "client-a.eu_2", &"a".repeat(64)] {
            assert_eq!(good.parse::<ProfileName>().unwrap().as_str(), good);
        }
        for bad in ["", "Work", "../work", ".work", "a b", "ä", "a/b", "a\u{202e}b", &"a".repeat(65)] {
            let told = bad.parse::<ProfileName>().unwrap_err().to_string();
            assert!(told.contains("is not a profile's name") && !told.contains('\u{202e}'), "{told}");
        }
    }
}
