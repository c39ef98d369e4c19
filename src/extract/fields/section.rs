//! The section or rubric of an article.

use crate::extract::context::PageContext;
use crate::extract::evidence::Evidence;

/// Meta tags that hold the section, best first.
const METAS: [&str; 5] = ["article:section", "parsely-section", "section", "cxenseparse:section", "sailthru.section"];

/// Bytes of the longest section: what is longer is a list of all that the site has.
const LONGEST_SECTION: usize = 100;

/// What the page offers, strongest first.
pub(crate) fn candidates<'a>(context: &PageContext<'a>) -> impl Iterator<Item = Evidence<'a>> + use<'a> {
    let outline = context.outline;
    let declared = Evidence::json_ld("articleSection", context.json_ld.section.as_deref());
    declared.into_iter().chain(METAS.iter().filter_map(|name| Evidence::meta(outline, name)))
}

/// The section as the page names it.
///
/// The strongest evidence alone counts. Where it is of no use the weaker is seldom better: both are filled by one template.
pub(crate) fn find(context: &PageContext<'_>) -> Option<String> {
    let found = candidates(context).next()?;
    context.trace.won("section", found.origin, &found.text);
    let shown = found.shown();
    Some(first_of(&shown).to_owned()).filter(|text| !text.is_empty() && shown.len() < LONGEST_SECTION)
}

/// The first of a path or a list of sections. In the name of one a comma has a blank behind it, and stands there once.
fn first_of(text: &str) -> &str {
    let mark = [" > ", " » ", " | ", ";"].into_iter().find(|mark| text.contains(mark));
    let is_list = text.contains(',') && text.matches(", ").count() != 1;
    let mark = mark.or(is_list.then_some(","));
    mark.and_then(|mark| text.split(mark).next()).unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use crate::extract::tests::read;

    #[test]
    fn sections_are_short_and_come_from_the_strongest_evidence() {
        for row in [
            "<meta property=article:section content=Politik> ==> Politik",
            "<meta name=section content='  Arts &amp;amp; Books '> ==> Arts & Books",
            "<meta name=sailthru.section content=World><meta name=section content=Sport> ==> Sport",
            "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleSection\":[\"Мир\",\"Европа\"]}</script>\
             <meta name=section content=Sport> ==> Мир",
            "<meta name=section content='News > Politik > Europa'> ==> News",
            "<meta name=section content='Sport,Fußball'> ==> Sport",
            "<meta name=section content='World, Europe, France'> ==> World",
            "<meta name=section content='Food, Drink'> ==> Food, Drink",
            "<meta name=keywords content=Sport> ==> ",
        ] {
            let (input, expected) = row.split_once(" ==>").expect("a row has ==>");
            let page =
                format!("{input}<h1>Bridge to be rebuilt</h1><p>The council voted to rebuild the old bridge.</p>");
            assert_eq!(read(&page).section.unwrap_or_default(), expected.trim(), "{input}");
        }
        let long = format!("<meta name=section content='{}'><p>The council voted.</p>", "Sport, ".repeat(20));
        assert_eq!(read(&long).section, None);
    }
}
