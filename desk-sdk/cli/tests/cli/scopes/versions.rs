//! `desk scopes diff`: two versions of a spec, or of what a program uses.

use super::*;

#[test]
fn two_versions_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let index = include_str!("../../../../../spec/index.tsv");
    let old = write("old/index.tsv", index);
    let agents = "Desk.agents.READ Desk.basic.READ Desk.settings.READ";
    let changed: String = index
        .lines()
        .filter(|line| !line.starts_with("get_tickets\t"))
        .map(|line| match line {
            line if line.starts_with("get_agents\t") => line.replace(agents, "desk.settings.read Desk.AGENTS.READ"),
            line if line.starts_with("get_contacts\t") => {
                line.replace("Desk.contacts.READ", "Desk.contacts.READ Desk.basic.READ")
            }
            line => line.to_owned(),
        })
        .map(|line| line + "\n")
        .collect();
    let new = write(
        "new/index.tsv",
        &(changed + "get_news\tGET\t/api/v1/news\tDesk.a.READ+Desk.b.READ\t\tsafe\tdata\tnews\t\t\n"),
    );
    let folders = [&old, &new].map(|path| path.strip_suffix("/index.tsv").unwrap().to_owned());
    for pair in [[&old, &new], [&folders[0], &folders[1]]] {
        let Ran { code, out, err } = desk(&["diff", pair[0], pair[1]]);
        assert_eq!((code, err.as_str()), (Some(1), ""));
        for part in [
            "May need other scopes now (1):\n  get_agents\n",
            "    + Desk.settings.READ or Desk.agents.READ",
            "Accept more scopes now (1):\n  get_contacts\n",
            "New (1):\n  get_news: Desk.a.READ and Desk.b.READ",
            "Gone (1):\n  get_tickets: Desk.tickets.READ",
        ] {
            assert!(out.contains(part), "{part} in: {out}");
        }
    }
    let same = desk(&["diff", &old, &folders[0]]);
    assert_eq!((same.code, same.out.as_str()), (Some(0), "no operation needs other scopes\n"));
    let one = write("one.toml", "granted = ['Desk.tickets.ALL']\n[operations]\nget_tickets = ['Desk.tickets.READ']\n");
    let two = write(
        "two.toml",
        "granted = ['Desk.tickets.READ', 'Desk.basic.READ']\n[operations]\nget_tickets = ['Desk.tickets.READ']\nget_agents = []\n",
    );
    let Ran { code, out, .. } = desk(&["diff", &one, &two, "--json"]);
    let changes: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &changes["added"][0]["operation"]), (Some(1), &Value::from("get_agents")));
    assert_eq!(
        (&changes["granted_added"][0], &changes["granted_removed"][0]),
        (&"Desk.basic.READ".into(), &"Desk.tickets.ALL".into())
    );
    // The same scopes may be those of riskier operations.
    let reply = "['Desk.tickets.UPDATE']";
    let old_risk =
        write("careful.toml", &format!("[operations]\nupdate_ticket = {{ scopes = {reply}, risk = 'write' }}\n"));
    let new_risk =
        write("bold.toml", &format!("[operations]\nsend_reply = {{ scopes = {reply}, risk = 'outbound' }}\n"));
    let Ran { code, out, .. } = desk(&["diff", &old_risk, &new_risk]);
    for part in ["  send_reply: Desk.tickets.UPDATE; risk: outbound\n", "Highest risk: outbound now, and was write\n"] {
        assert!(code == Some(1) && out.contains(part), "{part} in: {out}");
    }
    let graver =
        write("graver.toml", &format!("[operations]\nupdate_ticket = {{ scopes = {reply}, risk = 'destructive' }}\n"));
    for (pair, head, key) in [
        ([&old_risk, &graver], "Riskier now (1):\n  update_ticket is destructive now, and was write\n", "risk_rose"),
        ([&graver, &old_risk], "Less risky now (1):\n  update_ticket is write now, and was destructive\n", "risk_fell"),
    ] {
        let Ran { code, out, .. } = desk(&["diff", pair[0], pair[1]]);
        assert!(code == Some(1) && out.starts_with(head) && out.contains("Highest risk: "), "{out}");
        let json: Value = serde_json::from_str(&desk(&["diff", pair[0], pair[1], "--json"]).out).unwrap();
        assert_eq!(json[key][0]["operation"], "update_ticket");
        assert!(json["highest_risk_changed"].is_object());
    }
    // Specs tell it as well, and those that do not are compared by what they have.
    let spec = |risk: &str| format!("id\tscopes\tin doubt\trisk\nget_agents\tDesk.agents.READ\t\t{risk}\n");
    let (was, is) = (write("was.tsv", &spec("safe")), write("is.tsv", &spec("write")));
    assert!(desk(&["diff", &was, &is]).out.contains("get_agents is write now, and was safe"));
    let none = write("none.tsv", "id\tscopes\tin doubt\nget_agents\tDesk.agents.READ\t\n");
    assert_eq!(desk(&["diff", &none, &is]).code, Some(0));
    // Hostile names stay text.
    let hostile = write("hostile.toml", "[operations]\n\"\\u001b[2J<b>\" = ['\\u001b]0;x']\n");
    let Ran { out, .. } = desk(&["diff", &one, &hostile]);
    assert!(!out.contains('\u{1b}') && out.contains("\\u{1b}[2J<b>"), "{out}");
    for (path, problem) in [
        (folder.path().to_str().unwrap(), "index.tsv: cannot be read"),
        ("/nowhere", "/nowhere: cannot be read"),
        ("/dev/null", "is not a file"),
        (&write("no.tsv", "a\tb\n"), "line 1 has no column `id`"),
        (&write("no.toml", "[operations]\na = 7\n"), "`operations.a` is not a list of scopes"),
    ] {
        let Ran { code, out, err } = desk(&["diff", &old, path]);
        assert!(code == Some(2) && out.is_empty() && err.contains(problem), "{path}: {err}");
    }
    fs::write(folder.path().join("bytes.tsv"), [0xff, 0xfe]).unwrap();
    let bytes = folder.path().join("bytes.tsv");
    assert!(desk(&["diff", bytes.to_str().unwrap(), &old]).err.contains("is not text"));
}

#[test]
fn a_spec_is_compared_only_with_what_an_integration_uses() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let spec = file("index.tsv", "id\tscopes\tin doubt\na\tA.b.READ\t\nb\tA.c.READ\t\n");
    let lock = file("one.toml", "granted = ['A.b.READ']\n[operations]\na = ['A.b.READ']\n");
    for pair in [[&spec, &lock], [&lock, &spec]] {
        let Ran { code, out, .. } = desk(&["diff", pair[0], pair[1]]);
        assert_eq!((code, out.as_str()), (Some(0), "no operation needs other scopes\n"));
    }
    let other = file("two.toml", "[operations]\na = ['A.c.READ']\ngone = []\n");
    let Ran { code, out, .. } = desk(&["diff", &other, &spec]);
    assert!(code == Some(1) && out.contains("need other scopes now (1):\n  a\n"), "{out}");
    assert!(out.contains("Gone (1):\n  gone") && !out.contains("New"), "{out}");
}
