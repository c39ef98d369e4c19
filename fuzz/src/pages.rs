//! Pages made at random.

use crate::random::Random;

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
    "<p class=\"lead\">The council of Ostmark voted on Monday, 10 November 2020, to rebuild the old bridge. ",
    "<p>\u{201c}We shall see\u{201d}, said Anna Holm, who chairs the council of L\u{e4}ngsfeld. ",
    "<p>\u{41f}\u{440}\u{435}\u{437}\u{438}\u{434}\u{435}\u{43d}\u{442} \u{441}\u{43a}\u{430}\u{437}\u{430}\u{43b} \u{432}\u{447}\u{435}\u{440}\u{430}. ",
    "<blockquote>",
    "</blockquote>",
    "<figure><figcaption>",
    "</figure>",
    "<aside>",
    "<nav>",
    "<footer>",
    "<section id=comments>",
    "<span itemprop=author>",
    "</span>",
    "<head>",
    "<body>",
    "</html>",
    "&notin;&not;&NotEqualTilde;",
    "<a rel=author href=\"/author/jo\">Jo Berg</a>",
];

/// Largest page but for one in five hundred: small pages are quick, and what goes wrong in a large one mostly does in a
/// small one.
const MOST: usize = 24_000;
const MOST_SELDOM: usize = 2_000_000;

/// A saved page with some changes, a part of one with some, or a new page.
pub fn page(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let large = random.below(500) == 0;
    let mut page = match random.below(4) {
        0 => made(random),
        1 => part(&seeds[random.below(seeds.len())], random).to_vec(),
        _ => seeds[random.below(seeds.len())].clone(),
    };
    for _ in 0..1 + random.below(12) {
        change(&mut page, seeds, random, large);
        page.truncate(if large { MOST_SELDOM } else { MOST });
    }
    page
}

/// Pieces one after the other.
fn made(random: &mut Random) -> Vec<u8> {
    (0..random.below(80)).flat_map(|_| PIECES[random.below(PIECES.len())].as_bytes()).copied().collect()
}

/// Some bytes of a page, from a tag on where there is one.
fn part<'p>(page: &'p [u8], random: &mut Random) -> &'p [u8] {
    let from = random.below(page.len());
    let from = from + page[from..].iter().position(|byte| *byte == b'<').unwrap_or(0);
    &page[from..(from + 200 + random.below(4_000)).min(page.len())]
}

fn change(page: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut Random, large: bool) {
    let (from, to) = (random.below(page.len() + 1), random.below(page.len() + 1));
    let (from, to) = (from.min(to), from.max(to));
    let piece = PIECES[random.below(PIECES.len())].as_bytes();
    match random.below(8) {
        0 => drop(page.drain(from..to.min(from + 200))),
        1 => drop(page.drain(from..to)),
        2 => {
            let copy = page[from..to.min(from + 4_000)].to_vec();
            page.splice(from..from, copy.repeat(1 + random.below(if large { 400 } else { 8 })));
        }
        3 => {
            let other = part(&seeds[random.below(seeds.len())], random).to_vec();
            page.splice(from..from, other);
        }
        4 => {
            let most = if large { 100_000 } else { 300 };
            let times = if random.below(8) == 0 { random.below(most) } else { 1 };
            page.splice(from..from, piece.repeat(times));
        }
        5 => {
            if let Some(byte) = page.get_mut(from) {
                *byte = random.any() as u8;
            }
        }
        // Within a tag, where a piece ends or begins one.
        6 => {
            let tag = page[from..].iter().position(|byte| *byte == b'<').map_or(from, |at| from + at + 1);
            page.splice(tag..tag, piece.iter().copied());
        }
        _ => {
            page.splice(from..to.min(from + piece.len()), piece.iter().copied());
        }
    }
}
