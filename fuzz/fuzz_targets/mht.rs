//! Files that began as mht.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| luoshi_fuzz::read(data));
