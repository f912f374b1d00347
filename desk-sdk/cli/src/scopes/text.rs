//! Text that nobody can misuse, wherever it comes from.

/// A text on one line of a terminal: what would move the cursor, change colours or the direction of writing is escaped,
/// and a text that is very long is cut.
pub fn line(text: &str) -> String {
    const LONGEST: usize = 2000;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => visible(&text[..end]) + "…",
        None => visible(text),
    }
}

/// The same for a text that has to be shown as a whole.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    shown
}

/// A text as a cell of a Markdown table, or elsewhere in Markdown, that is shown as it is.
pub fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in line(text).chars() {
        if c.is_ascii_punctuation() && !matches!(c, ',' | '.' | ';' | ':' | '/' | '-' | '\'' | '"' | '(' | ')') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A text as content or attribute of an HTML element.
pub fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in line(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Whether a character is not seen, or affects others.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let hostile = "<b onload='x'>|`\u{1b}[2J\u{202e}&\"\n_";
        assert_eq!(line(hostile), "<b onload='x'>|`\\u{1b}[2J\\u{202e}&\"\\n_");
        assert_eq!(html(hostile), "&lt;b onload=&#39;x&#39;&gt;|`\\u{1b}[2J\\u{202e}&amp;&quot;\\n_");
        assert_eq!(markdown("a|b `c` <d> [e](f) *g* \\"), "a\\|b \\`c\\` \\<d\\> \\[e\\](f) \\*g\\* \\\\");
        assert_eq!(line(&"ä".repeat(5000)).chars().count(), 2001);
    }
}
