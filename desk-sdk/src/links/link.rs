//! Links, and the records that have them.

use std::fmt;

use reqwest::Url;
use serde_json::Value;

use super::{Links, Page, Portal, Source};
use crate::record::Record;

/// A link to the page of a record, for a browser. Whoever opens it must sign in there, unless the page is public.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    address: String,
    origin: LinkOrigin,
}

/// How far a link can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LinkOrigin {
    /// Desk itself answered it with the record.
    Answered,
    /// It was made the way Desk's own links are seen to be.
    Observed,
    /// It was made the way that similar links are, which is a guess.
    Inferred,
}

impl Link {
    /// The address, with everything encoded that has to be.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// How far it can be trusted.
    pub fn origin(&self) -> LinkOrigin {
        self.origin
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.address)
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.address
    }
}

/// Records that have pages of their own, for agents or in the help center.
///
/// Where Desk answers a link with the record, in `webUrl` or `portalUrl`, that is the link. Otherwise it is made from the
/// record and a [`Portal`], if the shape of such links is known. Nothing in a record can lead to another host or to
/// another path.
///
/// ```
/// use desk_sdk::types::Contact;
/// use desk_sdk::{LinkOrigin, Linked};
///
/// let contact: Contact = serde_json::from_str(r#"{"id": "7", "webUrl": "https://desk.zoho.com/support/zylker/7"}"#)?;
/// let link = contact.agent_link(None).expect("a link");
/// assert_eq!((link.as_str(), link.origin()), ("https://desk.zoho.com/support/zylker/7", LinkOrigin::Answered));
/// assert_eq!(contact.help_center_link(None), None);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait Linked: Record {
    /// Where its links come from.
    #[doc(hidden)]
    const LINKS: Links;

    /// The page for agents. `None` if the record has no link, and none can be made: because no portal is given, because
    /// the record lacks what would be in it, or because the shape of such links is not known.
    fn agent_link<'p>(&self, portal: impl Into<Option<&'p Portal>>) -> Option<Link> {
        link(self, Page::Agent, Self::LINKS.agent, portal.into())
    }

    /// The page in the help center, for customers. `None` for the same reasons as for agents, and if the portal has no
    /// [locale](Portal::locale) although the link needs one.
    fn help_center_link<'p>(&self, portal: impl Into<Option<&'p Portal>>) -> Option<Link> {
        link(self, Page::HelpCenter, Self::LINKS.help_center, portal.into())
    }
}

fn link<T: Record>(record: &T, page: Page, source: Source, portal: Option<&Portal>) -> Option<Link> {
    let (slots, _) = record.parts();
    let value = |wire: &str| slots.get(T::FIELDS.iter().position(|name| *name == wire)?)?.get();
    if let Some(Value::String(text)) = source.field.and_then(value)
        && let Some(address) = answered(&text)
    {
        return Some(Link { address, origin: LinkOrigin::Answered });
    }
    let at = |path: &str| {
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let start = value(first)?;
        rest.map_or(Some(start.clone()), |rest| start.pointer(&format!("/{}", rest.replace('.', "/"))).cloned())
    };
    let address = portal?.address(page, source.pattern?, at)?;
    let origin = if source.inferred { LinkOrigin::Inferred } else { LinkOrigin::Observed };
    Some(Link { address, origin })
}

/// A link that a record holds, if it is one that a browser can be given.
fn answered(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let plain = matches!(url.scheme(), "https" | "http") && url.username().is_empty() && url.password().is_none();
    plain.then(|| url.into())
}
