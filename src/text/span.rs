//! Byte ranges into a frozen text.

use serde::{Deserialize, Serialize};

/// A half-open range of UTF-8 bytes `start..end` into one text that never changes afterwards.
///
/// Texts are capped far below 4 GiB (see [`crate::input::Limits`]), so 32 bits are enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`. Offsets past `u32::MAX` saturate; texts never get that long.
    pub fn new(start: usize, end: usize) -> Span {
        let cap = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: cap(start), end: cap(end) }
    }

    /// The bytes covered.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes covered.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// True when nothing is covered.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The text under the span, or `""` when the span does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// True when `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share at least one byte.
    pub(crate) fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}
