//! A spec whose texts want to be something else: markup, code, another line. Names that are sent stay as they are, and
//! pages show what was written.

use std::collections::BTreeSet;

use crate::common::{self, get, loaded, mistakes, post, upstream};
use desk_codegen::emit::{INDEX, MANIFEST, emit};
use desk_codegen::load::load;
use desk_codegen::model::build;
use desk_codegen::visible;
use desk_codegen::{API, Files};
use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{BrokenLink, Event, HeadingLevel, Options, Parser, Tag};
use serde_json::{Map, Value, json};

const CARGO: &str = include_str!("data/helpdesk/Cargo.toml");

const HOSTILE: &[&str] = &[
    "Vec < y >,",
    " >,",
    "body_endpoint!(",
    "impl Client",
    "impl Integer",
    "[field(",
    "tick`tick",
    "`",
    "``` rust",
    "~~~",
    "a\rb",
    "line\nbreak",
    "line\n\n    let code = 1;",
    "\u{1}    let code = 1;",
    "```\npanic!()\n```",
    "\0\u{1b}[31m\u{7f}",
    "<script>alert(1)</script>",
    "<!-- ",
    "&lt;b&gt;",
    "[`Client`]",
    "[a](https://example.com)",
    "[a]: https://example.com",
    "https://example.com/",
    "![a](b)",
    "*/ fn x() {} /*",
    "*bold* _it_ ~~no~~",
    "# head",
    "- item",
    "+ item",
    "1. item",
    "2) item",
    "===",
    "> quote",
    "| a | b |\n|---|---|",
    "\u{202e}\u{2066}mirrored",
    "\u{2028}\u{feff}unseen",
    "\"quoted\\",
    "#[cfg(any())]",
    " led and trailed ",
    "tab\tbed",
];

/// Files from a spec that has these texts wherever any text may be.
fn generated() -> Files {
    let fields: Map<String, Value> = HOSTILE.iter().map(|name| ((*name).to_owned(), json!("text"))).collect();
    let record = json!({"type": "object", "fields": fields});
    let parameter = |(index, name): (usize, &&str)| {
        let near = HOSTILE[(index + 1) % HOSTILE.len()];
        let rules = json!({"type": "text", "words": [name, near], "prefix": near, "default": name});
        json!({"name": name, "in": "query", "type": rules, "note": near})
    };
    let mut operations = Vec::new();
    for (index, text) in HOSTILE.iter().enumerate() {
        let mut operation = get(&format!("get_{index}"), &format!("/things/a{index}"), record.clone());
        operation["summary"] = json!(text);
        operation["paging"] = json!({"first": 0, "key": text});
        operation["discovers_organization"] = json!(index == 0);
        operation["parameters"] = json!([{"name": "one", "in": "query", "type": {"type": "text", "values": [text]}}]);
        operations.push(operation);
    }
    operations[1]["parameters"] = HOSTILE.iter().enumerate().map(parameter).collect();
    let unless: Map<String, Value> = [(HOSTILE[0].to_owned(), json!(HOSTILE[6]))].into_iter().collect();
    let sent = json!({"type": "object", "fields": fields, "required": HOSTILE[10..12], "unless": unless});
    operations.push(post(
        "send",
        "/things",
        json!({"type": "object", "fields": {"inner": sent}, "required": ["inner"]}),
    ));
    let choice = json!({"type": "object", "fields": {"choice": {"type": "text", "values": HOSTILE}}});
    operations.push(get("get_list", "/list", json!({"type": "list", "of": choice})));
    let named = json!({"type": "object", "fields": {"a`\r<b>": "thing.a`\r<b>?"}});
    operations.push(get("get_named", "/named", json!("thing.a`\r<b>")));
    let modules = [upstream("thing", &operations, json!({"thing.a`\r<b>": named}))];
    let mut files = common::spec_files(&modules);
    let about = HOSTILE.join("\n");
    let families = json!({"families": [{"name": "all", "about": about, "modules": ["thing"]}]});
    files.insert("spec/local/families.json".to_owned(), families.to_string());
    let guess = |name: &&str| {
        json!({"why": name, "evidence": "inferred", "operation": "get_2", "parameter": name,
               "add": {"in": "query", "type": "text"}})
    };
    let in_doubt =
        json!({"why": about, "evidence": "inferred", "operation": "get_2", "change": {"doubtful_scopes": true}});
    let mut corrections: Vec<Value> = HOSTILE.iter().map(guess).collect();
    corrections.push(in_doubt);
    files.insert("spec/local/facts.json".to_owned(), json!({"corrections": corrections}).to_string());
    let loaded = loaded(&files);
    let model = build(&loaded).unwrap();
    emit(&loaded.spec, &model, CARGO).unwrap()
}

/// The Rust files, each as what a compiler sees.
fn sources() -> Vec<(String, TokenStream)> {
    let rust = generated().into_iter().filter(|(path, _)| path.ends_with(".rs"));
    let parsed = |(path, text): (String, String)| {
        syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        let tokens = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        (path, tokens)
    };
    rust.map(parsed).collect()
}

/// The texts of a file: those between quotes, and those of the documentation, lines that stand together as one.
#[derive(Default)]
struct Texts {
    quoted: BTreeSet<String>,
    documentation: Vec<String>,
    /// The values of enums.
    values: BTreeSet<String>,
}

impl Texts {
    fn of(tokens: &TokenStream) -> Self {
        let mut texts = Self::default();
        texts.collect(tokens.clone());
        texts
    }

    fn collect(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        self.enums(&tokens);
        let mut lines: Vec<String> = Vec::new();
        let mut before = None;
        for token in tokens {
            let is_shown = before.replace(token.to_string()).is_some_and(|before| before == "shown");
            match token {
                TokenTree::Group(group) => match documentation(&group.stream()) {
                    Some(line) => lines.push(line),
                    None => {
                        self.end(&mut lines);
                        self.collect(group.stream());
                    }
                },
                TokenTree::Literal(_) if is_shown => {}
                TokenTree::Literal(literal) => {
                    self.quoted.extend(text(TokenTree::Literal(literal)));
                }
                TokenTree::Ident(_) => self.end(&mut lines),
                TokenTree::Punct(_) => {}
            }
        }
        self.end(&mut lines);
    }

    /// What pages say of an enum's values, which are written `Name = "value"` or `Name = "value" shown "…"`.
    fn enums(&mut self, tokens: &[TokenTree]) {
        for (place, window) in tokens.windows(3).enumerate() {
            let [TokenTree::Ident(_), TokenTree::Punct(sign), TokenTree::Literal(value)] = window else { continue };
            let Some(value) = text(TokenTree::Literal(value.clone())).filter(|_| sign.as_char() == '=') else {
                continue;
            };
            let shown = match tokens.get(place + 3) {
                Some(TokenTree::Ident(word)) if word == "shown" => tokens.get(place + 4).cloned().and_then(text),
                _ => None,
            };
            self.values.insert(value.clone());
            self.documentation.push(shown.unwrap_or_else(|| format!("`{value}`")));
        }
    }

    fn end(&mut self, lines: &mut Vec<String>) {
        if !lines.is_empty() {
            self.documentation.push(std::mem::take(lines).join("\n"));
        }
    }
}

/// The text of `doc = "…"`.
fn documentation(inside: &TokenStream) -> Option<String> {
    let [TokenTree::Ident(name), TokenTree::Punct(_), literal] = &*inside.clone().into_iter().collect::<Vec<_>>()
    else {
        return None;
    };
    (name == "doc").then(|| text(literal.clone()))?
}

fn text(literal: TokenTree) -> Option<String> {
    syn::parse2::<syn::LitStr>(literal.into()).ok().map(|literal| literal.value())
}

/// What a page shows: its text, and its code spans.
#[derive(Debug, Default)]
struct Page {
    text: String,
    code: Vec<String>,
}

/// Reads documentation as rustdoc does.
///
/// # Panics
///
/// When there is anything in it but a heading, or paragraphs and tables of text, code spans, and links to items.
fn page(documentation: &str) -> Page {
    let all =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut items = |link: BrokenLink<'_>| {
        let name = link.reference.trim_matches('`').to_owned();
        let item = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':'));
        item.then(|| (name.into(), "".into()))
    };
    let mut page = Page::default();
    for event in Parser::new_with_broken_link_callback(documentation, all, Some(&mut items)) {
        match event {
            Event::Text(text) => page.text.push_str(&text),
            Event::Code(code) => page.code.push(code.into_string()),
            Event::SoftBreak => page.text.push('\n'),
            Event::Start(Tag::Paragraph) => page.text.push('\n'),
            // The heading of a module's methods, which is all that stands there.
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if documentation.lines().count() == 1 => {}
            Event::Start(Tag::Link { dest_url, .. }) => {
                let path = dest_url.trim_start_matches("crate::");
                let generated = ["Client::", "types::", "crate#errors"].iter().any(|start| path.starts_with(start))
                    || path.starts_with(|c: char| c.is_uppercase());
                assert!(generated && &*dest_url != "Client", "a link to {dest_url:?} in {documentation:?}");
            }
            Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell) | Event::End(_) => {}
            other => panic!("{other:?} in {documentation:?}"),
        }
    }
    page
}

fn is_one_line(text: &str) -> bool {
    visible(text) == text
}

#[test]
fn names_that_are_sent_are_those_of_the_spec() {
    let sources = sources();
    let quoted = |path: &str| {
        let found = sources.iter().find(|(found, _)| found.ends_with(path));
        Texts::of(&found.unwrap_or_else(|| panic!("no {path}")).1).quoted
    };
    let (operations, types) = (quoted("all/thing.rs"), quoted("types/all/thing.rs"));
    for name in HOSTILE {
        assert!(operations.contains(*name), "{name:?} in {operations:#?}");
        assert!(types.contains(*name), "{name:?} in {types:#?}");
    }
}

/// Not only those that must be there: nothing else is there either.
#[test]
fn no_text_that_is_sent_is_made_up() {
    let hostile = |text: &&String| text.contains(|c: char| !c.is_ascii_alphanumeric() && !"_/{}.-".contains(c));
    let known = HOSTILE.iter().map(|name| (*name).to_owned());
    let mut known: BTreeSet<String> = known.chain([HOSTILE.join("\n"), "a`\r<b>".to_owned()]).collect();
    texts(&serde_json::from_str(common::DESK).expect("it is JSON"), &mut known);
    for (path, tokens) in sources() {
        let quoted = Texts::of(&tokens).quoted;
        let unknown: Vec<_> = quoted.iter().filter(hostile).filter(|text| !known.contains(*text)).collect();
        assert_eq!(unknown, [""; 0], "{path}");
    }
}

/// Every text of a document.
fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(found.insert(text.clone())),
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(map) => map.values().for_each(|value| texts(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn pages_hold_text_and_code_and_nothing_else() {
    let (mut shown, mut values) = (BTreeSet::new(), BTreeSet::new());
    for (_, tokens) in sources() {
        let texts = Texts::of(&tokens);
        shown.extend(texts.documentation.iter().flat_map(|documentation| page(documentation).code));
        values.extend(texts.values);
    }
    for name in HOSTILE {
        assert!(shown.contains(&visible(name)), "{:?} in {shown:#?}", visible(name));
        assert!(values.contains(*name), "{name:?} in {values:#?}");
    }
}

#[test]
fn what_was_written_for_people_is_shown_as_it_was_written() {
    let sources = sources();
    let of = |path: &str| -> Vec<Page> {
        let (_, tokens) = sources.iter().find(|(found, _)| found.ends_with(path)).unwrap();
        Texts::of(tokens).documentation.iter().map(|text| page(text)).collect()
    };
    let (operations, family) = (of("all/thing.rs"), of("all/mod.rs"));
    let words = |text: &str| {
        let text: String = text.chars().map(|c| if is_one_line(&c.to_string()) { c } else { ' ' }).collect();
        text.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    for text in HOSTILE {
        let line = format!("\n{}\n", words(text));
        assert!(operations.iter().any(|page| page.text.starts_with(&line)), "{line:?} in {operations:#?}");
    }
    assert!(family[0].text.starts_with(&format!("\n{}\n", words(&HOSTILE.join("\n")))), "{family:#?}");
}

#[test]
fn no_line_is_broken_and_nothing_is_hidden() {
    let files = generated();
    for (path, text) in files.iter().filter(|(path, _)| !path.ends_with(".json")) {
        for line in text.split(['\n', '\t']) {
            assert!(is_one_line(line), "{path}: {line:?}");
        }
    }
    let lines: Vec<_> = files[INDEX].lines().collect();
    assert_eq!(lines.len(), 1 + HOSTILE.len() + 3, "{lines:#?}");
    assert!(lines.iter().all(|line| line.split('\t').count() == 10), "{lines:#?}");
    assert!(files[MANIFEST].ends_with("# End of the families.\nby-name = []\n"));
}

#[test]
fn modules_families_and_paths_stay_in_their_place() {
    for name in ["../evil", "a/b", "mod", "self", "super", "crate", "", "a\nb", "/etc/passwd", "C:evil"] {
        let (_, text) = upstream(name, &[get("get_a", "/a", json!("any"))], json!({}));
        let families = json!({"families": [{"name": "all", "about": "All.", "modules": [name]}]}).to_string();
        let files = common::files(&[
            ("spec/upstream/a.json", &text),
            ("spec/local/families.json", &families),
            (API, common::DESK),
        ]);
        let found = mistakes(&files);
        assert!(found.iter().any(|one| one.problem.contains("not a valid module name")), "{name:?}: {found:?}");

        let (path, text) = upstream("thing", &[get("get_a", "/a", json!("any"))], json!({}));
        let families = json!({"families": [{"name": name, "about": "All.", "modules": ["thing"]}]}).to_string();
        let found =
            mistakes(&common::files(&[(&path, &text), ("spec/local/families.json", &families), (API, common::DESK)]));
        assert!(found.iter().any(|one| one.problem.contains("not a valid feature name")), "{name:?}: {found:?}");
    }
    for path in ["/a\tb", "/a\r\n", "/a\\b", "/a\u{202e}", "/a b", "/a\u{a0}b", "//\0"] {
        let found = mistakes(&common::spec_files(&[upstream("thing", &[get("get_a", path, json!("any"))], json!({}))]));
        assert!(found[0].problem.contains("is not a path"), "{path:?}: {found:?}");
    }
}

#[test]
fn what_is_said_of_a_spec_stays_on_its_line() {
    let bad = get("get_a", "/a\n\u{1b}[2Jerror: forged", json!("thing.\r\u{202e}b"));
    let found = load(&common::spec_files(&[upstream("thing", &[bad], json!({}))])).unwrap_err().to_string();
    assert!(found.contains("forged") && found.contains("\\u{202e}"), "{found}");
    assert!(found.split('\n').all(is_one_line), "{found:?}");
}
