//! Pages made for the bench, in the markup of a large news site.

use std::fmt::Write;
use std::ops::Range;

/// Pages without end, each another one, the same on every run.
pub(crate) fn pages() -> impl Iterator<Item = String> {
    let mut random = Random(7);
    (0..).map(move |number| page(&mut random, number))
}

/// A xorshift generator.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn within(&mut self, range: Range<usize>) -> usize {
        range.start + self.below(range.len())
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const WORDS: [&str; 64] = [
    "the",
    "of",
    "and",
    "a",
    "to",
    "in",
    "was",
    "for",
    "on",
    "that",
    "with",
    "by",
    "at",
    "from",
    "council",
    "river",
    "harbour",
    "school",
    "budget",
    "storm",
    "railway",
    "hospital",
    "minister",
    "election",
    "vote",
    "report",
    "bridge",
    "workers",
    "strike",
    "market",
    "prices",
    "museum",
    "library",
    "court",
    "police",
    "farmers",
    "harvest",
    "team",
    "season",
    "concert",
    "festival",
    "research",
    "vaccine",
    "energy",
    "pipeline",
    "border",
    "talks",
    "agreement",
    "medal",
    "ceremony",
    "veterans",
    "village",
    "return",
    "residents",
    "new",
    "old",
    "first",
    "last",
    "said",
    "opened",
    "closed",
    "announced",
    "began",
    "ended",
];

const NAMES: [&str; 12] = [
    "Mayor Anna Lindqvist",
    "Mr Okafor",
    "Dr Leyla Hasanova",
    "Hasanova",
    "President Novak",
    "Tomas Novak",
    "Judge Ferreira",
    "Maria Ferreira",
    "Lindqvist",
    "Minister Ivan Petrov",
    "Petrov",
    "Professor Chen",
];

const PLACES: [&str; 12] = [
    "Baku",
    "Lachin",
    "London",
    "Ankara",
    "Tbilisi",
    "Berlin",
    "Paris, Texas",
    "New York",
    "Cambridge",
    "Shusha",
    "Madrid",
    "Kyiv",
];

const DATES: [&str; 10] = [
    "on 1 December 2020",
    "on November 10",
    "last Tuesday",
    "in 2019",
    "in May 2021",
    "three weeks ago",
    "yesterday",
    "from 10 to 12 June 2022",
    "on 03/04/2018",
    "in the 1990s",
];

/// A sentence of ordinary words with now and then a name, a place and a date.
fn sentence(random: &mut Random, out: &mut String) {
    let start = out.len();
    for at in 0..random.within(8..24) {
        let space = if at == 0 { "" } else { " " };
        let word = match random.below(24) {
            0 => random.pick(&NAMES),
            1 => random.pick(&PLACES),
            2 => random.pick(&DATES),
            _ => random.pick(&WORDS),
        };
        let _ = write!(out, "{space}{word}");
        if random.below(60) == 0 {
            let _ = write!(out, " <a href=\"/topic/{}\" class=\"inline-link\">{word}</a>", random.below(900));
        }
    }
    if let Some(first) = out.get_mut(start..start + 1) {
        first.make_ascii_uppercase();
    }
    out.push_str(". ");
}

fn phrase(random: &mut Random, words: usize) -> String {
    (0..words).map(|_| random.pick(&WORDS)).collect::<Vec<_>>().join(" ")
}

/// A page as large news sites make them: of its bytes nine in ten are scripts, styles, links and boxes.
fn page(random: &mut Random, number: usize) -> String {
    let title = phrase(random, 7);
    let date = format!("20{:02}-{:02}-{:02}T08:15:00+04:00", 15 + number % 9, 1 + number % 12, 1 + number % 28);
    let mut out = String::with_capacity(200_000);
    head(random, number, (&title, &date), &mut out);
    links(random, "main-nav", 80..160, &mut out);
    let _ = write!(
        out,
        "<main><article class=\"story\"><header><h1>{title}</h1><p class=\"byline\">By <a href=\"/author/1\">Anna \
         Writer</a></p><time datetime=\"{date}\">{date}</time></header><div class=\"story-body\">"
    );
    for paragraph in 0..random.within(10..40) {
        out.push_str("<p>");
        for _ in 0..random.within(2..6) {
            sentence(random, &mut out);
        }
        out.push_str("</p>\n");
        if paragraph % 6 == 5 {
            cards(random, "inline-related", 2..3, &mut out);
            out.push_str(
                "<figure><img src=\"/i/1.jpg\" alt=\"\"><figcaption>A picture. Photo: Agency</figcaption></figure>",
            );
        }
    }
    out.push_str("</div></article><aside>");
    cards(random, "more-stories", 15..40, &mut out);
    out.push_str("</aside></main>");
    links(random, "footer", 40..100, &mut out);
    script(random, 100..500, &mut out);
    out.push_str("</body></html>\n");
    out
}

fn head(random: &mut Random, number: usize, (title, date): (&str, &str), out: &mut String) {
    let url = format!("https://news.example/2020/{number}/{}", title.replace(' ', "-"));
    let _ = write!(
        out,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} - Example News</title>\n<link \
         rel=\"canonical\" href=\"{url}\"><meta property=\"og:title\" content=\"{title}\"><meta property=\"og:url\" \
         content=\"{url}\"><meta property=\"article:published_time\" content=\"{date}\">\n<script \
         type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\
         \"{title}\",\"datePublished\":\"{date}\",\"author\":{{\"@type\":\"Person\",\"name\":\"Anna Writer\"}}}}</script>\n"
    );
    for at in 0..40 {
        let _ = writeln!(out, "<meta name=\"x-{at}\" content=\"{}\">", phrase(random, 5));
    }
    out.push_str("<style>");
    for at in 0..random.within(200..600) {
        let _ =
            write!(out, ".c{at} > li:hover{{margin:0 {}px;color:#{:06x}}}", random.below(40), random.below(1 << 24));
    }
    out.push_str("</style>");
    script(random, 100..700, out);
    out.push_str("</head><body>");
}

fn script(random: &mut Random, lines: Range<usize>, out: &mut String) {
    out.push_str("<script>window.__DATA__ = [");
    for _ in 0..random.within(lines) {
        let _ = write!(out, "{{\"id\":{},\"t\":\"{}\",\"ok\":a<b&&c}},", random.below(1 << 30), phrase(random, 6));
    }
    out.push_str("];</script>\n");
}

fn links(random: &mut Random, class: &str, count: Range<usize>, out: &mut String) {
    let _ = write!(out, "<nav class=\"{class}\"><!-- {class} --><ul>");
    for at in 0..random.within(count) {
        let _ = writeln!(
            out,
            "<li class=\"item c{at}\"><a href=\"/{class}/{at}?from=nav\" data-track=\"{class}|{at}\"><svg width=\"8\" \
             height=\"8\"><path d=\"M0 0h{}v8z\"/></svg><span>{}</span></a></li>",
            random.below(9),
            phrase(random, 2)
        );
    }
    out.push_str("</ul></nav>");
}

fn cards(random: &mut Random, class: &str, count: Range<usize>, out: &mut String) {
    let _ = write!(out, "<div class=\"{class}\"><h3>Read more</h3>");
    for at in 0..random.within(count) {
        let _ = writeln!(
            out,
            "<div class=\"card\"><div class=\"card-media\"><a href=\"/story/{at}\"><img loading=\"lazy\" src=\"/t/{at}.jpg\" \
             srcset=\"/t/{at}-2x.jpg 2x\" alt=\"\"></a></div><div class=\"card-text\"><h4><a href=\"/story/{at}\">{}</a></h4>\
             <p>{}</p><span class=\"when\">{} hours ago</span></div></div>",
            phrase(random, 7),
            phrase(random, 12),
            random.within(1..21)
        );
    }
    out.push_str("</div>");
}
