//! The control words that are read, by what they mean here (RTF 1.9.1, Appendix B). Every other word looks only, and is passed
//! over; an unknown destination (`\*`) is passed over with all that it holds.
//!
//! Not here: what becomes of them.

use super::tokens::Token;

/// What a control word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Text that is no content.
    Skip,
    /// A destination that holds ordinary content.
    Content,
    /// A drawing: of all that it holds only text boxes and pictures count.
    Drawing,
    TextBox,
    Note,
    /// The note is an endnote.
    EndNote,
    Annotation,
    Field,
    Instruction,
    FormField,
    /// What kind a form field is: 1 is a check box.
    FormKind,
    FormResult,
    FormDefault,
    Picture,
    /// Another program's data, shown by text or a picture.
    Object,
    /// The number of a paragraph as its writer showed it.
    Label,
    Bookmark,
    Fonts,
    CharacterSet,
    FontCodePage,
    CodePage,
    Macintosh,
    Alternative,
    UnicodeAlternative,
    Character(char),
    Unicode,
    UnicodeSkip,
    DefaultFont,
    Font,
    AssociatedFont,
    /// Which of a run's fonts its text is in.
    Script(usize),
    Plain,
    Hidden,
    Struck,
    Raised,
    NotRaised,
    Revised,
    Deleted,
    ParagraphDefaults,
    Paragraph,
    InTable,
    TableLevel,
    ListSelector,
    ListLevel,
    RowDefaults,
    RowLeft,
    RowHeader,
    CellRight,
    MergeDown(bool),
    MergeRight(bool),
    Cell,
    Row,
    NestedCell,
    NestedRow,
    NestedProperties,
    Lists,
    List,
    ListId,
    Level,
    LevelFormat,
    LevelStart,
    LevelFollow,
    LevelLegal,
    LevelNoRestart,
    LevelText,
    Override,
    OverrideLevel,
    OverrideStart,
}

use Meaning::*;

/// In the order of their bytes.
const WORDS: &[(&str, Meaning)] = &[
    ("af", AssociatedFont),
    ("aftncn", Skip),
    ("aftnsep", Skip),
    ("aftnsepc", Skip),
    ("annotation", Annotation),
    ("ansicpg", CodePage),
    ("atnauthor", Skip),
    ("atnid", Skip),
    ("bkmkend", Skip),
    ("bkmkstart", Bookmark),
    ("bullet", Character('•')),
    ("cell", Cell),
    ("cellx", CellRight),
    ("clmgf", MergeRight(true)),
    ("clmrg", MergeRight(false)),
    ("clvmgf", MergeDown(true)),
    ("clvmrg", MergeDown(false)),
    ("colortbl", Skip),
    ("column", Character('\n')),
    ("cpg", FontCodePage),
    ("dbch", Script(2)),
    ("deff", DefaultFont),
    ("deleted", Deleted),
    ("do", Drawing),
    ("dptxbxtext", TextBox),
    ("emdash", Character('—')),
    ("emspace", Character('\u{2003}')),
    ("endash", Character('–')),
    ("enspace", Character('\u{2002}')),
    ("f", Font),
    ("falt", Skip),
    ("fcharset", CharacterSet),
    ("ffdefres", FormDefault),
    ("ffres", FormResult),
    ("fftype", FormKind),
    ("field", Field),
    ("filetbl", Skip),
    ("fldinst", Instruction),
    ("fldrslt", Content),
    ("fonttbl", Fonts),
    ("footer", Skip),
    ("footerf", Skip),
    ("footerl", Skip),
    ("footerr", Skip),
    ("footnote", Note),
    ("formfield", FormField),
    ("ftnalt", EndNote),
    ("ftncn", Skip),
    ("ftnsep", Skip),
    ("ftnsepc", Skip),
    ("header", Skip),
    ("headerf", Skip),
    ("headerl", Skip),
    ("headerr", Skip),
    ("hich", Script(1)),
    ("ilvl", ListLevel),
    ("info", Skip),
    ("intbl", InTable),
    ("itap", TableLevel),
    ("ldblquote", Character('“')),
    ("levelfollow", LevelFollow),
    ("levellegal", LevelLegal),
    ("levelnfc", LevelFormat),
    ("levelnfcn", LevelFormat),
    ("levelnorestart", LevelNoRestart),
    ("levelnumbers", Skip),
    ("levelstartat", LevelStart),
    ("leveltext", LevelText),
    ("lfolevel", OverrideLevel),
    ("line", Character('\n')),
    ("list", List),
    ("listid", ListId),
    ("listlevel", Level),
    ("listname", Skip),
    ("listoverride", Override),
    ("listoverridestartat", OverrideStart),
    ("listoverridetable", Lists),
    ("listpicture", Skip),
    ("liststylename", Skip),
    ("listtable", Lists),
    ("listtext", Label),
    ("loch", Script(0)),
    ("lquote", Character('‘')),
    ("ls", ListSelector),
    ("ltrmark", Character('\u{200E}')),
    ("mac", Macintosh),
    ("mmathPict", Skip),
    ("moMath", Content),
    ("moMathPara", Content),
    ("nestcell", NestedCell),
    ("nestrow", NestedRow),
    ("nesttableprops", NestedProperties),
    ("nonesttables", Skip),
    ("nonshppict", Skip),
    ("nosupersub", NotRaised),
    ("objalias", Skip),
    ("objclass", Skip),
    ("objdata", Skip),
    ("object", Object),
    ("objname", Skip),
    ("objsect", Skip),
    ("page", Character('\n')),
    ("par", Paragraph),
    ("pard", ParagraphDefaults),
    ("pict", Picture),
    ("plain", Plain),
    ("pn", Skip),
    ("pnseclvl", Skip),
    ("pntext", Label),
    ("qmspace", Character('\u{2005}')),
    ("rdblquote", Character('”')),
    ("result", Content),
    ("revised", Revised),
    ("revtbl", Skip),
    ("row", Row),
    ("rquote", Character('’')),
    ("rtlmark", Character('\u{200F}')),
    ("rxe", Skip),
    ("sect", Paragraph),
    ("shp", Drawing),
    ("shpgrp", Drawing),
    ("shpinst", Drawing),
    ("shppict", Content),
    ("shprslt", Skip),
    ("shptxt", TextBox),
    ("strike", Struck),
    ("striked", Struck),
    ("stylesheet", Skip),
    ("sub", NotRaised),
    ("super", Raised),
    ("tab", Character('\t')),
    ("tc", Skip),
    ("tcn", Skip),
    ("trhdr", RowHeader),
    ("trleft", RowLeft),
    ("trowd", RowDefaults),
    ("txe", Skip),
    ("u", Unicode),
    ("uc", UnicodeSkip),
    ("ud", UnicodeAlternative),
    ("upr", Alternative),
    ("v", Hidden),
    ("xe", Skip),
    ("zwbo", Character('\u{200B}')),
    ("zwj", Character('\u{200D}')),
    ("zwnbo", Character('\u{2060}')),
    ("zwnj", Character('\u{200C}')),
];

/// What a control word means, where it means anything.
pub(super) fn meaning(word: &[u8]) -> Option<Meaning> {
    if let Ok(found) = WORDS.binary_search_by(|(name, _)| name.as_bytes().cmp(word)) {
        return WORDS.get(found).map(|(_, meaning)| *meaning);
    }
    // The properties of every element of an equation: `mfPr`, `mctrlPr`, `mrPr`.
    (word.starts_with(b"m") && word.ends_with(b"Pr")).then_some(Skip)
}

/// The character that a control symbol stands for. A non-breaking hyphen is the hyphen that was meant, an optional one nothing.
pub(super) fn character(symbol: u8) -> Option<char> {
    match symbol {
        b'\\' | b'{' | b'}' => Some(char::from(symbol)),
        b'~' => Some('\u{A0}'),
        b'_' => Some('-'),
        b'\t' => Some('\t'),
        _ => None,
    }
}

/// Whether a token is a character, of those that may stand in for one that an old reader does not know (`\ucN`).
pub(super) fn is_character(token: Token<'_>) -> bool {
    match token {
        Token::Word(word, _) => matches!(meaning(word), Some(Character(_))),
        Token::Symbol(symbol) => character(symbol).is_some(),
        Token::Hex(_) | Token::Binary => true,
        Token::Open | Token::Close | Token::Text(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted() {
        assert!(WORDS.is_sorted_by(|one, next| one.0.as_bytes() < next.0.as_bytes()));
        assert_eq!(meaning(b"par"), Some(Paragraph));
        assert_eq!((meaning(b"margl"), meaning(b"mctrlPr")), (None, Some(Skip)));
    }
}
