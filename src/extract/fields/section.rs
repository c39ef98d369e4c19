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
    Some(found.shown()).filter(|text| !text.is_empty() && text.len() < LONGEST_SECTION)
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
