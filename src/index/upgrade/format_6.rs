//! Reads an index of format 6: its payload, and what it stored of each document as JSON.
//!
//! The columns that the incremental state is read from are those of today.

use std::path::Path;

use serde::Deserialize;
use tantivy::directory::Directory;
use tantivy::schema::{Field, Value as _};
use tantivy::{DocAddress, Index, Searcher, TantivyDocument, TantivyError};

use crate::annotate::{Annotations, Mention, Value};
use crate::date::Stamp;
use crate::error::{Error, Result};
use crate::extract::Article;
use crate::index::check::verify;
use crate::index::document::{self, ReadPage};
use crate::index::fault;
use crate::index::folder::Folder;
use crate::index::record::StoredPath;
use crate::index::schema::FORMAT;
use crate::index::sidecar::Sidecar;
use crate::index::state::{Entry, State};
use crate::input::Source;
use crate::text::Span;

/// The format that is read here.
pub(super) const OLD: u32 = 6;

/// An index of format 6.
pub(super) struct OldIndex {
    searcher: Searcher,
    state: State,
    pub(super) payload: OldPayload,
    record: Field,
    mentions: Field,
    text: Field,
}

/// What its last commit says.
#[derive(Deserialize)]
pub(super) struct OldPayload {
    format: u32,
    pub(super) roots: Vec<StoredPath>,
    pub(super) revision: u64,
    touched: Option<String>,
    /// Other users may read it.
    #[serde(default)]
    pub(super) shared: bool,
}

#[derive(Deserialize)]
struct OldRecord {
    root: StoredPath,
    path: StoredPath,
    outcome: OldOutcome,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum OldOutcome {
    Page(Box<OldPage>),
    Failed(String),
}

#[derive(Deserialize)]
struct OldPage {
    article: Article,
    annotations: Annotations,
    captured: Option<Stamp>,
    sha256: String,
    text_sha256: String,
}

/// First byte, one past the last, value, confidence, rule.
type OldMention = (u32, u32, Value, f32, String);

/// What one document holds.
pub(super) enum OldDocument {
    /// A page that was read.
    Page(Box<ReadPage>),
    /// One that failed, for this reason.
    Failed(String),
}

/// A document, what is known of its source, and the source.
pub(super) type OldSource = (Entry, Source, OldDocument);

impl OldIndex {
    /// Opens the last commit of the index at `path`, every file of which must be what was written: a fault of the disk
    /// would get a new checksum. Fails as an older format does where it is of another one.
    pub(super) fn open(path: &Path) -> Result<OldIndex> {
        let fail = |cause: TantivyError| fault::error(path, "open index", &cause);
        let folder: Box<dyn Directory> = Box::new(Folder::open(path).map_err(fail)?);
        let index = Index::open(folder).map_err(fail)?;
        let payload = index.load_metas().map_err(fail)?.payload.ok_or_else(|| Error::no_index(path))?;
        let payload: OldPayload = serde_json::from_str(&payload).map_err(|cause| Error::damaged(path, cause))?;
        if payload.format != OLD {
            return Err(Error::format(path, payload.format, FORMAT));
        }
        let segments = index.searchable_segment_metas().map_err(fail)?;
        segments.iter().try_for_each(|segment| verify(&index, segment)).map_err(fail)?;
        let searcher = index.reader().map_err(fail)?.searcher();
        let mut state = State::load(&searcher).map_err(fail)?;
        if let Some(name) = payload.touched.clone() {
            state.touch(path, &Sidecar { name, sum: None });
        }
        let field = |name| index.schema().get_field(name).map_err(fail);
        let (record, mentions, text) = (field("record")?, field("mentions")?, field("text")?);
        Ok(OldIndex { searcher, state, payload, record, mentions, text })
    }

    /// Documents in all, failures included.
    pub(super) fn len(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Every document in the order of the index. Fails as corrupt where one cannot be read.
    pub(super) fn documents(&self) -> impl Iterator<Item = tantivy::Result<OldSource>> + '_ {
        let segments = (0..).zip(self.searcher.segment_readers());
        let addresses =
            segments.flat_map(|(ord, segment)| segment.doc_ids_alive().map(move |doc| DocAddress::new(ord, doc)));
        addresses.map(|address| self.read(address))
    }

    fn read(&self, address: DocAddress) -> tantivy::Result<OldSource> {
        let stored: TantivyDocument = self.searcher.doc(address)?;
        let text = |field| stored.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
        let record: OldRecord = parse(text(self.record))?;
        let (root, path) = (record.root.to_path(), record.path.to_path());
        let mut source = Source { root, path, locator: None, size: 0, mtime: 0 };
        let entry = self.state.entries.get(&document::key_of(&source));
        let entry = *entry.ok_or_else(|| corrupt("a document has no entry in the columns"))?;
        (source.size, source.mtime) = (entry.size, entry.mtime);
        let document = match record.outcome {
            OldOutcome::Failed(reason) => OldDocument::Failed(reason),
            OldOutcome::Page(page) => {
                OldDocument::Page(Box::new(page_of(*page, text(self.text), text(self.mentions))?))
            }
        };
        Ok((entry, source, document))
    }
}

fn page_of(old: OldPage, body: &str, mentions: &str) -> tantivy::Result<ReadPage> {
    let OldPage { article, mut annotations, captured, sha256, text_sha256 } = old;
    if document::text_digest(body) != text_sha256 {
        return Err(corrupt("a text is not the one that was stored"));
    }
    let mentions: Vec<OldMention> = parse(mentions)?;
    let mention =
        |(start, end, value, confidence, rule)| Mention { span: Span { start, end }, value, confidence, rule };
    annotations.mentions = mentions.into_iter().map(mention).collect();
    Ok(ReadPage { article: Article { body: body.to_owned(), ..article }, annotations, captured, sha256 })
}

fn parse<'j, T: Deserialize<'j>>(json: &'j str) -> tantivy::Result<T> {
    serde_json::from_str(json)
        .map_err(|cause| corrupt(&format!("what is stored of an article cannot be read: {cause}")))
}

fn corrupt(words: &str) -> TantivyError {
    TantivyError::DataCorruption(tantivy::error::DataCorruption::comment_only(words))
}
