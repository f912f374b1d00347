//! What no argument may be.

/// Says what to do instead if an argument is a token: everybody on the computer can read the arguments of programs, and
/// shells keep them. It is not repeated.
///
/// # Errors
///
/// If one is.
pub fn refuse_tokens(arguments: impl IntoIterator<Item = String>) -> Result<(), String> {
    match arguments.into_iter().any(|argument| has_token(&argument)) {
        false => Ok(()),
        true => Err("one of the arguments looks like a token. Everybody on this computer can read the arguments of \
                     programs, and shells keep them: set DESK_TOKEN instead, or sign in with `desk login`. Since the \
                     token was visible, revoke it"
            .to_owned()),
    }
}

/// Whether an argument ends in a token of the accounts servers: a number and two long parts of hexadecimal digits, with
/// dots between.
fn has_token(argument: &str) -> bool {
    let value = argument.rsplit(['=', ' ', ':']).next().unwrap_or_default();
    let parts: Vec<&str> = value.split('.').collect();
    let is_secret = |part: &&str| part.len() >= 16 && part.chars().all(|c| c.is_ascii_hexdigit());
    let [number, parts @ ..] = parts.as_slice() else { return false };
    !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) && parts.len() == 2 && parts.iter().all(is_secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_found_wherever_they_stand() {
        let token = "1000.0123456789abcdef0123456789abcdef.0123456789abcdef0123456789abcdef";
        let refused = |argument: &str| refuse_tokens(["desk".to_owned(), argument.to_owned()]);
        for argument in ["{}", "--token={}", "Authorization: Zoho-oauthtoken {}", "Authorization:{}"] {
            let told = refused(&argument.replace("{}", token)).unwrap_err();
            assert!(told.contains("DESK_TOKEN") && !told.contains("0123456789"), "{told}");
        }
        // Ids, versions and addresses of clients are none.
        for argument in ["4000000008001", "1000.0123456789ABCDEF0123456789ABCDEF", "1.2.3", "http://127.0.0.1:8099", ""]
        {
            refused(argument).unwrap();
        }
    }
}
