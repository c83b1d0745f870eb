//! Bad input gets a message with a stable code and no output; what only looks bad is read.
//!
//! The code that a fixture must give stands in its name: `cut.file-damaged.docx`. `ok` means that it must be read.

use std::io::Write;

use luoshi::ReadOptions;
use luoshi::words::{Language, message};
use zip::write::SimpleFileOptions;

use crate::support::{Program, fixture, fixtures, read, read_bytes, root};

#[test]
fn each_defect_has_its_code() {
    let files = [fixtures("damaged"), fixtures("malformed")];
    assert!(files.iter().all(|files| files.len() >= 12), "the fixtures are there");
    for path in files.concat() {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let code = name.split('.').nth(1).unwrap();
        match read(&path) {
            Ok(_) => assert_eq!(code, "ok", "{name} was read"),
            Err(error) => {
                let finding = error.diagnostic();
                assert_eq!(finding.code, code, "{name}: {finding:?}");
                assert!(!message(&finding, Language::Chinese).todo.is_empty(), "{name}: what to do");
                assert_eq!(&*finding.place.unwrap().file, name);
            }
        }
    }
}

#[test]
fn a_trick_that_is_read_changes_nothing() {
    let mut read_ones = 0;
    for path in fixtures("malformed").iter().filter(|path| path.to_str().unwrap().contains(".ok.doc")) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let outcome = read(path).unwrap();
        let numbers: Vec<_> = outcome.value.items.iter().filter_map(|item| item.number).collect();
        assert_eq!(numbers, [6, 7, 16], "{name}");
        let text = String::from_utf8(outcome.value.to_json()).unwrap();
        assert!(!["127.0.0.1", "evil", "没有检查过"].iter().any(|word| text.contains(word)), "{name}");
        let told = outcome.diagnostics.iter().any(|finding| finding.code == "macros-ignored");
        assert_eq!(told, name.starts_with("macros"), "{name}");
        read_ones += 1;
    }
    assert!(read_ones >= 6);
}

#[test]
fn texts_that_look_like_formulas_or_scripts_are_written_as_text() {
    let outcome = read(&fixture("malformed/formulas-and-scripts.ok.csv")).unwrap();
    let page = "<script>alert(1)</script>";
    for item in &outcome.value.items {
        assert!(
            item.matter.starts_with(['=', '+', '-', '@']) && item.matter.contains(page),
            "{}",
            item.matter
        );
    }
    let part = |bytes: &[u8], name: &str| {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
    };
    let xlsx = luoshi::write(&outcome.value, "xlsx", None).unwrap().value;
    for sheet in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
        let sheet = part(&xlsx, sheet);
        assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink"), "{sheet}");
    }
    let html = String::from_utf8(luoshi::write(&outcome.value, "html", None).unwrap().value).unwrap();
    assert!(!html.contains(page) && !html.contains("<img") && html.contains("&lt;script&gt;"), "{html}");
    let csv = luoshi::write(&outcome.value, "csv", None).unwrap();
    assert!(
        csv.diagnostics.iter().any(|finding| finding.code == "formula-like-text"),
        "csv can't say that a field is text"
    );
    let docx = part(&luoshi::write(&outcome.value, "docx", None).unwrap().value, "word/document.xml");
    assert!(!docx.contains("<script>") && docx.contains("&lt;script&gt;"));
}

#[test]
fn ids_that_do_not_hold_together_in_edited_json_are_told_and_nothing_is_lost() {
    let program = Program::new();
    let json = std::fs::read_to_string(root().join("output/attachment-2016.json")).unwrap();
    // By hand: item 2 gets the id of item 66, so that what covers or sees 2016-002 leads nowhere; a key area no longer exists.
    let edited = json.replacen("\"id\": \"2016-002\"", "\"id\": \"2016-066\"", 1);
    let edited = edited.replacen("\"id\": \"1.2\"", "\"id\": \"1.9\"", 1);
    assert_ne!(edited, json);
    std::fs::write(program.path("a.json"), &edited).unwrap();
    let run = program.run(&["convert", "a.json", "-o", "b.json", "-o", "b.docx"]);
    assert_eq!(run.exit, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("id-repeated") && run.stderr.contains("2、66"), "{}", run.stderr);
    let unknown = ["status.covers是“2016-002”", "focus是“1.2”"];
    assert!(unknown.iter().all(|words| run.stderr.contains(words)), "{}", run.stderr);
    assert_eq!(std::fs::read_to_string(program.path("b.json")).unwrap(), edited);
    assert!(program.path("b.docx").is_file());
}

#[test]
fn the_program_names_the_file_and_writes_nothing() {
    let files = [fixtures("damaged"), fixtures("malformed")].concat();
    for path in files.iter().filter(|path| !path.to_str().unwrap().contains(".ok.")) {
        let program = Program::new();
        let run = program.run(&["convert", path.to_str().unwrap(), "-o", "out.json", "-o", "out.xlsx"]);
        assert_eq!(run.exit, Some(2), "{}: {}", path.display(), run.stderr);
        assert!(run.stderr.contains(path.to_str().unwrap()), "{}", run.stderr);
        assert!(program.listing().is_empty(), "{}", path.display());
    }
}

fn package(name: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (part, content) in parts {
        zip.start_file(*part, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(!bytes.is_empty(), "{name}");
    bytes
}

const DOCX_TYPES: &[u8] = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const DOCX_RELS: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

#[test]
fn a_bomb_is_refused_at_the_limit() {
    let mut document =
        br#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#
            .to_vec();
    document.resize(300 << 20, b' ');
    let bytes = package(
        "bomb",
        &[("[Content_Types].xml", DOCX_TYPES), ("_rels/.rels", DOCX_RELS), ("word/document.xml", &document)],
    );
    assert!(bytes.len() < 1 << 20, "a bomb is small");
    let error = read_bytes("bomb.docx", &bytes, &ReadOptions::default()).unwrap_err();
    assert_eq!(error.diagnostic().code, "limit-exceeded");
}

#[test]
fn a_legal_prefix_and_namespace_is_no_defect() {
    let document = r#"<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:tbl><x:tr><x:tc><x:p><x:r><x:t>序号</x:t></x:r></x:p></x:tc><x:tc><x:p><x:r><x:t>自查事项</x:t></x:r></x:p></x:tc></x:tr><x:tr><x:tc><x:p><x:r><x:t>1</x:t></x:r></x:p></x:tc><x:tc><x:p><x:r><x:t>甲</x:t></x:r></x:p></x:tc></x:tr></x:tbl></x:body></x:document>"#;
    let parts: [(&str, &[u8]); 3] = [
        ("[Content_Types].xml", DOCX_TYPES),
        ("_rels/.rels", DOCX_RELS),
        ("word/document.xml", document.as_bytes()),
    ];
    let read = read_bytes("strict.docx", &package("strict", &parts), &ReadOptions::default()).unwrap().value;
    assert_eq!(read.items[0].matter, "甲");
}
