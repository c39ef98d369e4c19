//! Random queries: the parser reads its own canonical form back; what is planned runs, and counts are the lengths of
//! lists.
//!
//! ```text
//! query parse [SECONDS [SEED]]
//! query plan FOLDER [SECONDS [SEED]]     over an index made of the pages in FOLDER
//! ```

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use std::{env, fs, panic, process};

use search::api::{Answer, Engine, Hits, Listing, Request, Sort};
use search::date::Date;
use search::engine::Local;
use search::index::{self, Options};
use search::input::Limits;
use search::query;

/// Pieces that the language treats in its own ways.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "AND", "OR", "NOT", "&&", "||", "(", ")", "((", "))", "-", "--", "\"", "“", "”", "«", "»", "「", "」", "w/5", "w/s",
    "w/p", "pre/3", "near/2", "NEAR", "w/0", "w/99999999999", "adj/1", "atleast3(", "atleast0(", "hlead(", "caps(",
    "first50(", "first0(", "=", "*", "?", "~", "~1", "~2", "~9", "a*", "*a", "*e*", "s?e", "*", "**", "??", "title:",
    "body:", "by:", "site:", "section:", "lang:en", "kind:stub", "kind:nothing", "words:>300", "words:5..2", "words:",
    "date:", "date:2020", "date:2019..2021", "date:..2020-11", "date:none", "date:last week", "date:\"last week\"",
    "date:monday..", "captured:2020", "captured:none", "about:", "about:2020-12-01", "about~:1992", "about:none",
    "place:", "place:Lachin", "place:\"New York\"", "person:", "person:Aliyev", "person:=Aliyev", "org:", "dateline:",
    "dateline:Baku", "near:\"Lachin,50km\"", "has:correction", "the", "of", "and", "in", "who", "US", "IT", "to",
    "COVID-19", "U.S.", "10:30", "a/b", "http://example.com/x?y=z", "l'été", "D'Souza", "Əliyev", "Алиев", "北京",
    "東京都", "صدام", "שלום", "צה\"ל", "e\u{301}", "\u{301}", "\u{200f}", "\u{ad}", "\u{0}", "\u{feff}", "ﬁ", "ß", "İ",
    "ǅ", "🙂", "\n", "\t", "\u{a0}", "\u{3000}", "…", "–", "'", "’", "`", ":", "::", "x:", ":x", ",", ".", ";", "%",
    "\\", "{", "}", "[", "]", "<", ">", "^", "$", "!", "#", "@", "+", "_", "0", "1", "2020", "19", "november",
    "today", "monday", "1990s", "2020-Q4",
];

/// Pieces of one query at most.
const MOST: usize = 40;
/// Processor time of one query at most, and more for each thousand bytes.
const SLOW: Duration = Duration::from_secs(1);
/// Memory of the process at most, in bytes.
const LARGE: u64 = 2 << 30;

fn main() {
    let mut args = env::args().skip(1);
    let target = args.next().unwrap_or_default();
    let folder = if target == "plan" { args.next().map(PathBuf::from) } else { None };
    let seconds = args.next().and_then(|text| text.parse().ok()).unwrap_or(60);
    let mut random = Random(args.next().and_then(|text| text.parse().ok()).unwrap_or(1));
    let open = folder.map(|folder| Open::new(&folder));
    if open.is_none() && target != "parse" {
        eprintln!("query parse [SECONDS [SEED]] or query plan FOLDER [SECONDS [SEED]]");
        process::exit(2);
    }
    let words = open.as_ref().map_or(Vec::new(), |open| open.words.clone());
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut runs, mut slowest, mut last) = (0_u64, (Duration::ZERO, String::new()), "Lachin medal".to_owned());
    while Instant::now() < end {
        let text = made(&mut random, &words, &last);
        let start = on_processor();
        let check = || match &open {
            None => parsed(&text),
            Some(open) => open.searched(&text, &mut random),
        };
        let fault = panic::catch_unwind(panic::AssertUnwindSafe(check)).unwrap_or(Some("it panicked".to_owned()));
        let took = on_processor().saturating_sub(start);
        let late = took > SLOW * (1 + text.len() as u32 / 1_000);
        let fault = fault.or(late.then(|| format!("it took {took:?}")));
        let fault = fault.or((peak() > LARGE).then(|| format!("memory went up to {} MB", peak() >> 20)));
        if let Some(fault) = fault {
            fs::write("failed.txt", &text).unwrap();
            eprintln!("run {runs}: {fault}; the query is in failed.txt: {text:?}");
            process::exit(1);
        }
        if took > slowest.0 {
            slowest = (took, text.chars().take(200).collect());
        }
        runs += 1;
        last = text;
    }
    let (took, text) = slowest;
    println!("{runs} queries, slowest {took:?}, at most {} MB: no fault; the slowest: {text:?}", peak() >> 20);
}

/// What is wrong with how `text` is read.
fn parsed(text: &str) -> Option<String> {
    let query = query::parse(text, today());
    let printed = query.to_string();
    let again = query::parse(&printed, today());
    // What goes beyond a limit is cut, and a canonical form, which may be longer, may be cut where the query was not.
    let limited = |query: &query::Query| {
        let cut = ["more than ", "too long", "too deeply"];
        query.notes.iter().any(|note| cut.iter().any(|words| note.message.contains(words)))
    };
    if limited(&query) || limited(&again) {
        return None;
    }
    if !again.asks_as(&query) {
        return Some(format!("{printed:?} reads back as {:?}", again.to_string()));
    }
    if let Some(note) = again.notes.first() {
        return Some(format!("the canonical form {printed:?} gives a note: {}", note.message));
    }
    let inside = |span: search::text::Span| query.text.get(span.start as usize..span.end as usize).is_some();
    let messages: BTreeSet<&str> = query.notes.iter().map(|note| note.message.as_str()).collect();
    if !query.notes.iter().all(|note| inside(note.span)) || messages.len() < query.notes.len() {
        return Some("a note is said twice or stands nowhere".to_owned());
    }
    None
}

/// An index of a folder, and the words of its pages.
struct Open {
    engine: Local,
    words: Vec<String>,
    /// Removed at the end, but for a fault.
    place: PathBuf,
}

impl Drop for Open {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.place);
    }
}

impl Open {
    fn new(folder: &Path) -> Open {
        let place = env::temp_dir().join(format!("search-fuzz-{}", process::id()));
        let stop = AtomicBool::new(false);
        let options = Options {
            index: place.clone(),
            paths: vec![folder.to_owned()],
            threads: 1,
            rebuild: false,
            shared: false,
            dry_run: false,
            walk: search::input::WalkOptions { ignore_files: true, follow: false },
            page_timeout: None,
            prune: false,
            places: None,
            limits: Limits::default(),
            today: today(),
            stop: &stop,
        };
        index::run(&options, &mut |_| {}).unwrap();
        let engine = Local::open(&place).unwrap();
        let mut request = Request::new("*", today());
        (request.limit, request.snippets) = (200, 0);
        let mut words = BTreeSet::new();
        for hit in engine.search(&request).unwrap().body.hits {
            words.extend(engine.article(&hit.id).unwrap().body.split_whitespace().map(str::to_owned));
        }
        Open { engine, words: words.into_iter().collect(), place }
    }

    /// What is wrong with the answers to `text`.
    fn searched(&self, text: &str, random: &mut Random) -> Option<String> {
        let mut request = Request::new(text, today());
        request.sort = [Sort::Score, Sort::Date, Sort::DateDown, Sort::Site, Sort::Words][random.below(5)];
        request.versions = random.below(4) == 0;
        request.group = random.below(2) == 0;
        request.explain = random.below(4) == 0;
        request.snippets = random.below(4);
        let mut totals = Vec::new();
        for listing in [Listing::All, Listing::Any] {
            request.listing = listing;
            let count = self.engine.count(&request).unwrap();
            let all = self.engine.search(&Request { limit: 0, snippets: 0, ..request.clone() }).unwrap();
            let (counted, listed) = ((count.total, count.stories), (all.total, all.stories));
            if counted != listed || all.stories != all.body.hits.len() as u64 {
                return Some(format!("{listing:?}: count {counted:?}, list {} of {listed:?}", all.body.hits.len()));
            }
            if count.reading != all.reading {
                return Some("counting reads it otherwise than listing".to_owned());
            }
            let page = Request { limit: 1 + random.below(5), offset: random.below(8), ..request.clone() };
            let part = self.engine.search(&page).unwrap();
            let ids = |answer: &Answer<Hits>| answer.body.hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>();
            let expected: Vec<String> = ids(&all).into_iter().skip(page.offset).take(page.limit).collect();
            if ids(&part) != expected {
                return Some(format!("{listing:?}: from {} on {:?}, not {expected:?}", page.offset, ids(&part)));
            }
            if let Some(fault) = part.body.hits.iter().find_map(|hit| snippets(hit)) {
                return Some(fault);
            }
            totals.push(all.total);
        }
        if totals[0] > totals[1] {
            return Some(format!("{} articles hold all words and {} any", totals[0], totals[1]));
        }
        request.listing = Listing::Fill;
        let filled = self.engine.search(&request).unwrap();
        let marked = filled.body.hits.iter().filter(|hit| hit.missing.is_empty()).count() as u64;
        if filled.total != totals[0] || marked > filled.total {
            return Some(format!("filled up: {marked} full hits of {}, not of {}", filled.total, totals[0]));
        }
        None
    }
}

/// What is wrong with the snippets of a hit.
fn snippets(hit: &search::api::Hit) -> Option<String> {
    for snippet in &hit.snippets {
        let whole = snippet.text.len() as u32 == snippet.end - snippet.start;
        let at = |offset: u32| offset.checked_sub(snippet.start).map(|at| at as usize);
        let inside = |mark: &[u32; 2]| {
            at(mark[0])
                .zip(at(mark[1]))
                .is_some_and(|(start, end)| start < end && snippet.text.get(start..end).is_some())
        };
        let sorted = snippet.marks.windows(2).all(|two| two[0][1] <= two[1][0]);
        if !whole || !sorted || !snippet.marks.iter().all(inside) {
            return Some(format!("a snippet with marks elsewhere: {snippet:?}"));
        }
    }
    None
}

/// A query of pieces and words; or the last one with a change.
fn made(random: &mut Random, words: &[String], last: &str) -> String {
    let mut out = String::new();
    let most = if random.below(4) == 0 { MOST } else { 8 };
    for _ in 0..1 + random.below(most) {
        match random.below(12) {
            0 => out.push_str(&"ab \u{e9}\"(".repeat(1 + random.below(4))),
            1..=5 if !words.is_empty() => {
                let word: Vec<char> = words[random.below(words.len())].chars().collect();
                let at = random.below(word.len().max(1));
                // One in five with a letter left open, wrong or missing.
                let change = ["*", "?", "", "~"].get(random.below(20));
                match change {
                    Some(change) => {
                        out.extend(&word[..at]);
                        out.push_str(change);
                        out.extend(&word[(at + 1).min(word.len())..]);
                    }
                    None => out.extend(&word),
                }
            }
            _ => out.push_str(PIECES[random.below(PIECES.len())]),
        }
        if random.below(3) > 0 {
            out.push(' ');
        }
    }
    match random.below(40) {
        0 => out = out.repeat(1 + random.below(200)),
        1..=8 => {
            let cut = |text: &str, at: usize| {
                let mut at = at.min(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let (from, to) = (random.below(last.len() + 1), random.below(out.len() + 1));
            out = format!("{}{}", &last[..cut(last, from)], &out[cut(&out, to)..]);
        }
        _ => {}
    }
    let mut end = out.len().min(20_000);
    while !out.is_char_boundary(end) {
        end -= 1;
    }
    out.truncate(end);
    out
}

fn today() -> Date {
    Date::new(2026, 11, 22).unwrap()
}

/// Time that this thread has been on the processor; zero where the system has no such file.
fn on_processor() -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0))
}

/// The most memory that the process has had, in bytes; zero where the system has no such file.
fn peak() -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) << 10
}

/// xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled", 2016.
struct Random(u64);

impl Random {
    /// 0 to `most` - 1; 0 where `most` is 0.
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) as usize % most.max(1)
    }
}
