//! Where an organization's data is stored, and the addresses that follow from it.

use std::fmt;
use std::str::FromStr;

use crate::api::Centre;
use crate::generated::api::CENTRES;
pub use crate::generated::api::DataCentre;

impl DataCentre {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        CENTRES.iter().map(|row| row.centre)
    }

    /// Its code, such as `eu`.
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// The address of Desk there.
    pub fn desk_url(self) -> String {
        self.row().api.to_owned()
    }

    /// The address of the accounts server there.
    pub fn accounts_url(self) -> String {
        self.row().accounts.to_owned()
    }

    /// The data centre that a token's `api_domain` names, such as `https://www.zohoapis.eu`.
    pub fn from_api_domain(domain: &str) -> Option<Self> {
        let host = domain.split("://").last()?.split(['/', ':']).next()?.to_ascii_lowercase();
        let is_within = |known: &str| {
            let before = host.strip_suffix(known);
            before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        };
        let named = CENTRES.iter().filter(|row| row.domains.iter().any(|known| is_within(known)));
        named.map(|row| row.centre).next()
    }

    fn row(self) -> &'static Centre {
        const ALL: &[Centre] = &CENTRES;
        ALL.iter().find(|row| row.centre == self).unwrap_or(&ALL[0])
    }
}

impl fmt::Display for DataCentre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A name that is not a data centre's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a data centre; choose one of {codes}", codes = codes())]
pub struct UnknownDataCentre(String);

/// All codes, for people.
fn codes() -> String {
    let codes: Vec<&str> = CENTRES.iter().map(|row| row.code).collect();
    match codes.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => codes.concat(),
    }
}

impl FromStr for DataCentre {
    type Err = UnknownDataCentre;

    /// Reads a code such as `eu`, or a host name that ends like a data centre's.
    fn from_str(text: &str) -> Result<Self, UnknownDataCentre> {
        let text = text.trim();
        let by_code = CENTRES.iter().find(|row| row.code.eq_ignore_ascii_case(text)).map(|row| row.centre);
        by_code.or_else(|| Self::from_api_domain(text)).ok_or_else(|| UnknownDataCentre(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_follow_from_the_centre() {
        let desks: Vec<_> = DataCentre::all().map(DataCentre::desk_url).collect();
        assert_eq!(desks[0], "https://desk.zoho.com");
        assert!(desks.contains(&"https://desk.zohocloud.ca".to_owned()));
        assert_eq!(DataCentre::China.accounts_url(), "https://accounts.zoho.com.cn");
    }

    #[test]
    fn the_centre_follows_from_a_tokens_domain() {
        for (domain, centre) in [
            ("https://www.zohoapis.com", Some(DataCentre::UnitedStates)),
            ("https://www.zohoapis.eu", Some(DataCentre::Europe)),
            ("https://www.zohoapis.com.au", Some(DataCentre::Australia)),
            ("https://www.zohoapis.com.cn/", Some(DataCentre::China)),
            ("https://www.zohoapis.ca", Some(DataCentre::Canada)),
            ("https://www.zohocloud.ca", Some(DataCentre::Canada)),
            ("desk.zoho.in", Some(DataCentre::India)),
            ("http://127.0.0.1:8099", None),
            ("https://evilzoho.com", None),
            ("", None),
        ] {
            assert_eq!(DataCentre::from_api_domain(domain), centre, "{domain}");
        }
    }

    #[test]
    fn names_are_read_in_any_case() {
        assert_eq!("EU".parse(), Ok(DataCentre::Europe));
        let unknown = "mars".parse::<DataCentre>().map_err(|error| error.to_string());
        assert!(unknown.is_err_and(|error| error.starts_with("\"mars\" is not a data centre")));
    }
}
