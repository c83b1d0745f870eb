//! The parts of docx packages.
#![no_main]

use luoshi_fuzz::packages::DOCX;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some(package) = DOCX.pack(data) {
        luoshi_fuzz::read(&package);
    }
});
