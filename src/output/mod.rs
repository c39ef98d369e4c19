//! Writers: what the program prints, on any `Write`.
//!
//! Nothing from a page, and nothing of the name of a file, is written unescaped: text goes through `safe_line`, paths
//! through `safe_path`, JSON through [`json_line`], tables through [`Sheet`]. Only `--files --null` writes the bytes of
//! a path. Machine formats (JSON lines, CSV, tab-separated lines) never change with the terminal.

mod around;
mod article;
mod atom;
mod cite;
mod explained;
mod export;
mod extracted;
mod facets;
mod fields;
mod hits;
mod human;
mod json;
mod lines;
mod matrix;
mod mentions;
mod near;
mod pairs;
mod reference;
mod referred;
mod sheet;
mod stats;
mod template;
#[cfg(test)]
mod tests;
mod timeline;
mod verify;
mod versions;

use std::path::Path;

pub use around::{firsts, firsts_json, years, years_json};
pub use article::article;
pub use atom::{Feed, atom};
pub use explained::explained;
pub use export::{ExportFormat, export, export_heading};
pub use extracted::extracted;
pub use facets::{facets, facets_csv, facets_json, facets_lines, who};
pub use fields::{Fields, compact};
pub use hits::teller_lines;
pub use hits::{HitFormat, heading, hits, paths, raw_paths, why};
pub use human::{forms, human, tellers, totals};
pub use json::json_line;
pub use lines::{LineFormat, frequencies, frequencies_csv, frequencies_json, frequencies_lines, line, line_heading};
pub use matrix::MatrixView;
pub use mentions::mentions;
pub use near::{near_json, near_lines};
pub use pairs::{pairs, pairs_csv, pairs_json};
pub use reference::{ReferenceFormat, References};
pub use referred::Referred;
pub use sheet::Sheet;
pub use stats::stats;
pub use template::Template;
pub use timeline::{timeline, timeline_csv, timeline_json, timeline_lines};
pub use verify::{page_verification, verification, verification_line};
pub use versions::{diff, version_lines, versions};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::text::{safe_line, safe_path};

/// Stands for the headline that a page does not have.
const NO_HEADLINE: &str = "(no headline)";

/// How output for people looks.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Use colours and weights.
    pub colour: bool,
    /// Make headlines links to their files.
    pub links: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl Style {
    /// Text alone, for 80 columns.
    pub const PLAIN: Style = Style { colour: false, links: false, width: 80 };
    /// For headlines.
    pub(crate) const BOLD: &'static str = "\x1b[1m";
    /// For what stands beside.
    pub const DIM: &'static str = "\x1b[2m";
    const MARK: &'static str = "\x1b[1;33m";
    /// For failures.
    pub(crate) const BAD: &'static str = "\x1b[31m";
    const RESET: &'static str = "\x1b[0m";

    /// `text`, which is ready for a terminal, as a link to `file` where links are on (OSC 8). A path that is not absolute
    /// makes no link.
    pub fn link(self, file: &Path, text: &str) -> String {
        match url::Url::from_file_path(file) {
            Ok(url) if self.links => format!("\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\"),
            _ => text.to_owned(),
        }
    }

    /// `path`, made safe, as what stands beside, behind so many columns; what has no room on the line is cut out of the
    /// middle.
    pub fn path(self, path: &Path, behind: usize) -> String {
        let path = shortened(&safe_path(path), self.width.saturating_sub(behind).max(SHORTEST_PATH));
        if self.colour { format!("{}{path}{}", Style::DIM, Style::RESET) } else { path }
    }

    /// The name of a fact, such as those of one article, at the right of its column.
    pub fn label(self, name: &str) -> String {
        const WIDTH: usize = 10;
        format!("{}{}", " ".repeat(WIDTH.saturating_sub(name.width())), self.paint(Style::DIM, name))
    }

    /// `text`, made safe and on one line, in `paint` where colours are on.
    pub fn paint(self, paint: &str, text: &str) -> String {
        let text = safe_line(text);
        if self.colour { format!("{paint}{text}{}", Style::RESET) } else { text.into_owned() }
    }
}

/// Columns that a path has at least, whatever stands before it.
// A name of a file of usual length.
const SHORTEST_PATH: usize = 24;

/// `path` in `room` columns: its end, from a slash on where there is one, and as much of its beginning as has room.
fn shortened(path: &str, room: usize) -> String {
    if path.width() <= room {
        return path.to_owned();
    }
    // The name of the file and the folders nearest to it tell more than the beginning, which many have in common.
    let (mut start, mut used) = (path.len(), 0);
    for (at, c) in path.char_indices().rev() {
        used += c.width().unwrap_or(0);
        if used > room * 2 / 3 {
            break;
        }
        start = at;
    }
    let tail = path[start..].find('/').map_or(&path[start..], |slash| &path[start + slash..]);
    let (mut end, mut used) = (0, tail.width() + 1);
    for c in path.chars() {
        used += c.width().unwrap_or(0);
        if used > room {
            break;
        }
        end += c.len_utf8();
    }
    let head = path[..end].rfind('/').map_or(&path[..end], |slash| &path[..=slash]);
    format!("{head}…{tail}")
}

/// `n` with a blank between groups of three digits.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// A number of bytes in the largest unit that leaves it above one.
pub fn size(n: u64) -> String {
    let mut size = n as f64;
    let mut units = ["bytes", "KB", "MB", "GB", "TB"].iter();
    let mut unit = units.next();
    while size >= 1000.0 {
        let Some(next) = units.next() else { break };
        unit = Some(next);
        size /= 1000.0;
    }
    let unit = unit.unwrap_or(&"bytes");
    if *unit == "bytes" { format!("{n} bytes") } else { format!("{size:.1} {unit}") }
}

/// `one` or `many`, by `n`.
pub fn plural<'a>(n: u64, one: &'a str, many: &'a str) -> &'a str {
    if n == 1 { one } else { many }
}
