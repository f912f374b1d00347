//! Names in the lock: changed by hand, and renamed as they should be.

use crate::project::{Project, shown};

#[test]
fn a_name_that_is_changed_by_hand_is_told_and_nothing_is_written() {
    let project = Project::new();
    let lock = project.read("spec/names.lock");
    assert!(lock.contains("  method get_thing\n"), "{lock}");
    project.write("spec/names.lock", &lock.replace("  method get_thing\n", "  method thing\n"));
    let before = project.files();
    for arguments in [&["generate"][..], &["generate", "--check"], &["generate", "--prune"]] {
        let output = project.command(arguments).output().unwrap();
        let said = shown(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains("get_thing was generated, and is thing here") && said.contains("spec/names.lock:"),
            "{said}"
        );
        assert!(said.contains("`cargo xtask rename get_thing thing`"), "{said}");
        assert_eq!(project.files(), before);
    }
    let said = shown(&project.update(&[]));
    assert!(said.contains("get_thing was generated") && said.contains("nothing was written"), "{said}");
    assert_eq!(project.files(), before);
    // The advice, followed.
    project.write("spec/names.lock", &lock);
    project.write("own/src/lib.rs", "// First\n// client.get_thing(GetThing::new())\n");
    let said = shown(&project.command(&["rename", "get_thing", "thing"]).output().unwrap());
    assert!(said.contains("get_thing may be used in own/src/lib.rs:2: change what"), "{said}");
    assert!(project.command(&["generate", "--check"]).output().unwrap().status.success());
    assert!(project.read("spec/names.lock").contains("  method thing was get_thing\n"));
    let output = project.command(&["rename", "thing", "thing_again", "--no-alias"]).output().unwrap();
    assert!(output.status.success(), "{}", shown(&output));
    assert!(project.command(&["generate", "--check"]).output().unwrap().status.success());
}

#[test]
fn what_cannot_be_generated_is_not_renamed() {
    let project = Project::new();
    project.write("spec/local/broken.json", "{\"types\": 1}");
    let before = project.files();
    let output = project.command(&["rename", "get_thing", "thing"]).output().unwrap();
    let said = shown(&output);
    assert!(!output.status.success() && said.contains("get_thing stays as it is: nothing was written"), "{said}");
    assert_eq!(project.files(), before);
}
