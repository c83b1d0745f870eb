//! Characters of a paragraph, and what stands beside them.

use super::super::fib::Structure;
use super::super::sprm;
use super::{File, plc, prl};

/// A record of drawings.
fn record(version: u16, kind: u16, data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u32).to_le_bytes();
    [&version.to_le_bytes()[..], &kind.to_le_bytes(), &length, data].concat()
}

/// A shape of this number, with a picture or without.
fn shape(id: u32, has_picture: bool) -> Vec<u8> {
    let picture = [&[0x04, 0x41][..], &u32::from(has_picture).to_le_bytes()].concat();
    let shape = record(2, 0xF00A, &[&id.to_le_bytes()[..], &[0; 4]].concat());
    record(0xF, 0xF004, &[shape, record(0x13, 0xF00B, &picture)].concat())
}

/// The names of fonts.
fn fonts(names: &[&str]) -> Vec<u8> {
    let mut bytes = vec![names.len() as u8, 0, 0, 0];
    for name in names {
        let mut record = vec![0; 39];
        record.extend(format!("{name}\0").encode_utf16().flat_map(u16::to_le_bytes));
        bytes.push(record.len() as u8);
        bytes.extend(record);
    }
    bytes
}

fn vanish(operand: u8) -> Vec<u8> {
    prl(sprm::C_F_VANISH, &[operand])
}

#[test]
fn breaks_and_hyphens_are_what_they_are_in_every_format() {
    let document = File::default().line("a\u{b}b\u{c}c\u{e}d\te\u{1e}f\u{1f}g\u{a0}h\u{3}").read();
    assert_eq!(document.lines(), ["a\nb\nc\nd\te-fg\u{a0}h"]);
}

#[test]
fn a_section_ends_a_paragraph_and_a_page_does_not() {
    let document = File::default()
        .run("甲\u{c}乙\u{c}丙\u{c}丁\r", &[])
        .styled(0, &[])
        .with(Structure::Sections, plc(&[0, 4, 8], &[vec![0; 12], vec![0; 12]]))
        .read();
    assert_eq!(document.lines(), ["甲\n乙", "丙\n丁"]);
    // A program that gives it a paragraph's properties means a paragraph.
    let document = File::default().run("甲\u{c}", &[]).styled(0, &[]).line("乙").read();
    assert_eq!(document.lines(), ["甲", "乙"]);
}

#[test]
fn hidden_and_struck_text_is_told() {
    let document = File::default()
        .run("公", &[])
        .run("隐", &vanish(1))
        .run("开", &prl(sprm::C_F_STRIKE, &[1]))
        .run("\r", &[])
        .styled(0, &[])
        // A paragraph that is hidden to its mark is not there to see.
        .run("全隐\r", &vanish(1))
        .styled(0, &[])
        .line("")
        .read();
    assert_eq!(document.lines(), ["公开", ""]);
    let expected = ["hidden-text@.1 text=隐", "text-struck@.1 text=开", "hidden-text@.2 text=全隐"];
    assert_eq!(document.findings(), expected);
}

#[test]
fn raised_digits_are_not_digits_of_the_number_before_them() {
    let raised = |operand: u8| prl(sprm::C_ISS, &[operand]);
    let document = File::default()
        .run("约10", &[])
        .run("4", &raised(1))
        .run("人、CO", &[])
        .run("2", &raised(2))
        .run("\r", &[])
        .styled(0, &[])
        .line("")
        .read();
    assert_eq!(document.lines(), ["约10⁴人、CO2", ""]);
}

#[test]
fn a_style_may_hide_its_text() {
    let style = |list: &[&[u8]], kind: u16| {
        let mut bytes = [0, 0xFFF0 | kind, 0, 0, 0, 0, 0].map(u16::to_le_bytes).concat();
        for list in list {
            bytes.extend((list.len() as u16).to_le_bytes());
            bytes.extend(*list);
            bytes.resize(bytes.len().next_multiple_of(2), 0);
        }
        [&(bytes.len() as u16).to_le_bytes()[..], &bytes].concat()
    };
    let sheet = [
        [4_u16, 3, 10].map(u16::to_le_bytes).concat(),
        style(&[&[0, 0], &[]], 1),
        style(&[&[1, 0], &vanish(1)], 1),
        style(&[&vanish(1)], 2),
    ];
    let of_style = prl(sprm::C_ISTD, &[2, 0]);
    let document = File::default()
        .run("显", &vanish(0))
        .run("隐", &[])
        .run("又显", &of_style)
        .run("反", &vanish(0x81))
        .run("隐", &vanish(0x80))
        .run("\r", &[])
        .styled(1, &[])
        .run("隐", &of_style)
        .run("显\r", &[])
        .styled(0, &[])
        .with(Structure::Stylesheet, sheet.concat())
        .read();
    assert_eq!(document.lines(), ["显又显反", "显"]);
    assert_eq!(document.findings(), ["hidden-text@.1 text=隐隐", "hidden-text@.2 text=隐"]);
}

#[test]
fn symbols_are_read_by_their_font() {
    let symbol = |font: u8, code: u8| {
        [prl(sprm::C_F_SPEC, &[1]), prl(sprm::C_SYMBOL, &[font, 0, code, 0xF0])].concat()
    };
    let document = File::default()
        .run("(", &symbol(1, 0xFE))
        .run("(", &symbol(2, 0x61))
        .run("\u{fc}\u{f0a8}", &prl(sprm::C_RG_FTC0, &[1, 0]))
        .run("\r", &[])
        .styled(0, &[])
        .with(Structure::Fonts, fonts(&["宋体", "Wingdings", "Webdings"]))
        .read();
    assert_eq!(document.lines(), ["☑□✓□"]);
    assert_eq!(document.findings(), ["symbol-unknown@.1 symbols=Webdings F061"]);
}

#[test]
fn a_field_is_its_result() {
    let document = File::default()
        .line("第\u{13} PAGE \u{14}3\u{15}页\u{13} AUTONUM \u{15}")
        .line("\u{13} PAGE 未完")
        .line("后\u{14}x\u{15}")
        .read();
    assert_eq!(document.lines(), ["第3页", " PAGE 未完", "后x"]);
    assert_eq!(document.findings(), ["field-without-result@.1 field=AUTONUM", "field-unclosed@.2"]);
}

#[test]
fn a_check_box_shows_its_state() {
    // The state of a form field: as it was left, or as it is by default.
    let state = |bits: u16, default: u16| {
        let mut data = vec![0; 0x44];
        data.extend([0xFF; 4]);
        data.extend(bits.to_le_bytes());
        data.extend([0; 4]);
        data.extend([[1, 0], [b'N', 0], [0, 0]].concat());
        data.extend(default.to_le_bytes());
        data
    };
    let states =
        [state(1 | 1 << 2, 0), state(1, 1), state(1 | 25 << 2, 1), state(1 | 25 << 2, 0), state(0, 1)];
    let mut file = File::default();
    for number in 0..states.len() {
        let offset: usize = states.iter().take(number).map(Vec::len).sum();
        let location = prl(sprm::C_PIC_LOCATION, &(offset as u32).to_le_bytes());
        let properties = [prl(sprm::C_F_DATA, &[1]), location].concat();
        file = file.run("\u{13} FORMCHECKBOX ", &[]).run("\u{1}", &properties).run("\u{15}", &[]);
    }
    let document = file.run("\r", &[]).styled(0, &[]).with_data(states.concat()).read();
    assert_eq!(document.lines(), ["☑☐☑☐☐"]);
    assert_eq!(document.findings(), [""; 0]);
}

#[test]
fn notes_are_told_with_their_text_and_comments_are_counted() {
    let document = File::default()
        .line("甲\u{2}乙\u{2}丙\u{5}")
        .story(1)
        .line("\u{2} 脚注")
        .line("第二段")
        .line("")
        .story(3)
        .line("\u{5}批注")
        .story(4)
        .line("\u{2}尾注")
        .line("")
        .with(Structure::FootnoteReferences, plc(&[1, 7], &[vec![1, 0]]))
        .with(Structure::FootnoteText, plc(&[0, 9, 10], &[]))
        .with(Structure::EndnoteReferences, plc(&[3, 7], &[vec![1, 0]]))
        .with(Structure::EndnoteText, plc(&[0, 4, 5], &[]))
        .read();
    assert_eq!(document.lines(), ["甲乙丙"]);
    let expected = [
        "note-text@.1 kind=footnotes text=脚注\n第二段",
        "note-text@.1 kind=endnotes text=尾注",
        "comments-ignored@ count=1",
    ];
    assert_eq!(document.findings(), expected);
}

/// The box with number 12 is part of the group 11, which is anchored; 13 has a picture; nothing is anchored with 14.
#[test]
fn text_boxes_stand_where_they_are_anchored() {
    let group = record(0xF, 0xF003, &[shape(11, false), shape(12, false)].concat());
    let all = record(0xF, 0xF003, &[shape(10, false), group, shape(13, true)].concat());
    let drawings =
        [record(0xF, 0xF000, &[]), vec![0], record(0xF, 0xF002, &[record(0, 0xF008, &[0; 8]), all].concat())];
    let anchor = |id: u32| [&id.to_le_bytes()[..], &[0; 22]].concat();
    let text_box = |id: u32| [&[0; 14][..], &id.to_le_bytes(), &[0; 4]].concat();
    let document = File::default()
        .cell("甲\u{8}乙")
        .row_end(&[0, 1000], &[])
        .line("\u{8}\u{1}丙")
        .line("\u{1}\u{1}")
        .story(5)
        .line("框一")
        .line("框二")
        .line("无处")
        .line("")
        .with(Structure::Shapes, plc(&[1, 5, 99], &[anchor(11), anchor(13)]))
        .with(Structure::Drawings, drawings.concat())
        .with(Structure::TextBoxText, plc(&[0, 6, 9, 10], &[text_box(12), text_box(14), text_box(0)]))
        .read();
    assert_eq!(document.rows(), ["甲乙/框一/框二"]);
    assert_eq!(document.lines(), ["*", "丙", "", "无处"]);
    let expected = [
        "text-box@.1.1 text=框一\n框二",
        "picture-ignored@.1",
        "picture-ignored@.2",
        "text-box@.3 text=无处",
    ];
    assert_eq!(document.findings(), expected);
}

#[test]
fn the_text_that_is_not_content_is_left_out() {
    let document = File::default().line("正文").story(2).line("页眉").read();
    assert_eq!(document.lines(), ["正文"]);
    assert_eq!(document.findings(), [""; 0]);
}
