//! One form in xlsx, ods and xls, all three saved by an office suite: the same tables and the same findings.

use super::samples::{drawn, hidden_rows, read, tables};

const FORMS: [(&str, &[u8]); 3] = [
    ("xlsx", include_bytes!("../../../../fixtures/xlsx/form.xlsx")),
    ("ods", include_bytes!("../../../../fixtures/ods/form.ods")),
    ("xls", include_bytes!("../../../../fixtures/xls/form.xls")),
];

#[test]
fn the_same_form_reads_the_same_in_every_format() {
    for (format, bytes) in FORMS {
        let (tables, findings) = tables(bytes);
        let [form, choices, empty] = &tables[..] else { panic!("three sheets in {format}") };
        assert_eq!(
            drawn(form),
            [
                "海沧区政务公开工作落实情况表^1×6|·|·|·|·|·",
                "序号|自查重点|自查事项|责任单位|落实情况|完成时间",
                "1|（一）推进权力清单公开^3×1|事项甲|区政府办（秘书科）|第一段\\第二段^3×1|2016年6月17日",
                "2|·|事项乙|区建设局|·|2016/12/1",
                "3|·|事项丙|区财政局|·|TRUE",
                "4|（二）推进监管公开|事项丁|区市场监管局|98.5%|10",
                "5|（三）其他|事项戊|区教育局|1,234,567.50|#N/A",
            ],
            "{format}"
        );
        assert_eq!(form.grid.at(2, 4).unwrap().content.paragraphs.len(), 2, "{format}");
        assert_eq!((form.hidden, hidden_rows(form)), (false, vec![6]), "{format}");
        assert_eq!(
            (choices.hidden, drawn(choices)),
            (true, vec!["已落实".into(), "未落实".into()]),
            "{format}"
        );
        assert_eq!((empty.grid.rows(), empty.rows.len()), (0, 0), "{format}");
        let mut findings = findings;
        findings.sort();
        assert_eq!(
            findings,
            [
                "columns-hidden@落实情况表! first=D last=D",
                "comments-unread@",
                "rows-hidden@落实情况表!6 first=6 last=6",
                "sheet-hidden@选项!",
            ],
            "{format}"
        );
    }
}

#[test]
fn the_format_is_told_by_content_and_named_in_the_document() {
    for (format, bytes) in FORMS {
        let document = read("form.docx", bytes).unwrap().value;
        assert_eq!((document.format, document.has_spans), (format, true));
    }
}

/// The attachment of 66 items, laid out by the same data in every sheet format.
#[test]
fn the_attachment_reads_the_same_in_every_format() {
    const ATTACHMENTS: [(&str, &[u8]); 4] = [
        ("xlsx", include_bytes!("../../../../fixtures/xlsx/attachment-2016.xlsx")),
        ("xlsb", include_bytes!("../../../../fixtures/xlsb/attachment-2016.xlsb")),
        ("ods", include_bytes!("../../../../fixtures/ods/attachment-2016.ods")),
        ("xls", include_bytes!("../../../../fixtures/xls/attachment-2016.xls")),
    ];
    let (first, first_findings) = tables(ATTACHMENTS[0].1);
    assert!(first.iter().any(|table| table.grid.rows() > 66));
    for (format, bytes) in ATTACHMENTS {
        let (tables, findings) = tables(bytes);
        assert_eq!(tables, first, "{format}");
        assert_eq!(findings, first_findings, "{format}");
    }
}
