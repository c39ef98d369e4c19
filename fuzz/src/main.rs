//! Changes saved pages at random and extracts them: no panic, no hang, no malformed body.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, panic, process};

use search::extract;
use search::input::{self, Limits};

/// What is put into pages: pieces that the rules and the parser treat in their own ways.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<br>",
    "<br><br>",
    "<div class=\"article-body\">",
    "</div>",
    "<div class=related>",
    "<table><tr><td>",
    "</table>",
    "<ul><li>",
    "<pre>",
    "</pre>",
    "<a href=/x>",
    "</a>",
    "<h1>",
    "<h2>",
    "</h2>",
    "<article>",
    "</article>",
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"",
    "\"}</script>",
    "<!--",
    "-->",
    "<time datetime=\"2020-11-10T25:61\">",
    "<meta property=og:title content=\"",
    "<meta charset=utf-16>",
    "<svg>",
    "<template>",
    "itemprop=articleBody",
    "class=\"byline author\"",
    "style=\"display:none\"",
    "&amp;",
    "&#x0;",
    "&#55296;",
    "\u{0}",
    "\u{301}",
    "\u{5d0}\u{202e}",
    "\u{65e5}\u{672c}",
    "\u{1f600}",
    "\u{e9}",
    "\r\n",
    "\u{ad}",
    "2020-11-10",
    "10/11/2020",
    "By Jo Berg",
    "Read more: ",
    "cookies",
    "<html lang=",
    "<form>",
    "<select>",
    "<textarea>",
    "<title>",
    "<b><i><b>",
    "</b>",
    "<![CDATA[",
];

fn main() {
    let mut args = env::args().skip(1);
    let seeds = seeds(Path::new(&args.next().unwrap_or("../corpus".to_owned())));
    let seconds = args.next().and_then(|text| text.parse().ok()).unwrap_or(60);
    let mut random = Random(args.next().and_then(|text| text.parse().ok()).unwrap_or(1));
    if seeds.is_empty() {
        eprintln!("no pages to begin with");
        process::exit(2);
    }
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut runs, mut bytes, mut slowest) = (0_u64, 0, Duration::ZERO);
    while Instant::now() < end {
        let page = changed(&seeds, &mut random);
        let start = on_processor();
        let fault = panic::catch_unwind(|| fault(&page)).unwrap_or(Some("it panicked".to_owned()));
        let took = on_processor().saturating_sub(start);
        slowest = slowest.max(took);
        let late = took > Duration::from_secs(1 + page.len() as u64 / 1_000_000);
        if let Some(fault) = fault.or(late.then(|| format!("it took {took:?}"))) {
            fs::write("failed.html", &page).unwrap();
            eprintln!("run {runs}: {fault}; the page is in failed.html");
            process::exit(1);
        }
        runs += 1;
        bytes += page.len();
    }
    println!("{runs} pages, {} MB, slowest {slowest:?}: no fault", bytes / 1_000_000);
}

/// Time that this thread has been on the processor: a busy machine makes no page slow. Zero where the system has no
/// such file.
fn on_processor() -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0))
}

/// What is wrong with what the extractor makes of a page.
fn fault(bytes: &[u8]) -> Option<String> {
    let page = input::read_bytes(bytes.to_vec(), Path::new("page.html"), Limits::default()).ok()?;
    let article = extract::extract(&page);
    let paragraphs = || article.body.split("\n\n");
    if !article.body.is_empty() && paragraphs().any(|paragraph| paragraph.trim().is_empty()) {
        return Some("the body has an empty paragraph".to_owned());
    }
    if search::text::nfc(&article.body) != article.body.as_str() {
        return Some("the body is not NFC".to_owned());
    }
    let (explained, why) = extract::explain(&page);
    if explained != article || why.blocks.iter().any(|block| block.numbers.len() != why.features.len()) {
        return Some("the explanation is of another article".to_owned());
    }
    None
}

/// The files below a folder.
fn seeds(folder: &Path) -> Vec<Vec<u8>> {
    let (mut folders, mut files): (Vec<PathBuf>, Vec<PathBuf>) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files.into_iter().filter_map(|file| fs::read(file).ok()).filter(|bytes| !bytes.is_empty()).collect()
}

/// A seed with some changes.
fn changed(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut page = seeds[random.below(seeds.len())].clone();
    for _ in 0..1 + random.below(12) {
        let (from, to) = (random.below(page.len() + 1), random.below(page.len() + 1));
        let (from, to) = (from.min(to), from.max(to));
        match random.below(7) {
            0 => drop(page.drain(from..to.min(from + 200))),
            1 => drop(page.drain(from..to)),
            2 => {
                let piece = page[from..to.min(from + 4_000)].to_vec();
                page.splice(from..from, piece.repeat(1 + random.below(30)));
            }
            3 => {
                let other = &seeds[random.below(seeds.len())];
                let start = random.below(other.len());
                page.splice(from..from, other[start..].iter().take(5_000).copied());
            }
            4 => {
                let piece = PIECES[random.below(PIECES.len())].as_bytes();
                let times = if random.below(20) == 0 { random.below(20_000) } else { 1 };
                page.splice(from..from, piece.repeat(times));
            }
            5 => {
                if let Some(byte) = page.get_mut(from) {
                    *byte = random.next() as u8;
                }
            }
            _ => {
                let piece = PIECES[random.below(PIECES.len())].as_bytes();
                page.splice(from..to.min(from + piece.len()), piece.iter().copied());
            }
        }
        page.truncate(3_000_000);
    }
    page
}

/// xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled", 2016.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11
    }

    /// 0 to `most` - 1; 0 where `most` is 0.
    fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }
}
