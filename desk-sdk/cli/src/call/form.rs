//! The parts of a form as it is sent.

/// A part of a form.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'b> {
    pub(super) name: String,
    /// The file's name, if it is one.
    pub(super) file: Option<String>,
    pub(super) content: &'b [u8],
}

/// The parts of a body, if its media type says that it is a form.
pub(super) fn parts<'b>(media_type: &str, body: &'b [u8]) -> Option<Vec<Part<'b>>> {
    let boundary = media_type.strip_prefix("multipart/form-data")?.split_once("boundary=")?.1.trim_matches('"');
    let mark = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut rest = &body[find(body, mark.as_bytes())? + mark.len()..];
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = find(part, format!("\r\n{mark}").as_bytes())?;
        parts.extend(read(&part[..end]));
        rest = &part[end + 2 + mark.len()..];
    }
    Some(parts)
}

fn read(part: &[u8]) -> Option<Part<'_>> {
    let end = find(part, b"\r\n\r\n")?;
    let headers = String::from_utf8_lossy(&part[..end]);
    let about = headers.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let value = |key: &str| {
        let start = about.find(&format!("; {key}=\""))? + key.len() + 4;
        about[start..].find('"').map(|length| about[start..start + length].to_owned())
    };
    Some(Part { name: value("name")?, file: value("filename"), content: &part[end + 4..] })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_taken_apart() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"isPublic\"\r\n\r\ntrue\r\n--x\r\n\
            Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\na\r\nb\r\n\
            --x--\r\n";
        let read = parts("multipart/form-data; boundary=x", body.as_bytes()).unwrap();
        let part = |name: &str, file: Option<&str>, content: &'static str| Part {
            name: name.to_owned(),
            file: file.map(str::to_owned),
            content: content.as_bytes(),
        };
        assert_eq!(read, [part("isPublic", None, "true"), part("file", Some("a.txt"), "a\r\nb")]);
        assert_eq!(parts("application/json", b"{}"), None);
        assert_eq!(parts("multipart/form-data; boundary=x", b"--x\r\nbroken"), None);
    }
}
