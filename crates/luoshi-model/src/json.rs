//! The canonical JSON of the model and its schema.
//!
//! Two spaces of indentation, keys in the order of the types, a line feed at the end; the schema version stands first and
//! another major version is refused. Nothing else is: a file that was edited by hand and is still valid reads, and what its
//! ids have wrong is a finding.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};

use crate::{
    Attachment, Baseline, Catalogue, ChangeSet, Classes, Decisions, Findings, Links, MergeRecord, Summary,
};

/// Why a JSON document is none of the model's.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// It has no `schema`, or one of another kind or major version.
    #[error("schema is {found:?}, not {expected:?}")]
    Version {
        /// What stands there.
        found: String,
        /// What this program reads.
        expected: &'static str,
    },
    /// It is not JSON, or a field is missing, unknown or of another type.
    #[error("line {line}, column {column}: {detail}")]
    Invalid {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong.
        detail: String,
    },
}

impl From<serde_json::Error> for JsonError {
    fn from(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        // The place is given by the fields above; serde_json repeats it at the end of its sentence.
        let detail = error.to_string();
        let detail = detail.split(" at line ").next().unwrap_or(&detail).to_owned();
        Self::Invalid { line, column, detail }
    }
}

macro_rules! version {
    ($(#[$doc:meta])* $name:ident, $text:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name;

        impl $name {
            /// The text that stands in the JSON.
            pub const TEXT: &'static str = $text;
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(Self::TEXT)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let found = <Cow<'de, str>>::deserialize(deserializer)?;
                if found == Self::TEXT {
                    Ok(Self)
                } else {
                    Err(serde::de::Error::custom(format!("schema is {found:?}, not {:?}", Self::TEXT)))
                }
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "const": Self::TEXT })
            }
        }
    };
}

version!(
    /// The schema version of an attachment.
    AttachmentVersion,
    "luoshi.attachment/1"
);
version!(
    /// The schema version of a catalogue.
    CatalogueVersion,
    "luoshi.catalogue/1"
);
version!(
    /// The schema version of the record of a merge.
    MergeVersion,
    "luoshi.merge/1"
);
version!(
    /// The schema version of decisions.
    DecisionsVersion,
    "luoshi.decisions/1"
);

version!(
    /// The schema version of a change set.
    ChangesVersion,
    "luoshi.changes/1"
);
version!(
    /// The schema version of links.
    LinksVersion,
    "luoshi.links/1"
);
version!(
    /// The schema version of what a check found.
    FindingsVersion,
    "luoshi.findings/1"
);
version!(
    /// The schema version of a baseline.
    BaselineVersion,
    "luoshi.baseline/1"
);

version!(
    /// The schema version of a summary.
    SummaryVersion,
    "luoshi.summary/1"
);
version!(
    /// The schema version of classes that a person set.
    ClassesVersion,
    "luoshi.classes/1"
);

/// The version line of any of the model's documents.
#[derive(Deserialize)]
struct Header {
    #[serde(default)]
    schema: String,
}

fn from_json<T: DeserializeOwned>(bytes: &[u8], expected: &'static str) -> Result<T, JsonError> {
    serde_json::from_slice(bytes).or_else(|error| {
        // Another version is told as such and not by the first field it happens to differ in.
        let header: Header = serde_json::from_slice(bytes)?;
        if header.schema != expected {
            return Err(JsonError::Version { found: header.schema, expected });
        }
        Err(error.into())
    })
}

fn to_json<T: Serialize>(value: &T) -> Vec<u8> {
    // Writing to memory cannot fail, and neither can the model's types: their map keys are strings.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

macro_rules! document {
    ($name:ident, $version:ident, $what:literal) => {
        impl $name {
            /// Reads the canonical JSON.
            ///
            /// # Errors
            #[doc = concat!("[`JsonError`] where it is of another version or no ", $what, ".")]
            pub fn from_json(bytes: &[u8]) -> Result<Self, JsonError> {
                from_json(bytes, $version::TEXT)
            }

            /// Writes the canonical JSON.
            pub fn to_json(&self) -> Vec<u8> {
                to_json(self)
            }
        }
    };
}

document!(Attachment, AttachmentVersion, "attachment");
document!(Catalogue, CatalogueVersion, "catalogue");
document!(MergeRecord, MergeVersion, "record of a merge");
document!(Decisions, DecisionsVersion, "set of decisions");
document!(ChangeSet, ChangesVersion, "change set");
document!(Links, LinksVersion, "set of links");
document!(Findings, FindingsVersion, "list of findings");
document!(Baseline, BaselineVersion, "baseline");
document!(Summary, SummaryVersion, "summary");
document!(Classes, ClassesVersion, "list of classes");

/// How the schema of a document of the model is generated.
type Generate = fn() -> Schema;

/// The documents that have a schema, by name, for [`schema`].
const SCHEMAS: [(&str, Generate); 10] = [
    ("attachment", generate::<Attachment>),
    ("catalogue", generate::<Catalogue>),
    ("merge", generate::<MergeRecord>),
    ("decisions", generate::<Decisions>),
    ("changes", generate::<ChangeSet>),
    ("links", generate::<Links>),
    ("findings", generate::<Findings>),
    ("baseline", generate::<Baseline>),
    ("summary", generate::<Summary>),
    ("classes", generate::<Classes>),
];

fn generate<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>()
}

/// The names of the documents that have a schema.
pub fn schema_names() -> impl Iterator<Item = &'static str> {
    SCHEMAS.iter().map(|(name, _)| *name)
}

/// The JSON Schema (draft 2020-12) of a document of the model by its name, one of [`schema_names`].
pub fn schema(name: &str) -> Option<Vec<u8>> {
    SCHEMAS.iter().find(|(known, _)| *known == name).map(|(_, generate)| to_json(&generate()))
}
