//! A received request, independent of the HTTP library.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;
use percent_encoding::percent_decode_str;

/// A request with its body read.
pub(crate) struct Incoming {
    /// As sent: `GET`.
    pub(crate) method: String,
    /// As sent, escapes included.
    pub(crate) path: String,
    /// Names and values in the order sent, escapes resolved.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Headers, query and body are left out: they may hold tokens.
impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Incoming({} {})", self.method, self.path)
    }
}

impl Incoming {
    pub(crate) fn new(method: &str, path: &str, query: &str, headers: HeaderMap, body: Bytes) -> Self {
        let query = pairs(query);
        Self { method: method.to_owned(), path: path.to_owned(), query, headers, body }
    }

    /// A header's value, if it is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The first value of a query parameter.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The parts of the path between slashes, escapes resolved after splitting.
    pub(crate) fn segments(&self) -> Vec<String> {
        self.path.split('/').skip(1).map(decode).collect()
    }
}

/// Names and values of a query or a form, escapes resolved.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_after_splitting() {
        let incoming = Incoming::new("GET", "/a%2Fb/c", "x=1%262&y=a+b&z&x=", HeaderMap::new(), Bytes::new());
        assert_eq!(incoming.segments(), ["a/b", "c"]);
        let expected = [("x", "1&2"), ("y", "a b"), ("z", ""), ("x", "")];
        assert_eq!(incoming.query, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
