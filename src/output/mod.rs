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
mod mentions;
mod near;
mod pairs;
mod reference;
mod sheet;
mod stats;
mod template;
#[cfg(test)]
mod tests;
mod timeline;

use std::path::Path;

pub use around::{firsts, firsts_json, years, years_json};
pub use article::article;
pub use atom::{Feed, atom};
pub use explained::explained;
pub use export::{ExportFormat, export, export_heading};
pub use extracted::extracted;
pub use facets::{facets, facets_csv, facets_json, facets_lines};
pub use fields::{Fields, compact};
pub use hits::teller_lines;
pub use hits::{HitFormat, heading, hits, paths, raw_paths, why};
pub use human::{forms, human, tellers, totals};
pub use json::json_line;
pub use lines::{LineFormat, frequencies, frequencies_csv, frequencies_json, frequencies_lines, line, line_heading};
pub use mentions::mentions;
pub use near::{near_json, near_lines};
pub use pairs::{pairs, pairs_csv, pairs_json};
pub use reference::{ReferenceFormat, References, Referred};
pub use sheet::Sheet;
pub use stats::stats;
pub use template::Template;
pub use timeline::{timeline, timeline_csv, timeline_json, timeline_lines};

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

    /// `path`, made safe, as what stands beside.
    pub fn path(self, path: &Path) -> String {
        let path = safe_path(path);
        if self.colour { format!("{}{path}{}", Style::DIM, Style::RESET) } else { path.into_owned() }
    }

    /// `text`, made safe and on one line, in `paint` where colours are on.
    pub fn paint(self, paint: &str, text: &str) -> String {
        let text = safe_line(text);
        if self.colour { format!("{paint}{text}{}", Style::RESET) } else { text.into_owned() }
    }
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
