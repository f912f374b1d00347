//! SARIF, against its schema.

use boon::{Compiler, Schemas};
use serde_json::Value;

use crate::project::Project;

const MAIN: &str = "
fn f(c: &desk_sdk::Client, name: &str) {
    c.get_tickets(desk_sdk::tickets::GetTickets::new());
    c.invoke(name, x);
    unknown().get_agent(y());
}
mod missing;
";

#[test]
fn every_kind_of_result_is_as_the_standard_says() {
    let project = Project::of_main(MAIN);
    project.write(
        "desk-scopes.toml",
        "granted = ['Desk.contacts.ALL']\n[operations]\nget_agents = []\nget_tickets = { scopes = ['Desk.x.ALL'] }\n",
    );
    let log: Value = serde_json::from_str(&project.audit(&["--sarif"]).out).unwrap();
    let schema: Value = serde_json::from_str(include_str!("sarif-schema-2.1.0.json")).unwrap();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("schema.json", schema).unwrap();
    let schema = compiler.compile("schema.json", &mut schemas).unwrap();
    if let Err(error) = schemas.validate(&log, schema) {
        panic!("{error:#}");
    }
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(log["runs"][0]["invocations"][0]["exitCode"], 2);
    let rules: Vec<&str> = results.iter().map(|result| result["ruleId"].as_str().unwrap()).collect();
    for rule in ["operation", "unsure", "unseen", "missing-scope", "unneeded-scope", "scopes-changed", "operation-gone"]
    {
        assert!(rules.contains(&rule), "{rule}: {rules:?}");
    }
    let run = &log["runs"][0];
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert!(["src/main.rs", "desk-scopes.toml"].contains(&uri), "{uri}");
    }
    let first = &results[0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((first["startLine"].as_u64(), first["startColumn"].as_u64()), (Some(3), Some(7)));
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
}
