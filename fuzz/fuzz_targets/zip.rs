//! Files that began as files as packages, changed from the outside: directories, sizes, checksums.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| luoshi_fuzz::read(data));
