//! OpenDocument text: the same tables and lines as docx for the same document.

use luoshi_parser::{Input, ReadOptions, Revisions, read};
use luoshi_table::{Diagnostic, Outcome, SourceBlock, SourceDocument};

use super::hostile::{mutate, unpacked};
use super::samples::{Seeded, drawn, zipped};

const DOCX: &[u8] = include_bytes!("../../../../fixtures/docx/attachment-2016.docx");
const ODT: &[u8] = include_bytes!("../../../../fixtures/odt/attachment-2016.odt");
const NUMBERED_DOCX: &[u8] = include_bytes!("../../../../fixtures/docx/auto-numbered.docx");
const NUMBERED_ODT: &[u8] = include_bytes!("../../../../fixtures/odt/auto-numbered.odt");
const TRACKED_DOCX: &[u8] = include_bytes!("../../../../fixtures/docx/tracked.docx");
const TRACKED_ODT: &[u8] = include_bytes!("../../../../fixtures/odt/tracked.odt");

const HAND_MADE: &[u8] = include_bytes!("../../../../fixtures/odt/hand-made.fodt");
const PANDOC: &[u8] = include_bytes!("../../../../fixtures/odt/pandoc.odt");
const ODFPY: &[u8] = include_bytes!("../../../../fixtures/odt/odfpy.odt");
const ODFDO: &[u8] = include_bytes!("../../../../fixtures/odt/odfdo.odt");

fn read_with(bytes: &[u8], revisions: Revisions) -> Outcome<SourceDocument> {
    read(&Input { name: "表".into(), bytes }, &ReadOptions { revisions }).unwrap()
}

/// All that a document holds, cell by cell and line by line.
fn told(document: &SourceDocument) -> Vec<String> {
    let mut told = Vec::new();
    for block in &document.blocks {
        match block {
            SourceBlock::Line(line) => told.push(format!("{} {:?}", line.number, line.paragraph)),
            SourceBlock::Table(table) => {
                let size = (table.grid.rows(), table.grid.columns());
                told.push(format!("{:?} {size:?} {} {:?}", table.container, table.hidden, table.rows));
                told.extend(table.grid.cells().iter().map(|cell| format!("{cell:?}")));
            }
        }
    }
    told
}

fn assert_same(docx: &[u8], odt: &[u8], revisions: Revisions) -> [Vec<Diagnostic>; 2] {
    let (expected, found) = (read_with(docx, revisions), read_with(odt, revisions));
    assert_eq!((found.value.format, found.value.has_spans), ("odt", true));
    // LibreOffice drops spaces at the end of a paragraph when it reads docx: the files made by it have none.
    let expected_told: Vec<_> =
        told(&expected.value).iter().map(|told| told.replace("  \" }", "\" }")).collect();
    let found_told = told(&found.value);
    for (expected, found) in expected_told.iter().zip(&found_told) {
        assert_eq!(found, expected);
    }
    assert_eq!(found_told.len(), expected_told.len());
    [expected.diagnostics, found.diagnostics]
}

#[test]
fn the_attachment_is_the_one_of_docx() {
    let [_, findings] = assert_same(DOCX, ODT, Revisions::Accept);
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn automatic_numbers_are_those_of_docx() {
    let [_, findings] = assert_same(NUMBERED_DOCX, NUMBERED_ODT, Revisions::Accept);
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn tracked_changes_are_accepted_and_rejected_as_in_docx() {
    for revisions in [Revisions::Accept, Revisions::Reject] {
        let findings = assert_same(TRACKED_DOCX, TRACKED_ODT, revisions);
        let codes = findings.map(|findings| findings.iter().map(|found| found.code).collect::<Vec<_>>());
        assert_eq!(codes[0], codes[1]);
    }
}

/// Lines, the rows of tables, and the codes of findings.
fn in_words(bytes: &[u8], revisions: Revisions) -> (Vec<String>, Vec<&'static str>) {
    let outcome = read_with(bytes, revisions);
    let mut words = Vec::new();
    for block in &outcome.value.blocks {
        match block {
            SourceBlock::Line(line) => {
                words.push(format!("{}{}", line.paragraph.label(), line.paragraph.text))
            }
            SourceBlock::Table(table) => words.extend(drawn(table)),
        }
    }
    (words, outcome.diagnostics.iter().map(|finding| finding.code).collect())
}

#[test]
fn a_document_in_one_piece_made_by_hand() {
    for (revisions, done, told) in [
        (Revisions::Accept, "全部", "tracked-changes-accepted"),
        (Revisions::Reject, "基本", "tracked-changes-rejected"),
    ] {
        let (words, codes) = in_words(HAND_MADE, revisions);
        let answer = format!("已{done}落实。\\（一） 建立清单\\（二） 按月更新^2×1");
        assert_eq!(
            words,
            [
                "附件：",
                "政务公开 工作 落实情况表",
                "序号|自查事项|责任单位|落实情况",
                "一、围绕深化改革推进公开^1×4|·|·|·",
                &format!("1|推进权力清单公开|区编办\\区审改办|{answer}"),
                "2|推进市场监管公开\\含随机抽查|各部门\\甲局\t乙局|·",
                "注：  截至12月5日。",
            ]
        );
        assert_eq!(codes, ["hidden-text", "text-box", "nested-table", told]);
    }
}

#[test]
fn documents_of_other_writers() {
    let cases: [(&[u8], &[&str], &[&str]); 3] = [
        (
            PANDOC,
            &[
                "附件：",
                "序号|自查事项|落实情况",
                "1|推进权力清单公开|已落实。",
                "2|推进市场监管公开|正在推进。",
                "1.\t截至十二月五日。",
                "2.\t其余另报。",
                "a.\t附清单",
            ],
            &["note-text"],
        ),
        (
            ODFPY,
            &[
                "落实情况表",
                "序号|自查事项|落实情况",
                "一、推进公开^1×3|·|·",
                "1|推进权力清单公开|已落实。\\按月更新。^2×1",
                "2|推进市场监管公开|·",
                "||",
                "||",
            ],
            &[],
        ),
        (
            ODFDO,
            &[
                "附件：\t表  一\n续",
                "序号|自查事项|落实情况",
                "1|推进权力清单公开|已落实。^2×1",
                "2|推进市场监管公开|·",
            ],
            &[],
        ),
    ];
    for (bytes, words, codes) in cases {
        let (read, told) = in_words(bytes, Revisions::Accept);
        assert_eq!((read, told), (words.iter().map(|&word| word.to_owned()).collect(), codes.to_vec()));
    }
}

#[test]
fn truncated_files_are_refused() {
    for sample in [HAND_MADE, PANDOC] {
        for end in (0..sample.len() - 1).step_by(97) {
            let input = Input { name: "表".into(), bytes: &sample[..end] };
            assert!(read(&input, &ReadOptions::default()).is_err(), "{end}");
        }
    }
}

/// Files with a few bytes changed, a piece cut out or doubled: never a panic, whatever comes of it.
#[test]
fn mutated_files_never_panic() {
    let mut random = Seeded(2016);
    let read_both = |bytes: &[u8]| {
        for revisions in [Revisions::Accept, Revisions::Reject] {
            let _ = read(&Input { name: "表".into(), bytes }, &ReadOptions { revisions });
        }
    };
    for sample in [HAND_MADE, PANDOC, ODFPY, TRACKED_ODT] {
        let parts = unpacked(sample);
        for _ in 0..if sample.len() > 20_000 { 60 } else { 400 } {
            // Packages fail at a checksum before their parts are looked at, so those are mutated inside.
            let Some(parts) = &parts else {
                let mut bytes = sample.to_vec();
                mutate(&mut bytes, &mut random);
                read_both(&bytes);
                continue;
            };
            let read_parts = |name: &str| matches!(name, "mimetype" | "content.xml" | "styles.xml");
            let mut parts: Vec<_> = parts.iter().filter(|(name, _)| read_parts(name)).cloned().collect();
            let chosen = random.next(parts.len());
            mutate(&mut parts[chosen].1, &mut random);
            let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (&**name, &**bytes)).collect();
            read_both(&zipped(&parts));
        }
    }
}
