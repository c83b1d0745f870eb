//! The elements and attributes that mean something to the reader (HTML, §4 and §15).
//!
//! Not here: what becomes of them.

/// An element by what it does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// Text within a line, and what is not known.
    Inline,
    /// Parts the text before it from that in it, and that from what follows.
    Block,
    /// A block that is one paragraph.
    Paragraph,
    Preformatted,
    /// Ends a line.
    Break,
    /// Parts what is before it from what follows.
    Rule,
    Ordered,
    Unordered,
    Item,
    Table,
    Caption,
    Columns,
    Column,
    Head,
    Body,
    Foot,
    Row,
    Cell,
    Font,
    Anchor,
    Quotation,
    Struck,
    Raised,
    Inserted,
    Deleted,
    /// The reading over ruby text.
    Reading,
    /// A picture, drawing, film or sound.
    Picture,
    /// An object with text for programs that cannot show it.
    Object,
    Input,
    Select,
    Option,
    TextArea,
    Frameset,
    Frame,
    InlineFrame,
    Style,
    Link,
    /// Word's mark of the end of a paragraph: what stands in it only keeps the line open.
    OfficeParagraph,
    /// Nothing in it is shown.
    Skip,
}

impl Tag {
    /// The element of this name, in lower case.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "html" | "body" | "div" | "center" | "section" | "article" | "aside" | "header" | "footer"
            | "nav" | "main" | "address" | "blockquote" | "figure" | "figcaption" | "fieldset" | "legend"
            | "form" | "dl" | "details" | "summary" | "hgroup" | "search" | "dir" | "menu" | "optgroup" => {
                match name {
                    "menu" | "dir" => Self::Unordered,
                    _ => Self::Block,
                }
            }
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "dd" => Self::Paragraph,
            "pre" | "xmp" | "listing" | "plaintext" => Self::Preformatted,
            "br" => Self::Break,
            "hr" => Self::Rule,
            "ol" => Self::Ordered,
            "ul" => Self::Unordered,
            "li" => Self::Item,
            "table" => Self::Table,
            "caption" => Self::Caption,
            "colgroup" => Self::Columns,
            "col" => Self::Column,
            "thead" => Self::Head,
            "tbody" => Self::Body,
            "tfoot" => Self::Foot,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "font" => Self::Font,
            "a" => Self::Anchor,
            "q" => Self::Quotation,
            "s" | "strike" => Self::Struck,
            "sup" => Self::Raised,
            "ins" => Self::Inserted,
            "del" => Self::Deleted,
            "rt" => Self::Reading,
            "img" | "embed" | "video" | "audio" | "canvas" | "svg" | "applet" | "bgsound" => Self::Picture,
            "object" => Self::Object,
            "input" => Self::Input,
            "select" => Self::Select,
            "option" => Self::Option,
            "textarea" => Self::TextArea,
            "frameset" => Self::Frameset,
            "frame" => Self::Frame,
            "iframe" => Self::InlineFrame,
            "style" => Self::Style,
            "link" => Self::Link,
            "o:p" => Self::OfficeParagraph,
            "head" | "title" | "script" | "template" | "noscript" | "noframes" | "noembed" | "datalist"
            | "rp" | "meta" | "base" | "param" | "source" | "track" | "xml" | "annotation"
            | "annotation-xml" => Self::Skip,
            _ => Self::Inline,
        }
    }

    /// Whether the element parts paragraphs.
    pub(super) fn is_block(self) -> bool {
        use Tag::{
            Block, Body, Caption, Cell, Foot, Head, Item, Ordered, Paragraph, Preformatted, Row, Rule, Table,
            Unordered,
        };
        matches!(
            self,
            Block
                | Paragraph
                | Preformatted
                | Rule
                | Ordered
                | Unordered
                | Item
                | Table
                | Caption
                | Head
                | Body
                | Foot
                | Row
                | Cell
        )
    }
}

/// An attribute. Any other is passed over before it is kept, so that a tag of a million is as small as one of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Checked,
    Class,
    ColumnSpan,
    Disabled,
    Encoding,
    Face,
    Height,
    Hidden,
    Identifier,
    Label,
    Link,
    Media,
    Multiple,
    Name,
    Placeholder,
    Relation,
    Reversed,
    Role,
    RowSpan,
    Selected,
    Size,
    Source,
    /// The page of a frame in its own element.
    SourceText,
    Span,
    Start,
    Style,
    Type,
    Value,
}

impl Attribute {
    /// The attribute of this name, in lower case.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "checked" => Self::Checked,
            "class" => Self::Class,
            "colspan" => Self::ColumnSpan,
            "disabled" => Self::Disabled,
            "encoding" => Self::Encoding,
            "face" => Self::Face,
            "height" => Self::Height,
            "hidden" => Self::Hidden,
            "id" => Self::Identifier,
            "label" => Self::Label,
            "href" => Self::Link,
            "media" => Self::Media,
            "multiple" => Self::Multiple,
            "name" => Self::Name,
            "placeholder" => Self::Placeholder,
            "rel" => Self::Relation,
            "reversed" => Self::Reversed,
            "role" => Self::Role,
            "rowspan" => Self::RowSpan,
            "selected" => Self::Selected,
            "size" => Self::Size,
            "src" => Self::Source,
            "srcdoc" => Self::SourceText,
            "span" => Self::Span,
            "start" => Self::Start,
            "style" => Self::Style,
            "type" => Self::Type,
            "value" => Self::Value,
            _ => return None,
        })
    }
}
