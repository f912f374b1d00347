//! `servers` → what stands before every path.

use super::tree::Node;
use super::{Fix, Importer, openapi};

/// Where calls go: the host, which is empty if it is the one that the file comes from, and the start of paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Server {
    pub(super) host: String,
    pub(super) prefix: String,
}

impl<'n> Importer<'n> {
    /// The server of a document, a path or an operation; `outer` if it names none. The client knows the hosts by
    /// itself, so only the start of the path is taken over.
    pub(super) fn server(&mut self, node: &'n Node<'n>, outer: &Server, file: &'n str) -> Server {
        let Some(list) = node.get("servers").and_then(Node::list).filter(|list| !list.is_empty()) else {
            return outer.clone();
        };
        let mut servers = list.iter().map(|server| {
            let keys = self.keys(server, file, &openapi::SERVER);
            let url = self.text(keys, "url").unwrap_or_default();
            parse(url, server.get("variables"))
        });
        let first = servers.next().unwrap_or_default();
        let others: Vec<Server> = servers.collect();
        if let Some(other) = others.iter().find(|other| other.prefix != first.prefix) {
            let problem = format!("paths start with {:?} or {:?}; the first is used", first.prefix, other.prefix);
            self.note(
                file,
                list[0].at(),
                problem,
                Fix::Other("correct the `path` of operations for which it is wrong"),
            );
        }
        first
    }

    /// Tells hosts that differ within the API: calls would go to the wrong one.
    pub(super) fn same_host(&mut self, server: &Server, node: &'n Node<'n>, file: &'n str) {
        if server.host.is_empty() {
            return;
        }
        let host = self.host.get_or_insert_with(|| server.host.clone()).clone();
        if host != server.host {
            let problem =
                format!("the host is {} here and {host} before; clients have one for all operations", server.host);
            self.note(file, node.at(), problem, Fix::Other("accept this note, or leave these operations out"));
        }
    }
}

/// Reads `https://{region}.example.com/api/{version}`, each variable with its default.
fn parse(url: &str, variables: Option<&Node<'_>>) -> Server {
    let mut whole = String::new();
    let mut rest = url;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(b, rest)| Some((b, rest.split_once('}')?)))
    {
        whole.push_str(before);
        let default = variables.and_then(|all| all.get(name)?.get("default")).map(Node::value);
        match default {
            Some(serde_json::Value::String(text)) => whole.push_str(&text),
            Some(other) => whole.push_str(&other.to_string()),
            None => whole.push_str(&format!("{{{name}}}")),
        }
        rest = after;
    }
    whole.push_str(rest);
    let (host, path) = match whole.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or((rest, ""), |(host, path)| (host, path)),
        None => ("", whole.trim_start_matches(['.', '/'])),
    };
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    let prefix = if path.is_empty() { String::new() } else { format!("/{path}") };
    Server { host: host.to_owned(), prefix }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_paths_is_read_from_addresses() {
        for (url, host, prefix) in [
            ("https://desk.example.com/api/v1/", "desk.example.com", "/api/v1"),
            ("https://desk.example.com", "desk.example.com", ""),
            ("/api/v1", "", "/api/v1"),
            ("./api", "", "/api"),
            ("/", "", ""),
            ("", "", ""),
            ("https://desk.example.com/{unknown}", "desk.example.com", "/{unknown}"),
        ] {
            assert_eq!(parse(url, None), Server { host: host.to_owned(), prefix: prefix.to_owned() }, "{url}");
        }
    }
}
