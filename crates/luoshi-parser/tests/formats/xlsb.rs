//! xlsb, from records written here by the specification (MS-XLSB): no program at hand writes the format.

use calamine::Reader;

use super::samples::{drawing_of, drawn, hidden_rows, read, tables, with_parts, zipped};

/// A record: type and length in groups of seven bits, then the data.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = if kind < 128 { vec![kind as u8] } else { vec![kind as u8 | 0x80, (kind >> 7) as u8] };
    assert!(data.len() < 1 << 14);
    match data.len() {
        length @ 0..128 => bytes.push(length as u8),
        length => bytes.extend([length as u8 | 0x80, (length >> 7) as u8]),
    }
    bytes.extend(data);
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    (units.len() as u32)
        .to_le_bytes()
        .into_iter()
        .chain(units.into_iter().flat_map(u16::to_le_bytes))
        .collect()
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn cell(kind: u16, column: u32, style: u32, value: &[u8]) -> Vec<u8> {
    record(kind, &[words(&[column, style]), value.to_vec()].concat())
}

fn row(number: u32, hidden: bool) -> Vec<u8> {
    row_of_height(number, 300, if hidden { 0x10 } else { 0 })
}

fn row_of_height(number: u32, twips: u16, flags: u8) -> Vec<u8> {
    record(0, &[words(&[number, 0]), twips.to_le_bytes().to_vec(), vec![0, flags, 0], words(&[0])].concat())
}

pub(crate) fn workbook() -> Vec<u8> {
    let sheet = [
        record(129, &[]),
        record(148, &words(&[0, 4, 0, 3])),
        record(390, &[]),
        record(60, &[words(&[3, 3, 2340, 0]), vec![1, 0]].concat()),
        record(391, &[]),
        record(145, &[]),
        row(0, false),
        cell(7, 0, 0, &words(&[0])),
        cell(1, 1, 0, &[]),
        row(1, false),
        // RK integers: the value in the upper 30 bits, bit 1 set; bit 0 divides by 100.
        cell(2, 0, 0, &words(&[66 << 2 | 2])),
        cell(2, 1, 2, &words(&[9850 << 2 | 3])),
        cell(5, 2, 1, &42538.0_f64.to_le_bytes()),
        cell(4, 3, 0, &[1]),
        row(2, true),
        cell(3, 0, 0, &[0x2A]),
        cell(6, 1, 0, &wide("内\r\n联")),
        record(62, &[words(&[2, 0]), vec![1], wide("丰富"), words(&[0])].concat()),
        row(3, false),
        cell(8, 0, 0, &[wide("公式"), vec![0; 6]].concat()),
        // Short cells stand in the columns after it.
        record(17, &[words(&[0]), wide("短")].concat()),
        record(18, &[words(&[0]), words(&[0])].concat()),
        row_of_height(4, 0, 0x20),
        cell(6, 1, 0, &[1, 0, 0, 0, 0x3D, 0xD8]),
        cell(9, 0, 0, &[&1e15_f64.to_le_bytes()[..], &[0; 6]].concat()),
        record(146, &[]),
        record(176, &words(&[0, 0, 0, 2])),
        record(550, &wide("rId7")),
        record(130, &[]),
    ]
    .concat();
    let styles = [
        record(278, &[]),
        record(615, &words(&[1])),
        record(44, &[vec![164, 0], wide("yyyy\"年\"m\"月\"d\"日\"")].concat()),
        record(616, &[]),
        record(626, &words(&[1])),
        record(47, &[0xFF, 0xFF, 10, 0]),
        record(627, &[]),
        record(617, &words(&[3])),
        record(47, &[0, 0, 0, 0]),
        record(47, &[0, 0, 164, 0]),
        record(47, &[0, 0, 10, 0]),
        record(618, &[]),
        record(279, &[]),
    ]
    .concat();
    let strings =
        [record(159, &words(&[1, 1])), record(19, &[vec![0], wide("标题")].concat()), record(160, &[])]
            .concat();
    let workbook = [
        record(131, &[]),
        record(153, &[0; 12]),
        record(143, &[]),
        record(156, &[words(&[0, 1]), wide("rId1"), wide("表")].concat()),
        record(144, &[]),
        record(132, &[]),
    ]
    .concat();
    let types = r#"<Types><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>"#;
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let related = format!(
        r#"<Relationships><Relationship Id="rId1" Type="{kind}/worksheet" Target="worksheets/sheet1.bin"/><Relationship Id="rId2" Type="{kind}/styles" Target="styles.bin"/><Relationship Id="rId3" Type="{kind}/sharedStrings" Target="sharedStrings.bin"/></Relationships>"#
    );
    zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", related.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet),
        ("xl/styles.bin", &styles),
        ("xl/sharedStrings.bin", &strings),
    ])
}

#[test]
fn cells_merges_styles_and_hidden_parts() {
    let anchor = "<xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>2</xdr:row></xdr:from><xdr:pic/></xdr:oneCellAnchor>";
    let bytes = with_parts(&workbook(), &drawing_of("sheet1.bin", anchor));
    let (tables, findings) = tables(&bytes);
    assert_eq!(
        drawn(&tables[0]),
        [
            "标题^1×3|·|·|",
            "66|9850.00%|2016年6月17日|TRUE",
            "#N/A|内\\联|丰富|",
            "公式|短|标题|",
            "1000000000000000|\u{FFFD}||"
        ]
    );
    assert_eq!(hidden_rows(&tables[0]), [3, 5]);
    assert_eq!(
        findings,
        [
            "characters-damaged@表!B5 text=\u{FFFD}",
            "number-digits-lost@表!A5 value=1000000000000000",
            "picture-ignored@表!B3",
            "rows-hidden@表!3 first=3 last=3",
            "rows-hidden@表!5 first=5 last=5",
            "columns-hidden@表! first=D last=D",
        ]
    );
    assert_eq!(read("a.xlsx", &bytes).unwrap().value.format, "xlsb");
}

/// The sample itself is judged by another reader of the format.
#[test]
fn another_reader_accepts_the_sample() {
    let mut workbook = calamine::Xlsb::new(std::io::Cursor::new(workbook())).unwrap();
    let range = workbook.worksheet_range("表").unwrap();
    assert_eq!(range.get_value((0, 0)).unwrap().to_string(), "标题");
    assert_eq!(range.get_value((1, 0)).unwrap().to_string(), "66");
    assert_eq!(range.get_value((1, 1)).unwrap().to_string(), "98.5");
    assert_eq!(range.get_value((3, 0)).unwrap().to_string(), "公式");
}
