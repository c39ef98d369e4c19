//! Changes saved pages and makes new ones at random, and extracts them: no panic, no hang, no malformed body, no span
//! that is not one.

mod change;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, panic, process};

use change::{Random, page};
use search::annotate::{self, ArticleContext};
use search::date::Date;
use search::extract::{self, Article, Extractor};
use search::input::{self, Limits};

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
    let mut extractor = Extractor::default();
    while Instant::now() < end {
        let page = page(&seeds, &mut random);
        let thorough = random.below(16) == 0;
        let start = on_processor();
        let found = panic::catch_unwind(panic::AssertUnwindSafe(|| fault(&page, &mut extractor, thorough)));
        let took = on_processor().saturating_sub(start);
        slowest = slowest.max(took);
        let late = took > Duration::from_secs(1 + page.len() as u64 / 1_000_000);
        let fault = found.unwrap_or(Some("it panicked".to_owned()));
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

/// What is wrong with what the extractor makes of a page; `thorough`: also with its explanation, and with the mentions
/// that annotation finds in it.
fn fault(bytes: &[u8], extractor: &mut Extractor, thorough: bool) -> Option<String> {
    let page = input::read_bytes(bytes.to_vec(), Path::new("page.html"), Limits::default()).ok()?;
    let article = extractor.extract(&page, Date::MAX);
    malformed(&article).map(str::to_owned).or_else(|| {
        if !thorough {
            return None;
        }
        let (explained, why) = extract::explain(&page, Date::MAX);
        if explained != article || why.blocks.iter().any(|block| block.numbers.len() != why.features.len()) {
            return Some("the explanation is of another article".to_owned());
        }
        misplaced(&article)
    })
}

/// What no article may be.
fn malformed(article: &Article) -> Option<&'static str> {
    let body = &article.body;
    let lines = [Some(&article.title), article.lead.as_ref(), article.section.as_ref()];
    match () {
        () if !body.is_empty() && body.split("\n\n").any(|part| part.trim().is_empty()) => Some("an empty paragraph"),
        () if body.trim() != body => Some("white space at an end of the body"),
        () if body.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) => {
            Some("a control character in the body")
        }
        () if search::text::nfc(body) != body.as_str() => Some("the body is not NFC"),
        () if lines.into_iter().flatten().any(|line| line.contains(['\n', '\r'])) => Some("a field of two lines"),
        () if article.byline.iter().any(|name| name.trim().is_empty()) => Some("a byline without a name"),
        () => None,
    }
}

/// A mention whose span is none of the body.
fn misplaced(article: &Article) -> Option<String> {
    let published = article.published.map(|dated| dated.stamp);
    let context = ArticleContext { title: &article.title, published, lang: article.lang.as_deref(), own: None };
    let found = annotate::annotate(&article.body, context);
    let spans = found.mentions.iter().map(|mention| mention.span);
    let wrong = spans.into_iter().find(|span| article.body.get(span.range()).is_none_or(str::is_empty))?;
    Some(format!("the span {wrong:?} is none of the body"))
}

/// The files below a folder, without those that a short run would spend its time on.
fn seeds(folder: &Path) -> Vec<Vec<u8>> {
    let (mut folders, mut files): (Vec<PathBuf>, Vec<PathBuf>) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let pages = files.into_iter().filter_map(|file| fs::read(file).ok());
    pages.filter(|bytes| (1..=64_000).contains(&bytes.len())).collect()
}
