#![no_main]
//! See `ulika_fuzz::package`.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ulika_fuzz::package(bytes));
