//! Scopes as people paste them.

use desk_sdk::ScopeSet;

/// The scopes of a text: as a token's answer has them, or as they stand in an address, in JSON, in TOML or on lines.
pub fn granted(text: &str) -> ScopeSet {
    ScopeSet::new(words(text))
}

/// Scopes of a text that are written with other capitals than Zoho's, each with how that is.
pub(super) fn other_case(text: &str) -> Vec<(String, String)> {
    let other = |word: String| {
        let known = ScopeSet::new([word.as_str()]).iter().next()?.to_owned();
        (known != word && known.eq_ignore_ascii_case(&word)).then_some((word, known))
    };
    words(text).into_iter().filter_map(other).collect()
}

fn words(text: &str) -> Vec<String> {
    let text = ["%20", "%2C", "%2c", "%0A", "%0a"].iter().fold(text.to_owned(), |text, code| text.replace(code, " "));
    // No scope has one of these.
    let is_between = |c: char| c.is_whitespace() || ",;+&|\"'`[](){}\u{feff}".contains(c);
    let words = text.split(is_between).map(|word| word.strip_prefix("scope=").unwrap_or(word));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_however_they_are_written() {
        let expected = ScopeSet::parse("Desk.contacts.READ Desk.basic.READ");
        for text in [
            "Desk.contacts.READ,Desk.basic.READ",
            "  Desk.contacts.READ ;Desk.basic.READ\r\n",
            "scope=Desk.contacts.READ%20Desk.basic.READ",
            "Desk.contacts.READ%2CDesk.basic.READ",
            "Desk.contacts.READ+Desk.basic.READ",
            "[\"Desk.contacts.READ\", \"Desk.basic.READ\"]",
            "'Desk.contacts.READ'\n'Desk.basic.READ'",
            "\u{feff}desk.contacts.read Desk.basic.READ Desk.basic.READ",
        ] {
            assert_eq!(granted(text), expected, "{text}");
        }
        assert!(granted("").is_empty() && granted(" ,;\t").is_empty());
        // What is none is kept, so that it is told.
        assert_eq!(granted("Desk.x y").odd().count(), 2);
    }
}
