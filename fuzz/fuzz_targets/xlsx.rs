//! The parts of xlsx packages.
#![no_main]

use luoshi_fuzz::packages::XLSX;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some(package) = XLSX.pack(data) {
        luoshi_fuzz::read(&package);
    }
});
