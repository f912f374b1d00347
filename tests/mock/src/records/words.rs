//! Words in texts, as searches look for them.

/// A search: every word must be found.
#[derive(Debug)]
pub(super) struct Words(Vec<Word>);

#[derive(Debug)]
struct Word {
    text: String,
    /// Whether any rest may follow.
    open: bool,
}

impl Words {
    /// A `*` at the end of a word stands for any rest; on its own it matches any value.
    pub(super) fn new(text: &str) -> Self {
        let word = |word: &str| Word { text: word.trim_end_matches('*').to_lowercase(), open: word.ends_with('*') };
        Self(text.split_whitespace().map(word).collect())
    }

    /// Whether each word is in one of the texts.
    pub(super) fn are_in(&self, texts: &[String]) -> bool {
        let lower: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
        !lower.is_empty() && self.0.iter().all(|word| lower.iter().any(|text| word.is_in(text)))
    }
}

impl Word {
    /// Words begin and end where letters and digits do.
    fn is_in(&self, text: &str) -> bool {
        if self.text.is_empty() {
            return self.open;
        }
        text.match_indices(&self.text).any(|(start, found)| {
            let before = text[..start].chars().next_back();
            let after = text[start + found.len()..].chars().next();
            let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !inside(before) && (self.open || !inside(after))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_beginnings_of_words() {
        let text = ["Grinder stops after ten seconds, maya@harbour-coffee.example".to_owned()];
        for (searched, expected) in [
            ("grinder", true),
            ("GRIND*", true),
            ("grind", false),
            ("rinder", false),
            ("ten grinder", true),
            ("ten machine", false),
            ("maya@harbour-coffee.example", true),
            ("maya@harbour*", true),
            ("*", true),
            ("seconds,", true),
        ] {
            assert_eq!(Words::new(searched).are_in(&text), expected, "{searched}");
        }
        assert!(!Words::new("*").are_in(&[]));
    }
}
