//! The numbers of lists.

use super::super::fib::Structure;
use super::super::sprm;
use super::{File, prl};

const DECIMAL: u8 = 0;
const LOWER_LETTER: u8 = 4;
const BULLET: u8 = 23;
const CHINESE_COUNTING: u8 = 37;

/// A level: where it starts, its format, what follows it, its text. A digit of the text from 0 to 8 is a level's number.
fn level(start: u32, format: u8, follow: u8, text: &str, characters: &[u8]) -> Vec<u8> {
    let mut bytes = start.to_le_bytes().to_vec();
    bytes.extend([format, 0]);
    bytes.extend([0; 9]);
    bytes.push(follow);
    bytes.extend([0; 8]);
    bytes.extend([characters.len() as u8, 2, 0, 0]);
    // A list of the paragraph's, which stands before that of the characters.
    bytes.extend([9, 9]);
    bytes.extend(characters);
    let units: Vec<u16> =
        text.chars().map(|c| c.to_digit(9).map_or(c as u16, |digit| digit as u16)).collect();
    bytes.extend((units.len() as u16).to_le_bytes());
    bytes.extend(units.into_iter().flat_map(u16::to_le_bytes));
    bytes
}

/// Nine levels of which the first are these.
fn levels(first: &[Vec<u8>]) -> Vec<u8> {
    let rest = vec![level(1, DECIMAL, 0, "8.", &[]); 9 - first.len()];
    [first.concat(), rest.concat()].concat()
}

/// The heads of lists: number, whether it has one level only, the style of its first level.
fn lists(heads: &[(u32, bool, u16)]) -> Vec<u8> {
    let mut bytes = (heads.len() as u16).to_le_bytes().to_vec();
    for (id, is_simple, style) in heads {
        bytes.extend([id.to_le_bytes(), [0; 4]].concat());
        bytes.extend(style.to_le_bytes());
        bytes.extend([0xFF, 0x0F].repeat(8));
        bytes.extend([u8::from(*is_simple), 0]);
    }
    bytes
}

/// The uses of lists: which list, and its overridden levels.
fn uses(all: &[(u32, &[Vec<u8>])]) -> Vec<u8> {
    let mut bytes = (all.len() as u32).to_le_bytes().to_vec();
    for (list, levels) in all {
        bytes.extend([&list.to_le_bytes()[..], &[0; 8], &[levels.len() as u8, 0, 0, 0]].concat());
    }
    for (_, levels) in all {
        bytes.extend([0xFF; 4]);
        bytes.extend(levels.concat());
    }
    bytes
}

fn item(file: File, text: &str, list: u16, level: u8) -> File {
    let properties = [prl(sprm::P_ILVL, &[level]), prl(sprm::P_ILFO, &list.to_le_bytes())].concat();
    file.run(&format!("{text}\r"), &[]).styled(0, &properties)
}

#[test]
fn lists_count_as_word_shows_them() {
    let bullet = prl(sprm::C_RG_FTC0, &[1, 0]);
    let mut fonts = vec![2, 0, 0, 0];
    for name in ["宋体", "Wingdings"] {
        let name: Vec<u8> = format!("{name}\0").encode_utf16().flat_map(u16::to_le_bytes).collect();
        fonts.push((39 + name.len()) as u8);
        fonts.extend([[0; 39].to_vec(), name].concat());
    }
    let chinese = level(1, CHINESE_COUNTING, 2, "（0）", &[]);
    let nested = level(1, LOWER_LETTER, 1, "0-1)", &[]);
    let mut file = File::default()
        .with(Structure::Lists, lists(&[(7, false, 0x0FFF), (8, true, 0x0FFF)]))
        .with_levels([levels(&[chinese, nested]), level(1, BULLET, 0, "\u{f0fe}", &bullet)].concat())
        .with(Structure::ListOverrides, uses(&[(7, &[]), (8, &[])]))
        .with(Structure::Fonts, fonts);
    for (text, list, level) in
        [("甲", 1, 0), ("乙", 1, 1), ("丙", 1, 1), ("丁", 1, 0), ("戊", 1, 1), ("己", 2, 0), ("", 1, 0)]
    {
        file = item(file, text, list, level);
    }
    // The negation of a list is that list; none and an unknown one have no number.
    file = item(file, "庚", 0xFFFF, 0);
    file = item(file, "辛", 0xF801, 0);
    file = item(file, "壬", 9, 0);
    let document = item(file, "癸", 9, 0).read();
    let expected = [
        "（一）甲",
        "一-a) 乙",
        "一-b) 丙",
        "（二）丁",
        "二-a) 戊",
        "☑\t己",
        "（三）",
        "（四）庚",
        "辛",
        "壬",
        "癸",
    ];
    assert_eq!(document.lines(), expected);
    assert_eq!(document.findings(), ["list-undefined@.10 list=9"]);
}

#[test]
fn a_use_may_start_anew_or_look_otherwise() {
    let start = [&5_u32.to_le_bytes()[..], &0x10_u32.to_le_bytes()].concat();
    let looks =
        [&0_u32.to_le_bytes()[..], &0x30_u32.to_le_bytes(), &level(3, LOWER_LETTER, 0, "0)", &[])].concat();
    let mut file = File::default()
        .with(Structure::Lists, lists(&[(7, true, 0x0FFF)]))
        .with_levels(level(1, DECIMAL, 0, "0.", &[]))
        .with(Structure::ListOverrides, uses(&[(7, &[]), (7, &[start]), (7, &[looks])]));
    for list in [1, 1, 2, 2, 3, 3] {
        file = item(file, "", list, 0);
    }
    assert_eq!(file.read().lines(), ["1.", "2.", "5.", "6.", "c)", "d)"]);
}

#[test]
fn a_style_may_number_its_paragraphs() {
    let style =
        [&[0_u16, 0xFFF1, 0, 0, 0, 0, 0, 6, 1, 0x460B, 1, 0].map(u16::to_le_bytes).concat()[..]].concat();
    let plain = [0_u16, 0xFFF1, 0, 0, 0, 0, 0, 2, 0, 0].map(u16::to_le_bytes).concat();
    let sheet = [
        &[4_u16, 2, 10].map(u16::to_le_bytes).concat()[..],
        &(plain.len() as u16).to_le_bytes(),
        &plain,
        &(style.len() as u16).to_le_bytes(),
        &style,
    ];
    let document = File::default()
        .with(Structure::Lists, lists(&[(7, true, 1)]))
        .with_levels(level(1, DECIMAL, 2, "0、", &[]))
        .with(Structure::ListOverrides, uses(&[(7, &[])]))
        .with(Structure::Stylesheet, sheet.concat())
        .run("甲\r", &[])
        .styled(1, &[])
        .run("无\r", &[])
        .styled(1, &prl(sprm::P_ILFO, &[0, 0]))
        .run("乙\r", &[])
        .styled(1, &[])
        .read();
    assert_eq!(document.lines(), ["1、甲", "无", "2、乙"]);
}

#[test]
fn a_format_that_is_not_known_is_told() {
    let file = File::default()
        .with(Structure::Lists, lists(&[(7, true, 0x0FFF)]))
        .with_levels(level(1, 5, 0, "0", &[]))
        .with(Structure::ListOverrides, uses(&[(7, &[])]));
    let document = item(file, "甲", 1, 0).read();
    assert_eq!(document.lines(), ["1\t甲"]);
    assert_eq!(document.findings(), ["number-format-unknown@ format=ordinal"]);
}

/// The text is worth more than its numbers.
#[test]
fn lists_that_are_cut_are_told_and_nothing_more() {
    let file = File::default()
        .with(Structure::Lists, lists(&[(7, true, 0x0FFF)]))
        .with_levels(vec![0; 5])
        .with(Structure::ListOverrides, uses(&[(7, &[])]));
    let document = item(file, "甲", 1, 0).read();
    assert_eq!(document.lines(), ["甲"]);
    let expected = ["side-part-unreadable@ detail=lists: cut or damaged", "list-undefined@.1 list=1"];
    assert_eq!(document.findings(), expected);
}
