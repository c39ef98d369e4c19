//! Fits the table by which pages are told to be articles or not (`src/extract/kind.tsv`).
//!
//! A logistic regression over thresholded signs, where a sign that can only speak for an article (or only against
//! one) is held to that: 1,800 pages are too few to learn it otherwise. Weights are kept small (ridge), and the
//! figures are those of pages of sites that the fit did not see, beside those of the pages that it was made on.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use search::extract;
use search::input::{self, Limits};
use serde_json::Value;

/// Sets of labelled pages, what they hold, and the weight of a page: those that many outlets share, or whose labels
/// say nothing of the kind, count less.
const SETS: [(&str, bool, f64); 7] = [
    ("wcxb_other", false, 3.0),
    ("wcxb_article", true, 1.5),
    ("fundus", true, 1.0),
    ("andy", true, 1.0),
    ("scrapinghub", true, 1.0),
    ("trafeval", true, 0.25),
    ("htmldate", true, 0.25),
];
/// Signs that can only speak for an article.
const FOR: &str = "ld_article ld_news ld_person og_article m_author m_section m_keywords d_text author author_ld t_words t_colon \
                   t_small t_quote t_heading c_post c_article u_news u_blog u_year u_hyphens u_words u_function u_title \
                   n_paragraphs r_paragraphs r_quotes e_one_article e_figure h_byline h_related h_share h_body h_bio w_he w_past \
                   l_press";
/// Signs that can only speak against one.
const AGAINST: &str = "ld_product ld_forum ld_list ld_service ld_software ld_course og_product m_price m_generator d_none c_page \
                       c_archive c_shop c_forum u_root u_shop u_forum u_docs u_version u_service u_list n_links n_entries n_prices \
                       n_codes r_entries r_linked r_headings e_form e_button e_times s_most s_share p_cart p_forum w_we w_you \
                       w_offer w_manual l_shop l_cart l_account l_forum l_service l_manual l_list";
/// Parts that the values of a sign are cut into.
const CUTS: usize = 6;
/// Strength of the ridge: the square of the weights costs half of this.
const RIDGE: f64 = 15.0;
const ROUNDS: usize = 400;
const FOLDS: u64 = 10;
/// Where articles begin, as a probability: in between the cut that loses 3 % of articles and the one that lets in
/// 12 % of the others.
const CUT: f64 = 0.35;

struct Example {
    signs: Vec<(&'static str, f32)>,
    set: usize,
    fold: u64,
}

/// Fits on the sets in `bench`, writes the table to `out`, and returns the figures.
pub(crate) fn build(bench: &Path, out: &Path) -> Result<String, String> {
    let mut examples = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (set, (name, ..)) in SETS.iter().enumerate() {
        let folder = bench.join(name);
        let gold = std::fs::read_to_string(folder.join("gold.jsonl")).map_err(|error| format!("{name}: {error}"))?;
        for line in gold.lines().filter(|line| !line.is_empty()) {
            let row: Value = serde_json::from_str(line).map_err(|error| format!("{name}: {error}"))?;
            let file = folder.join(row["html"].as_str().unwrap_or_default());
            let file: PathBuf = file.canonicalize().map_err(|error| format!("{}: {error}", file.display()))?;
            if seen.insert(file.clone()) {
                let page = input::read_file(&file, Limits::default()).map_err(|error| error.to_string())?;
                examples.push(Example { signs: extract::signs(&page), set, fold: fold(&row) });
            }
        }
    }
    let all: Vec<&Example> = examples.iter().collect();
    let fitted = Table::fit(&all);
    let mut crossed = vec![0.0; examples.len()];
    for held in 0..FOLDS {
        let rest: Vec<&Example> = examples.iter().filter(|example| example.fold != held).collect();
        let table = Table::fit(&rest);
        for (example, score) in examples.iter().zip(&mut crossed).filter(|(example, _)| example.fold == held) {
            *score = table.score(&example.signs);
        }
    }
    let own: Vec<f64> = examples.iter().map(|example| fitted.score(&example.signs)).collect();
    std::fs::write(out, fitted.print()).map_err(|error| format!("{}: {error}", out.display()))?;
    Ok(report(&examples, &own, &crossed))
}

/// The fold of a row: that of its site, so that no site is on both sides.
fn fold(row: &Value) -> u64 {
    let url = row["url"].as_str().and_then(|url| url::Url::parse(url).ok());
    let host = url.as_ref().and_then(url::Url::host_str).map(str::to_owned);
    let site = host.as_deref().map(|host| psl::domain_str(host).unwrap_or(host).to_owned());
    let mut hasher = DefaultHasher::new();
    site.unwrap_or_else(|| row["id"].to_string()).hash(&mut hasher);
    hasher.finish() % FOLDS
}

/// Weight of a page without its declarations, beside that of the whole page.
const BARE: f64 = 0.6;

/// The signs of the same page as an old or plain one would show them: without declarations, names and address.
fn bare(signs: &[(&'static str, f32)]) -> Vec<(&'static str, f32)> {
    const DECLARED: [&str; 8] = ["ld_", "og_", "m_", "c_", "u_", "h_", "p_", "author_ld"];
    const TAGS: [&str; 8] =
        ["e_article", "e_one_article", "e_section", "e_figure", "e_time", "e_times", "e_nav", "e_button"];
    let is_bare = |name: &str| DECLARED.iter().any(|start| name.starts_with(start)) || TAGS.contains(&name);
    signs.iter().map(|(name, value)| (*name, if is_bare(name) { 0.0 } else { *value })).collect()
}

/// One column of the regression: a sign above a threshold.
struct Column {
    sign: usize,
    name: &'static str,
    above: f32,
    weight: f64,
}

struct Table {
    columns: Vec<Column>,
    bias: f64,
}

impl Table {
    fn fit(examples: &[&Example]) -> Table {
        let mut table = Table { columns: columns(examples), bias: 0.0 };
        let whole = examples.iter().map(|example| (table.holding(&example.signs), 1.0));
        let bare = examples.iter().map(|example| (table.holding(&bare(&example.signs)), BARE));
        let (rows, shares): (Vec<Vec<usize>>, Vec<f64>) = whole.chain(bare).unzip();
        let twice = || examples.iter().chain(examples);
        let weights: Vec<f64> = twice().zip(shares).map(|(example, share)| SETS[example.set].2 * share).collect();
        let targets: Vec<f64> = twice().map(|e| if SETS[e.set].1 { 1.0 } else { -1.0 }).collect();
        let sides: Vec<f64> = table.columns.iter().map(|column| side(column.name)).collect();
        // Accelerated projected gradient (Beck and Teboulle 2009), with the step that the largest eigenvalue allows.
        let step = 1.0 / (0.25 * eigenvalue(&rows, &weights, table.columns.len()) + RIDGE);
        let size = table.columns.len() + 1;
        let (mut now, mut ahead, mut pace) = (vec![0.0; size], vec![0.0; size], 1.0_f64);
        for _ in 0..ROUNDS {
            let mut gradient: Vec<f64> = ahead.iter().map(|weight| weight * RIDGE).collect();
            gradient[size - 1] = 0.0;
            for ((row, weight), target) in rows.iter().zip(&weights).zip(&targets) {
                let score: f64 = ahead[size - 1] + row.iter().map(|at| ahead[*at]).sum::<f64>();
                let pull = -weight * target / (1.0 + (target * score).exp());
                row.iter().for_each(|at| gradient[*at] += pull);
                gradient[size - 1] += pull;
            }
            let mut next: Vec<f64> = ahead.iter().zip(&gradient).map(|(at, slope)| at - step * slope).collect();
            for (weight, side) in next.iter_mut().zip(&sides) {
                *weight = if *weight * side < 0.0 { 0.0 } else { *weight };
            }
            let faster = (1.0 + (1.0 + 4.0 * pace * pace).sqrt()) / 2.0;
            ahead = next.iter().zip(&now).map(|(new, old)| new + (pace - 1.0) / faster * (new - old)).collect();
            (now, pace) = (next, faster);
        }
        table.bias = now[size - 1] - (CUT / (1.0 - CUT)).ln();
        table.columns.iter_mut().zip(now).for_each(|(column, weight)| column.weight = weight);
        table
    }

    /// The columns that hold for a page.
    fn holding(&self, signs: &[(&'static str, f32)]) -> Vec<usize> {
        let holds = |column: &Column| signs.get(column.sign).is_some_and(|(_, value)| *value > column.above);
        self.columns.iter().enumerate().filter(|(_, column)| holds(column)).map(|(at, _)| at).collect()
    }

    /// At 0 and above it is an article.
    fn score(&self, signs: &[(&'static str, f32)]) -> f64 {
        self.bias + self.holding(signs).iter().map(|at| self.columns[*at].weight).sum::<f64>()
    }

    fn print(&self) -> String {
        let mut out = String::from(
            "# sign, threshold, weight: the weights of the signs above their threshold add up to the log-odds for an article.\n\
             # Made by `search-data kinds`; src/extract/METADATA.md tells how.\n",
        );
        let _ = writeln!(out, "bias\t0\t{:.3}", self.bias);
        for column in self.columns.iter().filter(|column| column.weight.abs() >= 0.005) {
            let _ = writeln!(out, "{}\t{:.3}\t{:.3}", column.name, column.above, column.weight);
        }
        out
    }
}

/// The thresholds of each sign: between its two values, else its quantiles.
fn columns(examples: &[&Example]) -> Vec<Column> {
    let signs = examples.first().map_or(0, |example| example.signs.len());
    let mut out = Vec::new();
    for sign in 0..signs {
        let mut values: Vec<f32> = examples.iter().map(|example| example.signs[sign].1).collect();
        values.sort_by(f32::total_cmp);
        let (least, most) = (values[0], values[values.len() - 1]);
        let is_question = values.iter().all(|value| *value == least || *value == most);
        let mut cuts: Vec<f32> = (1..CUTS).map(|part| values[values.len() * part / CUTS]).collect();
        cuts.dedup();
        let cuts = if is_question { vec![least] } else { cuts };
        // Rounded as it is printed, so that the table scores as the fit did.
        let round = |cut: f32| (cut * 1000.0).round() / 1000.0;
        let name = examples[0].signs[sign].0;
        out.extend(cuts.into_iter().filter(|cut| *cut < most).map(|cut| Column {
            sign,
            name,
            above: round(cut),
            weight: 0.0,
        }));
    }
    out
}

fn side(name: &str) -> f64 {
    let is_in = |list: &str| list.split(' ').any(|word| word == name);
    f64::from(i8::from(is_in(FOR)) - i8::from(is_in(AGAINST)))
}

/// The largest eigenvalue of the weighted Gram matrix, by power iteration, a tenth more for safety.
fn eigenvalue(rows: &[Vec<usize>], weights: &[f64], size: usize) -> f64 {
    let mut vector = vec![1.0; size];
    let mut value = 1.0;
    for _ in 0..40 {
        let mut next = vec![0.0; size];
        for (row, weight) in rows.iter().zip(weights) {
            let dot: f64 = row.iter().map(|at| vector[*at]).sum::<f64>() * weight;
            row.iter().for_each(|at| next[*at] += dot);
        }
        value = next.iter().map(|part| part * part).sum::<f64>().sqrt();
        vector = next.into_iter().map(|part| part / value).collect();
    }
    value * 1.1
}

/// Share of each set that is called an article, on the pages of the fit and on unseen sites.
fn report(examples: &[Example], own: &[f64], crossed: &[f64]) -> String {
    let mut out = format!("{:14} {:>6} {:>8} {:>8}\n", "set", "pages", "fitted", "crossed");
    for (set, (name, ..)) in SETS.iter().enumerate() {
        let share = |scores: &[f64]| {
            let of = examples.iter().zip(scores).filter(|(example, _)| example.set == set);
            let (all, passed) =
                of.fold((0, 0), |(all, passed), (_, score)| (all + 1, passed + i32::from(*score >= 0.0)));
            (all, f64::from(passed) / f64::from(all.max(1)))
        };
        let (pages, fitted) = share(own);
        let _ = writeln!(out, "{name:14} {pages:>6} {fitted:>8.3} {:>8.3}", share(crossed).1);
    }
    out
}
