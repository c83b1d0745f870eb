//! Arbitrary tables in the words of the trade: for what makes sense of them.
//!
//! Not here: files.

use arbitrary::{Arbitrary, Result, Unstructured};
use luoshi_table::{
    Container, GridBuilder, SourceBlock, SourceCell, SourceDocument, SourceLine, SourceParagraph, SourceRow,
    SourceTable,
};

/// What cells of a checklist say. A cell is one of these, several of them, or any text at all.
const WORDS: &[&str] = &[
    "",
    " ",
    "序号",
    "自查重点",
    "自查事项",
    "责任单位",
    "落实情况",
    "备注",
    "工作要求",
    "典型做法",
    "存在问题",
    "完成时限",
    "牵头单位",
    "配合单位",
    "牵头单位：",
    "1",
    "2",
    "3",
    "66",
    "1.1",
    "（一）",
    "一、",
    "第1项",
    "见第1项",
    "同上",
    "无",
    "不涉及",
    "—",
    "／",
    "已落实。",
    "区教育局",
    "区编办",
    "各部门",
    "区政府各工作部门",
    "、",
    "，",
    "；",
    "：",
    "\n",
    "\t",
    "填报单位：区教育局",
    "填报单位（盖章）：",
    "2016年12月1日",
    "【上期】",
    "推进权力清单和责任清单公开",
    "围绕深化改革推进公开",
    "注：",
    "合计",
    "100%",
    "附件",
    "海沧区政务公开工作落实情况表",
    "luoshi:haicang-2016",
    "\u{3000}",
    "\u{FEFF}",
    "🀄",
    "a\u{301}",
];

struct Text(String);

impl<'a> Arbitrary<'a> for Text {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut text = String::new();
        for _ in 0..u.int_in_range(0..=4)? {
            match u.ratio(1, 6)? {
                true => text.push_str(<&str>::arbitrary(u)?),
                false => text.push_str(u.choose(WORDS)?),
            }
        }
        Ok(Self(text))
    }
}

/// A document of lines and tables, drawn from the fuzzer's bytes.
pub fn document(data: &[u8]) -> Result<SourceDocument> {
    let mut u = Unstructured::new(data);
    let mut blocks = Vec::new();
    for number in 1..=u.int_in_range(1..=3)? {
        for _ in 0..u.int_in_range(0..=3)? {
            let Text(text) = u.arbitrary()?;
            blocks.push(SourceBlock::Line(SourceLine { number: 1, paragraph: SourceParagraph::plain(text) }));
        }
        blocks.push(SourceBlock::Table(table(number, &mut u)?));
    }
    let has_spans = u.arbitrary()?;
    Ok(SourceDocument { file: "a".into(), format: "docx", has_spans, blocks })
}

fn table(number: u32, u: &mut Unstructured<'_>) -> Result<SourceTable> {
    let (height, width) = (u.int_in_range(0..=24)?, u.int_in_range(1..=9)?);
    let mut grid = GridBuilder::new();
    let mut rows = Vec::new();
    for row in 0..height {
        for column in 0..width {
            if u.ratio(1, 10)? {
                continue;
            }
            let (down, across) = match u.ratio(1, 8)? {
                true => (u.int_in_range(1..=4)?, u.int_in_range(1..=width)?),
                false => (1, 1),
            };
            let Text(text) = u.arbitrary()?;
            // What is taken is taken: the reader of a file decides about overlaps before a grid is made.
            let _ = grid.place(row, column, down, across, SourceCell::from_text(&text));
        }
        rows.push(SourceRow { ragged: u.ratio(1, 8)?, hidden: u.ratio(1, 16)?, ..SourceRow::default() });
    }
    grid.ensure(height, width);
    let grid = grid.finish();
    rows.resize_with(grid.rows() as usize, SourceRow::default);
    Ok(SourceTable {
        container: Container::Table(number),
        grid,
        rows,
        hidden: u.ratio(1, 10)?,
        bookmarks: Vec::new(),
    })
}
