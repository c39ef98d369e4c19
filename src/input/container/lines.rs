//! Files of JSON lines: an article a line.

use std::io;

use serde_json::Value;

use super::unpacked::{Place, Unpacked};
use super::{Container, Hurt, Piece, RecordSkip, SavedPage, Scope, What};
use crate::input::{Locator, unpack};

/// Lines that cannot be read and are told one by one; the rest is counted.
const MOST_TOLD: u32 = 20;

/// The lines of one file.
pub(super) struct Lines {
    input: Unpacked,
    scope: Scope,
    mark: u64,
    /// Number of the last line; `None` where the reading began in the midst.
    line: Option<u64>,
    told: u32,
    /// Lines that hold articles, and names of the fields of one that holds none.
    articles: u64,
    fields: Option<Vec<String>>,
    ended: bool,
}

impl Lines {
    pub(super) fn new(input: Unpacked, scope: Scope) -> Lines {
        Lines { input, scope, mark: 0, line: Some(0), told: 0, articles: 0, fields: None, ended: false }
    }

    /// The next line without its end, as far as the limit goes, and how long it is; `None` at the end.
    fn line(&mut self) -> Option<(Vec<u8>, u64)> {
        let most = usize::try_from(self.scope.limits.page).unwrap_or(usize::MAX);
        let (mut line, mut length) = (Vec::new(), 0);
        self.input.begin_record();
        loop {
            if self.input.ensure(1) == 0 {
                return (length > 0).then_some((line, length));
            }
            let bytes = self.input.bytes();
            let end = memchr::memchr(b'\n', bytes);
            let step = end.unwrap_or(bytes.len());
            let kept = step.min(most.saturating_sub(line.len()));
            line.extend_from_slice(&bytes[..kept]);
            length += step as u64;
            self.input.consume(step + usize::from(end.is_some()));
            if end.is_some() {
                return Some((line, length));
            }
        }
    }

    fn what(&mut self, line: Vec<u8>, length: u64) -> What {
        if length > self.scope.limits.page {
            return self.broken(&unpack::larger(self.scope.limits));
        }
        let value: Value = match serde_json::from_slice(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line)) {
            Ok(value) => value,
            Err(cause) => return self.broken(&format!("no JSON: {cause}")),
        };
        if let Some(why) = passed_over(&value) {
            return What::Skipped(why);
        }
        match self.scope.fields.of_item(&value) {
            Some(ready) => {
                self.articles += 1;
                What::Page(SavedPage::ready(line, ready))
            }
            None => {
                self.fields.get_or_insert_with(|| names(&value));
                What::Skipped(RecordSkip::NoText)
            }
        }
    }

    fn broken(&mut self, why: &str) -> What {
        self.told += 1;
        if self.told > MOST_TOLD {
            return What::Skipped(RecordSkip::Broken);
        }
        What::Refused(match self.line {
            Some(line) => format!("line {line}: {why}"),
            None => why.to_owned(),
        })
    }

    fn end(&mut self) -> Result<Option<Piece>, Hurt> {
        self.ended = true;
        let Place { outer, .. } = self.input.place();
        if let Some(broken) = self.input.broken() {
            let (why, of_system) = (broken.why.clone(), broken.of_system);
            return Err(Hurt { at: broken.at, why, resumed: None, of_system });
        }
        match self.fields.take().filter(|_| self.articles == 0) {
            Some(names) => Err(no_text(outer, &names)),
            None => Ok(None),
        }
    }
}

/// That a file holds no texts, whose articles have fields of these names.
pub(super) fn no_text(at: u64, names: &[String]) -> Hurt {
    // Twenty tell what a file is.
    let shown = names.iter().take(20).cloned().collect::<Vec<_>>().join(", ");
    let why = format!("no field holds a text; name it with --map text=FIELD, the fields are {shown}");
    Hurt { at, why: crate::text::safe_line(&why).into_owned(), resumed: None, of_system: false }
}

/// The names of the fields of `value`.
pub(super) fn names(value: &Value) -> Vec<String> {
    value.as_object().map(|object| object.keys().cloned().collect()).unwrap_or_default()
}

/// Why an item is passed over whatever it holds: it was withdrawn, or is a picture.
pub(super) fn passed_over(value: &Value) -> Option<RecordSkip> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    if matches!(text("pubstatus"), "canceled" | "withheld") {
        return Some(RecordSkip::Withdrawn);
    }
    let is_ninjs = value.get("versioncreated").is_some() && value.get("type").is_some();
    (is_ninjs && matches!(text("type"), "picture" | "audio" | "video" | "graphic")).then_some(RecordSkip::OtherType)
}

impl Container for Lines {
    fn next(&mut self) -> Result<Option<Piece>, Hurt> {
        loop {
            if self.ended {
                return Ok(None);
            }
            let at = self.input.place();
            if at.inner == 0 {
                self.mark = at.outer;
            }
            let Some((line, length)) = self.line() else { return self.end() };
            self.line = self.line.map(|line| line + 1);
            if line.trim_ascii().is_empty() {
                continue;
            }
            let what = self.what(line, length);
            return Ok(Some(Piece { locator: Locator { outer: at.outer, inner: at.inner, entry: None }, what }));
        }
    }

    fn mark(&self) -> u64 {
        self.mark
    }

    fn reached(&self) -> u64 {
        self.input.reached()
    }

    fn go_to(&mut self, place: &Locator) -> io::Result<()> {
        self.mark = place.outer;
        self.line = None;
        self.input.go_to(place.outer, place.inner)
    }
}
