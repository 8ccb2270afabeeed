#![no_main]
//! See `ulika_fuzz::file`.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ulika_fuzz::file(bytes));
