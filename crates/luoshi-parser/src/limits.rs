//! What a file may ask for. Each limit is far above any real checklist and far below what hurts a small machine; nothing
//! is allocated by a number that a file merely claims.

/// Inflated bytes of one part of a package. The 66-item attachment repeated a thousand times is 110 MB of document.xml.
pub const PART_BYTES: u64 = 256 << 20;

/// Inflated bytes of a part beside the content: styles, numbering, notes, relationships. Word's own styles.xml with every
/// style in use is 350 KB, and what is read from these parts takes several times their size in memory.
pub const SIDE_PART_BYTES: u64 = 16 << 20;

/// Inflated bytes of all documents of an archive together. Forty offices' files are some ten megabytes.
pub const ARCHIVE_BYTES: u64 = 4 << 30;

/// Parts in a package, documents in an archive. Word writes about fifteen; a document full of pictures, hundreds.
pub const PARTS: usize = 10_000;

/// Depth of nested XML elements. Word nests about twenty levels in a table cell; deeper than this is an attack, and a
/// reader that keeps a small stack per level stays small.
pub const XML_DEPTH: usize = 512;

/// Columns of a table. The widest real form has thirteen; spreadsheets allow 16 384, of which a form uses a few dozen.
pub const COLUMNS: u32 = 1_024;

/// Rows of a table: what a worksheet can hold.
pub const ROWS: u32 = 1_048_576;

/// Positions of one grid (rows × columns): 4 bytes each. A thousand attachments of seven columns are half a million.
pub const GRID_POSITIONS: u64 = 16 << 20;

/// Bytes of text in one document's tables, so that repeated references to one shared string cannot grow without bound.
pub const TEXT_BYTES: u64 = 256 << 20;

/// Cells of one workbook that hold text or stand empty inside a used range. Four thousand attachments of 70 rows and 7
/// columns are two million; a cell takes about 300 bytes while it is read, and 130 KB of zip can hold four million.
pub const CELLS: u64 = 2 << 20;

/// Sheets of one workbook. A district with 40 units and a sheet for each month of each stays below.
pub const SHEETS: usize = 1_024;

/// How often a file may repeat one cell or row that holds text by a count (`table:number-rows-repeated`): a million rows
/// with the same text are a claim of a few bytes, not a table.
pub const REPEATS: u64 = 65_536;

/// Bytes of all sheets of one workbook together, inflated.
pub const SHEET_BYTES: u64 = 1 << 30;

/// Findings about one workbook. A file that earns more is no form; its findings would take more memory than it does.
pub const FINDINGS: usize = 100_000;

/// Paragraphs, cells and rows of one document, each of which costs about a hundred bytes even when empty. A thousand
/// attachments have a million.
pub const PIECES: usize = 2 << 20;

/// Depth of nested tables where a paragraph only claims it by a number. A form within a form is two.
pub const TABLE_DEPTH: usize = 32;

/// Elements and pieces of text of one page, each of which costs about sixty bytes. LibreOffice writes eight thousand for an attachment.
pub const NODES: usize = 4 << 20;

/// Parts of a page that is saved as one file (MHTML): a sheet or a picture each.
pub const MULTIPARTS: usize = 10_000;

/// Depth of multiparts in each other. Mail programs nest two or three.
pub const MULTIPART_DEPTH: usize = 32;

/// Bytes of the property modifiers of one document, counted as often as they are applied: many paragraphs may point to one
/// long list. A thousand attachments have 40 MB.
pub const PROPERTY_BYTES: u64 = 256 << 20;
