//! What is written at the ends of a headline beside it: the site's name, a kicker, a date, the rest that a field cut off.

use super::{Names, word_count};

/// Marks that stand between a headline and the name of the site.
pub(super) const MARKS: [&str; 11] = [" | ", " – ", " — ", " - ", " • ", " · ", " » ", " :: ", " « ", " ‹ ", " // "];

/// Those of them that stand in no headline.
pub(super) const STRONG: [&str; 4] = [" | ", " » ", " :: ", " // "];

/// Cuts the site's name from a title; `sites` are the names that the site is known by.
pub(super) fn without_site(title: &str, sites: &[String]) -> String {
    let title = without_site_behind(title.trim(), sites);
    without_site_before(title, sites).unwrap_or(title).to_owned()
}

/// Cuts ` - Site Name` from the end of a title.
fn without_site_behind<'t>(mut title: &'t str, sites: &[String]) -> &'t str {
    for _ in 0..3 {
        let cut = MARKS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark.len()))).max();
        let Some((at, width)) = cut else { break };
        let (head, tail) = (title[..at].trim(), title[at + width..].trim());
        let tail_key = squeeze(tail);
        let named = sites.iter().any(|key| !key.is_empty() && (key.contains(&tail_key) || tail_key.contains(key)));
        let strong = STRONG.iter().any(|mark| title[at..].starts_with(mark));
        // Behind a strong mark stands a site or a section, of up to five words, known or not; a dash stands in
        // headlines, too.
        if (head.split_whitespace().count() >= 2 && strong && tail.split_whitespace().count() <= 5)
            || (named && !head.is_empty())
        {
            title = head;
        } else {
            break;
        }
    }
    title
}

/// What stands behind `Site Name - ` at the start of a title.
fn without_site_before<'t>(title: &'t str, sites: &[String]) -> Option<&'t str> {
    let (at, width) = MARKS.iter().filter_map(|mark| title.find(mark).map(|at| (at, mark.len()))).min()?;
    let (head, rest) = (squeeze(&title[..at]), title[at + width..].trim());
    // `Herald - ...`; a shorter name before a dash may be a word of the headline.
    let named = sites.iter().any(|key| key.len() >= 5 && (head == *key || head.strip_prefix("the") == Some(key)));
    (named && rest.split_whitespace().count() >= 3).then_some(rest)
}

pub(super) fn squeeze(name: &str) -> String {
    let name = name.strip_prefix("www.").unwrap_or(name);
    crate::text::fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a declared title is the beginning of another one, as fields of limited length have it.
pub(super) fn is_cut(title: &str, names: &Names, sites: &[String]) -> bool {
    let rest = [&names.social, &names.own].into_iter().filter_map(|name| {
        let name = without_site(name, sites);
        name.strip_prefix(title).map(str::to_owned)
    });
    // Four words before the cut; behind it goes on the same sentence, and no name of a site after a mark.
    word_count(title) >= 4
        && rest.into_iter().any(|rest| {
            rest.starts_with(' ') && rest.trim_start().starts_with(char::is_alphanumeric) && word_count(&rest) >= 2
        })
}

/// The declared title where it is the heading behind a kicker and a colon, in JSON-LD and for social networks alike: readers know the
/// article under both.
pub(super) fn with_kicker(heading: &str, names: &Names, sites: &[String]) -> Option<String> {
    let headline = without_site(&names.headline, sites);
    let kicker = headline.strip_suffix(heading)?.trim_end().strip_suffix(':')?;
    // Three words name a place, a series or who speaks.
    let is_kicker = (1..=3).contains(&word_count(kicker)) && !kicker.contains(':');
    (is_kicker && squeeze(&without_site(&names.social, sites)) == squeeze(&headline)).then_some(headline)
}

/// The declared title where the heading has a date or a host behind it: `Bridge to be rebuilt (herald.example) 87`.
pub(super) fn before_tail(heading: &str, names: &Names, sites: &[String]) -> Option<String> {
    let shorter = names.all().into_iter().map(|name| without_site(name, sites)).filter(|name| word_count(name) >= 3);
    shorter.into_iter().find(|name| heading.strip_prefix(name.as_str()).is_some_and(|rest| is_tail(rest.trim())))
}

/// Whether a text is a date, or a host in brackets with at most a number behind it.
fn is_tail(text: &str) -> bool {
    let host = text.strip_prefix('(').and_then(|text| text.split_once(')'));
    if let Some((host, number)) = host {
        let is_number = number.trim().chars().all(|c| c.is_ascii_digit());
        return is_number && host.contains('.') && !host.contains(' ') && !host.ends_with('.');
    }
    let date = crate::date::written(text, None, crate::date::Order::of(None)).map(|date| date.span);
    date.is_some_and(|span| span.start == 0 && span.end as usize == text.len())
}
