//! The XML of Excel 2003: where cells stand, what they show, what is hidden.

use luoshi_parser::Cause;

use super::samples::{drawn, hidden_rows, read, tables};

fn workbook(before: &str, sheets: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:html=\"http://www.w3.org/TR/REC-html40\">{before}{sheets}</Workbook>"
    )
    .into_bytes()
}

fn sheet(rows: &str) -> Vec<u8> {
    workbook("", &format!("<Worksheet ss:Name=\"表\"><Table>{rows}</Table></Worksheet>"))
}

fn cell(attributes: &str, kind: &str, text: &str) -> String {
    format!("<Cell {attributes}><Data ss:Type=\"{kind}\">{text}</Data></Cell>")
}

#[test]
fn cells_stand_behind_each_other_or_where_they_say() {
    let rows = [
        "<Column ss:Width=\"20\"/><Row>",
        &cell("ss:MergeAcross=\"1\" ss:MergeDown=\"1\"", "String", "甲"),
        &cell("", "String", "乙"),
        "</Row><Row>",
        &cell("ss:Index=\"3\"", "String", "丙"),
        "</Row><Row ss:Index=\"5\">",
        &cell("ss:Index=\"2\"", "String", "丁"),
        "<Cell/>",
        &cell("", "String", "戊"),
        "</Row><Row ss:Span=\"1\"/><Row>",
        &cell("", "String", "己"),
        "</Row>",
    ];
    let (tables, findings) = tables(&sheet(&rows.concat()));
    assert_eq!(
        drawn(&tables[0]),
        ["甲^2×2|·|乙|", "·|·|丙|", "|||", "|||", "|丁||戊", "|||", "|||", "己|||"]
    );
    assert!(findings.is_empty());
}

#[test]
fn values_are_shown_by_their_style() {
    let styles = r##"<Styles><Style ss:ID="Default" ss:Name="Normal"/><Style ss:ID="d"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></Style>
        <Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="q" ss:Parent="p"/><Style ss:ID="g" ss:Parent="p"><NumberFormat/></Style>
        <Style ss:ID="s"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="t"><NumberFormat ss:Format="@"/></Style></Styles>"##;
    let cells = [
        cell("ss:StyleID=\"d\"", "DateTime", "2016-07-08T00:00:00.000"),
        cell("ss:StyleID=\"s\"", "DateTime", "2016-12-01T00:00:00.000"),
        cell("", "DateTime", "2016-12-01T00:00:00.000"),
        cell("ss:StyleID=\"s\"", "DateTime", "去年"),
        cell("ss:StyleID=\"p\"", "Number", "0.985"),
        cell("ss:StyleID=\"q\"", "Number", "0.5"),
        cell("ss:StyleID=\"g\"", "Number", "0.5"),
        cell("ss:StyleID=\"d\"", "Number", "42559"),
        cell("", "Number", "1234567.5"),
        cell("", "Number", "十"),
        cell("ss:StyleID=\"t\"", "Number", "007"),
        cell("", "Boolean", "1"),
        cell("", "Error", "#N/A"),
    ];
    let bytes = workbook(
        styles,
        &format!("<Worksheet ss:Name=\"表\"><Table><Row>{}</Row></Table></Worksheet>", cells.concat()),
    );
    let shown = "2016年7月8日|2016/12/1|2016-12-01T00:00:00.000|去年|98.50%|50.00%|0.5|2016年7月8日|1234567.5|十|7|TRUE|#N/A";
    assert_eq!(drawn(&tables(&bytes).0[0]), [shown]);
    let of_row = "<Row ss:StyleID=\"p\"><Cell><Data ss:Type=\"Number\">0.5</Data></Cell></Row>";
    let bytes = workbook(styles, &format!("<Worksheet ss:Name=\"表\"><Table>{of_row}</Table></Worksheet>"));
    assert_eq!(drawn(&tables(&bytes).0[0]), ["50.00%"]);
    // Numbers of a workbook that counts from 1904.
    let epoch = "<ExcelWorkbook xmlns=\"urn:schemas-microsoft-com:office:excel\"><Date1904/></ExcelWorkbook>";
    let rows = cell("ss:StyleID=\"s\"", "Number", "0")
        + &cell("ss:StyleID=\"s\"", "DateTime", "2016-12-01T00:00:00.000");
    let bytes = workbook(
        &(epoch.to_owned() + styles),
        &format!("<Worksheet ss:Name=\"表\"><Table><Row>{rows}</Row></Table></Worksheet>"),
    );
    assert_eq!(drawn(&tables(&bytes).0[0]), ["1904/1/1|2016/12/1"]);
}

#[test]
fn texts_keep_their_lines_and_lose_their_looks() {
    let rich = "<Cell><ss:Data ss:Type=\"String\" xmlns=\"http://www.w3.org/TR/REC-html40\"><html:B>粗</html:B><Font html:Color=\"#FF0000\">红&amp;</Font>&#10;次行 </ss:Data><Comment ss:Author=\"张三\"><ss:Data>批注</ss:Data></Comment><PhoneticText xmlns=\"urn:schemas-microsoft-com:office:excel\">cu</PhoneticText></Cell>";
    let formulas =
        "<Cell ss:Formula=\"=R1C1\"/><Cell ss:Formula=\"=1+1\"><Data ss:Type=\"Number\">2</Data></Cell>";
    let (tables, findings) = tables(&sheet(&format!("<Row>{rich}{formulas}</Row>")));
    assert_eq!(drawn(&tables[0]), ["粗红&\\次行 ||2"]);
    assert_eq!(findings, ["formula-uncached@表!B1 formula==R1C1", "comments-unread@"]);
}

#[test]
fn hidden_rows_columns_and_sheets_are_told() {
    let row = |attributes: &str| format!("<Row {attributes}>{0}{0}{0}</Row>", cell("", "String", "甲"));
    let columns = "<Column/><Column ss:Index=\"2\" ss:Hidden=\"1\" ss:Span=\"1\"/>";
    let rows = row("") + &row("ss:Hidden=\"1\"") + &row("ss:Height=\"0\"") + &row("");
    let options = |state: &str| {
        format!(
            "<WorksheetOptions xmlns=\"urn:schemas-microsoft-com:office:excel\"><Visible>{state}</Visible></WorksheetOptions>"
        )
    };
    let sheets = format!(
        "<Worksheet ss:Name=\"一\"><Table>{columns}{rows}</Table></Worksheet><Worksheet ss:Name=\"二\"><Table>{}</Table>{}</Worksheet><Worksheet ss:Name=\"三\"/>",
        row(""),
        options("SheetVeryHidden")
    );
    let (tables, findings) = tables(&workbook("", &sheets));
    assert_eq!(hidden_rows(&tables[0]), [2, 3]);
    assert_eq!(tables.iter().map(|table| table.hidden).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(tables[2].grid.rows(), 0);
    assert_eq!(
        findings,
        ["rows-hidden@一!2 first=2 last=3", "columns-hidden@一! first=B last=C", "sheet-hidden@二!"]
    );
}

#[test]
fn hostile_files_are_refused_or_cheap() {
    let refused = |bytes: &[u8]| read("a", bytes).unwrap_err().cause;
    let limit = |bytes: &[u8]| match refused(bytes) {
        Cause::Limit { what, .. } => what,
        other => panic!("{other:?}"),
    };
    let text = |attributes: &str| cell(attributes, "String", "甲");
    assert_eq!(limit(&sheet(&format!("<Row>{}</Row>", text("ss:Index=\"4294967295\"")))), "columns");
    assert_eq!(limit(&sheet(&format!("<Row ss:Index=\"4294967295\">{}</Row>", text("")))), "rows");
    let far = format!("<Row>{}</Row><Row ss:Index=\"1048576\">{}</Row>", text("ss:Index=\"1000\""), text(""));
    assert_eq!(limit(&sheet(&far)), "grid-positions");
    // What only claims to be large is not.
    let claims = "ss:MergeAcross=\"4294967295\" ss:MergeDown=\"4294967295\"";
    let rows = format!(
        "<Column ss:Index=\"4294967295\" ss:Span=\"4294967295\" ss:Hidden=\"1\"/><Row>{}{}</Row><Row ss:Span=\"4294967295\" ss:Hidden=\"1\"/>",
        text(""),
        text(claims)
    );
    assert!(tables(&sheet(&rows)).0[0].grid.columns() <= 1024);
    assert_eq!(limit(&sheet(&"<Row>".repeat(1_000))), "xml-depth");
    assert_eq!(limit(&workbook("", &"<Worksheet/>".repeat(2_000))), "sheets");
    assert!(matches!(refused(&workbook("<Styles/>", "")), Cause::Damaged { .. }));
    let declared = String::from_utf8(sheet("")).unwrap().replacen("<Workbook", "<!DOCTYPE a><Workbook", 1);
    assert_eq!(refused(declared.as_bytes()), Cause::Doctype);
    let formats: String = (0..2_000)
        .map(|n| {
            format!(
                "<Style ss:ID=\"{n}\" ss:Parent=\"{}\"><NumberFormat ss:Format=\"{}\"/></Style>",
                n + 1,
                "#".repeat(900)
            )
        })
        .collect();
    let bytes = workbook(&formats, &format!("<Worksheet><Table><Row>{}</Row></Table></Worksheet>", text("")));
    assert_eq!(drawn(&tables(&bytes).0[0]), ["甲"]);
}
