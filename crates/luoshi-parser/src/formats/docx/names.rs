//! Names of elements: which namespace a prefix stands for, and the elements this reader knows.
//!
//! Prefixes are free: `w:` is a habit, not a rule, and the two editions of the standard (transitional and strict) have a
//! namespace each. Declarations nearly always stand on the root alone, so no tag's attributes are looked at for them: the
//! part is searched for the next `xmlns`, and the tag where it stands is looked at when it comes.

use quick_xml::events::BytesStart;

/// A namespace, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// WordprocessingML.
    Main,
    /// Office mathematics.
    Math,
    /// Markup compatibility.
    Compatibility,
    /// DrawingML.
    Drawing,
    /// Pictures, charts and diagrams.
    Graphic,
    /// VML and Microsoft's later additions: nothing of their own is read, but a choice that asks for them is taken.
    Extension,
    /// Anything else.
    Other,
}

impl Space {
    fn of(uri: &str) -> Self {
        match uri {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Main,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            "http://schemas.openxmlformats.org/drawingml/2006/main"
            | "http://purl.oclc.org/ooxml/drawingml/main" => Self::Drawing,
            "http://schemas.openxmlformats.org/drawingml/2006/picture"
            | "http://purl.oclc.org/ooxml/drawingml/picture"
            | "http://schemas.openxmlformats.org/drawingml/2006/chart"
            | "http://purl.oclc.org/ooxml/drawingml/chart"
            | "http://schemas.openxmlformats.org/drawingml/2006/diagram"
            | "http://purl.oclc.org/ooxml/drawingml/diagram" => Self::Graphic,
            "urn:schemas-microsoft-com:vml" => Self::Extension,
            _ if uri.starts_with("http://schemas.microsoft.com/office/word/20")
                || uri.starts_with("http://schemas.microsoft.com/office/drawing/20") =>
            {
                Self::Extension
            }
            _ => Self::Other,
        }
    }
}

macro_rules! tags {
    ($($(#[$note:meta])* $tag:ident = $($space:ident $local:literal)|+,)+) => {
        /// An element that this reader knows; `Other` is transparent: what it holds is read as if it were not there.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Tag {
            /// Any other element.
            Other,
            $($(#[$note])* $tag,)+
        }

        impl Tag {
            fn of(space: Space, local: &[u8]) -> Self {
                match (space, local) {
                    $($((Space::$space, $local))|+ => Self::$tag,)+
                    _ => Self::Other,
                }
            }
        }
    };
}

tags! {
    // The text of a document. Mathematics and drawings have their own runs and texts, read as those of Word.
    Body = Main b"body",
    P = Main b"p" | Drawing b"p",
    PPr = Main b"pPr",
    PStyle = Main b"pStyle",
    R = Main b"r" | Math b"r" | Drawing b"r",
    RPr = Main b"rPr",
    RStyle = Main b"rStyle",
    RFonts = Main b"rFonts",
    Vanish = Main b"vanish",
    SpecVanish = Main b"specVanish",
    VertAlign = Main b"vertAlign",
    Strike = Main b"strike" | Main b"dstrike",
    T = Main b"t" | Math b"t" | Drawing b"t",
    DelText = Main b"delText",
    InstrText = Main b"instrText",
    Tab = Main b"tab" | Main b"ptab",
    Br = Main b"br" | Main b"cr" | Drawing b"br",
    NoBreakHyphen = Main b"noBreakHyphen",
    Sym = Main b"sym",
    Rt = Main b"rt",
    FldChar = Main b"fldChar",
    CheckBox = Main b"checkBox",
    Checked = Main b"checked",
    Default = Main b"default",
    FootnoteReference = Main b"footnoteReference",
    EndnoteReference = Main b"endnoteReference",
    BookmarkStart = Main b"bookmarkStart",
    CommentReference = Main b"commentReference",
    TxbxContent = Main b"txbxContent" | Drawing b"txBody",
    /// A picture, chart, diagram or embedded object.
    Picture = Graphic b"pic" | Graphic b"chart" | Graphic b"relIds" | Extension b"imagedata" | Main b"object",
    // Tables.
    Tbl = Main b"tbl",
    TblGrid = Main b"tblGrid",
    GridCol = Main b"gridCol",
    Tr = Main b"tr",
    TrPr = Main b"trPr",
    GridBefore = Main b"gridBefore",
    TblHeader = Main b"tblHeader",
    Hidden = Main b"hidden",
    Tc = Main b"tc",
    TcPr = Main b"tcPr",
    GridSpan = Main b"gridSpan",
    VMerge = Main b"vMerge",
    HMerge = Main b"hMerge",
    // Tracked changes.
    Ins = Main b"ins",
    Del = Main b"del",
    MoveFrom = Main b"moveFrom",
    MoveTo = Main b"moveTo",
    CellIns = Main b"cellIns",
    CellDel = Main b"cellDel",
    CellMerge = Main b"cellMerge",
    /// Properties as they were before a change, and settings of controls: nothing in them is in force.
    Inert = Main b"pPrChange" | Main b"rPrChange" | Main b"tblPrChange" | Main b"tblPrExChange" | Main b"trPrChange"
        | Main b"tcPrChange" | Main b"tblGridChange" | Main b"sectPrChange" | Main b"numberingChange"
        | Main b"sdtEndPr",
    // Content controls, and what stands in another part.
    Sdt = Main b"sdt",
    SdtPr = Main b"sdtPr",
    ShowingPlcHdr = Main b"showingPlcHdr",
    AltChunk = Main b"altChunk" | Main b"subDoc",
    // Alternatives.
    AlternateContent = Compatibility b"AlternateContent",
    Choice = Compatibility b"Choice",
    Fallback = Compatibility b"Fallback",
    // Numbering and styles.
    NumPr = Main b"numPr",
    Ilvl = Main b"ilvl",
    NumId = Main b"numId",
    AbstractNum = Main b"abstractNum",
    AbstractNumId = Main b"abstractNumId",
    NumStyleLink = Main b"numStyleLink",
    StyleLink = Main b"styleLink",
    Num = Main b"num",
    LvlOverride = Main b"lvlOverride",
    StartOverride = Main b"startOverride",
    Lvl = Main b"lvl",
    Start = Main b"start",
    NumFmt = Main b"numFmt",
    LvlRestart = Main b"lvlRestart",
    IsLgl = Main b"isLgl",
    Suff = Main b"suff",
    LvlText = Main b"lvlText",
    LvlPicBulletId = Main b"lvlPicBulletId",
    Style = Main b"style",
    BasedOn = Main b"basedOn",
    // Notes.
    Note = Main b"footnote" | Main b"endnote",
}

#[derive(Clone, Debug)]
struct Binding {
    prefix: Box<str>,
    space: Space,
    /// Depth of the element that declares it; the root's is 1.
    depth: usize,
}

/// The namespaces in force while a part is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// Innermost last.
    bindings: Vec<Binding>,
    /// The usual prefix with its colon, tried before the table; empty where the main namespace is the default one.
    usual: Box<[u8]>,
    /// No declaration stands before this offset.
    next: usize,
    /// How often the bindings have changed.
    changes: usize,
}

impl Names {
    /// The same bindings for a piece of the part.
    pub(super) fn for_fragment(&self) -> Self {
        let outside = |binding: &Binding| Binding { depth: 0, ..binding.clone() };
        Self {
            bindings: self.bindings.iter().map(outside).collect(),
            usual: self.usual.clone(),
            next: 0,
            changes: 0,
        }
    }

    /// Tells an element of this part whose start tag ends before offset `end`, and takes up what it declares.
    #[inline]
    pub(super) fn enter(&mut self, start: &BytesStart<'_>, part: &[u8], end: usize, depth: usize) -> Tag {
        if self.next < end {
            self.declare(start, part, end, depth);
        }
        let name = start.name().0.as_bytes();
        match name.strip_prefix(&*self.usual) {
            Some(local) if !self.usual.is_empty() => Tag::of(Space::Main, local),
            _ => self.look_up(name),
        }
    }

    /// Forgets what an element at this depth declared.
    #[inline]
    pub(super) fn leave(&mut self, depth: usize) {
        if self.bindings.last().is_some_and(|binding| binding.depth >= depth) {
            self.bindings.retain(|binding| binding.depth < depth);
            self.settle();
        }
    }

    /// The namespace of a prefix.
    pub(super) fn space(&self, prefix: &str) -> Space {
        let binding = self.bindings.iter().rev().find(|binding| &*binding.prefix == prefix);
        binding.map_or(Space::Other, |binding| binding.space)
    }

    #[cold]
    fn declare(&mut self, start: &BytesStart<'_>, part: &[u8], end: usize, depth: usize) {
        let rest = part.get(self.next..).unwrap_or_default();
        let found = memchr::memmem::find(rest, b"xmlns").map_or(usize::MAX, |at| self.next + at);
        if found >= end {
            self.next = found;
            return;
        }
        self.next = end;
        for attribute in start.attributes().with_checks(false).flatten() {
            let key = attribute.key.as_ref();
            let Some(rest) = key.strip_prefix("xmlns") else { continue };
            let prefix = match rest.strip_prefix(':') {
                Some(prefix) => prefix,
                None if rest.is_empty() => "",
                None => continue,
            };
            self.bindings.push(Binding { prefix: prefix.into(), space: Space::of(&attribute.value), depth });
        }
        self.settle();
    }

    /// The prefix that most elements have, with its colon; empty where the main namespace is the default one.
    pub(super) fn usual(&self) -> &[u8] {
        &self.usual
    }

    /// Whether a declaration may stand before an offset that was not reached yet.
    #[inline]
    pub(super) fn may_declare_before(&self, offset: usize) -> bool {
        self.next < offset
    }

    /// How often the bindings have changed: where this is the same, the same bytes are the same elements.
    #[inline]
    pub(super) fn changes(&self) -> usize {
        self.changes
    }

    fn settle(&mut self) {
        self.changes += 1;
        let usual = self.bindings.iter().rev().find(|binding| {
            binding.space == Space::Main
                && !binding.prefix.is_empty()
                && self.space(&binding.prefix) == Space::Main
        });
        self.usual =
            usual.map(|binding| format!("{}:", binding.prefix).into_bytes().into()).unwrap_or_default();
    }

    fn look_up(&self, name: &[u8]) -> Tag {
        let (prefix, local) = match memchr::memchr(b':', name) {
            Some(colon) => (&name[..colon], &name[colon + 1..]),
            None => (&b""[..], name),
        };
        let binding = self.bindings.iter().rev().find(|binding| binding.prefix.as_bytes() == prefix);
        binding.map_or(Tag::Other, |binding| Tag::of(binding.space, local))
    }
}
