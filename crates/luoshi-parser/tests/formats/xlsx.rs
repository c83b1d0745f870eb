//! xlsx: what SpreadsheetML can say, and what programs write against it.

use rust_xlsxwriter::{Format, Workbook};

use luoshi_parser::Cause;

use super::samples::{drawing_of, drawn, hidden_rows, read, tables, with_parts, xlsx_of};

/// The one sheet of an xlsx with these rows, and its findings.
#[track_caller]
fn sheet(data: &str) -> (Vec<String>, Vec<String>) {
    let (tables, findings) = tables(&xlsx_of(data, "", ""));
    (drawn(&tables[0]), findings)
}

fn inline(cell: &str, text: &str) -> String {
    format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn a_workbook_of_another_writer_reads_as_it_shows() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("表").unwrap();
    let date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    sheet.merge_range(0, 0, 1, 1, "标题\n第二行", &Format::new()).unwrap();
    sheet.write_string(0, 2, "_x000D_").unwrap();
    sheet.write_number_with_format(1, 2, 42538, &date).unwrap();
    sheet.write_number(2, 0, 66).unwrap();
    sheet.write_number(2, 1, 0.1 + 0.2).unwrap();
    sheet.write_boolean(2, 2, true).unwrap();
    sheet.set_row_hidden(2).unwrap();
    let (tables, findings) = tables(&workbook.save_to_buffer().unwrap());
    assert_eq!(drawn(&tables[0]), ["标题\\第二行^2×2|·|_x000D_", "·|·|2016年6月17日", "66|0.3|TRUE"]);
    assert_eq!(hidden_rows(&tables[0]), [3]);
    assert_eq!(findings, ["rows-hidden@表!3 first=3 last=3"]);
}

#[test]
fn positions_are_absolute_and_default_to_the_next() {
    let data = r#"<sheetData><row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>"#;
    assert_eq!(sheet(data).0, ["||", "||", "|1|2", "3||"]);
}

#[test]
fn strings_are_joined_without_their_phonetic_guides() {
    let strings = r#"<si><r><t>海沧</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 区</t></r><rPh sb="0" eb="2"><t>hǎi cāng</t></rPh></si><si/><si><t>A_x000D_&#10;B&amp;C</t></si>"#;
    let data = r#"<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row></sheetData>"#;
    let (tables, _) = tables(&xlsx_of(data, strings, ""));
    assert_eq!(drawn(&tables[0]), ["海沧 区||A\\B&C"]);
    assert!(tables[0].grid.at(0, 1).unwrap().content.paragraphs.is_empty());
}

#[test]
fn white_space_at_the_ends_is_text_where_the_file_says_so() {
    let strings = r#"<si><t> 甲
 </t></si><si><t xml:space="preserve"> 乙 </t></si><si><t>　丙 丁</t></si>"#;
    let data = r#"<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v></v></c></row></sheetData>"#;
    assert_eq!(drawn(&tables(&xlsx_of(data, strings, "")).0[0]), ["甲| 乙 |　丙 丁"]);
}

#[test]
fn numbers_show_as_their_style_says() {
    let styles = r##"<numFmts><numFmt numFmtId="164" formatCode="0&quot;件&quot;"/><numFmt numFmtId="165" formatCode="# ?/?"/></numFmts>
        <cellStyleXfs><xf numFmtId="10"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="31"/><xf numFmtId="165"/><xf numFmtId="10"/></cellXfs>
        <dxfs><dxf><numFmt numFmtId="164" formatCode="0.000"/></dxf></dxfs>"##;
    let cells: String =
        [(12.0, 1), (42538.0, 2), (0.5, 3), (0.5, 3), (0.985, 4), (7.0, 99), (350_205_199_001_011_234.0, 0)]
            .iter()
            .map(|(value, style)| format!(r#"<c s="{style}"><v>{value}</v></c>"#))
            .collect();
    let (tables, findings) =
        tables(&xlsx_of(&format!("<sheetData><row>{cells}</row></sheetData>"), "", styles));
    assert_eq!(drawn(&tables[0]), ["12件|2016年6月17日|0.5|0.5|98.50%|7|350205199001011000"]);
    assert_eq!(
        findings,
        [
            "number-format-unread@表!C1 format=# ?/? shown=0.5",
            "number-digits-lost@表!G1 value=350205199001011000"
        ]
    );
}

#[test]
fn formulas_show_their_saved_value_or_are_reported() {
    let data = r#"<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>
        <c r="C1"><f>A1*2</f></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1" t="str"><f>A1</f><v>甲&lt;</v></c><c r="F1"><f>A1*3</f><v></v></c></row></sheetData>"#;
    let (rows, findings) = sheet(data);
    assert_eq!(rows[0].trim_end_matches('|'), "2|||#DIV/0!|甲<");
    // What is left beside a formula by a program that does not calculate: no value, or an empty one.
    assert_eq!(findings, ["formula-uncached@表!C1 formula=A1*2", "formula-uncached@表!F1 formula=A1*3"]);
}

#[test]
fn merged_ranges_keep_hidden_text_and_are_clipped_to_the_table() {
    let data = format!(
        r#"<sheetData><row r="1">{}{}</row><row r="2">{}{}</row><row r="3">{}</row></sheetData>
        <mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:XFD1"/><mergeCell ref="B2:B1048576"/><mergeCell ref="A3:A3"/></mergeCells>"#,
        inline("A1", "甲"),
        inline("B1", "乙"),
        inline("A2", "藏"),
        inline("B2", "丙"),
        inline("C3", "丁")
    );
    let (rows, findings) = sheet(&data);
    assert_eq!(rows, ["甲^2×1|乙^1×2|·", "·|丙^2×1|", "|·|丁"]);
    assert_eq!(
        findings,
        [
            "merge-clipped@表!B1 range=B1:XFD1 clipped=B1:C1",
            "merge-clipped@表!B2 range=B2:B1048576 clipped=B2:B3",
            "text-under-merge@表!A2 text=藏",
        ]
    );
}

#[test]
fn overlapping_ranges_are_reported_and_lose_no_text() {
    let data = format!(
        r#"<sheetData><row r="1">{}{}</row><row r="2">{}</row></sheetData>
        <mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B1:B2"/><mergeCell ref="A2:B2"/></mergeCells>"#,
        inline("A1", "甲"),
        inline("B1", "乙"),
        inline("A2", "丙"),
    );
    let (rows, findings) = sheet(&data);
    assert_eq!(rows, ["甲^1×2|·", "丙^1×2|·"]);
    assert_eq!(findings, ["merge-overlap@表!B1 range=B1:B2 at=B1", "text-under-merge@表!B1 text=乙"]);
}

#[test]
fn a_title_may_be_merged_past_the_last_column_with_text() {
    let data = format!(
        r#"<sheetData><row r="1">{}</row><row r="2">{}</row></sheetData><mergeCells><mergeCell ref="A1:D1"/></mergeCells>"#,
        inline("A1", "标题"),
        inline("A2", "甲")
    );
    assert_eq!(sheet(&data), (vec!["标题^1×4|·|·|·".into(), "甲|||".into()], vec![]));
}

#[test]
fn hidden_rows_are_one_finding_a_run_and_only_where_the_table_is() {
    let rows: String = (1..=9)
        .map(|row| {
            let hidden = if matches!(row, 2 | 3 | 5 | 8 | 9) { r#" hidden="1""# } else { "" };
            let cells = if row <= 6 { inline(&format!("A{row}"), "x") } else { String::new() };
            format!(r#"<row r="{row}"{hidden}>{cells}</row>"#)
        })
        .collect();
    let data =
        format!(r#"<cols><col min="2" max="16384" hidden="true"/></cols><sheetData>{rows}</sheetData>"#);
    let (_, findings) = sheet(&data);
    assert_eq!(findings, ["rows-hidden@表!2 first=2 last=3", "rows-hidden@表!5 first=5 last=5"]);
}

#[test]
fn rows_without_height_and_columns_without_width_are_hidden() {
    let rows: String = ["", r#" ht="0" customHeight="1""#, r#" ht="0.75""#]
        .iter()
        .enumerate()
        .map(|(row, height)| format!(r#"<row{height}>{}</row>"#, inline(&format!("B{}", row + 1), "x")))
        .collect();
    let data = format!(
        r#"<cols><col min="1" max="1" width="0" customWidth="1"/></cols><sheetData>{rows}</sheetData>"#
    );
    let (tables, findings) = tables(&xlsx_of(&data, "", ""));
    assert_eq!(hidden_rows(&tables[0]), [2]);
    assert_eq!(findings, ["rows-hidden@表!2 first=2 last=2", "columns-hidden@表! first=A last=A"]);
}

#[test]
fn what_floats_over_the_cells_is_told_at_the_cell_where_it_begins() {
    let anchor = |row: u32, column: u32, content: &str| {
        format!(
            "<xdr:twoCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:row>{row}</xdr:row></xdr:from>\
             <xdr:to><xdr:col>9</xdr:col><xdr:row>9</xdr:row></xdr:to>{content}</xdr:twoCellAnchor>"
        )
    };
    let anchors = anchor(2, 1, "<xdr:pic/>")
        + &anchor(2, 1, "<xdr:pic/>")
        + &anchor(0, 0, "<xdr:graphicFrame/>")
        + &anchor(4, 0, "<xdr:sp><xdr:txBody><a:p><a:r><a:t>字</a:t></a:r></a:p></xdr:txBody></xdr:sp>")
        + &anchor(5, 0, "<xdr:sp/>");
    let data = format!(
        r#"<sheetData><row>{}</row></sheetData><drawing xmlns:r="r" r:id="rId7"/>"#,
        inline("A1", "甲")
    );
    let package = xlsx_of(&data, "", "");
    let (_, findings) = tables(&with_parts(&package, &drawing_of("sheet1.xml", &anchors)));
    assert_eq!(findings, ["picture-ignored@表!A1", "picture-ignored@表!B3", "picture-ignored@表!A5"]);
    let (_, findings) = tables(&with_parts(&package, &drawing_of("sheet1.xml", "<xdr:twoCellAnchor>")));
    assert_eq!(findings, ["picture-ignored@表!"]);
    assert!(tables(&package).1.is_empty());
}

#[test]
fn any_prefix_and_utf16_are_read() {
    let data = r#"<x:sheetData xmlns:x="u"><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row></x:sheetData>"#;
    assert_eq!(sheet(data).0, ["甲"]);
}

#[test]
fn relationships_that_are_cut_short_are_damage() {
    let main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let whole = format!(
        r#"<Relationships><Relationship Id="rId1" Type="{main}" Target="xl/workbook.xml"/></Relationships>"#
    );
    let package = |related: &str| {
        let part = ("_rels/.rels".to_owned(), related.as_bytes().to_vec());
        with_parts(&xlsx_of("", "", ""), &[part])
    };
    assert!(read("a", &package(&whole)).is_ok());
    let cut = whole.strip_suffix("</Relationships>").unwrap();
    let error = read("a", &package(cut)).unwrap_err();
    assert!(matches!(error.cause, Cause::Damaged { .. }), "{error:?}");
}
