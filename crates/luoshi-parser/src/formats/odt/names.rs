//! Names of elements: which namespace a prefix stands for, and the elements this reader knows (ODF 1.3 part 3, §1.4).
//!
//! Prefixes are free: `text:` is a habit, not a rule. Not here: what the elements mean.

/// A namespace, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Office,
    Text,
    Table,
    Draw,
    Style,
    Svg,
    Script,
    /// LibreOffice's additions.
    Loext,
    /// The fields that LibreOffice keeps of Word's.
    Field,
    /// Anything else.
    Other,
}

impl Space {
    pub(super) fn of(uri: &str) -> Self {
        match uri {
            "urn:oasis:names:tc:opendocument:xmlns:office:1.0" => Self::Office,
            "urn:oasis:names:tc:opendocument:xmlns:text:1.0" => Self::Text,
            "urn:oasis:names:tc:opendocument:xmlns:table:1.0" => Self::Table,
            "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" => Self::Draw,
            "urn:oasis:names:tc:opendocument:xmlns:style:1.0" => Self::Style,
            "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" => Self::Svg,
            "urn:oasis:names:tc:opendocument:xmlns:script:1.0" => Self::Script,
            "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" => Self::Loext,
            "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0" => Self::Field,
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
            pub(super) fn of(space: Space, local: &str) -> Self {
                match (space, local) {
                    $($((Space::$space, $local))|+ => Self::$tag,)+
                    _ => Self::Other,
                }
            }
        }
    };
}

tags! {
    // The document and its styles.
    /// The content of a text document.
    Body = Office "text",
    AutomaticStyles = Office "automatic-styles",
    MasterStyles = Office "master-styles",
    FontFace = Style "font-face",
    Style = Style "style",
    TextProperties = Style "text-properties",
    TableProperties = Style "table-properties",
    RowProperties = Style "table-row-properties",
    ListStyle = Text "list-style",
    OutlineStyle = Text "outline-style",
    LevelNumber = Text "list-level-style-number" | Text "outline-level-style",
    LevelBullet = Text "list-level-style-bullet",
    LevelImage = Text "list-level-style-image",
    LabelAlignment = Style "list-level-label-alignment",
    // Paragraphs.
    P = Text "p",
    H = Text "h",
    Span = Text "span" | Text "a",
    Space = Text "s",
    Tab = Text "tab",
    LineBreak = Text "line-break",
    RubyText = Text "ruby-text",
    /// The number of a list item as the writer showed it.
    Number = Text "number",
    Note = Text "note",
    Annotation = Office "annotation",
    Bookmark = Text "bookmark" | Text "bookmark-start",
    HiddenText = Text "hidden-text",
    HiddenParagraph = Text "hidden-paragraph",
    Placeholder = Text "placeholder",
    /// Fields that may be told not to show.
    Field = Text "variable-set" | Text "variable-input" | Text "user-field-get" | Text "user-field-input"
        | Text "expression" | Text "sequence" | Text "database-name" | Text "table-formula" | Text "database-next",
    ContentControl = Loext "content-control",
    FieldMark = Field "fieldmark",
    FieldMarkStart = Field "fieldmark-start",
    FieldMarkSeparator = Field "fieldmark-separator",
    FieldMarkEnd = Field "fieldmark-end",
    FieldParameter = Field "param",
    // Lists.
    List = Text "list",
    ListItem = Text "list-item",
    ListHeader = Text "list-header",
    NumberedParagraph = Text "numbered-paragraph",
    // Sections and tables.
    Section = Text "section",
    Table = Table "table",
    Column = Table "table-column",
    HeaderRows = Table "table-header-rows",
    Row = Table "table-row",
    Cell = Table "table-cell",
    CoveredCell = Table "covered-table-cell",
    // Tracked changes.
    TrackedChanges = Text "tracked-changes",
    ChangedRegion = Text "changed-region",
    Insertion = Text "insertion",
    Deletion = Text "deletion",
    Change = Text "change",
    ChangeStart = Text "change-start",
    ChangeEnd = Text "change-end",
    // Drawings.
    TextBox = Draw "text-box",
    Shape = Draw "rect" | Draw "line" | Draw "polyline" | Draw "polygon" | Draw "regular-polygon" | Draw "path"
        | Draw "circle" | Draw "ellipse" | Draw "connector" | Draw "caption" | Draw "measure" | Draw "custom-shape",
    Picture = Draw "image" | Draw "object" | Draw "object-ole" | Draw "plugin" | Draw "applet" | Draw "floating-frame",
    Forms = Office "forms",
    /// What holds no text of the document: settings, descriptions, programs, the sources of indexes.
    Inert = Office "meta" | Office "settings" | Office "scripts" | Office "binary-data" | Office "event-listeners"
        | Svg "title" | Svg "desc" | Text "script" | Text "execute-macro" | Script "libraries"
        | Text "table-of-content-source" | Text "illustration-index-source" | Text "table-index-source"
        | Text "object-index-source" | Text "user-index-source" | Text "alphabetical-index-source"
        | Text "bibliography-source" | Text "dde-connection-decls" | Text "note-citation" | Office "change-info",
}
