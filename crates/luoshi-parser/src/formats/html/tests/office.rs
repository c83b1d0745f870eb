//! What Word and Excel write for themselves.

use super::*;

#[test]
fn word_shows_the_numbers_it_counts() {
    let page = "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US><span \
                style='mso-list:Ignore'>（一）<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]>公开</p>\
                <p><span style='font-family:Symbol'><span style='mso-list:Ignore'>·</span></span>b</p>";
    let document = read(page);
    assert_eq!(document.lines(), ["（一）\t公开", "•b"]);
}

#[test]
fn word_keeps_empty_paragraphs_tabs_and_spaces() {
    let page = "<p><o:p>&nbsp;</o:p></p><p>a<span style='mso-tab-count:2'>&nbsp;&nbsp; </span>b<o:p></o:p></p>\
                <p>c<span style='mso-spacerun:yes'>&nbsp;&nbsp; </span>d<span style='mso-hide:all'>e</span></p>";
    let document = read(page);
    assert_eq!(document.lines(), ["", "a\t\tb", "c   d"]);
    assert_eq!(document.told(), ["hidden-text@r3 text=e"]);
}

#[test]
fn text_in_a_tab_is_read() {
    assert_eq!(lines("<p>a<span style='mso-tab-count:1'> 5<b>5 </b></span>b"), ["a 55 b"]);
}

#[test]
fn what_stands_in_comments_for_other_programs_is_not_read() {
    let page = "<!--[if gte vml 1]><v:shape>x</v:shape><![endif]--><![if !vml]>a<![endif]><!--[if !mso]>b<![endif]-->";
    assert_eq!(lines(page), ["a"]);
}

#[test]
fn rows_that_hold_the_widths_of_columns_are_none() {
    let page = "<table><tr><td colspan=2>a<![if !supportMisalignedColumns]><tr height=0><td width=1></td><td></td></tr><![endif]>\
                <![if supportMisalignedColumns]><tr height=0 style='display:none'><td></td><td></td></tr><![endif]></table>";
    let document = read(page);
    assert_eq!((document.rows(), document.told().len()), (vec!["a".to_owned()], 0));
}

#[test]
fn numbers_are_read_as_they_are_shown() {
    let page = "<table x:str><tr><td class=xl24 x:num='42614' style='mso-number-format:\"yyyy年\"'>2016年</td><td x:str=\"'a\">a<br>b</td></table>";
    assert_eq!(rows(page), ["2016年|a¶b"]);
}

#[test]
fn a_page_of_one_sheet_is_called_by_its_name() {
    let names = "<x:ExcelWorksheet><x:Name>落实情况</x:Name></x:ExcelWorksheet>";
    let page = format!(
        "<!--[if gte mso 9]><xml><x:ExcelWorkbook>{names}</x:ExcelWorkbook></xml><![endif]--><table><td>a</table><table><td>b</table>"
    );
    let document = read(&page);
    let containers: Vec<&Container> = document.tables().iter().map(|table| &table.container).collect();
    assert_eq!(containers, [&Container::Sheet("落实情况".into()), &Container::Table(1)]);
}
