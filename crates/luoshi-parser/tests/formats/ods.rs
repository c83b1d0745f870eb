//! ods: repeated and covered cells, white space, hidden parts.

use super::samples::{drawn, hidden_rows, ods_of, tables};

#[test]
fn spans_repeats_and_covered_text() {
    let (tables, findings) = tables(&ods_of(
        r#"<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>"#,
        r#"<table:tracked-changes><table:deletion><table:change-track-table-cell><text:p>删</text:p></table:change-track-table-cell></table:deletion></table:tracked-changes>
        <table:table table:name="表">
        <table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
        <table:table-header-rows><table:table-row>
          <table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="2"><text:p>甲</text:p></table:table-cell>
          <table:covered-table-cell/><table:table-cell table:number-columns-repeated="2"><text:p>否</text:p></table:table-cell>
          <table:table-cell table:number-columns-repeated="16380"/></table:table-row></table:table-header-rows>
        <table:table-row><table:covered-table-cell><text:p>藏</text:p></table:covered-table-cell><table:covered-table-cell/>
          <table:table-cell office:value-type="float" office:value="12"/><table:table-cell table:formula="of:=1"/></table:table-row>
        <table:table-row table:number-rows-repeated="2" table:visibility="filter"><table:table-cell><text:p>同</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048572"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        </table:table>
        <table:table table:name="隐" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row></table:table>"#,
    ));
    assert_eq!(drawn(&tables[0]), ["甲^2×2|·|否|否", "·|·|12|", "同|||", "同|||"]);
    assert_eq!(hidden_rows(&tables[0]), [3, 4]);
    assert_eq!((tables[1].hidden, drawn(&tables[1])), (true, vec!["TRUE".to_owned()]));
    assert_eq!(
        findings,
        [
            "formula-uncached@表!D2 formula=of:=1",
            "text-under-merge@表!A2 text=藏",
            "rows-hidden@表!3 first=3 last=4",
            "columns-hidden@表! first=C last=C",
            "sheet-hidden@隐!",
        ]
    );
}

#[test]
fn a_row_without_height_is_hidden() {
    let styles = r#"<style:style style:name="ro1" style:family="table-row"><style:table-row-properties style:row-height="0.45cm"/></style:style>
        <style:style style:name="ro2" style:family="table-row"><style:table-row-properties style:row-height="0cm"/></style:style>"#;
    let row = |style: &str| {
        format!(
            r#"<table:table-row table:style-name="{style}"><table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row>"#
        )
    };
    let rows = row("ro1") + &row("ro2");
    let (tables, findings) =
        tables(&ods_of(styles, &format!(r#"<table:table table:name="表">{rows}</table:table>"#)));
    assert_eq!(hidden_rows(&tables[0]), [2]);
    assert_eq!(findings, ["rows-hidden@表!2 first=2 last=2"]);
}

#[test]
fn pictures_and_frames_with_text_are_told_once_a_sheet() {
    let row = |content: &str| {
        format!(
            "<table:table-row><table:table-cell><text:p>甲</text:p>{content}</table:table-cell></table:table-row>"
        )
    };
    let of =
        |name: &str, content: &str| format!("<table:table table:name=\"{name}\">{content}</table:table>");
    let image = "<draw:frame><draw:image/></draw:frame>";
    let note = "<draw:custom-shape><text:p>字</text:p></draw:custom-shape>";
    let sheets = of("图", &(row(image) + &row(note)))
        + &of("空", &row("<draw:custom-shape/><office:annotation><text:p>批</text:p></office:annotation>"))
        + &of("上", &format!("<table:shapes>{image}</table:shapes>{}", row("")));
    let (tables, findings) = tables(&ods_of("", &sheets));
    assert_eq!(drawn(&tables[0]), ["甲", "甲"]);
    assert_eq!(findings, ["picture-ignored@图!", "picture-ignored@上!", "comments-unread@"]);
}

#[test]
fn white_space_is_collapsed_and_put_back() {
    let (tables, findings) = tables(&ods_of(
        "",
        r#"<table:table table:name="表"><table:table-row><table:table-cell><office:annotation><text:p>批注</text:p></office:annotation>
        <text:p>  甲
           乙<text:s text:c="2"/>丙<text:tab/>丁<text:line-break/><text:span>戊&amp;</text:span> </text:p><text:p/><text:p>　己</text:p>
        </table:table-cell></table:table-row></table:table>"#,
    ));
    assert_eq!(drawn(&tables[0]), ["甲 乙  丙\t丁\\戊& \\\\　己"]);
    assert_eq!(findings, ["comments-unread@"]);
}
