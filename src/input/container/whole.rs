//! Ready articles in files that are read whole: JSON of one value, feeds and news in XML.

use std::collections::VecDeque;

use serde_json::Value;

use super::unpacked::Unpacked;
use super::{Container, Hurt, Piece, RecordSkip, SavedPage, Scope, What, lines, news};
use crate::input::ready::root;
use crate::input::{Limits, Locator, charset, unpack};
use crate::text::safe_line;

/// The articles of one file.
pub(super) struct Whole {
    found: VecDeque<Result<Piece, Hurt>>,
}

/// All bytes of `input`, which may be as many as those of a page; the error says why they are not read.
fn all(mut input: Unpacked, limits: Limits) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    while input.ensure(1) > 0 {
        bytes.extend_from_slice(input.bytes());
        let step = input.bytes().len();
        input.consume(step);
        // Feeds have some hundred KB; exports of whole sites, of up to fifty MB, are read with --max-page.
        if bytes.len() as u64 > limits.page {
            return Err(format!("{}; raise it with --max-page", unpack::larger(limits)));
        }
    }
    match input.broken() {
        Some(broken) => Err(broken.why.clone()),
        None => Ok(bytes),
    }
}

impl Whole {
    /// The articles of a JSON value: it is one, or a list of them, or holds a list called `items` or `articles`.
    pub(super) fn json(input: Unpacked, scope: &Scope) -> Result<Whole, String> {
        let decoded = charset::decode(all(input, scope.limits)?, Some("utf-8"));
        let value: Value = serde_json::from_str(decoded.text.trim_start_matches('\u{feff}'))
            .map_err(|cause| format!("no JSON: {cause}"))?;
        let mut whole = Whole { found: VecDeque::new() };
        let list =
            value.as_array().or_else(|| ["items", "articles"].iter().find_map(|name| value.get(name)?.as_array()));
        let mut texts = 0;
        for (nth, item) in list.map_or(std::slice::from_ref(&value), Vec::as_slice).iter().enumerate() {
            let what = match (lines::passed_over(item), scope.fields.of_item(item)) {
                (Some(why), _) => What::Skipped(why),
                (None, Some(ready)) => {
                    texts += 1;
                    What::Page(SavedPage::ready(item.to_string().into_bytes(), ready))
                }
                (None, None) => What::Skipped(RecordSkip::NoText),
            };
            texts += usize::from(matches!(what, What::Skipped(RecordSkip::Withdrawn | RecordSkip::OtherType)));
            whole.push(nth as u64, what);
        }
        if texts == 0 {
            let one = list.and_then(|list| list.first()).unwrap_or(&value);
            whole.found.push_back(Err(lines::no_text(0, &lines::names(one))));
        }
        Ok(whole)
    }

    /// The articles of a feed or of news in XML.
    pub(super) fn xml(input: Unpacked, limits: Limits) -> Result<Whole, String> {
        let bytes = all(input, limits)?;
        let declared = declared(&bytes);
        let text = charset::decode(bytes, declared.as_deref()).text;
        let mut whole = Whole { found: VecDeque::new() };
        news::read(&text, |at, found| match found {
            Ok(what) => whole.push(at, what),
            Err(why) => whole.found.push_back(Err(Hurt { at, why, resumed: None, of_system: false })),
        });
        if whole.found.is_empty() {
            match root(&text) {
                // A feed may have nothing to tell.
                "rss" | "feed" | "RDF" => {}
                // Pictures in a row, the plan of a day.
                "newsMessage" | "NewsML" | "packageItem" | "conceptItem" | "planningItem" | "catalogItem" => {
                    whole.push(0, What::Skipped(RecordSkip::NoText));
                }
                root => {
                    return Err(format!("XML that is no feed and no news: its first element is `{}`", safe_line(root)));
                }
            }
        }
        Ok(whole)
    }

    fn push(&mut self, at: u64, what: What) {
        self.found.push_back(Ok(Piece { locator: Locator { outer: at, inner: 0, entry: None }, what }));
    }
}

/// The character encoding that XML declares in its first line.
fn declared(bytes: &[u8]) -> Option<String> {
    let line = String::from_utf8_lossy(&bytes[..bytes.len().min(256)]).into_owned();
    let (_, rest) = line.split_once("<?xml")?.1.split_once("?>")?.0.split_once("encoding")?;
    let name = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = name.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(name[1..].split(quote).next()?.to_owned())
}

impl Container for Whole {
    fn next(&mut self) -> Result<Option<Piece>, Hurt> {
        self.found.pop_front().transpose()
    }

    fn mark(&self) -> u64 {
        // It is read again as a whole.
        0
    }

    fn reached(&self) -> u64 {
        0
    }
}
