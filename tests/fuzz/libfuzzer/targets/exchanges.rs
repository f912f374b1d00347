#![no_main]

use std::cell::OnceCell;

use desk_fuzz::Exchanges;
use libfuzzer_sys::fuzz_target;

thread_local!(static EXCHANGES: OnceCell<Exchanges> = const { OnceCell::new() });

fuzz_target!(|bytes: &[u8]| {
    EXCHANGES.with(|exchanges| exchanges.get_or_init(|| Exchanges::start().expect("a server")).try_bytes(bytes));
});
