//! Tables of names and places that the user brings along.

use std::path::Path;
use std::sync::Arc;

use search::annotate::gazetteer::OwnPlaces;
use search::text::{Aliases, safe_path};
use search::{Error, Result};

use super::settings::{Key, Settings};
use super::{message, own_file};

/// Lines of a table that are complained of one by one.
const MOST: usize = 10;

/// The user's names, from the file `typed` or the one that is set; what cannot be read in it is remarked upon.
pub(crate) fn aliases(typed: Option<&Path>, settings: &Settings) -> Result<Option<Arc<Aliases>>> {
    let Some(path) = settings.file(Key::Names, typed) else { return Ok(None) };
    let (aliases, wrong) = Aliases::read(&text(&path)?);
    remark(&path, wrong.into_iter().map(|(line, why)| (line, why.to_owned())));
    Ok(Some(Arc::new(aliases)))
}

/// The user's places, likewise.
pub(crate) fn places(typed: Option<&Path>, settings: &Settings) -> Result<Option<Arc<OwnPlaces>>> {
    let Some(path) = settings.file(Key::Places, typed) else { return Ok(None) };
    let (places, wrong) = OwnPlaces::read(&text(&path)?);
    remark(&path, wrong.into_iter());
    Ok(Some(Arc::new(places)))
}

fn text(path: &Path) -> Result<String> {
    // A file that was named must be there, unlike that of the settings.
    std::fs::metadata(path).map_err(|cause| Error::io("read", path, cause))?;
    Ok(own_file::text(path)?.unwrap_or_default())
}

/// Says which lines of the table at `path` are left out.
fn remark(path: &Path, wrong: impl ExactSizeIterator<Item = (usize, String)>) {
    let more = wrong.len().saturating_sub(MOST);
    let path = safe_path(path);
    wrong.take(MOST).for_each(|(line, why)| message::remark(&format!("{path}: line {line} is left out: {why}")));
    if more > 0 {
        message::remark(&format!("{path}: {more} more lines are left out"));
    }
}
