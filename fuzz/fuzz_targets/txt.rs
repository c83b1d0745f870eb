//! Files that began as text.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| luoshi_fuzz::read(data));
