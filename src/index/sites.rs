//! The sites of the documents of one segment.

use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentReader};

use super::column::{self, no_string};

/// Which sites the documents of one segment are of.
pub(crate) struct Sites {
    /// `None` where no document of the segment has a site.
    column: Option<StrColumn>,
    /// By their numbers.
    // All at once and in order: one by one, each name unpacks its block of the dictionary again.
    names: Vec<String>,
}

impl Sites {
    /// Reads the names in the column of `segment`.
    pub(crate) fn open(segment: &SegmentReader) -> tantivy::Result<Sites> {
        let column = column::SITE.find(segment)?;
        let names = column.as_ref().map_or_else(|| Ok(Vec::new()), column::strings)?;
        Ok(Sites { column, names })
    }

    /// The site of a document: the longest of its names, as the others are its parent domains; `None` where it has none. Fails
    /// as corrupt where a name is missing: without it the article would be taken for one of no site.
    pub(crate) fn of(&self, doc: DocId) -> tantivy::Result<Option<&str>> {
        let Some(column) = &self.column else { return Ok(None) };
        let mut longest: Option<&str> = None;
        for number in column::ordinals(column, doc)? {
            let name = self.names.get(number as usize).ok_or_else(no_string)?;
            longest = longest.filter(|longest| longest.len() >= name.len()).or(Some(name));
        }
        Ok(longest)
    }
}
