//! `search who`.

use search::api::{Asked, Engine, Facet, FacetValue, Facets};
use search::output;
use search::text::holds_name;

use super::args::WhoOptions;
use super::settings::Settings;
use super::terminal::View;
use super::{NONE, OK, today};

pub(crate) fn run(options: &WhoOptions, settings: &Settings) -> search::Result<u8> {
    let engine = options.place.engine(settings)?;
    // Quotation marks would end the name.
    let name = options.name.join(" ").replace('"', " ");
    let text = format!("person:\"{name}\"");
    let request = Asked { q: text.clone(), limit: Some(0), ..Asked::default() }.request(today::for_query(&text));
    let found = engine.facets(&request, Facet::People)?.body;
    // The articles name others too. A name in another spelling than the archive's finds articles but no form of a name: all
    // who bear it are in all of the articles, so that the first value is the person.
    let named = |value: &FacetValue| value.forms.iter().any(|form| holds_name(&form.name, &name));
    let mut values = found.values;
    if values.iter().any(named) {
        values.retain(named);
    } else {
        values.truncate(1);
    }
    let found = Facets { values, ..found };
    let view = View::new(&options.look, settings);
    view.print(
        |out| if options.json { output::facets_json(out, &found) } else { output::who(out, &found, view.style) },
    )?;
    Ok(if found.values.is_empty() { NONE } else { OK })
}
