//! What may not come of damage to the files of an index: an end of the program, or an answer that is another one while
//! `search check` finds nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};
use std::{fs, process};

use search::api::{By, Engine, Facet, Listing, Request, Stats};
use search::engine::Local;
use search::index::{check, compact};

use crate::archive::{make, place};
use crate::query::today;

/// Pages of the index, by name. Two tell one story and one is captured twice, so that there are derived files.
const PAGES: &[(&str, &str, &str, &str)] = &[
    (
        "bridge.html",
        "https://quay.example/2020/bridge",
        "2020-11-10",
        "BAKU, November 10 - The old bridge at Lachin is to be rebuilt, said Anna Holm, who chairs the council. \
         The work begins in March 2021 and costs two million. Engineers of the Harbour Authority will watch the river.",
    ),
    (
        "bridge-again.html",
        "https://courant.example/bridge",
        "2020-11-11",
        "The old bridge at Lachin is to be rebuilt, said Anna Holm, who chairs the council. The work begins in March \
         2021 and costs two million. Engineers of the Harbour Authority will watch the river.",
    ),
    (
        "eels.html",
        "https://quay.example/2020/eels",
        "2020-11-12",
        "Eels are back in the lake of Längsfeld, Peter Brandt said in Berlin on Thursday. Fishermen had counted none \
         since 1992. A medal was given to the wardens, who had worked for the return of the eels for ten years.",
    ),
    (
        "medal.html",
        "https://vestnik.example/medal",
        "2021-01-05",
        "Президент Алиев вручил медаль инженеру Анне Петровой. Церемония прошла в Баку 4 января 2021 года. \
         Петрова строила мост через реку и школу в горах.",
    ),
    (
        "lake.html",
        "https://hepan.example/lake",
        "2021-02-01",
        "北京的湖水今年又清了。市长王明说，鱼已经回来，人们可以再次在岸边散步。工程花了三年时间。",
    ),
];

/// Pages that come with the second run: a second capture of one, and two more.
const LATER: &[(&str, &str, &str, &str)] = &[
    (
        "eels-later.html",
        "https://quay.example/2020/eels",
        "2020-11-12",
        "Eels are back in the lake of Längsfeld, Peter Brandt said in Berlin on Thursday. Fishermen had counted none \
         since 1992. Correction: the medal was given to the wardens in 2019, not this year.",
    ),
    (
        "school.html",
        "https://courant.example/school",
        "2021-03-03",
        "A school was opened in Lachin by Maria Rossi. Forty children will learn there, and the Harbour Authority \
         gave them a boat. The bridge is to be open in May.",
    ),
    ("empty.html", "https://courant.example/empty", "2021-03-03", ""),
];

/// What is asked of every damaged index.
const QUERIES: &[&str] = &[
    "*",
    "bridge",
    "bridge rebuilt council medal",
    "\"the old bridge\"",
    "eel*",
    "place:Lachin",
    "person:\"Anna Holm\"",
    "медаль",
    "湖水",
    "lake w/5 Längsfeld",
    "date:2021",
    "about:1992",
    "site:quay.example",
    "captured:none",
    "near:\"Baku,500km\"",
    "org:Harbour",
    "medal -eels",
    "caps(anna)",
];

/// Begins the answer that is the text of an article.
const TEXT: &str = "text: ";

/// An index, and what it answers while it is whole.
pub struct Index {
    place: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
    /// Names in an order that every index of these pages has: by kind of file, then size.
    names: Vec<String>,
    answers: Vec<String>,
    /// The texts of all captures.
    texts: BTreeSet<String>,
    /// What it answers as one segment: sizes are others.
    compacted: Vec<String>,
}

/// Where the last panic was. Tantivy may panic on damage, which the program reports as such; our own code may not.
static PANICKED: Mutex<String> = Mutex::new(String::new());

impl Index {
    /// Makes the index. Takes over the panic hook: what the program catches must not end the fuzzer.
    pub fn new() -> Index {
        panic::set_hook(Box::new(|info| {
            let place = info.location().map_or(String::new(), |at| format!("{}:{}", at.file(), at.line()));
            if let Ok(mut last) = PANICKED.lock() {
                *last = format!("{place}: {}", info.payload_as_str().unwrap_or(""));
            }
        }));
        // Where the pages lay and when they were written is in the files, which are to be the same in every run.
        let (pages, place) = (PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/target/pages")), place("index"));
        let _ = (fs::remove_dir_all(&pages), fs::remove_dir_all(&place));
        let mut texts = BTreeSet::new();
        for batch in [PAGES, LATER] {
            write(&pages, batch);
            make(&place, &pages);
            texts.extend(answers(&place).into_iter().flatten().filter(|answer| answer.starts_with(TEXT)));
        }
        let _ = fs::remove_dir_all(&pages);
        let files = read(&place);
        let mut names: Vec<String> = files.keys().filter(|name| !name.ends_with(".lock")).cloned().collect();
        names.sort_by_key(|name| (ending(name).to_owned(), files[name].len()));
        let mut index = Index { place, files, names, answers: Vec::new(), texts, compacted: Vec::new() };
        let whole = |index: &Index| answers(&index.place).into_iter().map(|answer| answer.unwrap()).collect();
        index.answers = whole(&index);
        compact(&index.place).unwrap();
        index.compacted = whole(&index);
        index.restore();
        index
    }

    /// What is wrong with how the index bears what `data` does to its files.
    pub fn fault_in(&self, data: &[u8]) -> Option<String> {
        let damage = Damage::read(data, self)?;
        damage.done(self);
        let found = panic::catch_unwind(AssertUnwindSafe(|| self.fault(&damage)));
        self.restore();
        found.unwrap_or_else(|_| ours("while it was checked"))
    }

    fn fault(&self, damage: &Damage) -> Option<String> {
        let answers = answers(&self.place);
        let differs = |(answer, whole): (&Result<String, Trouble>, &String)| answer.as_ref().is_ok_and(|a| a != whole);
        if let Some(Err(Trouble::Ours(place))) = answers.iter().find(|answer| matches!(answer, Err(Trouble::Ours(_)))) {
            return Some(format!("it panicked at {place}"));
        }
        // A letter that turned is never shown as one of the page, whatever check says.
        let shown = answers.iter().filter_map(|answer| answer.as_ref().ok()).filter(|answer| answer.starts_with(TEXT));
        if let Some(text) = shown.into_iter().find(|text| !damage.sealed && !self.texts.contains(*text)) {
            return Some(format!("this is not what was stored: {text}"));
        }
        if !damage.sealed
            && let Some(at) = answers.iter().zip(&self.answers).position(differs)
        {
            let checked = panic::catch_unwind(|| check(&self.place));
            let passes = checked.is_ok_and(|report| report.is_ok_and(|report| report.damaged.is_empty()));
            if passes {
                let (answer, whole) = (answers[at].as_ref().map_or("", |answer| answer), &self.answers[at]);
                return Some(format!("check passes, and it answers {answer}\nwhere the whole index answers {whole}"));
            }
        }
        if damage.compacts {
            return self.laundered(damage);
        }
        None
    }

    /// A segment is verified before it is merged.
    fn laundered(&self, damage: &Damage) -> Option<String> {
        match panic::catch_unwind(|| compact(&self.place)) {
            Err(_) => return ours("in compact"),
            Ok(Err(_)) => return None,
            Ok(Ok(_)) => {}
        }
        let answers = answers(&self.place);
        let other =
            answers.iter().zip(&self.compacted).find(|(answer, whole)| answer.as_ref().is_ok_and(|a| a != *whole))?;
        let passes = !damage.sealed && check(&self.place).is_ok_and(|report| report.damaged.is_empty());
        passes.then(|| format!("compact made a good index of damage: {:?}\nnot {:?}", other.0, other.1))
    }

    fn restore(&self) {
        for (name, bytes) in read(&self.place) {
            if self.files.get(&name) != Some(&bytes) {
                let _ = fs::remove_file(self.place.join(&name));
            }
        }
        for (name, bytes) in &self.files {
            let path = self.place.join(name);
            if !path.exists() {
                fs::write(&path, bytes).unwrap();
            }
        }
    }
}

impl Default for Index {
    fn default() -> Index {
        Index::new()
    }
}

impl Drop for Index {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.place);
    }
}

/// The answers to all queries, and all articles at the end. What ids and stories are is in them; which folder, and what
/// an article is called in memory, is not.
fn answers(index: &Path) -> Vec<Result<String, Trouble>> {
    let opened = panic::catch_unwind(|| Local::open(index)).map_err(|_| Trouble::of_panic());
    let engine = match opened.and_then(|opened| opened.map_err(|_| Trouble::Told)) {
        Ok(engine) => engine,
        Err(trouble) => return vec![Err(trouble)],
    };
    let asked = |ask: &dyn Fn() -> search::Result<String>| {
        panic::catch_unwind(AssertUnwindSafe(ask))
            .map_err(|_| Trouble::of_panic())
            .and_then(|answer| answer.map_err(|_| Trouble::Told))
    };
    let mut out = Vec::new();
    let mut ids = Vec::new();
    for text in QUERIES {
        let request = Request { listing: Listing::All, snippets: 2, limit: 20, ..Request::new(*text, today()) };
        out.push(asked(&|| Ok(format!("{text}: {:?}", engine.search(&request)?))));
        if ids.is_empty() {
            let hits = panic::catch_unwind(AssertUnwindSafe(|| engine.search(&request)));
            ids = hits.map_or(Vec::new(), |hits| hits.map_or(Vec::new(), |hits| hits.body.hits));
        }
    }
    let all = Request::new("*", today());
    for facet in [Facet::People, Facet::Places, Facet::Orgs, Facet::About, Facet::Sites, Facet::Years] {
        out.push(asked(&|| Ok(format!("{facet:?}: {:?}", engine.facets(&all, facet)?))));
    }
    out.push(asked(&|| Ok(format!("overview: {:?}", engine.overview(&all, &[Facet::Kinds], Some(By::Month))?))));
    // How large the folder is may change.
    out.push(asked(&|| Ok(format!("stats: {:?}", Stats { bytes: 0, ..engine.stats()? }))));
    let mut ids: Vec<String> = ids.into_iter().map(|hit| hit.id).collect();
    ids.sort();
    for id in ids {
        out.push(asked(&|| Ok(format!("{TEXT}{}", engine.article(&id)?.body))));
        out.push(asked(&|| Ok(format!("article {:?}", engine.article(&id)?))));
        out.push(asked(&|| Ok(format!("copies of {id}: {:?}", engine.copies(&id, &all)?))));
    }
    out
}

/// Why there is no answer.
#[derive(Debug)]
enum Trouble {
    /// An error, or a panic of Tantivy's that the program reports.
    Told,
    /// A panic of our own code, and where.
    Ours(String),
}

impl Trouble {
    fn of_panic() -> Trouble {
        ours("").map_or(Trouble::Told, Trouble::Ours)
    }
}

/// The place of the last panic where it is in our code.
fn ours(when: &str) -> Option<String> {
    let last = PANICKED.lock().map(|last| last.clone()).unwrap_or_default();
    // Crates that are not ours lie in the registry, and the standard library below /rustc.
    let foreign = last.contains("/registry/") || last.starts_with("/rustc/") || last.contains("/library/");
    (!foreign).then(|| format!("{last} {when}"))
}

/// What is done to the files.
#[derive(Debug)]
struct Damage {
    file: String,
    bytes: Option<Vec<u8>>,
    /// The checksums are made to fit: a forged file. Its answers may be any, but the program must bear it.
    sealed: bool,
    compacts: bool,
}

impl Damage {
    /// Which file, what is done, where, and the bytes that come there. `None` where nothing changes.
    fn read(data: &[u8], index: &Index) -> Option<Damage> {
        let (head, rest) = data.split_first_chunk::<6>()?;
        let name = &index.names[usize::from(head[0]) % index.names.len()];
        let whole = &index.files[name];
        let at = u32::from_le_bytes([head[2], head[3], head[4], head[5]]) as usize % (whole.len() + 1);
        let (before, behind) = whole.split_at(at);
        let bytes = match head[1] % 8 {
            0..=3 => Some([before, rest, behind.get(rest.len()..).unwrap_or_default()].concat()),
            4 => Some(before.to_vec()),
            5 => Some([before, rest, behind].concat()),
            6 => Some([before, behind.get(rest.len()..).unwrap_or_default()].concat()),
            // Another file in its place, or none.
            _ => rest.first().map(|other| index.files[&index.names[usize::from(*other) % index.names.len()]].clone()),
        };
        let changed = bytes.as_ref() != Some(whole);
        let (sealed, compacts) = (head[1] & 0x10 != 0, head[1] & 0xE0 == 0xE0);
        changed.then(|| Damage { file: name.clone(), bytes, sealed, compacts })
    }

    fn done(&self, index: &Index) {
        let path = index.place.join(&self.file);
        // A mapped file must not be cut off under its reader; a removed one lives until it is unmapped.
        let _ = fs::remove_file(&path);
        let Some(bytes) = &self.bytes else { return };
        let mut bytes = bytes.clone();
        if self.sealed {
            seal(index, &self.file, &mut bytes);
        }
        fs::write(&path, bytes).unwrap();
    }
}

/// Makes the checksums fit: of `meta.json`, or of a derived file and of what the commit says of it.
fn seal(index: &Index, name: &str, bytes: &mut [u8]) {
    const DIGITS: std::ops::Range<usize> = 13..29;
    let meta = "meta.json";
    if name == meta {
        if bytes.len() > DIGITS.end + 2 {
            let rest = [b"{", &bytes[DIGITS.end + 2..]].concat();
            bytes[DIGITS].copy_from_slice(format!("{:016x}", sum_of_bytes(&rest)).as_bytes());
        }
    } else if !name.contains('.') && bytes.len() >= 8 {
        let (content, written) = bytes.split_at_mut(bytes.len() - 8);
        let numbers = || content.as_chunks::<8>().0.iter().map(|number| u64::from_le_bytes(*number));
        let made = sum(numbers().count(), numbers());
        written.copy_from_slice(&made.to_le_bytes());
        let whole = &index.files[name];
        let old = u64::from_le_bytes(*whole.last_chunk::<8>().unwrap());
        let mut text =
            String::from_utf8_lossy(&index.files[meta]).replace(&old.to_string(), &made.to_string()).into_bytes();
        seal(index, meta, &mut text);
        fs::remove_file(index.place.join(meta)).unwrap();
        fs::write(index.place.join(meta), text).unwrap();
    }
}

/// The checksum of derived files and of `meta.json`, as `src/index/digest.rs` has it.
fn sum(count: usize, numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(count as u64, |sum, number| (sum.rotate_left(23) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

fn sum_of_bytes(data: &[u8]) -> u64 {
    let (numbers, rest) = data.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    sum(data.len(), numbers.iter().chain([&last]).map(|bytes| u64::from_le_bytes(*bytes)))
}

fn write(folder: &Path, pages: &[(&str, &str, &str, &str)]) {
    fs::create_dir_all(folder).unwrap();
    for (name, url, day, body) in pages {
        let paragraphs = body.replace(". ", ".</p><p>");
        let page = format!(
            "<html><head><title>{}</title><link rel=canonical href=\"{url}\"><meta property=\"article:published_time\" \
             content=\"{day}T08:00:00Z\"></head><body><article><h1>{}</h1><p>{paragraphs}</p></article></body></html>",
            &name[..name.len() - 5],
            &name[..name.len() - 5],
        );
        fs::write(folder.join(name), page).unwrap();
        let file = fs::File::options().write(true).open(folder.join(name)).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000)).unwrap();
    }
}

fn read(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if let Ok(bytes) = fs::read(entry.path()) {
            files.insert(entry.file_name().to_string_lossy().into_owned(), bytes);
        }
    }
    files
}

/// What kind of file it is: the end of its name, or the beginning of that of a derived one.
fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or_else(|| name.split('-').next().unwrap_or(name), |(_, ending)| ending)
}

/// Ends the process with a message, for a fuzzer that takes an abort for a finding.
pub fn end(fault: &str) -> ! {
    eprintln!("{fault}");
    process::abort()
}
