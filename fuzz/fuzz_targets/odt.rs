//! The parts of odt packages.
#![no_main]

use luoshi_fuzz::packages::ODT;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some(package) = ODT.pack(data) {
        luoshi_fuzz::read(&package);
    }
});
