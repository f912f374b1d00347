//! A request, as text and as a curl command.

use std::fmt;

use serde_json::Value;

use super::form::{Part, parts};

/// The header that names the organization.
const ORGANIZATION: &str = "orgid";
/// How much of a text that is no JSON is shown, in characters.
const LONGEST: usize = 2000;

/// A request, without its token. It prints as HTTP does, with control characters escaped.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The method.
    pub method: String,
    /// The whole address.
    pub address: String,
    /// The headers but for the token.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// Whether it only looks for the organization.
    pub(super) is_search: bool,
}

impl Shown {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The same request as a curl command, which takes the token from DESK_TOKEN, and an organization that is not known
    /// from DESK_ORGANIZATION.
    pub fn curl(&self) -> String {
        let mut words = vec![format!("curl {}", quoted(&self.address))];
        let is_form = self.form().is_some();
        let usual = if self.body.is_empty() { "GET" } else { "POST" };
        if self.method != usual {
            words.push(format!("-X {}", self.method));
        }
        words.push("-H \"Authorization: Zoho-oauthtoken $DESK_TOKEN\"".to_owned());
        for (name, value) in &self.headers {
            let name = shown_name(name);
            match value.as_str() {
                "" if name == "orgId" => words.push("-H \"orgId: $DESK_ORGANIZATION\"".to_owned()),
                _ if is_form && is_of_form(name) => {}
                value => words.push(format!("-H {}", quoted(&format!("{name}: {value}")))),
            }
        }
        match self.form() {
            Some(form) => words.extend(form.iter().map(|part| match &part.file {
                Some(file) => format!("-F {}", quoted(&format!("{}=@{file}", part.name))),
                None => format!("--form-string {}", quoted(&format!("{}={}", part.name, text(part.content)))),
            })),
            None if self.body.is_empty() => {}
            None => words.push(format!("--data-raw {}", quoted(&text(&self.body)))),
        }
        words.join(" \\\n  ")
    }

    /// Leaves open whose data is meant: that would be looked for.
    pub(super) fn forget_organization(&mut self) {
        for (name, value) in &mut self.headers {
            if name.eq_ignore_ascii_case(ORGANIZATION) {
                value.clear();
            }
        }
    }

    fn form(&self) -> Option<Vec<Part<'_>>> {
        parts(self.header("content-type")?, &self.body)
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {}", self.method, self.address)?;
        writeln!(f, "authorization: Zoho-oauthtoken (not shown)")?;
        let form = self.form();
        for (name, value) in &self.headers {
            let name = shown_name(name);
            match value.as_str() {
                _ if form.is_some() && name.eq_ignore_ascii_case("content-length") => {}
                "" if name == "orgId" => writeln!(f, "orgId: (the first organization of the token's user)")?,
                value => writeln!(f, "{name}: {}", plain(value))?,
            }
        }
        if self.body.is_empty() {
            return Ok(());
        }
        writeln!(f)?;
        if let Some(form) = form {
            for Part { name, file, content } in form {
                let name = plain(&name);
                match file {
                    Some(file) => writeln!(f, "{name}: the file {}, {} bytes", plain(&file), content.len())?,
                    None => writeln!(f, "{name}: {}", plain(&text(content)))?,
                }
            }
            return Ok(());
        }
        match serde_json::from_slice::<Value>(&self.body) {
            Ok(json) => writeln!(f, "{json:#}"),
            Err(_) => writeln!(f, "{} bytes: {}", self.body.len(), plain(&text(&self.body))),
        }
    }
}

/// Whether whoever sends a form writes this header: with another boundary, the length is another one, too.
fn is_of_form(name: &str) -> bool {
    ["content-type", "content-length"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// HTTP compares names without case; this one is always written so.
fn shown_name(name: &str) -> &str {
    if name.eq_ignore_ascii_case(ORGANIZATION) { "orgId" } else { name }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn plain(text: &str) -> String {
    let cut: String = text.chars().take(LONGEST).collect();
    crate::scopes::line(&cut)
}

/// A text as a word of a shell.
pub fn quoted(text: &str) -> String {
    let is_plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ',' | ':' | '/' | '@' | '=' | '+');
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_reach_a_program_as_they_are() {
        for (text, word) in [
            ("get_tickets", "get_tickets"),
            ("--limit=5", "--limit=5"),
            ("two words", "'two words'"),
            ("it's $HOME", r"'it'\''s $HOME'"),
            ("", "''"),
            ("a&b", "'a&b'"),
        ] {
            assert_eq!(quoted(text), word);
        }
    }
}
