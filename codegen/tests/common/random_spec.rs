//! Specs made of bytes: every rule, in every combination that a spec may have.

use arbitrary::{Result, Unstructured};
use desk_codegen::Files;
use serde_json::{Map, Value, json};

use crate::common::{spec_files, upstream};

/// Modules, and with each of them the names of some types. Not all are names that OpenAPI allows.
const MODULES: [&str; 3] = ["ticket", "agent", "im_bot"];
const TYPES: [&str; 9] = [
    "ticket.a",
    "ticket.A",
    "ticket.b c",
    "ticket.b_c",
    "agent.ä",
    "agent.list",
    "im_bot.x.y",
    "im_bot.$ref",
    "im_bot.A",
];
const SCALARS: [&str; 14] = [
    "any",
    "boolean",
    "date",
    "date-time",
    "duration",
    "email",
    "file",
    "id",
    "integer",
    "number",
    "text",
    "time",
    "time-range",
    "url",
];
/// Texts that have a meaning somewhere: in JSON, in a pattern, in the spec.
const TEXTS: [&str; 16] =
    ["", "a", "-a", "--a", "A|B", "^$.", "null", "true", "-1", "007", "1.50", "1.5", "ä?", "x,y", "\\/", "${all}"];
const FIELDS: [&str; 8] = ["id", "name", "", "$ref", "type", "a.b", "x-desk-type", "ä"];

/// The files of a spec.
pub(crate) fn files(bytes: &[u8]) -> Files {
    let mut bytes = Unstructured::new(bytes);
    let modules = modules(&mut bytes).expect("bytes that are used up count as zeros");
    let mut files = spec_files(&modules);
    let api = include_str!("../../../spec/local/api.json");
    files.insert("spec/local/api.json".to_owned(), api.to_owned());
    files
}

fn modules(bytes: &mut Unstructured<'_>) -> Result<Vec<(String, String)>> {
    let mut made: Vec<(&str, Value)> = Vec::new();
    for module in MODULES {
        for _ in 0..bytes.int_in_range(1..=5)? {
            made.push((module, operation(bytes, made.len())?));
        }
    }
    aliases(bytes, &mut made)?;
    let mut modules = Vec::new();
    for module in MODULES {
        let operations: Vec<Value> =
            made.iter().filter(|(home, _)| *home == module).map(|(_, operation)| operation.clone()).collect();
        let mut types = Map::new();
        for (index, name) in TYPES.iter().enumerate().filter(|(_, name)| name.starts_with(&format!("{module}."))) {
            types.insert((*name).to_owned(), definition(bytes, index)?);
        }
        modules.push(upstream(module, &operations, Value::Object(types)));
    }
    Ok(modules)
}

/// Says of some duplicates which operation they stand for.
fn aliases(bytes: &mut Unstructured<'_>, made: &mut [(&str, Value)]) -> Result<()> {
    let route = |operation: &Value| {
        let path = operation["path"].as_str().unwrap_or_default().split('/');
        let steps: Vec<&str> = path.map(|step| if step.starts_with('{') { "{}" } else { step }).collect();
        format!("{} {}", operation["method"], steps.join("/"))
    };
    for index in 1..made.len() {
        let (before, from) = made.split_at_mut(index);
        let twin = before.iter().find(|(_, before)| route(before) == route(&from[0].1));
        if let Some((_, twin)) = twin
            && bytes.arbitrary()?
        {
            from[0].1["alias_of"] = twin["id"].clone();
        }
    }
    Ok(())
}

/// A type that stands under a name. It may be another name only if that comes before it.
fn definition(bytes: &mut Unstructured<'_>, index: usize) -> Result<Value> {
    if index > 0 && bytes.ratio(1, 6)? {
        return Ok(json!(TYPES[bytes.choose_index(index)?]));
    }
    let made = schema(bytes, 0)?;
    let named = made["type"].as_str().is_some_and(|word| word.contains('.'));
    Ok(if named { json!({ "type": "list", "of": made }) } else { made })
}

fn word(bytes: &mut Unstructured<'_>, word: &str) -> Result<String> {
    Ok(format!("{word}{}", if bytes.ratio(1, 3)? { "?" } else { "" }))
}

fn one(bytes: &mut Unstructured<'_>, words: &[&str]) -> Result<String> {
    let chosen = *bytes.choose(words)?;
    word(bytes, chosen)
}

fn schema(bytes: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
    let kinds = if depth < 4 { 9 } else { 5 };
    let mut made = match bytes.int_in_range(0..=kinds)? {
        0..=3 => json!({ "type": one(bytes, &SCALARS)? }),
        4 | 5 => json!({ "type": one(bytes, &TYPES)? }),
        6 => json!({ "type": word(bytes, "list")?, "of": schema(bytes, depth + 1)? }),
        7 => json!({ "type": word(bytes, "map")?, "of": schema(bytes, depth + 1)? }),
        8 => object(bytes, depth)?,
        _ => {
            let mut branches = Vec::new();
            for _ in 0..bytes.int_in_range(1..=3)? {
                branches.push(schema(bytes, depth + 1)?);
            }
            json!({ "type": word(bytes, "union")?, "of": branches })
        }
    };
    if bytes.ratio(1, 2)? {
        rules(bytes, &mut made)?;
    }
    Ok(made)
}

fn object(bytes: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
    let names = some(bytes, &FIELDS)?;
    let mut fields = Map::new();
    for name in &names {
        fields.insert((*name).to_owned(), schema(bytes, depth + 1)?);
    }
    let mut made = json!({ "type": word(bytes, "object")?, "fields": fields });
    made["required"] = json!(some(bytes, &names)?);
    made["expected"] = json!(some(bytes, &names)?);
    if bytes.ratio(1, 4)? {
        made["unless"] = json!({ "id": "name" });
    }
    Ok(made)
}

/// Some of these, each once, in their order.
fn some<'a>(bytes: &mut Unstructured<'_>, of: &[&'a str]) -> Result<Vec<&'a str>> {
    let mut chosen = Vec::new();
    for one in of {
        if bytes.ratio(1, 3)? {
            chosen.push(*one);
        }
    }
    Ok(chosen)
}

fn rules(bytes: &mut Unstructured<'_>, made: &mut Value) -> Result<()> {
    let word = made["type"].as_str().unwrap_or_default().trim_end_matches('?').to_owned();
    let lists = ["values", "words"];
    for key in lists {
        if bytes.ratio(1, 2)? {
            made[key] = json!(some(bytes, &TEXTS)?);
        }
    }
    for flag in ["descending", "open", "time_range", "read_only"] {
        if bytes.ratio(1, 5)? {
            made[flag] = json!(true);
        }
    }
    let mut limits = vec![("min_length", "max_length")];
    match word.as_str() {
        "integer" | "number" => limits.push(("minimum", "maximum")),
        "list" => {
            limits.push(("min_items", "max_items"));
            made["unique"] = json!(bytes.arbitrary::<bool>()?);
        }
        _ => {}
    }
    for (least, most) in limits {
        let lowest =
            if least == "minimum" { i64::from(bytes.arbitrary::<i32>()?) } else { bytes.arbitrary::<u8>()?.into() };
        if bytes.ratio(1, 3)? {
            made[least] = json!(lowest);
        }
        if bytes.ratio(1, 3)? {
            made[most] = json!(lowest.saturating_add(bytes.arbitrary::<u32>()?.into()));
        }
    }
    if bytes.ratio(1, 5)? {
        made["prefix"] = json!(bytes.choose(&TEXTS)?);
    }
    if bytes.ratio(1, 4)? {
        let values = [json!(0), json!(-1.5), json!("a"), json!(true), json!([1, "b"]), json!({ "z": 1, "a": null })];
        made["default"] = bytes.choose(&values)?.clone();
    }
    Ok(())
}

fn operation(bytes: &mut Unstructured<'_>, number: usize) -> Result<Value> {
    let mut path = "/api".to_owned();
    let mut parameters: Vec<Value> = Vec::new();
    for step in 0..bytes.int_in_range(0..=3)? {
        if step % 2 == 0 {
            path.push_str(bytes.choose(&["/a", "/b", "/b-c"])?);
            continue;
        }
        let name = *bytes.choose(&["id", "ticketId", "id_2", "ä"])?;
        path.push_str(&format!("/{{{name}}}"));
        if parameters.iter().all(|parameter| parameter["name"] != name) {
            parameters.push(json!({ "name": name, "in": "path", "required": true, "type": schema(bytes, 3)? }));
        }
    }
    for name in some(bytes, &["id", "from", "orgId", "include", "$ref"])? {
        let place = *bytes.choose(&["query", "header"])?;
        let mut parameter = json!({ "name": name, "in": place, "type": schema(bytes, 1)? });
        for flag in ["required", "expected"] {
            parameter[flag] = json!(bytes.arbitrary::<bool>()?);
        }
        if bytes.arbitrary()? {
            parameter["note"] =
                json!(bytes.choose(&["", "two date-times", "default 10; mandatory", "comma separated"])?);
        }
        parameters.push(parameter);
    }
    let mut made = json!({
        "id": format!("do_{number}"),
        "method": bytes.choose(&["GET", "POST", "PUT", "PATCH", "DELETE"])?,
        "path": path,
        "summary": bytes.choose(&["", "Do.", " spaces \"and\" quotes "])?,
        "risk": bytes.choose(&["safe", "write", "outbound", "destructive"])?,
        "scopes": scopes(bytes)?,
        "parameters": parameters,
        "answers": answers(bytes)?,
        "errors": some(bytes, &["422", "302", "404", "500"])?.iter().map(|s| s.parse().unwrap()).collect::<Vec<u16>>(),
    });
    let flags = [
        "organization",
        "doubtful_scopes",
        "cookie_only",
        "undocumented_query",
        "error_in_success",
        "deprecated",
        "discovers_organization",
    ];
    for flag in flags {
        made[flag] = json!(bytes.arbitrary::<bool>()?);
    }
    if bytes.arbitrary()? {
        made["upstream_id"] = json!(bytes.choose(&["getThing", "", "do_1"])?);
    }
    if bytes.ratio(1, 3)? {
        made["paging"] = json!({ "first": 1, "maximum": 99, "key": bytes.choose(&["", "data"])?, "id": "key" });
        // The parameters may not refuse such pages.
        for parameter in made["parameters"].as_array_mut().into_iter().flatten() {
            let (key, fits): (_, fn(i64) -> bool) = match parameter["name"].as_str() {
                Some("limit") => ("maximum", |most| most >= 99),
                Some("from") => ("minimum", |least| least <= 1),
                _ => continue,
            };
            if let Some(rules) = parameter["type"].as_object_mut()
                && rules.get(key).and_then(Value::as_i64).is_some_and(|value| !fits(value))
            {
                rules.remove(key);
            }
        }
    }
    if bytes.arbitrary()? {
        made["body"] = body(bytes)?;
    }
    // What finds the organization is called without any values.
    let needed = |value: &Value| value["required"] == true;
    if needed(&made["body"]) || made["parameters"].as_array().is_some_and(|list| list.iter().any(needed)) {
        made["discovers_organization"] = json!(false);
    }
    Ok(made)
}

fn scopes(bytes: &mut Unstructured<'_>) -> Result<Vec<Vec<&'static str>>> {
    let mut sets = Vec::new();
    for _ in 0..bytes.int_in_range(0..=3)? {
        let set = some(bytes, &["Desk.tickets.READ", "Desk.search.READ", "Desk.activities.calls.ALL"])?;
        sets.extend((!set.is_empty()).then_some(set));
    }
    Ok(sets)
}

fn answers(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let mut answers = Map::new();
    for status in ["200", "201", "204"] {
        let answer = match bytes.int_in_range(0..=3)? {
            0 if !answers.is_empty() => continue,
            0 | 1 => json!("empty"),
            2 => json!("bytes"),
            _ => json!({ "json": schema(bytes, 0)? }),
        };
        answers.insert(status.to_owned(), answer);
    }
    Ok(Value::Object(answers))
}

fn body(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let mut body = json!({
        "required": bytes.arbitrary::<bool>()?,
        "partial": bytes.arbitrary::<bool>()?,
        "needed": some(bytes, &FIELDS)?,
        "bytes": bytes.arbitrary::<bool>()?,
    });
    if bytes.arbitrary()? {
        body["multipart"] = object(bytes, 2)?;
    }
    if body["multipart"].is_null() || bytes.arbitrary()? {
        body["json"] = schema(bytes, 0)?;
    }
    if bytes.ratio(1, 4)? {
        body["document_parameter"] = json!("payload");
    }
    Ok(body)
}
