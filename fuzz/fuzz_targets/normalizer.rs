//! Arbitrary tables, with the built-in catalogues and without one.
#![no_main]

use luoshi_normalizer::{CatalogueChoice, built_in, built_in_ids, normalize};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(document) = luoshi_fuzz::grids::document(data) else { return };
    let known = built_in_ids().filter_map(built_in).map(CatalogueChoice::Given);
    for choice in known.chain([CatalogueChoice::None]) {
        let _ = normalize(document.clone(), choice);
    }
});
