#![no_main]
//! See `ulika_fuzz::recipe`.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ulika_fuzz::recipe(bytes));
