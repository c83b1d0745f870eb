//! The JSON Schema: generated from the types, committed, and true of what is written.
//!
//! `LUOSHI_UPDATE=1` rewrites the committed files.

use crate::support::{attachment, expected, fixture, root};

#[test]
fn the_committed_schemas_are_those_of_the_types() {
    for name in luoshi::model::schema_names() {
        let path = root().join(format!("crates/luoshi-model/schema/{name}.schema.json"));
        let generated = luoshi::model::schema(name).unwrap();
        if std::env::var("LUOSHI_UPDATE").is_ok() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &generated).unwrap();
        }
        let committed = std::fs::read(&path).unwrap();
        assert!(committed == generated, "{name} has changed; if that is meant, run with LUOSHI_UPDATE=1");
    }
}

fn validator(name: &str) -> jsonschema::Validator {
    let schema = serde_json::from_slice(&luoshi::model::schema(name).unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn what_is_written_is_valid_and_what_is_not_is_refused_by_both() {
    let validator = validator("attachment");
    for written in [attachment(&fixture("docx/attachment-2016.docx")), expected("changning-like-2024.json")] {
        let value: serde_json::Value = serde_json::from_slice(&written.to_json()).unwrap();
        assert!(validator.is_valid(&value));
        for (pointer, wrong) in [
            ("/schema", serde_json::json!("luoshi.attachment/2")),
            ("/items/0/units", serde_json::json!("区编办")),
            ("/columns/0/key", serde_json::json!("nummer")),
            ("/title", serde_json::Value::Null),
        ] {
            let mut broken = value.clone();
            *broken.pointer_mut(pointer).unwrap() = wrong;
            assert!(!validator.is_valid(&broken), "{pointer}");
            let bytes = serde_json::to_vec(&broken).unwrap();
            assert!(luoshi::model::Attachment::from_json(&bytes).is_err(), "{pointer}");
        }
    }
}

#[test]
fn the_catalogues_are_valid() {
    let validator = validator("catalogue");
    let built_in = luoshi::built_in("haicang-2016").unwrap().catalogue().to_json();
    let other = std::fs::read(fixture("catalogues/changning-like-2024.json")).unwrap();
    for bytes in [built_in, other] {
        assert!(validator.is_valid(&serde_json::from_slice(&bytes).unwrap()));
    }
}
