//! `search-data`: makes the files under `data/` from their public sources. Not part of a build; run by hand when a
//! source is renewed. The README beside each group of files has the commands.
#![allow(clippy::print_stderr, clippy::print_stdout)]

mod areas;
mod draft;
mod examples;
mod gazetteer;
mod keys;
mod kinds;
mod names;
mod nouns;
mod sources;
mod tagger;
mod train;

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: search-data gazetteer SOURCES OUT
       search-data names DIR
       search-data train-tagger WEIGHTS TEXTS [MODEL...]
       search-data kinds BENCH TABLE
  SOURCES  directory that data/gazetteer/dump.py wrote
  OUT      data/gazetteer, which holds supplement.tsv and receives the tables
  DIR      data/names, which holds words.tsv and titles.tsv and receives the lexicon
  WEIGHTS  data/tagger, which holds mix.tsv and receives the weights of the models that are named, or all
  TEXTS    folder of the sets that mix.tsv names, one JSON object a line: text, lang, entities (type PER, LOC or ORG, start, end)
  BENCH    folder of the sets of labelled pages
  TABLE    data/extract/kind.tsv, which receives the weights";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let done = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["gazetteer", sources, out] => gazetteer::build(Path::new(sources), Path::new(out)),
        ["kinds", bench, table] => kinds::build(Path::new(bench), Path::new(table)),
        ["names", dir] => names::build(Path::new(dir)),
        ["train-tagger", dir, texts, ref models @ ..] => tagger::build(Path::new(dir), Path::new(texts), models),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}
