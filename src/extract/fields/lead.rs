//! What the page says of the article in a sentence or two.

use crate::extract::evidence::Evidence;
use crate::extract::html::outline::Outline;
use crate::extract::json_ld::JsonLd;
use crate::extract::trace::Trace;

/// Meta tags that hold a description, best first.
const METAS: [&str; 4] = ["og:description", "description", "twitter:description", "dc.description"];

/// What the page offers, strongest first.
pub(crate) fn candidates<'a>(outline: &'a Outline, json_ld: &'a JsonLd) -> impl Iterator<Item = Evidence<'a>> {
    let metas = METAS.iter().filter_map(|name| Evidence::open_graph(outline, name));
    metas.chain(Evidence::json_ld("description", json_ld.description.as_deref()))
}

/// The page's description on one line. It is asked for before the body, for it tells which block is the standfirst.
pub(crate) fn find(outline: &Outline, json_ld: &JsonLd, trace: &Trace) -> Option<String> {
    let found = candidates(outline, json_ld).next()?;
    trace.won("lead", found.origin, &found.text);
    Some(found.shown()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::extract::tests::read;

    #[test]
    fn the_description_is_the_lead_else_the_first_paragraph() {
        for row in [
            "<meta name=description content='It opens in June.'> ==> It opens in June.",
            "<meta name=description content='Old.'><meta property=og:description content='It&amp;nbsp;opens  in June.'> ==> \
             It opens in June.",
            "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"description\":\"Il ouvre en juin.\"}</script> ==> \
             Il ouvre en juin.",
            "<meta name=author content='Jo Berg'> ==> The council of Ostmark voted to rebuild the old bridge.",
        ] {
            let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
            let page = format!(
                "{input}<h1>Bridge to be rebuilt</h1><p>The council of Ostmark voted to rebuild the old bridge.</p><p>Work is \
                 to begin in June, said Anna Holm, who chairs the council, and will take two years.</p>"
            );
            assert_eq!(read(&page).lead.as_deref(), Some(expected), "{input}");
        }
    }
}
