//! The lock as people meet it: written, read, edited, in conflict, and changed by a rename.

use crate::common::{get, listed, post, spec_files, upstream};
use desk_codegen::Files;
use desk_codegen::diff::{self, Level};
use desk_codegen::emit::emit;
use desk_codegen::load::load;
use desk_codegen::lock::{LOCK, Lock};
use desk_codegen::model::{Model, build};
use desk_codegen::spec::Spec;
use serde_json::{Value, json};

const CARGO: &str = include_str!("data/helpdesk/Cargo.toml");

/// A list of dogs, a way to change one, and a state that both have.
fn files(more: &[Value]) -> Files {
    let state = json!({"type": "text", "values": ["asleep", "awake", "dueDate"]});
    let mut operations = vec![
        get("list_dogs", "/dogs", json!({"type": "list", "of": "dog.dog"})),
        post(
            "change_dog",
            "/dogs/{dogId}",
            json!({"type": "object", "fields": {"state": state, "owner": {
            "type": "object", "fields": {"firstName": "text"}}}}),
        ),
    ];
    operations[0]["discovers_organization"] = json!(true);
    operations[0]["organization"] = json!(false);
    operations[1]["parameters"] = json!([{"name": "dogId", "in": "path", "required": true, "type": "id"}]);
    operations.extend_from_slice(more);
    let types = json!({"dog.dog": {"type": "object", "fields": {"id": "id", "barkCount": "integer", "state": state}}});
    spec_files(&[upstream("dog", &operations, types)])
}

fn made(files: &Files) -> Result<(Spec, Model), String> {
    let told = |diagnostics: desk_codegen::diagnostic::Diagnostics| diagnostics.locate(files).to_string();
    let loaded = load(files).map_err(told)?;
    let model = build(&loaded).map_err(told)?;
    Ok((loaded.spec, model))
}

fn locked(files: &Files) -> String {
    made(files).unwrap().1.lock.to_string()
}

/// The files with a lock.
fn with(mut files: Files, lock: &str) -> Files {
    files.insert(LOCK.to_owned(), lock.to_owned());
    files
}

fn generated(files: &Files) -> String {
    let (spec, model) = made(files).unwrap();
    emit(&spec, &model, CARGO).unwrap().into_values().collect()
}

#[test]
fn it_reads_like_the_api() {
    let lines = locked(&files(&[]));
    let block = "\
operation change_dog POST /dogs/{}
  field owner owner DogOwnerInput
  field state state DogState
  method change_dog
  module dog
  path dogId dog_id
  struct ChangeDog
";
    for block in
        [block, "\nenum DogState dog\n  value asleep Asleep\n", "\nrecord Dog dog\n  field barkCount bark_count\n"]
    {
        assert!(lines.contains(&block.replace("DogOwnerInput", "OwnerInput")), "{block} in {lines}");
    }
    assert_eq!(Lock::parse(&lines).unwrap().to_string(), lines);
    assert_eq!(locked(&with(files(&[]), &lines)), lines, "nothing is added twice");
}

#[test]
fn what_people_break_is_told_where_it_stands() {
    let lock = locked(&files(&[]));
    for (from, to, line, problem, help) in [
        ("value awake Awake", "value awake Asleep", "", "two items of DogState have the variant Asleep", "in line"),
        ("field id id", "field id bark_count", "", "two items of Dog have the name bark_count", "another name"),
        ("struct ListDogs", "struct Dog", "", "two items have the type Dog", "give one of them another name"),
        ("method list_dogs", "method change_dog", "", "two items have the method change_dog", "another name"),
        ("field id id", "field id id\n  field id i2", "field id i2", "field id is there twice", "it stands in line"),
        ("record Dog dog", "record Dog dog\nrecord Dog d", "record Dog d", "record Dog is there twice", "join the two"),
        ("record Dog dog", "rekord Dog dog", "", "unknown kind of block, \"rekord\"", "starts with one of enum, input"),
        ("field id id", "feeld id id", "", "unknown kind of item, \"feeld\"", "starts with one of answer, body"),
        ("field id id", "value id id", "", "record Dog cannot have a value", "move it below"),
        ("field id id", "field id", "", "field without a name", "complete the line"),
        ("field id id", "field id 1d", "", "\"1d\" is not a valid name", "small letters"),
        ("field id id", "field id fn", "", "\"fn\" is not a valid name", "small letters"),
        ("record Dog dog", "record dog dog", "", "\"dog\" is not a valid type", "a capital letter"),
        ("answer Dog", "answer Cat", "", "no block is about Cat", "put its block back"),
        ("field id id", "field \"id id", "", "a quotation that does not end", "as in JSON"),
        ("field id id", "field id id Dog gune", "", "\"gune\" does not belong here", "`gone`, `was`"),
        ("  field id id", "<<<<<<< ours\n  field id id", "<<<<<<< ours", "a conflict of two versions", "both sides"),
        ("module dog all", "module dog", "", "too few words for module", "module <module> <family>"),
    ] {
        assert!(lock.contains(from), "{from:?} in {lock}");
        let broken = lock.replacen(from, to, 1);
        let told = listed(&load(&with(files(&[]), &broken)).expect_err(problem));
        let found = told.iter().find(|one| one.problem.contains(problem));
        let found = found.unwrap_or_else(|| panic!("{problem}: {told:?}"));
        assert!(found.help.contains(help) && found.location.file == LOCK, "{found:?}");
        let (number, _) = found.location.position.unwrap();
        let (there, line) = (broken.lines().nth(number - 1).unwrap(), if line.is_empty() { to } else { line });
        // Of two that have one name, the later one is told.
        let second = found.help.contains("the other one is in line");
        assert!(second || there.trim() == line, "{problem}: {there:?}");
        assert!(!second || there.ends_with(to.rsplit(' ').next().unwrap()), "{problem}: {there:?}");
    }
}

#[test]
fn what_is_new_is_named_around_what_is_there() {
    let lock = locked(&files(&[]));
    let more = [
        get("dog_state", "/states", json!({"type": "object", "fields": {"asleep": "boolean"}})),
        get("dog", "/dogs/{dogId}", json!("dog.dog")),
    ];
    let mut more = more;
    more[1]["parameters"] = json!([{"name": "dogId", "in": "path", "required": true, "type": "id"}]);
    let next = locked(&with(files(&more), &lock));
    for line in lock.lines() {
        assert!(next.lines().any(|known| known == line), "{line}");
    }
    assert!(next.contains("\n  struct DogParameters\n") && next.contains("\n  struct DogStateParameters\n"), "{next}");
}

#[test]
fn what_is_gone_stays_in_mind_until_it_is_pruned() {
    let more = [get("dog_names", "/names", json!({"type": "object", "fields": {"nick": "text"}}))];
    let lock = locked(&files(&more));
    let gone = locked(&with(files(&[]), &lock));
    assert!(
        gone.contains("\noperation dog_names GET /names gone\n") && gone.contains("\nrecord Names dog gone\n"),
        "{gone}"
    );
    assert_eq!(locked(&with(files(&more), &gone)), lock, "what comes back has its name");
    let pruned = made(&with(files(&[]), &gone)).unwrap().1.lock.pruned().to_string();
    assert_eq!(pruned, locked(&files(&[])));
}

#[test]
fn a_rename_leaves_the_old_name_as_a_deprecated_alias() {
    let mut lock = Lock::parse(&locked(&files(&[]))).unwrap();
    for (old, new) in [
        ("Dog", "Hound"),
        ("Hound.bark_count", "barks"),
        ("DogState::Awake", "Up"),
        ("DogState", "Mood"),
        ("list_dogs", "hounds"),
        ("ListDogs", "Hounds"),
        ("ChangeDog.state", "mood"),
        ("OwnerInput.first_name", "OwnerInput.name"),
    ] {
        lock.rename(old, new, true).unwrap_or_else(|problem| panic!("{old}: {problem}"));
    }
    let text = lock.to_string();
    let code = generated(&with(files(&[]), &text));
    for part in [
        "pub struct Hound {",
        "#[deprecated = \"renamed to `Hound`\"]\npub type Dog = Hound;",
        "barks: Option<i64> = \"barkCount\"",
        "pub fn bark_count(&self) -> &Option<i64> {\n        &self.barks\n    }",
        "Up = \"awake\"",
        "pub const Awake: Self = Self::Up;",
        "pub type DogState = Mood;",
        "pub fn hounds(&self, parameters: Hounds) -> Pending<List<Hound>>",
        "#[deprecated = \"renamed to `hounds`\"]\n    pub fn list_dogs(&self, parameters: Hounds) -> Pending<List<Hound>> {\n        self.hounds(parameters)",
        "pub type ListDogs = Hounds;",
        "mood(Optional<Mood>) = field \"state\";",
        "#[deprecated = \"renamed to `mood`\"]\n        state(Optional<Mood>) = field \"state\";",
        "#[deprecated = \"renamed to `name`\"]\n        first_name(Optional<String>) = \"firstName\";",
    ] {
        assert!(code.contains(part), "{part} in {code}");
    }
    assert_eq!(locked(&with(files(&[]), &text)), text, "aliases survive");
    // Back again, and another one without an alias.
    lock.rename("Hound", "Dog", true).unwrap();
    lock.rename("hounds", "dogs", false).unwrap();
    let code = generated(&with(files(&[]), &lock.to_string()));
    assert!(code.contains("pub struct Dog {") && code.contains("pub type Hound = Dog;"), "{code}");
    assert!(code.contains("pub fn list_dogs(") && !code.contains("pub fn hounds("), "{code}");
}

#[test]
fn a_rename_with_an_alias_breaks_nobody_but_where_rust_has_no_alias() {
    let text = locked(&files(&[]));
    let before = made(&with(files(&[]), &text)).unwrap().1;
    for (old, new, alias, level) in [
        ("Dog", "Hound", true, Level::Compatible),
        ("Dog", "Hound", false, Level::Breaking),
        ("DogState", "Mood", true, Level::Compatible),
        ("list_dogs", "hounds", true, Level::Compatible),
        ("ListDogs", "Hounds", true, Level::Compatible),
        ("ChangeDog.state", "mood", true, Level::Compatible),
        ("OwnerInput", "MasterInput", true, Level::Compatible),
        ("OwnerInput.first_name", "name", false, Level::Breaking),
        ("Dog.bark_count", "barks", true, Level::Breaking),
        ("DogState::Awake", "Up", true, Level::Breaking),
    ] {
        let mut lock = Lock::parse(&text).unwrap();
        lock.rename(old, new, alias).unwrap();
        let after = made(&with(files(&[]), &lock.to_string())).unwrap().1;
        let changes = diff::between(&before, &after);
        assert_eq!(diff::level(&changes), level, "{old} {new}: {changes:#?}");
    }
}

/// It is a deprecated alias, and as such still a name.
#[test]
fn an_earlier_name_is_not_free_for_others() {
    let mut lock = Lock::parse(&locked(&files(&[]))).unwrap();
    for (old, new) in [("Dog", "Hound"), ("list_dogs", "hounds"), ("Hound.bark_count", "barks")] {
        lock.rename(old, new, true).unwrap();
    }
    for (old, new, problem) in [
        ("DogState", "Dog", "Dog is taken"),
        ("change_dog", "list_dogs", "list_dogs is taken"),
        ("Hound.id", "bark_count", "bark_count is taken: `barkCount` of Hound has it"),
    ] {
        let before = lock.clone();
        let told = lock.rename(old, new, true).expect_err(problem);
        assert!(told.contains(problem), "{told}");
        assert_eq!(lock, before);
    }
    for (old, problem) in [
        ("list_dogs", "list_dogs is an earlier name of hounds"),
        ("Hound.bark_count", "bark_count is an earlier name of barks, of Hound"),
    ] {
        assert_eq!(lock.clone().rename(old, "other", true).unwrap_err(), problem);
    }
    // What had it may have it again.
    lock.rename("hounds", "list_dogs", true).unwrap();
    assert!(Lock::parse(&lock.to_string()).is_ok());
}

#[test]
fn a_rename_that_cannot_be_says_why() {
    let mut lock = Lock::parse(&locked(&files(&[]))).unwrap();
    lock.rename("Dog", "Hound", true).unwrap();
    for (old, new, problem) in [
        ("Hund", "Cat", "there is no type, parameter struct or method Hund; did you mean Hound?"),
        ("Dog", "Cat", "Dog is an earlier name of Hound"),
        ("Hound", "DogState", "DogState is taken: spec/names.lock has DogState"),
        ("Hound", "ListDogs", "ListDogs is taken"),
        ("Hound", "Client", "Client is taken: the crate itself has it"),
        ("Hound", "hound_dog", "\"hound_dog\" is not possible: a type's name is written LikeThis, such as HoundDog"),
        ("OwnerInput", "Master", "the name of what is sent ends with Input"),
        (
            "Hound.barkCount",
            "barks",
            "there is no field, setter or variant of Hound barkCount; did you mean bark_count?",
        ),
        ("Hound.id", "bark_count", "bark_count is taken: `barkCount` of Hound has it"),
        ("Hound.id", "Id", "\"Id\" is not possible"),
        ("Hound.id", "type", "type is not possible: it is a word of Rust, and would be written r#type"),
        ("list_dogs", "match", "match is not possible: it is a word of Rust"),
        ("DogState::Awake", "Asleep", "Asleep is taken: `asleep` of DogState has it"),
        ("list_dogs", "change_dog", "change_dog is taken"),
        ("list_dogs", "list_dogs", "list_dogs has that name already"),
    ] {
        let before = lock.clone();
        let told = lock.rename(old, new, true).expect_err(problem);
        assert!(told.contains(problem), "{told}");
        assert_eq!(lock, before);
    }
}

#[test]
fn a_rename_changes_what_people_wrote_and_nothing_else() {
    let mut lock = Lock::parse(&locked(&files(&[]))).unwrap();
    let renamed = lock.rename("Dog", "Hound", true).unwrap();
    let written = r#"{"about": [{"record": "Dog", "text": "Dog"}, {"record": ["Cat", "Dog"]}],
 "names": [{"type": "dog.dog", "name": "Dog"}, {"type": "Dog", "field": "id", "name": "number"}],
 "kept": [{"names": ["Dog", "DogKind"]}] }
"#;
    let expected = r#"{"about": [{"record": "Hound", "text": "Dog"}, {"record": ["Cat", "Hound"]}],
 "names": [{"type": "dog.dog", "name": "Hound"}, {"type": "Hound", "field": "id", "name": "number"}],
 "kept": [{"names": ["Hound", "DogKind"]}] }
"#;
    assert_eq!(renamed.apply(written), expected);
    let renamed = lock.rename("Hound.bark_count", "barks", true).unwrap();
    let names = |name: &str| format!(r#"{{"names": [{{"type": "dog.dog", "field": "barkCount", "name": "{name}"}}]}}"#);
    assert_eq!(renamed.apply(&names("bark_count")), names("barks"));
}

#[test]
fn a_choice_that_says_otherwise_is_told_with_the_cure() {
    let lock = locked(&files(&[]));
    for (choice, problem) in [
        (json!({"type": "dog.dog", "name": "Hound"}), "the name here is Hound, but in spec/names.lock it is Dog"),
        (json!({"type": "dog.dog", "field": "barkCount", "name": "barks"}), "in spec/names.lock it is bark_count"),
        (json!({"operation": "change_dog", "field": "state", "name": "mood"}), "in spec/names.lock it is state"),
    ] {
        let mut choice = choice;
        choice["why"] = json!("shorter");
        let mut files = with(files(&[]), &lock);
        files.insert("spec/local/names.json".to_owned(), json!({"names": [choice]}).to_string());
        let told = made(&files).expect_err(problem);
        assert!(told.contains(problem) && told.contains("cargo xtask rename"), "{told}");
    }
}

#[test]
fn a_family_that_people_change_is_told_with_the_cure() {
    let lock = locked(&files(&[])).replace("module dog all", "module dog animals");
    let told = made(&with(files(&[]), &lock)).unwrap_err();
    assert!(told.contains("module dog is in animals according to spec/names.lock"), "{told}");
    assert!(told.contains("write `module dog all` there"), "{told}");
}

#[test]
fn the_crates_own_names_win_and_say_so() {
    let lock = locked(&files(&[])).replace(" Dog\n", " Client\n").replace("record Dog", "record Client");
    let told = made(&with(files(&[]), &lock)).unwrap_err();
    assert!(
        told.contains("spec/names.lock:") && told.contains("the crate itself has something of the name Client"),
        "{told}"
    );
}

/// A small generator (xorshift), so that every run damages the same lines.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }
}

#[test]
fn whatever_is_done_to_the_lock_is_refused_or_makes_code() {
    let lock = locked(&files(&[]));
    let words: Vec<&str> = lock.split_whitespace().collect();
    let (mut random, mut refused, mut accepted) = (Random(41), 0, 0);
    for _ in 0..400 {
        let mut lines: Vec<String> = lock.lines().skip(3).map(str::to_owned).collect();
        for _ in 0..=random.below(3) {
            let (at, to) = (random.below(lines.len()), random.below(lines.len()));
            match random.below(5) {
                0 => drop(lines.remove(at)),
                1 => lines.swap(at, to),
                2 => lines.insert(at, lines[to].clone()),
                3 => lines[at].push_str([" gone", " was Dog", " also", " twin", " Dog"][random.below(5)]),
                _ => {
                    let from = lines[at].split_whitespace().last().unwrap_or_default().to_owned();
                    let to = words[random.below(words.len())];
                    lines[at] = lines[at].replace(&from, to);
                }
            }
        }
        let files = with(files(&[]), &(lines.join("\n") + "\n"));
        match made(&files) {
            Err(told) => {
                assert!(told.contains("spec/names.lock") && told.contains("help: "), "{told}");
                refused += 1;
            }
            Ok((spec, model)) => {
                emit(&spec, &model, CARGO).unwrap_or_else(|problem| panic!("{problem} from {lines:#?}"));
                // What was written is read again, and says the same.
                let next = model.lock.to_string();
                let again =
                    made(&with(self::files(&[]), &next)).unwrap_or_else(|told| panic!("{told} from {lines:#?}"));
                assert_eq!(again.1.lock.to_string(), next, "from {lines:#?}");
                accepted += 1;
            }
        }
    }
    assert!(refused > 50 && accepted > 50, "{refused} {accepted}");
}
