//! From the stages' types to an index document. Pure: the same input gives the same document.

use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};
use tantivy::TantivyDocument;

use super::beside::Beside;
use super::container::ContainerRecord;
use super::digest::hash;
use super::forms;
use super::location::Location;
use super::made::Made;
use super::named;
use super::record::{self, Outcome, PageRecord, Record};
use super::schema::{Fields, schema};
use super::state::{CONTAINER, Identity};
use super::stored;
use super::stories::{Fingerprint, site_of};
use super::terms;
use crate::annotate::places::dateline;
use crate::annotate::{Annotations, Place, Value};
use crate::date::Stamp;
use crate::extract::Article;
use crate::input::{Locator, Page, Source};
use crate::lang::{StemCache, guess};

/// Version of the mapping from articles to documents: raised when the same article gives another document, so that pages
/// are read again. A change of fields or of what they hold raises the format instead.
pub(crate) const VERSION: &str = "8";

/// The key of a source: one absolute path (and place in it), one document, whichever root it was reached by.
pub(crate) fn key_of(source: &Source) -> u64 {
    key(source, source.locator.as_ref())
}

/// The key of the container that a page lies in; 0 for a plain file.
fn parent_of(source: &Source) -> u64 {
    source.locator.as_ref().map_or(0, |_| key(source, None))
}

fn key(source: &Source, locator: Option<&Locator>) -> u64 {
    // The root is left out: it says only how the file was reached in this run.
    let path = source.file();
    let path = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str());
    hash(&[path, &locator.map(Locator::to_bytes).unwrap_or_default()])
}

/// The first eight bytes of the page's SHA-256.
pub(crate) fn content_of(page: &Page) -> u64 {
    let head = page.sha256.get(..16).and_then(|head| u64::from_str_radix(head, 16).ok());
    debug_assert!(head.is_some(), "a page's digest is 64 hex digits");
    head.unwrap_or(0)
}

/// The article's id: from its address where that can be trusted, else from the bytes of the page.
///
/// The bytes and not the extracted text: an id is cited, and the text changes with every better extractor; and pages
/// whose text is empty or a notice ("Access denied") would all be one article. The path would not do: the same archive
/// in another folder would have other ids.
fn id_of(page: &Page, article: &Article) -> u64 {
    match &article.identity {
        Some(address) => id_of_identity(address),
        None => hash(&[b"page", page.sha256.as_bytes()]),
    }
}

/// The id of the article with this address of its own, as extraction has it.
pub(crate) fn id_of_identity(address: &str) -> u64 {
    hash(&[b"address", address.as_bytes()])
}

/// Upkeep columns common to pages and failures.
fn upkeep(source: &Source, identity: Identity, location: Location, made: Made) -> TantivyDocument {
    let (_, f) = schema();
    let mut doc = TantivyDocument::new();
    doc.add_u64(f.key, identity.key);
    doc.add_u64(f.id, identity.id);
    doc.add_u64(f.root, location.to_column());
    doc.add_u64(f.size, source.size);
    doc.add_i64(f.mtime, source.mtime);
    doc.add_u64(f.content, identity.content);
    doc.add_u64(f.made, made.to_column());
    doc.add_i64(f.order, identity.order);
    doc.add_u64(f.failed, u64::from(identity.failed));
    if identity.parent != 0 {
        doc.add_u64(f.parent, identity.parent);
    }
    doc
}

fn record_of(source: &Source, outcome: Outcome) -> Record {
    Record { root: source.root.clone(), path: source.path.clone(), locator: source.locator.clone(), outcome }
}

/// Stores what is shown of a document, and its sum. Fails rather than to store an empty record, which would read back as
/// damage.
fn store(doc: &mut TantivyDocument, record: &Record, body: &str, mentions: &[u8]) -> postcard::Result<()> {
    let (_, f) = schema();
    let record = record::encode(record)?;
    doc.add_bytes(f.record, &record);
    if !body.is_empty() {
        doc.add_text(f.text, body);
    }
    if !mentions.is_empty() {
        doc.add_bytes(f.mentions, mentions);
    }
    doc.add_u64(f.stored, stored::sum_of(&record, body, mentions));
    Ok(())
}

/// The document that remembers a failure, so that it is neither lost nor retried while the file stays as it is.
pub(crate) fn failure(
    source: &Source,
    reason: &str,
    location: Location,
    made: Made,
) -> postcard::Result<(TantivyDocument, Identity)> {
    // A failure is no article: nothing shows its id, and what it would be made from was not read.
    let (key, parent) = (key_of(source), parent_of(source));
    let identity =
        Identity { key, id: key, content: 0, order: i64::MIN, failed: true, parent, words: 0, title_words: 0 };
    Ok((failure_as(identity, source, reason, (location, made))?, identity))
}

/// [`failure`] under the identity that it has already.
pub(crate) fn failure_as(
    identity: Identity,
    source: &Source,
    reason: &str,
    (location, made): (Location, Made),
) -> postcard::Result<TantivyDocument> {
    let mut doc = upkeep(source, identity, location, made);
    store(&mut doc, &record_of(source, Outcome::Failed(reason.to_owned())), "", &[])?;
    Ok(doc)
}

/// The document of a container, which says how far its pages are in the index.
pub(crate) fn container(
    source: &Source,
    record: ContainerRecord,
    location: Location,
    made: Made,
) -> postcard::Result<(TantivyDocument, Identity)> {
    let key = key_of(source);
    let identity = Identity {
        key,
        id: key,
        content: CONTAINER,
        order: i64::MIN,
        failed: true,
        parent: 0,
        words: 0,
        title_words: 0,
    };
    let mut doc = upkeep(source, identity, location, made);
    store(&mut doc, &record_of(source, Outcome::Container(Box::new(record))), "", &[])?;
    Ok((doc, identity))
}

/// The document of a page, and its fingerprint.
pub(crate) fn page(
    source: &Source,
    page: &Page,
    article: Article,
    annotations: Annotations,
    place: (Location, Made),
    cache: &mut StemCache,
) -> postcard::Result<(TantivyDocument, Identity, Fingerprint)> {
    // When it was fetched is a fact; when it was changed or published is what the page says of itself.
    let captured = page.captured.or(article.captured);
    let stamp = captured.or(article.modified).or(article.published.map(|dated| dated.stamp));
    let identity = Identity {
        key: key_of(source),
        id: id_of(page, &article),
        content: content_of(page),
        order: stamp.map_or(i64::MIN, |stamp| stamp.sort_key()),
        failed: false,
        parent: parent_of(source),
        words: 0,
        title_words: 0,
    };
    let read = ReadPage { article, annotations, captured, sha256: page.sha256.clone() };
    page_as(identity, source, read, place, cache)
}

/// What was read of a page.
pub(crate) struct ReadPage {
    pub(crate) article: Article,
    pub(crate) annotations: Annotations,
    /// When it was fetched.
    pub(crate) captured: Option<Stamp>,
    /// SHA-256 of its bytes, in hex.
    pub(crate) sha256: String,
}

/// [`page`] under the identity that it has already; its words are counted here.
pub(crate) fn page_as(
    identity: Identity,
    source: &Source,
    read: ReadPage,
    (location, made): (Location, Made),
    cache: &mut StemCache,
) -> postcard::Result<(TantivyDocument, Identity, Fingerprint)> {
    let (_, f) = schema();
    let ReadPage { mut article, mut annotations, captured, sha256 } = read;
    let texts = ArticleTerms::of(&article, &annotations, cache);
    let identity = Identity { words: texts.words, title_words: texts.title_words, ..identity };
    let mut doc = upkeep(source, identity, location, made);
    doc.add_u64(f.live, 1);
    doc.add_u64(f.words, texts.words);
    doc.add_u64(f.title_words, texts.title_words);
    let fingerprint = fingerprint_of(&article, &texts, identity.id);
    add_fingerprint(&mut doc, f, &fingerprint);
    texts.add(&mut doc, f);
    add_metadata(&mut doc, f, &article);
    add_mentions(&mut doc, f, &article.body, &annotations);
    if let Some(captured) = captured {
        doc.add_i64(f.captured_at, captured.sort_key());
    }
    // Stored apart, so that a list of hits unpacks no more of an article than it shows.
    let body = std::mem::take(&mut article.body);
    let mentions = std::mem::take(&mut annotations.mentions);
    let mention_bytes = record::write_mentions(&mentions)?;
    let outcome = Outcome::Page(Box::new(PageRecord {
        article,
        annotations,
        dates: record::dates(&mentions),
        captured,
        sha256,
        text_sha256: text_digest(&body),
        words: identity.words,
    }));
    store(&mut doc, &record_of(source, outcome), &body, &mention_bytes)?;
    Ok((doc, identity, fingerprint))
}

/// SHA-256 of a body, in hex.
pub(crate) fn text_digest(body: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(body.as_bytes()))
}

fn fingerprint_of(article: &Article, texts: &ArticleTerms, id: u64) -> Fingerprint {
    Fingerprint {
        published: article.published.map(|dated| dated.stamp.sort_key()),
        site: site_of(article.site.as_deref().map(str::to_lowercase).as_deref()),
        article: id,
        ..Fingerprint::of(&texts.title.surface, &texts.body.surface, &texts.body.layout, article.kind)
    }
}

/// Title and body as lists of terms.
struct ArticleTerms {
    title: Terms,
    body: Terms,
    /// The words that the article prints as names, sorted, one a line.
    names: String,
    words: u64,
    title_words: u64,
}

/// One text's words, the terms of their forms with what else stands beside them, and how they are laid out.
struct Terms {
    surface: String,
    forms: String,
    layout: String,
}

impl ArticleTerms {
    fn of(article: &Article, annotations: &Annotations, cache: &mut StemCache) -> ArticleTerms {
        let lang = article.lang.as_deref().or_else(|| guess(&article.body)).unwrap_or("");
        let (title, title_words) = Laid::of(&article.title, false);
        let (body, body_words) = Laid::of(&article.body, true);
        let mentioned = named::mentioned_words(&article.body, annotations);
        let mut names = forms::printed_as_names(&body.surface, &body.layout, lang);
        names.extend(mentioned.iter().map(String::as_str));
        let mut forms = |laid: &Laid| forms::lines(&laid.surface, &laid.layout, lang, &names, cache);
        let (title_forms, body_forms, names) = (forms(&title), forms(&body), sorted_lines(&names));
        let words = title_words + body_words;
        ArticleTerms { title: title.with(title_forms), body: body.with(body_forms), names, words, title_words }
    }

    fn add(self, doc: &mut TantivyDocument, f: &Fields) {
        let title = (self.title, f.title, f.title_stem, f.title_layout);
        let body = (self.body, f.body, f.body_stem, f.body_layout);
        for (terms, surface, stem, layout) in [title, body] {
            doc.add_text(stem, terms.forms);
            doc.add_text(layout, terms.layout);
            doc.add_text(surface, terms.surface);
        }
        doc.add_text(f.name_words, self.names);
    }
}

/// One text's words and how they are laid out.
struct Laid {
    surface: String,
    layout: String,
    beside: Beside,
}

impl Laid {
    /// Those of `text`, and how many words it has.
    fn of(text: &str, body: bool) -> (Laid, u64) {
        let mut surface = String::with_capacity(text.len() + text.len() / 8);
        let mut layout = String::with_capacity(text.len() / 4);
        let mut beside = Beside::default();
        let count = terms::push_with_layout(text, body, &mut surface, &mut layout, &mut beside);
        (Laid { surface, layout, beside }, count)
    }

    fn with(self, forms: String) -> Terms {
        Terms { surface: self.surface, forms: self.beside.join(forms), layout: self.layout }
    }
}

/// `words` in the order of the alphabet, one a line.
fn sorted_lines(words: &FxHashSet<&str>) -> String {
    let mut words: Vec<&str> = words.iter().copied().collect();
    words.sort_unstable();
    words.iter().flat_map(|word| [word, "\n"]).collect()
}

fn add_fingerprint(doc: &mut TantivyDocument, f: &Fields, fingerprint: &Fingerprint) {
    if fingerprint.digest != 0 {
        doc.add_u64(f.digest, fingerprint.digest);
        fingerprint.sentences.iter().for_each(|sentence| doc.add_u64(f.sentences, *sentence));
    }
}

fn add_metadata(doc: &mut TantivyDocument, f: &Fields, article: &Article) {
    let mut names = String::new();
    for name in &article.byline {
        terms::push_words(name, &mut names);
        terms::gap(&mut names);
    }
    doc.add_text(f.byline, names);
    if let Some(section) = &article.section {
        let mut words = String::new();
        terms::push_words(section, &mut words);
        doc.add_text(f.section, words);
    }
    let mut tags = String::new();
    article.tags.iter().for_each(|tag| push_name(tag, &mut tags));
    doc.add_text(f.tag, tags);
    if article.correction.is_some() {
        doc.add_text(f.has, "correction");
    }
    if let Some(site) = &article.site {
        for domain in domains(site) {
            doc.add_text(f.site, domain);
        }
    }
    if let Some(lang) = &article.lang {
        doc.add_text(f.lang, lang);
    }
    doc.add_u64(f.kind, kind_number(article.kind));
    if let Some(dated) = article.published {
        doc.add_u64(f.published, dated.stamp.interval().to_column());
        doc.add_i64(f.published_at, dated.stamp.sort_key());
    }
}

fn add_mentions(doc: &mut TantivyDocument, f: &Fields, body: &str, annotations: &Annotations) {
    let mut dates = Vec::new();
    let mut unplaced = String::new();
    let mut orgs = String::new();
    for mention in &annotations.mentions {
        match &mention.value {
            Value::Date(interval) => dates.push(interval.to_column()),
            Value::Unplaced => push_name(mention.span.of(body), &mut unplaced),
            Value::Org => push_name(mention.span.of(body), &mut orgs),
            Value::Place(_) | Value::Person(_) | Value::Timex(..) => {}
        }
    }
    dates.sort_unstable();
    // Columns are counted by: an article speaks of a day once, however often it names it.
    dates.dedup();
    for date in dates {
        doc.add_u64(f.dates, date);
    }
    for id in with_ancestors(annotations.places.iter()) {
        doc.add_u64(f.place, u64::from(id));
    }
    // The gazetteer does not lead to a place of the user's; its names do.
    for name in annotations.places.iter().flat_map(|place| &place.also) {
        push_name(name, &mut unplaced);
    }
    if let Some(dateline) = dateline(body) {
        let mut words = String::new();
        terms::push_words(dateline.of(body), &mut words);
        doc.add_text(f.dateline_words, words);
        let inside = annotations.mentions.iter().filter(|mention| dateline.contains(mention.span));
        let places = inside.filter_map(|mention| match mention.value {
            Value::Place(at) => annotations.places.get(at as usize),
            _ => None,
        });
        for id in with_ancestors(places) {
            doc.add_u64(f.dateline, u64::from(id));
        }
    }
    let mut people = String::new();
    for person in &annotations.people {
        for part in person.key.split_whitespace() {
            people.push_str(part);
            people.push('\n');
        }
        terms::gap(&mut people);
    }
    doc.add_text(f.unplaced, unplaced);
    doc.add_text(f.org, orgs);
    doc.add_text(f.person, people);
    named::add(doc, f, body, annotations);
}

/// The ids of `places` and of all that contain them, sorted, each once.
fn with_ancestors<'a>(places: impl Iterator<Item = &'a Place>) -> Vec<u32> {
    let mut ids: Vec<u32> = places.flat_map(|place| place.ancestors.iter().copied().chain([place.id])).collect();
    ids.sort_unstable();
    // Two towns of one country would count the country twice.
    ids.dedup();
    ids
}

fn push_name(surface: &str, out: &mut String) {
    terms::push_words(surface, out);
    terms::gap(out);
}

/// `news.example.co.uk` and all that ends it at a dot, down to two labels.
fn domains(site: &str) -> impl Iterator<Item = String> + '_ {
    let site = site.to_lowercase();
    let starts: Vec<usize> = std::iter::once(0).chain(site.match_indices('.').map(|(at, _)| at + 1)).collect();
    starts
        .into_iter()
        .filter_map(move |start| site.get(start..).filter(|tail| start == 0 || tail.contains('.')).map(str::to_owned))
}

/// The number of a kind in its column.
pub(crate) fn kind_number(kind: crate::extract::Kind) -> u64 {
    let at = crate::extract::Kind::ALL.iter().position(|other| *other == kind);
    debug_assert!(at.is_some(), "every kind is listed");
    at.unwrap_or(0) as u64
}

#[cfg(test)]
mod tests;
