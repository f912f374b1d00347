#![no_main]

use std::sync::OnceLock;

use desk_fuzz::Answers;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    static ANSWERS: OnceLock<Answers> = OnceLock::new();
    ANSWERS.get_or_init(|| Answers::collect().expect("every operation can be called")).try_bytes(bytes);
});
