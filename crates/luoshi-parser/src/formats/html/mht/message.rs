//! A message and its parts (RFC 2045, RFC 2046 §5.1, RFC 2387, RFC 2557).
//!
//! One pass over the lines, whatever the parts nest in. A multipart whose last delimiter is missing is damaged: half a document is
//! none. Not here: what a part holds.

use std::collections::BTreeMap;

use luoshi_table::Locator;

use super::transfer::Encoding;
use crate::{Cause, ReadError, limits};

/// A part that holds no other parts.
#[derive(Debug, Default)]
pub(super) struct Part<'a> {
    is_page: bool,
    pub(super) charset: Option<String>,
    pub(super) encoding: Encoding,
    /// Where it says it comes from.
    location: String,
    id: String,
    pub(super) body: &'a [u8],
}

/// The parts of a message in their order.
#[derive(Debug, Default)]
pub(super) struct Message<'a> {
    parts: Vec<Part<'a>>,
    /// The id of the part that the others belong to, where the message says which.
    start: Option<String>,
    /// The numbers of the parts by their places and ids.
    places: BTreeMap<String, usize>,
}

/// What the lines before a body say of it.
#[derive(Debug, Default)]
struct Header {
    /// In lower case.
    kind: String,
    parameters: Vec<(String, String)>,
    encoding: Encoding,
    location: String,
    id: String,
}

/// The parts of a message.
///
/// # Errors
/// `Damaged` where a part never ends; `Limit` where there are too many, or too deep.
pub(super) fn parts<'a>(bytes: &'a [u8], place: &Locator) -> Result<Message<'a>, ReadError> {
    let damaged = |detail: &str| ReadError::at(Cause::Damaged { detail: detail.to_owned() }, place.clone());
    let mut message = Message::default();
    // The delimiters of the multiparts that are open.
    let mut open: Vec<Vec<u8>> = Vec::new();
    let (header, mut at) = header(bytes, skip_blank(bytes))?;
    message.start = header.parameter("start").map(|id| bare_id(id).to_owned());
    let mut part = match header.boundary() {
        Some(boundary) => {
            open.push(boundary);
            None
        }
        None => Some((header, at)),
    };
    let mut line_start = at;
    while line_start < bytes.len() {
        let line_end =
            memchr::memchr(b'\n', &bytes[line_start..]).map_or(bytes.len(), |end| line_start + end + 1);
        let line = &bytes[line_start..line_end];
        let found = line.strip_prefix(b"--").and_then(|rest| {
            let rest = rest.trim_ascii_end();
            let whole = open.iter().rposition(|boundary| rest == boundary.as_slice());
            let last = || {
                let rest = rest.strip_suffix(b"--")?;
                open.iter().rposition(|boundary| rest == boundary.as_slice())
            };
            whole.map(|index| (index, false)).or_else(|| Some((last()?, true)))
        });
        let Some((index, is_last)) = found else {
            line_start = line_end;
            continue;
        };
        if index + 1 < open.len() {
            return Err(damaged("a part of the message never ends"));
        }
        if let Some((header, from)) = part.take() {
            // The line end before a delimiter belongs to the delimiter.
            let body = &bytes[from..line_start.max(from)];
            let body = body.strip_suffix(b"\n").unwrap_or(body);
            message.parts.push(header.into_part(body.strip_suffix(b"\r").unwrap_or(body)));
        }
        line_start = line_end;
        if is_last {
            open.pop();
            if open.is_empty() {
                // What follows is for nobody (RFC 2046, §5.1.1).
                return Ok(message.with_places());
            }
            continue;
        }
        limits::MULTIPARTS.check(message.parts.len() as u64 + 1, place)?;
        let (header, body) = self::header(bytes, line_end)?;
        at = body;
        line_start = at;
        match header.boundary() {
            Some(boundary) => {
                limits::MULTIPART_DEPTH.check(open.len() as u64 + 1, place)?;
                open.push(boundary);
            }
            None => part = Some((header, at)),
        }
    }
    match part {
        Some((header, from)) if open.is_empty() => {
            message.parts.push(header.into_part(&bytes[from..]));
            Ok(message.with_places())
        }
        _ => Err(damaged("a part of the message never ends")),
    }
}

/// Programs leave byte order marks and empty lines before the first header.
fn skip_blank(bytes: &[u8]) -> usize {
    let mut start = bytes.trim_ascii_start();
    while let Some(rest) = start.strip_prefix(b"\xEF\xBB\xBF") {
        start = rest.trim_ascii_start();
    }
    bytes.len() - start.len()
}

/// The header that begins at a place, and where its body begins.
fn header(bytes: &[u8], from: usize) -> Result<(Header, usize), ReadError> {
    let mut header = Header::default();
    let mut field = String::new();
    let mut at = from;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let line = rest.get(..end).unwrap_or_default();
        at += end;
        let is_folded = line.starts_with(b" ") || line.starts_with(b"\t");
        let text = String::from_utf8_lossy(line.trim_ascii());
        if !is_folded || text.is_empty() {
            header.say(&field);
            field.clear();
        }
        if text.is_empty() {
            return Ok((header, at));
        }
        if is_folded {
            field.push(' ');
        }
        field.push_str(&text);
    }
}

impl Header {
    fn say(&mut self, field: &str) {
        let Some((name, value)) = field.split_once(':') else { return };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => {
                let mut pieces = quoted_split(value);
                self.kind = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
                self.parameters = pieces.filter_map(parameter).collect();
            }
            "content-transfer-encoding" => self.encoding = Encoding::named(value),
            "content-location" => self.location = value.split_whitespace().collect(),
            "content-id" => self.id = bare_id(value).to_owned(),
            _ => {}
        }
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What parts the parts of a multipart.
    fn boundary(&self) -> Option<Vec<u8>> {
        let boundary = self.parameter("boundary").filter(|_| self.kind.starts_with("multipart/"))?;
        Some(boundary.trim_end().as_bytes().to_vec()).filter(|boundary| !boundary.is_empty())
    }

    fn into_part(self, body: &[u8]) -> Part<'_> {
        let charset = self.parameter("charset").map(str::to_owned);
        let is_page = matches!(self.kind.as_str(), "text/html" | "application/xhtml+xml");
        Part { is_page, charset, encoding: self.encoding, location: self.location, id: self.id, body }
    }
}

/// The pieces between semicolons that stand in no quotation marks.
fn quoted_split(value: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    value.split(move |c: char| {
        is_quoted ^= c == '"';
        c == ';' && !is_quoted
    })
}

fn parameter(piece: &str) -> Option<(String, String)> {
    let (name, value) = piece.split_once('=')?;
    let value = value.trim();
    let value = value.strip_prefix('"').map_or(value, |value| value.strip_suffix('"').unwrap_or(value));
    Some((name.trim().to_ascii_lowercase(), value.replace('\\', "")))
}

fn bare_id(id: &str) -> &str {
    id.trim().trim_start_matches('<').trim_end_matches('>')
}

impl<'a> Message<'a> {
    /// The page that the other parts belong to: the one that is named, else the first. With its number.
    pub(super) fn root(&self) -> Option<(usize, &Part<'a>)> {
        let mut pages = self.parts.iter().enumerate().filter(|(_, part)| part.is_page);
        let is_named = |part: &Part<'_>| self.start.as_ref().is_some_and(|start| part.id == *start);
        pages.clone().find(|(_, part)| is_named(part)).or_else(|| pages.next())
    }

    /// Notes where each part says it comes from; of two at one place the first counts.
    fn with_places(mut self) -> Self {
        for (index, part) in self.parts.iter().enumerate().rev() {
            if !part.location.is_empty() {
                self.places.insert(place("", &part.location), index);
            }
            if !part.id.is_empty() {
                self.places.insert(format!("cid:{}", part.id), index);
            }
        }
        self
    }

    /// The part that a link on a page of another one leads to (RFC 2557, §5), with its number.
    pub(super) fn linked(&self, from: &Part<'_>, link: &str) -> Option<(usize, &Part<'a>)> {
        let places = [
            format!("cid:{}", link.strip_prefix("cid:").unwrap_or_default()),
            place(&from.location, link),
            place("", link),
        ];
        let index = places.iter().find_map(|place| self.places.get(place).copied())?;
        Some((index, self.parts.get(index)?))
    }
}

/// An address as it is from a page of another one, beside it or whole; case does not count on the machines that write such files.
fn place(from: &str, link: &str) -> String {
    let link = link.split(['#', '?']).next().unwrap_or_default().replace('\\', "/").replace("%20", " ");
    let from = from.replace('\\', "/").replace("%20", " ");
    let is_whole = link.contains("://") || link.starts_with('/');
    let folder = from.rfind('/').map_or("", |end| &from[..=end]);
    let joined = if is_whole { link } else { format!("{folder}{link}") };
    let mut pieces: Vec<&str> = Vec::new();
    for piece in joined.split('/') {
        match piece {
            "." => {}
            ".." if pieces.last().is_some_and(|last| !last.is_empty()) => drop(pieces.pop()),
            _ => pieces.push(piece),
        }
    }
    pieces.join("/").to_ascii_lowercase()
}
