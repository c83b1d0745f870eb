//! xls, from records written here by the specification (MS-XLS), beside the fixture that an office suite saved.

use encoding_rs::GBK;
use luoshi_parser::Cause;

use super::samples::{biff, biff_stream, drawn, hidden_rows, ole_of, read, tables};

const BIFF8: u16 = 0x0600;
const BIFF5: u16 = 0x0500;

/// The name of the sheet, 表, as BIFF8 writes it: length, width, characters.
const NAME: &[u8] = &[1, 1, 0x68, 0x88];

fn numbers(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn units(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn xls(globals: &[Vec<u8>], sheet: &[Vec<u8>]) -> Vec<u8> {
    ole_of(&[("Workbook", &biff_stream(BIFF8, NAME, globals, sheet))])
}

fn cell(kind: u16, row: u16, column: u16, style: u16, value: &[u8]) -> Vec<u8> {
    biff(kind, &[&numbers(&[row, column, style])[..], value].concat())
}

#[test]
fn strings_cut_by_continue_keep_every_character() {
    // Three strings. The first is cut in its wide characters and goes on narrow; the second is rich, its run cut off from
    // its text; the third is plain.
    let head = [&[3, 0, 0, 0, 3, 0, 0, 0][..], &[4, 0, 1], &units("海沧")].concat();
    let second = [&[0, b'A', b'B'][..], &[2, 0, 9, 1, 0], &units("丰富")].concat();
    let third = [&[0, 0, 1, 0][..], &[1, 0, 0, b'C']].concat();
    let strings = [biff(0xFC, &head), biff(0x3C, &second), biff(0x3C, &third)].concat();
    let sheet: Vec<Vec<u8>> =
        (0..3_u8).map(|index| cell(0xFD, 0, index.into(), 0, &[index, 0, 0, 0])).collect();
    assert_eq!(drawn(&tables(&xls(&[strings], &sheet)).0[0]), ["海沧AB|丰富|C"]);
}

#[test]
fn numbers_formulas_merges_and_hidden_parts() {
    let format = biff(0x041E, &[numbers(&[164]), numbers(&[3]), vec![1], units("0\"件")].concat());
    let styles = [0, 164, 10, 14].map(|number| biff(0xE0, &numbers(&[0, number, 0, 0, 0, 0, 0, 0, 0, 0])));
    let globals = [vec![format], styles.to_vec()].concat();
    let rk = |value: u32| (value << 2 | 2).to_le_bytes();
    let sheet = [
        biff(0x7D, &numbers(&[1, 1, 2340, 0, 1, 0])),
        biff(0x0208, &numbers(&[1, 0, 3, 300, 0, 0, 0x20, 0])),
        cell(0x0203, 0, 0, 3, &42538.0_f64.to_le_bytes()),
        cell(0x027E, 0, 1, 1, &rk(12)),
        biff(0xBD, &[&numbers(&[1, 0, 0])[..], &rk(7), &numbers(&[2]), &rk(1), &numbers(&[1])].concat()),
        cell(0x0006, 2, 0, 0, &[&[0, 0, 0, 0, 0, 0, 0xFF, 0xFF][..], &[0; 8]].concat()),
        biff(0x0207, &[&[2, 0, 1][..], &units("公式")].concat()),
        cell(0x0006, 2, 1, 0, &[&[2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF][..], &[0; 8]].concat()),
        cell(0x0006, 2, 2, 0, &[&1.5_f64.to_le_bytes()[..], &[0; 8]].concat()),
        cell(0x0205, 3, 0, 0, &[1, 0]),
        biff(0xE5, &numbers(&[1, 3, 3, 0, 2])),
        // An embedded chart is a substream of its own; its cells are none of the sheet's.
        biff(0x0809, &numbers(&[BIFF8, 0x20, 0, 0])),
        cell(0x0203, 9, 9, 0, &1.0_f64.to_le_bytes()),
        biff(0x0A, &[]),
    ];
    let (tables, findings) = tables(&xls(&globals, &sheet));
    assert_eq!(drawn(&tables[0]), ["2016/6/17|12件|", "7|100.00%|", "公式|#N/A|1.5", "TRUE^1×3|·|·"]);
    assert_eq!(hidden_rows(&tables[0]), [2]);
    assert_eq!(findings, ["rows-hidden@表!2 first=2 last=2", "columns-hidden@表! first=B last=B"]);
}

#[test]
fn strings_before_biff8_are_bytes_of_the_code_page() {
    let text = |text: &str| {
        let bytes = GBK.encode(text).0.into_owned();
        [&(bytes.len() as u16).to_le_bytes()[..], &bytes].concat()
    };
    let name = [&[4][..], &GBK.encode("报表").0].concat();
    let globals = [biff(0x42, &numbers(&[936]))];
    let stream = biff_stream(BIFF5, &name, &globals, &[cell(0x0204, 0, 0, 0, &text("海沧区"))]);
    let (tables, findings) = tables(&ole_of(&[("Book", &stream)]));
    assert_eq!((drawn(&tables[0]), findings.len()), (vec!["海沧区".to_owned()], 0));
    assert_eq!(tables[0].container, luoshi_table::Container::Sheet("报表".into()));
}

#[test]
fn objects_that_show_something_are_told_once_a_sheet() {
    let object = |kind: u16| biff(0x5D, &numbers(&[0x15, 0x12, kind, 1, 0, 0, 0, 0, 0, 0, 0]));
    let text = cell(0x0205, 0, 0, 0, &[1, 0]);
    // A comment's box and the arrow of a filter are none.
    let plain = tables(&xls(&[], &[text.clone(), object(0x19), object(0x14)])).1;
    assert!(plain.is_empty(), "{plain:?}");
    let (_, findings) = tables(&xls(&[], &[text, object(0x08), object(0x05)]));
    assert_eq!(findings, ["picture-ignored@表!"]);
}

#[test]
fn half_of_a_pair_is_told_at_its_cell() {
    // 甲 and the upper half of a pair without its lower one, as shared string and in the cell; then a whole pair.
    let half = [2, 0, 1, 0x32, 0x75, 0x3D, 0xD8];
    let strings = biff(0xFC, &[&[1, 0, 0, 0, 1, 0, 0, 0][..], &half].concat());
    let sheet = [
        cell(0xFD, 0, 0, 0, &[0; 4]),
        cell(0x0204, 0, 1, 0, &half),
        cell(0x0204, 0, 2, 0, &[&[2, 0, 1][..], &units("😀")].concat()),
    ];
    let (tables, findings) = tables(&xls(&[strings], &sheet));
    assert_eq!(drawn(&tables[0]), ["甲\u{FFFD}|甲\u{FFFD}|😀"]);
    assert_eq!(
        findings,
        ["characters-damaged@表!A1 text=甲\u{FFFD}", "characters-damaged@表!B1 text=甲\u{FFFD}"]
    );
}

#[test]
fn a_password_is_told() {
    let error = read("a.xls", &xls(&[biff(0x2F, &[1, 0])], &[])).unwrap_err();
    assert_eq!(error.cause, Cause::Encrypted("xls"));
}

#[test]
fn a_sheet_that_ends_without_its_end_is_damaged() {
    let mut stream = biff_stream(BIFF8, NAME, &[], &[cell(0x0203, 0, 0, 0, &1.0_f64.to_le_bytes())]);
    stream.truncate(stream.len() - 4);
    let error = read("a.xls", &ole_of(&[("Workbook", &stream)])).unwrap_err();
    assert!(matches!(error.cause, Cause::Damaged { .. }), "{error:?}");
}
