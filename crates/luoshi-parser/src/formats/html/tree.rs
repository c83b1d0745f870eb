//! The tree of a page, flat: nodes in one list that name each other by number (HTML, §13.2.6).
//!
//! html5ever decides where a node goes; this is where it puts them. What a page may ask for is counted here: nodes, how deep they
//! are, and how often the open elements were looked through, which is what grows with the square of a hostile page.
//!
//! Not here: what the nodes mean.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{ExpandedName, LocalName, QualName};

use super::names::{Attribute, Tag};
use crate::limits::{self, Limit};

/// A node by its number. The document is the first.
pub(super) type Id = u32;

/// No node.
pub(super) const NONE: Id = u32::MAX;

/// Looks at an open element that a token may cost on average; an ordinary page takes about ten. A page that is as deep as one may be
/// takes several hundred for each token, which is let pass as long as it is small.
const LOOKS: u64 = 64;
const LOOKS_AT_LEAST: u64 = 64 << 20;

/// A node and its neighbours.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: Id,
    previous: Id,
    pub(super) next: Id,
    pub(super) first: Id,
    last: Id,
    depth: u32,
    pub(super) content: Content,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content {
    /// The document, a template's content: nothing to see.
    Root,
    Element(Tag, LocalName, Box<[(Attribute, StrTendril)]>),
    Text(String),
}

/// The nodes of a page.
#[derive(Debug)]
pub(super) struct Tree(Vec<Node>);

impl Tree {
    /// The node of this number.
    pub(super) fn node(&self, id: Id) -> Option<&Node> {
        self.0.get(id as usize)
    }

    /// The element that a node is.
    pub(super) fn tag(&self, id: Id) -> Option<Tag> {
        match self.node(id)?.content {
            Content::Element(tag, ..) => Some(tag),
            _ => None,
        }
    }

    /// The name of the element that a node is.
    pub(super) fn name(&self, id: Id) -> &str {
        match self.node(id).map(|node| &node.content) {
            Some(Content::Element(_, name, _)) => name,
            _ => "",
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, id: Id, wanted: Attribute) -> Option<&str> {
        match &self.node(id)?.content {
            Content::Element(_, _, attributes) => {
                attributes.iter().find(|(name, _)| *name == wanted).map(|(_, value)| &**value)
            }
            _ => None,
        }
    }

    /// The nodes within a node, each once.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let first = self.node(id).map_or(NONE, |node| node.first);
        std::iter::successors(Some(first), |&id| self.node(id).map(|node| node.next))
            .take_while(|&id| id != NONE)
    }

    /// The nodes below a node in the order of the page, itself not among them.
    pub(super) fn below(&self, id: Id) -> impl Iterator<Item = Id> {
        let mut at = self.node(id).map_or(NONE, |node| node.first);
        std::iter::from_fn(move || {
            let found = self.node(at).map(|_| at)?;
            at = self.after(found, id);
            Some(found)
        })
    }

    /// The node that follows one in the order of the page, below `within`.
    fn after(&self, id: Id, within: Id) -> Id {
        let mut at = id;
        while let Some(node) = self.node(at) {
            if at == id && node.first != NONE {
                return node.first;
            }
            if at == within {
                return NONE;
            }
            if node.next != NONE {
                return node.next;
            }
            at = node.parent;
        }
        NONE
    }

    /// Whether nothing but white space is the text in a node.
    pub(super) fn is_blank(&self, id: Id) -> bool {
        self.below(id).all(|below| match self.node(below).map(|node| &node.content) {
            Some(Content::Text(text)) => text.chars().all(char::is_whitespace),
            _ => true,
        })
    }

    /// The text in a node, as the page has it.
    pub(super) fn text(&self, id: Id) -> String {
        let mut text = String::new();
        for below in self.below(id) {
            if let Some(Node { content: Content::Text(piece), .. }) = self.node(below) {
                text.push_str(piece);
            }
        }
        text
    }
}

/// What html5ever knows a node by.
#[derive(Clone, Debug)]
pub(super) struct Handle {
    id: Id,
    name: Rc<QualName>,
}

/// The tree while it is built.
#[derive(Debug)]
pub(super) struct Sink {
    nodes: RefCell<Vec<Node>>,
    document: Handle,
    templates: RefCell<Vec<(Id, Handle)>>,
    looks: Cell<u64>,
    deepest: Cell<u32>,
}

impl Sink {
    pub(super) fn new() -> Self {
        let nothing = QualName::new(None, html5ever::ns!(), html5ever::local_name!(""));
        let sink = Self {
            nodes: RefCell::default(),
            document: Handle { id: 0, name: Rc::new(nothing) },
            templates: RefCell::default(),
            looks: Cell::new(0),
            deepest: Cell::new(0),
        };
        sink.create(Content::Root);
        sink
    }

    /// The limit that the page has passed after so many tokens, if it has.
    pub(super) fn passed(&self, tokens: u64) -> Option<&'static Limit> {
        if self.nodes.borrow().len() > limits::NODES.size() {
            return Some(&limits::NODES);
        }
        let is_costly = self.looks.get() > LOOKS_AT_LEAST.saturating_add(tokens.saturating_mul(LOOKS));
        (self.deepest.get() > limits::XML_DEPTH.count() || is_costly).then_some(&limits::XML_DEPTH)
    }

    fn create(&self, content: Content) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        let id = Id::try_from(nodes.len()).unwrap_or(NONE);
        let neighbours = (NONE, NONE, NONE, NONE, NONE);
        let (parent, previous, next, first, last) = neighbours;
        nodes.push(Node { parent, previous, next, first, last, depth: 0, content });
        id
    }

    /// Puts a node, or a text, before the node `next` of a parent; at the end where there is none.
    fn insert(&self, parent: Id, next: Id, child: NodeOrText<Handle>) {
        let previous = {
            let nodes = self.nodes.borrow();
            match nodes.get(next as usize) {
                Some(next) => next.previous,
                None => nodes.get(parent as usize).map_or(NONE, |parent| parent.last),
            }
        };
        let id = match child {
            NodeOrText::AppendNode(handle) => {
                self.detach(handle.id);
                handle.id
            }
            NodeOrText::AppendText(text) => {
                if let Some(Node { content: Content::Text(before), .. }) =
                    self.nodes.borrow_mut().get_mut(previous as usize)
                {
                    return before.push_str(&text);
                }
                self.create(Content::Text(text.to_string()))
            }
        };
        self.link(id, parent, next);
    }

    fn link(&self, id: Id, parent: Id, next: Id) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(above) = nodes.get_mut(parent as usize) else { return };
        let depth = above.depth.saturating_add(1);
        let previous = if next == NONE { std::mem::replace(&mut above.last, id) } else { NONE };
        let previous = match nodes.get_mut(next as usize) {
            Some(next) => std::mem::replace(&mut next.previous, id),
            None => previous,
        };
        match nodes.get_mut(previous as usize) {
            Some(previous) => previous.next = id,
            None => {
                if let Some(above) = nodes.get_mut(parent as usize) {
                    above.first = id;
                }
            }
        }
        if let Some(node) = nodes.get_mut(id as usize) {
            (node.parent, node.previous, node.next, node.depth) = (parent, previous, next, depth);
        }
        self.deepest.set(self.deepest.get().max(depth));
    }

    fn detach(&self, id: Id) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(node) = nodes.get_mut(id as usize).filter(|node| node.parent != NONE) else { return };
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
        if let Some(before) = nodes.get_mut(previous as usize) {
            before.next = next;
        } else if let Some(above) = nodes.get_mut(parent as usize) {
            above.first = next;
        }
        if let Some(after) = nodes.get_mut(next as usize) {
            after.previous = previous;
        } else if let Some(above) = nodes.get_mut(parent as usize) {
            above.last = previous;
        }
    }

    fn parent(&self, id: Id) -> Id {
        self.nodes.borrow().get(id as usize).map_or(NONE, |node| node.parent)
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        Tree(self.nodes.into_inner())
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.document.clone()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        self.looks.set(self.looks.get().wrapping_add(1));
        target.name.expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<html5ever::Attribute>,
        _: ElementFlags,
    ) -> Handle {
        let tag = Tag::named(&name.local);
        let known = attributes
            .into_iter()
            .filter_map(|given| Some((Attribute::named(&given.name.local)?, given.value)));
        let id = self.create(Content::Element(tag, name.local.clone(), known.collect()));
        Handle { id, name: Rc::new(name) }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle { id: self.create(Content::Root), name: Rc::clone(&self.document.name) }
    }

    fn create_pi(&self, target: StrTendril, _: StrTendril) -> Handle {
        self.create_comment(target)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, NONE, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        match self.parent(element.id) {
            NONE => self.append(previous, child),
            parent => self.insert(parent, element.id, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        let mut templates = self.templates.borrow_mut();
        match templates.iter().rev().find(|(id, _)| *id == target.id) {
            Some((_, contents)) => contents.clone(),
            None => {
                let contents = self.create_comment(StrTendril::new());
                // Templates may stand in each other as deep as elements may.
                let mut nodes = self.nodes.borrow_mut();
                let depth = nodes.get(target.id as usize).map_or(0, |node| node.depth.saturating_add(1));
                if let Some(node) = nodes.get_mut(contents.id as usize) {
                    node.depth = depth;
                }
                templates.push((target.id, contents.clone()));
                contents
            }
        }
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        self.looks.set(self.looks.get().wrapping_add(1));
        one.id == other.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        self.insert(self.parent(sibling.id), sibling.id, child);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<html5ever::Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(Node { content: Content::Element(_, _, own), .. }) = nodes.get_mut(target.id as usize)
        else {
            return;
        };
        let mut all = std::mem::take(own).into_vec();
        for given in attributes {
            if let Some(name) = Attribute::named(&given.name.local)
                && !all.iter().any(|(known, _)| *known == name)
            {
                all.push((name, given.value));
            }
        }
        *own = all.into_boxed_slice();
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        loop {
            let first = self.nodes.borrow().get(node.id as usize).map_or(NONE, |node| node.first);
            if first == NONE {
                return;
            }
            self.looks.set(self.looks.get().wrapping_add(1));
            self.detach(first);
            self.link(first, parent.id, NONE);
        }
    }
}
