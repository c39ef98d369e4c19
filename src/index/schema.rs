//! The one place that lists the fields of the index.
//!
//! Text fields hold words that are folded already (see [`super::terms`]); nothing of the query's or the page's text
//! reaches Tantivy's own tokenizers or its query parser.

use std::sync::OnceLock;

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use super::column;
use super::terms;

/// Format of the index. A change of fields, of what they hold or of the stored record raises it, and the next
/// `search index` rebuilds.
// Raising it costs every user a full run, so what can be told by the pipeline fingerprint is not a change of format.
pub(crate) const FORMAT: u32 = 7;

/// Handles of all fields.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    // Identity and upkeep: what the incremental state is read from.
    /// Hash of the absolute path (and place in a container): one source, one document.
    pub(crate) key: Field,
    /// Hash of the trusted canonical address, else of the page's bytes: several documents with one id are captures of one article.
    pub(crate) id: Field,
    /// Root and order among the paths below it: see [`super::location::Location`].
    pub(crate) root: Field,
    /// Bytes on disk.
    pub(crate) size: Field,
    /// Last change of the file, nanoseconds since 1970; the smallest number where it is not to be trusted.
    pub(crate) mtime: Field,
    /// First eight bytes of the page's SHA-256.
    pub(crate) content: Field,
    /// Digest of extractor, annotator, gazetteer and options that made the document.
    pub(crate) made: Field,
    /// Orders the captures of one article: seconds since 1970.
    pub(crate) order: Field,
    /// 1 for what is no article: a page that failed, a container. Such documents hold nothing that a query can find.
    pub(crate) failed: Field,
    /// Checksum of what is stored of the document: see [`super::stored`].
    pub(crate) stored: Field,
    /// Key of the container that the page lies in; none for a plain file.
    pub(crate) parent: Field,
    /// The term 1 on every document that queries may find.
    pub(crate) live: Field,

    // Text, with positions.
    pub(crate) title: Field,
    pub(crate) body: Field,
    /// Terms under which the forms of a word meet, in the article's language, at the word's position: see
    /// [`super::forms`].
    pub(crate) title_stem: Field,
    pub(crate) body_stem: Field,
    /// Where paragraphs and sentences begin and which words have capitals, as terms at the word's position: see
    /// [`super::terms::push_with_layout`].
    pub(crate) title_layout: Field,
    pub(crate) body_layout: Field,

    /// Folded words that the article prints as names: with a capital inside a sentence, or in a mention of a person or
    /// place.
    pub(crate) name_words: Field,

    // Fields to filter by.
    pub(crate) byline: Field,
    pub(crate) section: Field,
    /// Folded words of the key words.
    pub(crate) tag: Field,
    /// What the article has of the things that `has:` knows.
    pub(crate) has: Field,
    /// The site and every parent domain of it.
    pub(crate) site: Field,
    pub(crate) lang: Field,
    pub(crate) kind: Field,
    /// Days of publication, both ends in one number.
    pub(crate) published: Field,
    /// Seconds since 1970 of publication, for sorting.
    pub(crate) published_at: Field,
    /// Seconds since 1970 of the capture.
    pub(crate) captured_at: Field,
    /// Days of every date mentioned, both ends in one number.
    pub(crate) dates: Field,
    /// Gazetteer ids of the places mentioned and of all that contain them.
    pub(crate) place: Field,
    /// Gazetteer ids of the places in the dateline and of all that contain them.
    pub(crate) dateline: Field,
    /// Folded words of the dateline.
    pub(crate) dateline_words: Field,
    /// Folded words of place names without an id.
    pub(crate) unplaced: Field,
    /// Name keys of the people mentioned.
    pub(crate) person: Field,
    /// Folded words of the organisations mentioned.
    pub(crate) org: Field,
    /// How much the article is about each place, person and organisation, as frequencies: see [`super::named`].
    pub(crate) named: Field,
    /// Words of the names of people and places as printed, each behind its name key or the id of the place: see
    /// [`super::named::read_spelling`].
    pub(crate) spelling: Field,
    /// Coordinates of the places mentioned: see [`super::geo::Spot`].
    pub(crate) geo: Field,

    // Columns to count by, beside those above.
    /// The people mentioned: key, a tab, name.
    pub(crate) people: Field,
    /// The organisations mentioned: folded words, a tab, name.
    pub(crate) orgs: Field,
    /// Words in title and body.
    pub(crate) words: Field,
    /// Words in the title.
    pub(crate) title_words: Field,

    // What stories are told by: see [`super::stories`].
    /// Digest of the text; none for a page without words.
    pub(crate) digest: Field,
    /// Its sentences, folded to 64 bits each.
    pub(crate) sentences: Field,

    // Stored.
    /// The [`super::record::Record`].
    pub(crate) record: Field,
    /// The mentions in the body: see [`super::record::write_mentions`].
    pub(crate) mentions: Field,
    /// The frozen body.
    pub(crate) text: Field,
}

fn text(positions: IndexRecordOption, lengths: bool) -> TextOptions {
    let indexing =
        TextFieldIndexing::default().set_tokenizer(terms::NAME).set_index_option(positions).set_fieldnorms(lengths);
    TextOptions::default().set_indexing_options(indexing)
}

/// The schema and its fields; made once a process.
pub(crate) fn schema() -> &'static (Schema, Fields) {
    static SCHEMA: OnceLock<(Schema, Fields)> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let mut b = SchemaBuilder::default();
        let scored = || text(IndexRecordOption::WithFreqsAndPositions, true);
        // Only title and body are scored by length; filters by a name have no use for lengths.
        let plain = || text(IndexRecordOption::WithFreqsAndPositions, false);
        let fields = Fields {
            key: b.add_u64_field(column::KEY.name(), INDEXED | FAST),
            id: b.add_u64_field(column::ID.name(), INDEXED | FAST),
            root: b.add_u64_field(column::ROOT.name(), FAST),
            size: b.add_u64_field(column::SIZE.name(), FAST),
            mtime: b.add_i64_field(column::MTIME.name(), FAST),
            content: b.add_u64_field(column::CONTENT.name(), FAST),
            made: b.add_u64_field(column::MADE.name(), FAST),
            order: b.add_i64_field(column::ORDER.name(), FAST),
            failed: b.add_u64_field(column::FAILED.name(), FAST),
            stored: b.add_u64_field(column::STORED.name(), FAST),
            // A container that is gone takes all its pages with it, by one term.
            parent: b.add_u64_field(column::PARENT.name(), INDEXED | FAST),
            live: b.add_u64_field("live", INDEXED),
            title: b.add_text_field("title", scored()),
            body: b.add_text_field("body", scored()),
            // Positions of stems are those of their words, so that a phrase may mix both.
            title_stem: b.add_text_field("title_stem", plain()),
            body_stem: b.add_text_field("body_stem", plain()),
            title_layout: b.add_text_field("title_layout", plain()),
            body_layout: b.add_text_field("body_layout", plain()),
            // Whether an article prints a word as a name is all that is asked of it.
            name_words: b.add_text_field("name_words", text(IndexRecordOption::Basic, false)),
            byline: b.add_text_field("byline", plain()),
            section: b.add_text_field("section", plain()),
            tag: b.add_text_field("tag", plain()),
            has: b.add_text_field("has", STRING),
            site: b.add_text_field(column::SITE.name(), STRING | FAST),
            lang: b.add_text_field(column::LANG.name(), STRING | FAST),
            kind: b.add_u64_field(column::KIND.name(), INDEXED | FAST),
            published: b.add_u64_field(column::PUBLISHED.name(), FAST),
            published_at: b.add_i64_field(column::PUBLISHED_AT.name(), FAST),
            captured_at: b.add_i64_field(column::CAPTURED_AT.name(), FAST),
            dates: b.add_u64_field(column::DATES.name(), FAST),
            place: b.add_u64_field(column::PLACE.name(), INDEXED | FAST),
            dateline: b.add_u64_field("dateline", INDEXED),
            dateline_words: b.add_text_field("dateline_words", plain()),
            unplaced: b.add_text_field("unplaced", plain()),
            person: b.add_text_field("person", plain()),
            org: b.add_text_field("org", plain()),
            // Frequencies without positions: how often a term stands there is all that is asked of it.
            named: b.add_text_field("named", text(IndexRecordOption::WithFreqs, false)),
            spelling: b.add_text_field("spelling", STRING),
            geo: b.add_u64_field(column::GEO.name(), FAST),
            people: b.add_text_field(column::PEOPLE.name(), TextOptions::default().set_fast("raw")),
            orgs: b.add_text_field(column::ORGS.name(), TextOptions::default().set_fast("raw")),
            words: b.add_u64_field(column::WORDS.name(), FAST),
            title_words: b.add_u64_field(column::TITLE_WORDS.name(), FAST),
            digest: b.add_u64_field(column::DIGEST.name(), FAST),
            sentences: b.add_u64_field(column::SENTENCES.name(), FAST),
            // Bytes and not typed fields: one block is unpacked and parsed once for a hit.
            record: b.add_bytes_field("record", STORED),
            mentions: b.add_bytes_field("mentions", STORED),
            text: b.add_text_field("text", STORED),
        };
        (b.build(), fields)
    })
}
