//! The parts of xlsb packages.
#![no_main]

use luoshi_fuzz::packages::XLSB;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some(package) = XLSB.pack(data) {
        luoshi_fuzz::read(&package);
    }
});
