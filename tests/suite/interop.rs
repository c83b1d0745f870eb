//! Other makers' programs as judges: LibreOffice opens what we write and gives it back, the validator finds nothing against
//! it, and python-docx, openpyxl and pandoc see the same texts in the same places.
//!
//! Where such a program is absent, the test says what it skipped and how to install it; with `LUOSHI_REQUIRE_INTEROP=1` that
//! is a failure.

use std::path::{Path, PathBuf};
use std::process::Command;

use luoshi::model::{Attachment, ChangeSet, NumberSource};
use tempfile::TempDir;

use crate::support::{assert_same, attachment, expected, fixture, root, tool, write};

const APT: &str = "On Debian: apt-get install";

fn libreoffice() -> Option<Command> {
    tool("soffice", "--version", &format!("{APT} libreoffice-writer libreoffice-calc"))
}

fn python() -> Option<Command> {
    let how = "pip install -r tests/interop/requirements.txt";
    let probe = Command::new("python3").args(["-c", "import docx, openpyxl, openxml_audit"]).output();
    if probe.is_ok_and(|output| output.status.success()) {
        return Some(Command::new("python3"));
    }
    crate::support::skip("python3 with python-docx, openpyxl and openxml-audit", how);
    None
}

/// What is judged: the attachment of 2016, and one of another shape.
fn samples() -> Vec<(&'static str, Attachment)> {
    let mut printed = expected("attachment-2016.json");
    for item in &mut printed.items {
        item.number_source = Some(NumberSource::Printed);
    }
    vec![("attachment-2016", printed), ("changning-like-2024", expected("changning-like-2024.json"))]
}

fn written(folder: &TempDir, name: &str, attachment: &Attachment, format: &str) -> PathBuf {
    let path = folder.path().join(format!("{name}.{format}"));
    std::fs::write(&path, write(attachment, format)).unwrap();
    path
}

/// Opens a file in LibreOffice and saves it in a format of its filter names.
fn resaved(folder: &TempDir, path: &Path, filter: &str) -> PathBuf {
    let out = folder.path().join("resaved");
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let status = libreoffice()
        .unwrap()
        .args([&profile, "--headless", "--convert-to", filter, "--outdir"])
        .arg(&out)
        .arg(path)
        .output()
        .unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    let extension = filter.split(':').next().unwrap();
    out.join(path.file_name().unwrap()).with_extension(extension)
}

#[test]
fn libreoffice_gives_back_the_same_model() {
    if libreoffice().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let catalogue = std::fs::read(fixture("catalogues/changning-like-2024.json")).unwrap();
    let catalogue = luoshi::CatalogueIndex::new(luoshi::model::Catalogue::from_json(&catalogue).unwrap());
    for (name, attachment) in samples() {
        for (format, filters) in [("docx", &["docx:MS Word 2007 XML"][..]), ("xlsx", &["xlsx", "xls", "ods"])]
        {
            let path = written(&folder, name, &attachment, format);
            for filter in filters {
                let back = resaved(&folder, &path, filter);
                let bytes = std::fs::read(&back).unwrap();
                let choice = match attachment.catalogue.as_deref() {
                    Some("haicang-2016") => luoshi::CatalogueChoice::Automatic,
                    _ => luoshi::CatalogueChoice::Given(&catalogue),
                };
                let options = luoshi::ReadOptions { catalogue: choice, ..Default::default() };
                let read = crate::support::read_bytes(name, &bytes, &options).unwrap().value;
                assert_same(&read, &attachment, &format!("{name}.{format} saved as {filter}"));
            }
        }
    }
}

/// A form that another program saved is known by its marks: whose it is, and which item each row, though no question says so.
#[test]
fn forms_keep_their_marks_through_libreoffice() {
    if libreoffice().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let index = luoshi::built_in("haicang-2016").unwrap();
    let forms = luoshi::forms(index, &luoshi::FormOptions::default()).value;
    let mut form = forms.into_iter().find(|form| form.mark.unit == "区政府办").unwrap();
    let ids: Vec<String> = form.attachment.items.iter().map(|item| item.id.clone()).collect();
    form.name = String::new();
    for (number, item) in (1..).zip(&mut form.attachment.items) {
        (item.number, item.matter) = (Some(number), format!("第{number}问"));
        item.status.as_mut().unwrap().paragraphs = vec![format!("答{}", item.id), "又一段。".to_owned()];
    }
    for (format, filters) in [("docx", &["docx:MS Word 2007 XML"][..]), ("xlsx", &["xlsx", "ods", "xls"])] {
        let path = folder.path().join(format!("表.{format}"));
        std::fs::write(&path, luoshi::write_form(&form, format, None).unwrap().value).unwrap();
        for filter in filters {
            let bytes = std::fs::read(resaved(&folder, &path, filter)).unwrap();
            let input = luoshi::Input { name: "表".into(), bytes: &bytes };
            let submission = luoshi::submission(&input, luoshi::Revisions::Accept, index).unwrap().value;
            assert_eq!(submission.file.units, ["区政府办"], "{format} saved as {filter}");
            let told: Vec<(String, Vec<String>)> = submission
                .replies
                .iter()
                .map(|reply| {
                    let item = &index.catalogue().items[reply.item.unwrap()];
                    (item.id.clone(), reply.texts[0].paragraphs.clone())
                })
                .collect();
            let expected: Vec<(String, Vec<String>)> =
                ids.iter().map(|id| (id.clone(), vec![format!("答{id}"), "又一段。".to_owned()])).collect();
            assert_eq!(told, expected, "{format} saved as {filter}");
        }
    }
}

#[test]
fn the_validator_finds_nothing() {
    if python().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (name, attachment) in samples() {
        files.extend(["docx", "xlsx"].map(|format| written(&folder, name, &attachment, format)));
    }
    let index = luoshi::built_in("haicang-2016").unwrap();
    let forms = luoshi::forms(index, &luoshi::FormOptions::default()).value;
    for form in forms.iter().filter(|form| ["区政府办", "区审计局"].contains(&form.mark.unit.as_str()))
    {
        for format in ["docx", "xlsx"] {
            let path = folder.path().join(format!("{}.{format}", form.mark.unit));
            std::fs::write(&path, luoshi::write_form(form, format, None).unwrap().value).unwrap();
            files.push(path);
        }
    }
    let merged = crate::merge::round(false).0;
    for format in ["docx", "xlsx"] {
        let path = folder.path().join(format!("merged.{format}"));
        std::fs::write(&path, luoshi::write_merge(&merged, format, true, None).unwrap().value).unwrap();
        files.push(path);
    }
    let (old, new, changes) = crate::periods::compared("docx");
    for format in CHANGES {
        let path = folder.path().join(format!("changes.{format}"));
        std::fs::write(&path, changes_in(format, &old, &new, &changes)).unwrap();
        files.push(path);
    }
    for (name, attachment) in samples() {
        for format in ["docx", "xlsx"] {
            files.extend(noted_and_fixed(&folder, &written(&folder, name, &attachment, format)));
        }
    }
    files.extend(noted_and_fixed(&folder, &fixture("check/faulty.docx")));
    files.extend(reports(&folder));
    for path in files {
        let run = Command::new("openxml-audit")
            .args(["--max-errors", "0", "--policy", "strict"])
            .arg(&path)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success(), "{}: {said}", path.display());
    }
}

/// The office formats in which two periods are shown.
const CHANGES: [&str; 2] = ["docx", "xlsx"];

fn changes_in(format: &str, old: &Attachment, new: &Attachment, changes: &ChangeSet) -> Vec<u8> {
    luoshi::write_changes((old, new), changes, format, luoshi::Stamp::default(), None).unwrap().value
}

#[test]
fn libreoffice_accepting_all_has_the_new_one_and_rejecting_all_the_old_one() {
    if libreoffice().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (old, new, changes) = crate::periods::compared("docx");
    let tracked = folder.path().join("tracked.docx");
    std::fs::write(&tracked, changes_in("docx", &old, &new, &changes)).unwrap();
    // A profile that LibreOffice made itself, with a macro of ours.
    resaved(&folder, &tracked, "docx:MS Word 2007 XML");
    let profile = folder.path().join("profile");
    let module = root().join("tests/interop/Module1.xba");
    std::fs::copy(module, profile.join("user/basic/Standard/Module1.xba")).unwrap();
    let index = crate::periods::index();
    let given = luoshi::CatalogueChoice::Given(&index);
    for (command, side, catalogue) in
        [("Accept", &new, given), ("Reject", &old, luoshi::CatalogueChoice::Automatic)]
    {
        let target = folder.path().join(format!("{command}.docx"));
        let url = |path: &Path| format!("file://{}", path.display());
        let call = format!(
            "macro:///Standard.Module1.Resolve(\"{}\",\"{}\",\".uno:{command}AllTrackedChanges\")",
            url(&tracked),
            url(&target)
        );
        let user = format!("-env:UserInstallation={}", url(&profile));
        let run = libreoffice().unwrap().args([&user, "--headless", &call]).output().unwrap();
        let bytes =
            std::fs::read(&target).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&run.stderr)));
        let options = luoshi::ReadOptions { catalogue, ..Default::default() };
        let read = crate::support::read_bytes("x.docx", &bytes, &options).unwrap().value;
        assert_same(&read, side, command);
    }
}

#[test]
fn python_s_readers_see_the_same_texts_in_the_same_places() {
    let Some(mut python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    python.arg(root().join("tests/interop/compare.py"));
    for (name, attachment) in samples() {
        let model = folder.path().join(format!("{name}.json"));
        std::fs::write(&model, attachment.to_json()).unwrap();
        python.arg(&model);
        for format in ["docx", "xlsx"] {
            python.arg(written(&folder, name, &attachment, format));
        }
    }
    let run = python.output().unwrap();
    let said = [run.stdout, run.stderr].concat();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&said));
}

#[test]
fn openpyxl_sees_what_changed_marked_in_its_cell() {
    let Some(mut python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (old, new, changes) = crate::periods::compared("docx");
    python.arg(root().join("tests/interop/changes.py"));
    for format in ["json", "xlsx"] {
        let path = folder.path().join(format!("changes.{format}"));
        std::fs::write(&path, changes_in(format, &old, &new, &changes)).unwrap();
        python.arg(path);
    }
    let run = python.output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn pandoc_reads_every_text_of_the_document() {
    let Some(mut pandoc) = tool("pandoc", "--version", &format!("{APT} pandoc")) else { return };
    let folder = tempfile::tempdir().unwrap();
    let attachment = attachment(&fixture("docx/attachment-2016.docx"));
    let path = written(&folder, "x", &attachment, "docx");
    let run = pandoc.args(["--from", "docx", "--to", "json"]).arg(&path).output().unwrap();
    assert!(run.status.success());
    let document: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let mut text = String::new();
    strings(&document, &mut text);
    let squeezed = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let text = squeezed(&text);
    for item in &attachment.items {
        let status = item.status.iter().flat_map(|status| &status.paragraphs);
        for paragraph in status.chain([&item.matter]) {
            assert!(text.contains(&squeezed(paragraph)), "{paragraph}");
        }
    }
}

/// The text of pandoc's model: the contents of its `Str` elements, in order.
fn strings(value: &serde_json::Value, text: &mut String) {
    match value {
        serde_json::Value::Object(map) if map.get("t").is_some_and(|t| t == "Str") => {
            text.push_str(map["c"].as_str().unwrap_or(""));
        }
        serde_json::Value::Object(map) => map.values().for_each(|value| strings(value, text)),
        serde_json::Value::Array(values) => values.iter().for_each(|value| strings(value, text)),
        _ => {}
    }
}

/// The leaders' report of two periods in every office format, its template, and an attachment in the plain look.
fn reports(folder: &TempDir) -> Vec<PathBuf> {
    let (old, new, changes) = crate::periods::compared("docx");
    let classes = luoshi::model::Classes::default();
    let summary = luoshi::summary(&new, &classes, Some((&old, &changes))).value;
    let plain = luoshi::Theme::built_in("plain");
    let mut files = vec![
        ("template.docx", luoshi::report_template(None).unwrap()),
        ("plain.docx", luoshi::write(&new, "docx", plain.as_ref()).unwrap().value),
        ("plain-report.docx", luoshi::write_summary(&summary, "docx", None, plain.as_ref()).unwrap().value),
    ];
    for (name, format) in [("report.docx", "docx"), ("report.xlsx", "xlsx")] {
        files.push((name, luoshi::write_summary(&summary, format, None, None).unwrap().value));
    }
    let write = |(name, bytes): (&str, Vec<u8>)| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    files.into_iter().map(write).collect()
}

#[test]
fn libreoffice_shows_the_report_and_its_bars() {
    if libreoffice().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let report = reports(&folder).into_iter().find(|path| path.ends_with("report.docx")).unwrap();
    let text = resaved(&folder, &report, "txt:Text (encoded):UTF8");
    let text = std::fs::read_to_string(text).unwrap();
    for words in ["海沧区2017年政务公开工作落实情况报告", "一、总体情况", "区教育局", "没有下文", "已落实"]
    {
        assert!(text.contains(words), "{words}");
    }
    assert!(!text.contains("{{"));
}

/// A checked file with its notes, and the same with its marks put right.
fn noted_and_fixed(folder: &TempDir, path: &Path) -> [PathBuf; 2] {
    let (bytes, checked) = crate::check::checked(path);
    let input = luoshi::Input { name: "a".into(), bytes: &bytes };
    let noted = luoshi::annotate(&input, &checked, luoshi::Stamp::default()).unwrap();
    let fixed = luoshi::fix(&input, &checked).unwrap().bytes;
    [("noted", noted), ("fixed", fixed)].map(|(what, bytes)| {
        let name = format!("{what}-{}", path.file_name().unwrap().to_str().unwrap());
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    })
}

#[test]
fn notes_stand_at_their_words_and_change_no_text() {
    let Some(_) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    for name in
        ["check/faulty.docx", "docx/attachment-2016.docx", "check/faulty.xlsx", "xlsx/attachment-2016.xlsx"]
    {
        let path = fixture(name);
        let [noted, _] = noted_and_fixed(&folder, &path);
        let script = root().join("tests/interop/notes.py");
        let run = python().unwrap().arg(script).arg(&path).arg(&noted).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let seen: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        assert_eq!(seen["same"], true, "{name}");
        let notes = seen["notes"].as_array().unwrap();
        let (_, checked) = crate::check::checked(&path);
        if name.ends_with(".docx") {
            assert_eq!(notes.len(), checked.found().count(), "{name}");
            for (note, found) in notes.iter().zip(checked.found()) {
                // A finding about a whole cell of several paragraphs is anchored at all of them.
                let words = found.exact.replace('\n', "");
                // What stands in a page's header is noted at the beginning of the document.
                let elsewhere = found
                    .place
                    .at
                    .as_ref()
                    .is_some_and(|at| matches!(at.container, Some(luoshi::Container::Part(_))));
                assert!(
                    elsewhere || words.is_empty() || note["words"] == words,
                    "{name}: {note} {}",
                    found.exact
                );
            }
        } else {
            let cell = |found: &luoshi::rules::Found| {
                let at = found.place.at.clone()?;
                Some((at.container?, at.row?, at.column?))
            };
            let cells: std::collections::BTreeSet<_> = checked.found().filter_map(cell).collect();
            assert!(notes.len() >= cells.len() && notes.len() <= cells.len() + 2, "{name}: {}", notes.len());
        }
    }
}

#[test]
fn libreoffice_keeps_the_notes() {
    if libreoffice().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, filter) in [("check/faulty.docx", "docx:MS Word 2007 XML"), ("check/faulty.xlsx", "xlsx")] {
        let [noted, _] = noted_and_fixed(&folder, &fixture(name));
        let again = resaved(&folder, &noted, filter);
        let script = root().join("tests/interop/notes.py");
        let count = |path: &Path| {
            let run = Command::new("python3").arg(&script).arg(path).arg(path).output().unwrap();
            let seen: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap_or_default();
            seen["notes"].as_array().map(Vec::len)
        };
        assert!(count(&noted).is_some_and(|count| count > 20));
        assert_eq!(count(&again), count(&noted), "{name}");
    }
}
