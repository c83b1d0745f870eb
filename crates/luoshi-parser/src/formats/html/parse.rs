//! Text to the tree of a page: html5gum makes the tokens, html5ever puts them into order as browsers do (HTML, §13.2).
//!
//! Not here: the encoding of the text.

use std::cell::RefCell;

use html5ever::interface::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, QualName};
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, State, Tokenizer};
use luoshi_table::Locator;

use super::names::Attribute;
use super::tree::{Handle, Sink, Tree};
use crate::ReadError;
use crate::limits::Limit;

/// What Excel writes of its sheets stands in a comment with this name.
const WORKBOOK: &str = "x:ExcelWorkbook";

/// A page.
pub(super) struct Page {
    pub(super) tree: Tree,
    /// What Excel says of the workbook that the page is of.
    pub(super) workbook: Option<String>,
}

/// Reads the text of a page.
///
/// # Errors
/// `Limit` where it has more nodes, or is deeper, than [`crate::limits`] allow.
pub(super) fn parse(text: &str, place: &Locator) -> Result<Page, ReadError> {
    let options = TreeBuilderOpts { drop_doctype: true, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(Sink::new(), options);
    let workbook = RefCell::new(None);
    let tokens = Tokens { builder: &builder, workbook: &workbook, tag: None, next: None, count: 0 };
    let mut tokenizer = Tokenizer::new_with_emitter(text, Emitting(CallbackEmitter::new(tokens)));
    if let Some(Ok(limit)) = tokenizer.next() {
        return Err(ReadError::at(limit.exceeded(), place.clone()));
    }
    drop(tokenizer);
    Ok(Page { tree: builder.sink.finish(), workbook: workbook.into_inner() })
}

/// Takes the pieces of html5gum, gives the tokens of html5ever.
struct Tokens<'b> {
    builder: &'b TreeBuilder<Handle, Sink>,
    workbook: &'b RefCell<Option<String>>,
    /// The start tag that is open, and whether the next value is one that is kept.
    tag: Option<(Tag, bool)>,
    /// How the text behind the last tag is read, where it is no markup.
    next: Option<State>,
    count: u64,
}

impl Tokens<'_> {
    fn put(&mut self, token: Token) {
        self.count = self.count.saturating_add(1);
        match self.builder.process_token(token, 1) {
            TokenSinkResult::Plaintext => self.next = Some(State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => self.next = Some(State::RcData),
            TokenSinkResult::RawData(RawKind::Rawtext) => self.next = Some(State::RawText),
            TokenSinkResult::RawData(RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) => {
                self.next = Some(State::ScriptData);
            }
            TokenSinkResult::Continue
            | TokenSinkResult::Script(_)
            | TokenSinkResult::EncodingIndicator(_) => {}
        }
    }

    fn put_text(&mut self, text: &[u8]) {
        for (index, piece) in text.split(|&byte| byte == 0).enumerate() {
            if index > 0 {
                self.put(Token::NullCharacterToken);
            }
            if !piece.is_empty() {
                self.put(Token::CharacterTokens(tendril(piece)));
            }
        }
    }

    fn attribute(&mut self, name: &[u8]) {
        let Some((tag, is_kept)) = &mut self.tag else { return };
        let name = std::str::from_utf8(name).ok().filter(|name| Attribute::named(name).is_some());
        // Of two of one name the first counts.
        let name =
            name.map(LocalName::from).filter(|name| tag.attrs.iter().all(|known| known.name.local != *name));
        *is_kept = name.is_some();
        let name = name.map(|name| QualName::new(None, html5ever::ns!(), name));
        tag.attrs.extend(name.map(|name| html5ever::Attribute { name, value: StrTendril::new() }));
    }
}

impl Callback<&'static Limit, ()> for Tokens<'_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<&'static Limit> {
        match event {
            CallbackEvent::OpenStartTag { name } => self.tag = Some((tag(TagKind::StartTag, name), false)),
            CallbackEvent::AttributeName { name } => self.attribute(name),
            CallbackEvent::AttributeValue { value } => {
                if let Some((Tag { attrs, .. }, true)) = &mut self.tag
                    && let Some(attribute) = attrs.last_mut()
                {
                    attribute.value.push_tendril(&tendril(value));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some((tag, _)) = self.tag.take() {
                    self.put(Token::TagToken(Tag { self_closing, ..tag }));
                }
            }
            CallbackEvent::EndTag { name } => self.put(Token::TagToken(tag(TagKind::EndTag, name))),
            CallbackEvent::String { value } => self.put_text(value),
            CallbackEvent::Doctype { name, public_identifier, system_identifier, force_quirks } => {
                self.put(Token::DoctypeToken(Doctype {
                    name: Some(name).filter(|name| !name.is_empty()).map(tendril),
                    public_id: public_identifier.map(tendril),
                    system_id: system_identifier.map(tendril),
                    force_quirks,
                }));
            }
            CallbackEvent::Comment { value } => {
                let mut workbook = self.workbook.borrow_mut();
                if workbook.is_none() && memchr::memmem::find(value, WORKBOOK.as_bytes()).is_some() {
                    *workbook = Some(String::from_utf8_lossy(value).into_owned());
                }
            }
            CallbackEvent::Error(_) => {}
        }
        self.builder.sink.passed(self.count)
    }
}

fn tag(kind: TagKind, name: &[u8]) -> Tag {
    Tag {
        kind,
        name: LocalName::from(&*String::from_utf8_lossy(name)),
        self_closing: false,
        attrs: Vec::new(),
        had_duplicate_attributes: false,
    }
}

fn tendril(bytes: &[u8]) -> StrTendril {
    StrTendril::from_slice(&String::from_utf8_lossy(bytes))
}

/// An emitter that obeys what the tree builder says of the text behind a tag.
struct Emitting<'b>(CallbackEmitter<Tokens<'b>, &'static Limit>);

impl ForwardingEmitter for Emitting<'_> {
    type Token = &'static Limit;

    fn inner(&mut self) -> &mut impl Emitter<Token = &'static Limit> {
        &mut self.0
    }

    fn emit_eof(&mut self) {
        self.0.emit_eof();
        let builder = self.0.callback_mut().builder;
        let _ = builder.process_token(Token::EOFToken, 1);
        builder.end();
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        let naive = self.0.emit_current_tag();
        self.0.callback_mut().next.take().or(naive)
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.0.callback_mut().builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
