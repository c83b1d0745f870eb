//! What a file may ask for. Each limit is far above any real checklist and far below what hurts a small machine; nothing
//! is allocated by a number that a file merely claims.

/// Inflated bytes of one part of a package. The 66-item attachment repeated a thousand times is 110 MB of document.xml.
pub const PART_BYTES: u64 = 256 << 20;

/// Parts in a package. Word writes about fifteen; a document full of pictures, hundreds.
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
