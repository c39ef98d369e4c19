//! What the path of an address says of the page behind it. Of the host only a first label counts that names a sort of site:
//! `forum.`, `docs.`, `shop.`, `blog.`.

use crate::extract::kind::evidence::{FeatureValues, log, yes};

/// Segments of paths by what stands below them, in the order of the signs.
const SEGMENTS: [(&str, &str); 7] = [
    (
        "u_news",
        "news article articles story stories artikel noticias noticia actualites aktuelles nachrichten opinion politics \
         politik sport sports world magazine press business culture haber xeber novosti",
    ),
    ("u_blog", "blog blogs post posts entry insights weblog resources advice academy hub tips journal"),
    (
        "u_shop",
        "product products p dp shop store item itm collections collection cart catalog catalogue produkt produkte browse \
         buy o c sku app",
    ),
    (
        "u_forum",
        "forum forums thread threads topic viewtopic showthread showtopic viewforum questions comments discussion \
         discussions community t r qa answers board boards groups",
    ),
    (
        "u_docs",
        "docs doc documentation manual manuals reference api wiki help tutorial tutorials man kb book library stable \
         latest current spec glossary man1 man2 man3 man7 faq",
    ),
    (
        "u_service",
        "service services solutions solution pricing features about about-us contact company programs program courses \
         course training consulting agency industries platform practice-areas certificates degrees graduate-programs \
         use-cases departments undergraduate graduate",
    ),
    (
        "u_list",
        "category categories tag tags archive archives search topics subject subjects list directory listing listings \
         page author index all issues rankings events news blog browse collections",
    ),
];
/// Words without which a slug is a name rather than a headline.
const FUNCTION: &str = "the of for to how why what is are and in on a an with your you best vs from at as by it we der die \
                        das und von im fur mit de la el en du les des et il di na do v ve after will has when";

/// First labels of hosts by what they stand for, in the order of the signs.
const LABELS: [(&str, &str); 4] = [
    ("u_at_forum", "forum forums community communities bbs board boards discuss discussion discussions talk answers"),
    ("u_at_docs", "docs doc developer developers wiki help support api man manual learn reference kb"),
    ("u_at_shop", "shop store shops products"),
    ("u_at_blog", "blog blogs news magazine"),
];
/// Paths that forum software writes.
const THREADS: [&str; 9] = [
    "viewtopic",
    "showthread",
    "/thread/",
    "/threads/",
    "/topic/",
    "/topics/",
    "/questions/",
    "/discussions/",
    "/forum/",
];

/// Adds the signs of `url` to `out`; `title` is the headline, whose words a slug repeats.
pub(crate) fn read(url: Option<&str>, title: &str, out: &mut FeatureValues) {
    let rest = url.and_then(|url| url.split_once("://")).map_or("", |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    let host = rest.split(['/', ':', '?']).next().unwrap_or("");
    let label = host.split('.').next().filter(|_| host.matches('.').count() >= 2).unwrap_or("").to_lowercase();
    let path = path.split('?').next().unwrap_or("").to_lowercase();
    let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let last = segments.last().copied().unwrap_or("");
    let stems: Vec<&str> = segments.iter().map(|part| part.split('.').next().unwrap_or("")).collect();
    let words: Vec<&str> = path.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |list: &str| stems.iter().any(|stem| list.split(' ').any(|word| word == *stem));
    let digits = |part: &&str| part.bytes().filter(u8::is_ascii_digit).count();
    let hyphens = |part: &str| part.matches(['-', '_']).count();
    let is_slug = segments.iter().any(|part| hyphens(part) >= 4);
    let is_year = |part: &&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let version = |part: &&str| {
        let number = part.strip_prefix('v').unwrap_or(part);
        part.len() <= 4 && number.starts_with(|c: char| c.is_ascii_digit()) && !is_year(part)
    };
    for (name, list) in SEGMENTS {
        out.push((name, yes(has(list) && (name != "u_list" || !is_slug))));
    }
    out.extend(LABELS.map(|(name, list)| (name, yes(list.split(' ').any(|word| word == label)))));
    out.push(("u_thread", yes(THREADS.iter().any(|part| path.contains(part)))));
    let folded = crate::text::fold(title);
    let in_title: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    out.extend([
        ("u_root", yes(path == "/")),
        ("u_depth", segments.len() as f32),
        ("u_hyphens", hyphens(last) as f32),
        ("u_length", last.len() as f32),
        ("u_digits", segments.iter().map(digits).max().unwrap_or(0) as f32),
        ("u_file", yes(last.contains('.'))),
        ("u_year", yes(segments.iter().any(is_year))),
        ("u_version", yes(stems.iter().any(version))),
        ("u_words", words.iter().filter(|word| word.len() > 1).count() as f32),
        ("u_function", log(words.iter().filter(|word| FUNCTION.split(' ').any(|known| known == **word)).count())),
        ("u_title", words.iter().filter(|word| word.len() > 2 && in_title.contains(word)).count() as f32),
    ]);
}
