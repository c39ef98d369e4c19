//! The stages of indexing, each alone, over all pages.

use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use search::annotate::{self, Annotations, ArticleContext};
use search::date::Date;
use search::extract::{self, Article, Extractor};
use search::index::{self, Options};
use search::input::{self, Limits, WalkOptions};

use crate::clock::{Times, Who};
use crate::pages::Set;
use crate::table::Table;

/// Times of each stage over all pages.
pub(crate) struct Stages<'a> {
    set: &'a Set,
    articles: Vec<Article>,
    read: Times,
    parse: Times,
    extract: Times,
    annotate: Times,
    dates: Times,
    index: Times,
    /// Parse and extraction of each page, on the clock.
    pages: Vec<[Times; 2]>,
}

impl Stages<'_> {
    pub(crate) fn new(set: &Set) -> Stages<'_> {
        let articles = set.pages.iter().map(|page| extract::extract(page, Date::MAX)).collect();
        let [read, parse, extract, annotate, dates, index] = <[Times; 6]>::default();
        let pages = vec![Default::default(); set.pages.len()];
        Stages { set, articles, read, parse, extract, annotate, dates, index, pages }
    }

    /// Each stage once.
    pub(crate) fn round(&mut self) -> Result<(), Box<dyn Error>> {
        let set = self.set;
        self.read.add(Who::Us, || {
            for source in &set.sources {
                let _ = black_box(input::read(source, Limits::default()));
            }
        })?;
        self.parse.add(Who::Us, || {
            for (page, [times, _]) in set.pages.iter().zip(&mut self.pages) {
                times.clock(|| black_box(scraper::Html::parse_document(&page.text)));
            }
        })?;
        self.extract.add(Who::Us, || {
            let mut extractor = Extractor::default();
            for (page, [_, times]) in set.pages.iter().zip(&mut self.pages) {
                times.clock(|| black_box(extractor.extract(page, Date::MAX)));
            }
        })?;
        self.annotate.add(Who::Us, || {
            for article in &self.articles {
                black_box(annotations(article));
            }
        })?;
        self.dates.add(Who::Us, || {
            for article in &self.articles {
                let published = article.published.map(|dated| dated.stamp);
                black_box(annotate::dates::dates(&article.body, published, article.lang.as_deref()));
            }
        })?;
        let place = tempfile::tempdir()?;
        Ok(self.index.add(Who::Us, || run_index(set, place.path()))??)
    }

    /// A line for each stage; the floor is known to the table from here on.
    pub(crate) fn print(&self, table: &mut Table) -> Result<(), Box<dyn Error>> {
        table.floor(self.parse.median());
        table.stage("read and decode", self.read.median())?;
        table.stage("parse (the floor)", self.parse.median())?;
        table.stage("extract", self.extract.median())?;
        let mut ratios: Vec<f64> = self.pages.iter().map(|[parse, extract]| extract.over(parse)).collect();
        ratios.sort_by(f64::total_cmp);
        table.value("  the middle page", ratios.get(ratios.len() / 2).copied().unwrap_or_default(), "x its parse")?;
        let slowest = self.pages.iter().map(|[_, extract]| extract.median()).max().unwrap_or_default();
        table.value("  the slowest page", slowest.as_secs_f64() * 1e3, "ms")?;
        table.stage("annotate", self.annotate.median())?;
        let text = self.articles.iter().map(|article| article.body.len()).sum::<usize>() as f64 / 1e6;
        let rate = |time: Duration| text / time.as_secs_f64().max(1e-9);
        let (all, dates) = (self.annotate.median(), self.dates.median());
        table.value("  of article text", rate(all), &format!("MB/s ({text:.1} MB)"))?;
        table.value("  dates", rate(dates), "MB/s")?;
        table.value("  names", rate(all.saturating_sub(dates)), "MB/s, people, places and organisations together")?;
        table.stage("index, all of these", self.index.median())
    }
}

fn annotations(article: &Article) -> Annotations {
    let published = article.published.map(|dated| dated.stamp);
    annotate::annotate(
        &article.body,
        ArticleContext { title: &article.title, published, lang: article.lang.as_deref(), own: None },
    )
}

/// The whole run on one working thread: walk, read, extract, annotate, write, commit.
pub(crate) fn run_index(set: &Set, at: &Path) -> search::Result<()> {
    let options = Options {
        index: at.join("index"),
        paths: vec![set.folder.clone()],
        threads: 1,
        rebuild: false,
        shared: false,
        dry_run: false,
        walk: WalkOptions { ignore_files: true, follow: false, mapped: false },
        page_timeout: None,
        places: None,
        fields: search::input::Fields::usual(),
        prune: false,
        moved: None,
        limits: Limits::default(),
        today: Date::MAX,
        stop: &AtomicBool::new(false),
    };
    index::run(&options, &mut |_| {})?;
    Ok(())
}
