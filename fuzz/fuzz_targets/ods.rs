//! The parts of ods packages.
#![no_main]

use luoshi_fuzz::packages::ODS;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some(package) = ODS.pack(data) {
        luoshi_fuzz::read(&package);
    }
});
