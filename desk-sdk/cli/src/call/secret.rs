//! Arguments that look like tokens.

use std::ffi::OsString;

use super::Problem;

/// How many hexadecimal digits each part of a token has.
const DIGITS: usize = 32;

/// Refuses a command line with something that looks like a token: others on the computer can read it, and the shell
/// keeps it in its history.
///
/// # Errors
///
/// If there is one; it is not repeated.
pub fn refuse_tokens(words: &[OsString]) -> Result<(), Problem> {
    match words.iter().any(|word| has_token(&word.to_string_lossy())) {
        false => Ok(()),
        true => Err(Problem::usage(
            "an argument looks like a token, which others on this computer can read there: set DESK_TOKEN instead, and \
             revoke this one",
        )),
    }
}

/// Whether a text has something like `1000.<32 digits>.<32 digits>`, as Zoho's tokens and grants are.
fn has_token(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let is_hex = |text: &str| text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.windows(3).any(|three| {
        let ends_with_number = three[0].ends_with(|c: char| c.is_ascii_digit());
        let last: String = three[2].chars().take(DIGITS).collect();
        ends_with_number && is_hex(three[1]) && is_hex(&last)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_refused_wherever_they_stand() {
        let (one, other) = ("0123456789abcdef".repeat(2), "fedcba9876543210".repeat(2));
        for text in [
            format!("1000.{one}.{other}"),
            format!("--query=a=1000.{one}.{other}"),
            format!("Zoho-oauthtoken 1000.{one}.{other}\n"),
        ] {
            let refused = refuse_tokens(&["get_tickets".into(), text.clone().into()]).unwrap_err();
            assert!(refused.code == 2 && refused.text.contains("DESK_TOKEN") && !refused.text.contains(&one));
        }
        for text in ["1.2.3", "4000000008001", "a.b.c", &one, "desk.zoho.com", "1000.abc.def", ""] {
            assert!(!has_token(text), "{text}");
        }
    }
}
