//! Where an organization's data is stored, and the addresses that follow from it.

use std::fmt;
use std::str::FromStr;

/// One of Zoho's data centres. An organization belongs to one; its tokens are useless elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DataCentre {
    /// `desk.zoho.com`
    #[default]
    UnitedStates,
    /// `desk.zoho.eu`
    Europe,
    /// `desk.zoho.in`
    India,
    /// `desk.zoho.com.au`
    Australia,
    /// `desk.zoho.jp`
    Japan,
    /// `desk.zohocloud.ca`
    Canada,
    /// `desk.zoho.com.cn`
    China,
    /// `desk.zoho.sa`
    SaudiArabia,
    /// `desk.zoho.uk`
    UnitedKingdom,
}

/// The code, and the part of the addresses that differs between data centres.
const TABLE: [(DataCentre, &str, &str); 9] = [
    (DataCentre::UnitedStates, "us", "zoho.com"),
    (DataCentre::Europe, "eu", "zoho.eu"),
    (DataCentre::India, "in", "zoho.in"),
    (DataCentre::Australia, "au", "zoho.com.au"),
    (DataCentre::Japan, "jp", "zoho.jp"),
    (DataCentre::Canada, "ca", "zohocloud.ca"),
    (DataCentre::China, "cn", "zoho.com.cn"),
    (DataCentre::SaudiArabia, "sa", "zoho.sa"),
    (DataCentre::UnitedKingdom, "uk", "zoho.uk"),
];

impl DataCentre {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(centre, _, _)| *centre)
    }

    /// Its code, such as `eu`.
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// The address of Desk there.
    pub fn desk_url(self) -> String {
        format!("https://desk.{}", self.row().1)
    }

    /// The address of the accounts server there.
    pub fn accounts_url(self) -> String {
        format!("https://accounts.{}", self.row().1)
    }

    /// The data centre that a token's `api_domain` names, such as `https://www.zohoapis.eu`.
    pub fn from_api_domain(domain: &str) -> Option<Self> {
        let host = domain.split("://").last()?.split(['/', ':']).next()?.to_ascii_lowercase();
        // The longest ending takes precedence: zoho.com.au is not zoho.com.
        let matches = TABLE.iter().filter(|(_, _, zone)| {
            let end = zone.split_once('.').map_or("", |(_, end)| end);
            let hosts = [(*zone).to_owned(), format!("zohoapis.{end}"), format!("zohocloud.{end}")];
            hosts.iter().any(|known| host == *known || host.ends_with(&format!(".{known}")))
        });
        matches.max_by_key(|(_, _, zone)| zone.len()).map(|(centre, _, _)| *centre)
    }

    fn row(self) -> (&'static str, &'static str) {
        TABLE.iter().find(|(centre, _, _)| *centre == self).map_or(("us", "zoho.com"), |(_, code, zone)| (code, zone))
    }
}

impl fmt::Display for DataCentre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A name that is not a data centre's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a data centre; choose one of us, eu, in, au, jp, ca, cn, sa or uk")]
pub struct UnknownDataCentre(String);

impl FromStr for DataCentre {
    type Err = UnknownDataCentre;

    /// Reads a code such as `eu`, or a host name that ends like a data centre's.
    fn from_str(text: &str) -> Result<Self, UnknownDataCentre> {
        let text = text.trim();
        let by_code = TABLE.iter().find(|(_, code, _)| code.eq_ignore_ascii_case(text)).map(|(centre, _, _)| *centre);
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
