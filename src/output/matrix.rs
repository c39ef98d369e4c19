//! Names against names: edges as JSON, CSV, lines and GraphML.

use std::io::{self, Write};

use quick_xml::escape::escape;
use serde::Serialize;

use super::{Sheet, json_line};
use crate::api::{Edge, Evidence, Matrix, VERSION, Window};
use crate::text::safe_line;

/// Which names stand together, with what was typed for each.
#[derive(Clone, Copy, Debug)]
pub struct MatrixView<'a> {
    /// The names, as many as there are nodes.
    pub names: &'a [String],
    /// Where two of them stand.
    pub window: Window,
    /// What was found.
    pub matrix: &'a Matrix,
}

/// An edge as a line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    v: u32,
    source: &'a str,
    target: &'a str,
    window: &'static str,
    articles: u64,
    stories: u64,
    times: u64,
    evidence: &'a [Evidence],
}

const COLUMNS: [&str; 9] =
    ["source", "target", "window", "articles", "stories", "times", "first", "citations", "sentence"];

impl MatrixView<'_> {
    /// Writes one JSON object an edge.
    pub fn json(self, out: &mut dyn Write) -> io::Result<()> {
        self.matrix.edges.iter().try_for_each(|edge| {
            let [source, target] = self.ends(edge);
            let Edge { articles, stories, times, ref evidence, .. } = *edge;
            let window = window_name(self.window);
            json_line(out, &Line { v: VERSION, source, target, window, articles, stories, times, evidence })
        })
    }

    /// Writes comma-separated values below a header line, a row an edge.
    pub fn csv(self, out: &mut dyn Write) -> io::Result<()> {
        let mut sheet = Sheet::new(out);
        sheet.row(COLUMNS)?;
        self.matrix.edges.iter().try_for_each(|edge| sheet.row(self.cells(edge)))?;
        sheet.end()
    }

    /// Writes the columns of the CSV with tabs between.
    pub fn lines(self, out: &mut dyn Write) -> io::Result<()> {
        self.matrix.edges.iter().try_for_each(|edge| {
            writeln!(out, "{}", self.cells(edge).map(|cell| safe_line(&cell).into_owned()).join("\t"))
        })
    }

    /// Writes a graph in GraphML: names and pairs with their counts, an undirected edge a pair, its weight the articles.
    pub fn graphml(self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
        let keys = [
            ("node", "label", "string"),
            ("node", "count", "long"),
            ("node", "spellings", "string"),
            ("edge", "weight", "double"),
        ];
        let columns = COLUMNS[2..].iter().map(|name| {
            let of = if ["articles", "stories", "times"].contains(name) { "long" } else { "string" };
            ("edge", *name, of)
        });
        for (of, name, kind) in keys.into_iter().chain(columns) {
            writeln!(out, "  <key id=\"{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
        }
        writeln!(out, "  <graph edgedefault=\"undirected\">")?;
        for (at, (name, node)) in self.names.iter().zip(&self.matrix.nodes).enumerate() {
            writeln!(out, "    <node id=\"n{at}\">")?;
            data(out, "label", name)?;
            data(out, "count", &node.articles.to_string())?;
            data(out, "spellings", &node.also.join("; "))?;
            writeln!(out, "    </node>")?;
        }
        for edge in &self.matrix.edges {
            writeln!(out, "    <edge source=\"n{}\" target=\"n{}\">", edge.source, edge.target)?;
            data(out, "weight", &edge.articles.to_string())?;
            let cells = self.cells(edge);
            COLUMNS.iter().zip(&cells).skip(2).try_for_each(|(name, cell)| data(out, name, cell))?;
            writeln!(out, "    </edge>")?;
        }
        writeln!(out, "  </graph>\n</graphml>")
    }

    fn ends(&self, edge: &Edge) -> [&str; 2] {
        [edge.source, edge.target].map(|at| self.names.get(at).map_or("", String::as_str))
    }

    fn cells(&self, edge: &Edge) -> [String; 9] {
        let [source, target] = self.ends(edge).map(str::to_owned);
        let first = edge.evidence.first();
        let cite = |one: &Evidence| format!("{}#{}-{}", one.id, one.start, one.end);
        [
            source,
            target,
            window_name(self.window).to_owned(),
            edge.articles.to_string(),
            edge.stories.to_string(),
            edge.times.to_string(),
            first.and_then(|first| first.date.clone()).unwrap_or_default(),
            edge.evidence.iter().map(cite).collect::<Vec<_>>().join(" "),
            first.map_or_else(String::new, |first| first.text.clone()),
        ]
    }
}

/// One value; what is empty is not there.
fn data(out: &mut dyn Write, key: &str, value: &str) -> io::Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    // Two characters that no XML may have are left by what makes text safe to print.
    let value = safe_line(value).replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}");
    writeln!(out, "      <data key=\"{key}\">{}</data>", escape(value.as_str()))
}

fn window_name(window: Window) -> &'static str {
    match window {
        Window::Sentence => "sentence",
        Window::Paragraph => "paragraph",
        Window::Article => "article",
    }
}
