//! Fits the table by which pages are told to be articles or not (`data/extract/kind.tsv`).
//!
//! A multinomial logistic regression over thresholded signs: articles against each sort of other pages, for what betrays a forum is
//! not what betrays a shop. A sign that can only speak for an article (or only against one) is held to that: 1,800 pages are too
//! few to learn it otherwise. Weights are kept small (ridge), what all sorts have in common and what is one sort's own
//! apart, and the figures are those of pages of sites that the fit did not see, beside those of the pages that it was made on.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use search::date::Date;
use search::extract;
use search::input::{self, Limits};
use serde_json::Value;

/// Sets of labelled pages, what they hold, and the weight of a page: those that many outlets share, or whose labels
/// say nothing of the kind, count less.
const SETS: [(&str, bool, f64); 7] = [
    ("wcxb_other", false, 4.0),
    ("wcxb_article", true, 2.5),
    ("fundus", true, 1.0),
    ("andy", true, 1.0),
    ("scrapinghub", true, 1.0),
    ("trafeval", true, 0.25),
    ("htmldate", true, 0.25),
];
/// Signs that can only speak for an article.
const FOR: &str = "ld_article ld_news ld_person og_article m_author m_section m_keywords d_text author author_ld t_words t_colon \
                   t_small t_quote t_heading c_post c_article u_at_blog u_news u_blog u_year u_hyphens u_words u_function u_title \
                   n_paragraphs r_paragraphs r_quotes e_one_article e_figure h_byline h_related h_share h_body h_bio w_he w_past \
                   l_press";
/// Signs that can only speak against one.
const AGAINST: &str = "ld_product ld_forum ld_list ld_service ld_software ld_course og_product m_price m_generator d_none c_page \
                       c_archive c_shop c_forum u_at_forum u_at_docs u_at_shop u_thread x_forum x_forum_two x_shop x_shop_three x_docs \
                       x_docs_two u_root u_shop u_forum u_docs u_version u_service u_list n_links n_entries n_prices \
                       n_codes r_entries r_linked r_headings e_form e_button e_times s_most s_share p_cart p_forum w_we w_you \
                       w_offer w_manual l_shop l_cart l_account l_forum l_service l_manual l_list";
/// Signs that few pages have and that leave little doubt: they may weigh more before the ridge holds them.
const STRONG: &str = "u_at_forum u_at_docs u_at_shop u_thread x_forum_two x_shop_three x_docs_two";
/// Parts that the values of a sign are cut into.
const CUTS: usize = 6;
/// Strength of the ridge on what the sorts have in common, and on what is one sort's own: the square of the weights costs half
/// of this, that of strong signs a sixth.
const RIDGES: [f64; 2] = [120.0, 16.0];
const ROUNDS: usize = 250;
const FOLDS: u64 = 10;
/// Where articles begin, as a probability: in between the cut that loses 3 % of articles and the one that lets in
/// 12 % of the others.
const CUT: f64 = 0.45;

/// Sorts of pages that are no articles, in the order of the table's columns.
const SORTS: [&str; 6] = ["service", "listing", "documentation", "forum", "product", "collection"];
/// One number for each of [`SORTS`].
type Row = [f64; SORTS.len()];

struct Example {
    signs: Vec<(&'static str, f32)>,
    set: usize,
    /// Place in [`SORTS`]; `None` for articles.
    sort: Option<usize>,
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
                let sort = SORTS.iter().position(|sort| row["kind"].as_str() == Some(sort)).filter(|_| !SETS[set].1);
                examples.push(Example { signs: extract::kind_features(&page, Date::MAX), set, sort, fold: fold(&row) });
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
const BARE: f64 = 0.3;

/// The signs of the same page as an old or plain one would show them: without declarations, names and address.
fn bare(signs: &[(&'static str, f32)]) -> Vec<(&'static str, f32)> {
    const DECLARED: [&str; 9] = ["ld_", "og_", "m_", "c_", "u_", "h_", "p_", "x_", "author_ld"];
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
    weights: Row,
}

struct Table {
    columns: Vec<Column>,
    bias: Row,
}

/// The unknowns of the fit: for each column what is common to all sorts and what is each one's own, and the biases.
#[derive(Clone)]
struct Unknowns {
    common: Vec<f64>,
    own: Vec<Row>,
    bias: Row,
}

impl Unknowns {
    fn zero(columns: usize) -> Unknowns {
        Unknowns { common: vec![0.0; columns], own: vec![Row::default(); columns], bias: Row::default() }
    }

    /// `self` and a step beyond it, away from `before`.
    fn ahead(&self, before: &Unknowns, pace: f64) -> Unknowns {
        let beyond = |new: &f64, old: &f64| new + pace * (new - old);
        let beyond_row = |new: &Row, old: &Row| std::array::from_fn(|at| beyond(&new[at], &old[at]));
        Unknowns {
            common: self.common.iter().zip(&before.common).map(|(new, old)| beyond(new, old)).collect(),
            own: self.own.iter().zip(&before.own).map(|(new, old)| beyond_row(new, old)).collect(),
            bias: beyond_row(&self.bias, &before.bias),
        }
    }
}

impl Table {
    fn fit(examples: &[&Example]) -> Table {
        let mut table = Table { columns: columns(examples), bias: Row::default() };
        let whole = examples.iter().map(|example| (table.holding(&example.signs), 1.0));
        let bare = examples.iter().map(|example| (table.holding(&bare(&example.signs)), BARE));
        let (rows, shares): (Vec<Vec<usize>>, Vec<f64>) = whole.chain(bare).unzip();
        let twice = || examples.iter().chain(examples);
        let weights: Vec<f64> = twice().zip(shares).map(|(example, share)| SETS[example.set].2 * share).collect();
        let sorts: Vec<Option<usize>> = twice().map(|example| example.sort).collect();
        let sides: Vec<f64> = table.columns.iter().map(|column| -side(column.name)).collect();
        let is_strong = |column: &Column| STRONG.split(' ').any(|name| name == column.name);
        let ease: Vec<f64> =
            table.columns.iter().map(|column| if is_strong(column) { 1.0 / 3.0 } else { 1.0 }).collect();
        // Accelerated projected gradient (Beck and Teboulle 2009), with the step that the largest eigenvalue allows.
        let steepest = eigenvalue(&rows, &weights, table.columns.len()) + RIDGES[0].max(RIDGES[1]);
        let mut now = Unknowns::zero(table.columns.len());
        let (mut ahead, mut pace) = (now.clone(), 1.0_f64);
        for _ in 0..ROUNDS {
            let slope = slope(&ahead, &rows, &weights, &sorts);
            let mut next = ahead.clone();
            let held = |weight: f64, side: f64| if weight * side < 0.0 { 0.0 } else { weight };
            for at in 0..table.columns.len() {
                let all: f64 = slope.own[at].iter().sum();
                let pull = all + RIDGES[0] * ease[at] * ahead.common[at];
                next.common[at] = held(ahead.common[at] - pull / steepest, sides[at]);
                for sort in 0..SORTS.len() {
                    let pull = slope.own[at][sort] + RIDGES[1] * ease[at] * ahead.own[at][sort];
                    next.own[at][sort] = held(ahead.own[at][sort] - pull / steepest, sides[at]);
                }
            }
            next.bias.iter_mut().zip(slope.bias).for_each(|(bias, slope)| *bias -= slope / (steepest / 4.0));
            let faster = (1.0 + (1.0 + 4.0 * pace * pace).sqrt()) / 2.0;
            ahead = next.ahead(&now, (pace - 1.0) / faster);
            (now, pace) = (next, faster);
        }
        table.bias = now.bias.map(|bias| bias + (CUT / (1.0 - CUT)).ln());
        for (column, (common, own)) in table.columns.iter_mut().zip(now.common.iter().zip(&now.own)) {
            column.weights = own.map(|own| own + common);
        }
        table
    }

    /// The columns that hold for a page.
    fn holding(&self, signs: &[(&'static str, f32)]) -> Vec<usize> {
        let holds = |column: &Column| signs.get(column.sign).is_some_and(|(_, value)| *value > column.above);
        self.columns.iter().enumerate().filter(|(_, column)| holds(column)).map(|(at, _)| at).collect()
    }

    /// At 0 and above it is an article.
    fn score(&self, signs: &[(&'static str, f32)]) -> f64 {
        let mut sums = self.bias;
        for at in self.holding(signs) {
            sums.iter_mut().zip(self.columns[at].weights).for_each(|(sum, weight)| *sum += weight);
        }
        -sums.iter().map(|sum| sum.exp()).sum::<f64>().ln()
    }

    fn print(&self) -> String {
        let mut out = format!(
            "# sign, threshold, weights: those of the signs above their threshold add up to the log-odds of each sort against an article:\n\
             # {}.\n# Made by `search-data kinds`; src/extract/METADATA.md tells how.\n",
            SORTS.join(", ")
        );
        let cells = |row: &Row| row.iter().map(|weight| format!("\t{weight:.3}")).collect::<String>();
        let _ = writeln!(out, "bias\t0{}", cells(&self.bias));
        for column in self.columns.iter().filter(|column| column.weights.iter().any(|weight| weight.abs() >= 0.005)) {
            let _ = writeln!(out, "{}\t{:.3}{}", column.name, column.above, cells(&column.weights));
        }
        out
    }
}

/// The slope of the loss without the ridge; that of what is common is the sum over the sorts.
fn slope(at: &Unknowns, rows: &[Vec<usize>], weights: &[f64], sorts: &[Option<usize>]) -> Unknowns {
    let whole: Vec<Row> = at.own.iter().zip(&at.common).map(|(own, common)| own.map(|own| own + common)).collect();
    let mut out = Unknowns::zero(whole.len());
    for ((row, weight), sort) in rows.iter().zip(weights).zip(sorts) {
        let mut sums = at.bias;
        for column in row {
            sums.iter_mut().zip(&whole[*column]).for_each(|(sum, weight)| *sum += weight);
        }
        let most = sums.iter().copied().fold(0.0, f64::max);
        let odds = sums.map(|sum| (sum - most).exp());
        let all = (-most).exp() + odds.iter().sum::<f64>();
        let mut pull = odds.map(|odds| weight * odds / all);
        if let Some(sort) = sort {
            pull[*sort] -= weight;
        }
        for column in row {
            out.own[*column].iter_mut().zip(pull).for_each(|(slope, pull)| *slope += pull);
        }
        out.bias.iter_mut().zip(pull).for_each(|(slope, pull)| *slope += pull);
    }
    out
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
            weights: Row::default(),
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
