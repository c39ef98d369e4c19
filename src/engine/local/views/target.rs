//! Which article is meant: by its id, its address or its file.

use std::fs;
use std::path::{Path, PathBuf};

use super::article;
use crate::engine::local::failure::{Failure, Fallible};
use crate::error::Error;
use crate::extract;
use crate::index::schema::schema;
use crate::index::{Reader, column, document, store};
use crate::input::Source;

/// The id of the article that `named` names: an id itself, an address that begins with `http`, or the path of a file.
pub(crate) fn id(reader: &Reader, named: &str) -> Fallible<String> {
    if article::number(named).is_ok() {
        return Ok(named.to_ascii_lowercase());
    }
    if named.starts_with("http://") || named.starts_with("https://") {
        return of_address(reader, named);
    }
    of_file(reader, Path::new(named))
}

fn of_address(reader: &Reader, address: &str) -> Fallible<String> {
    let id = extract::identity(address).map(|identity| document::id_of_identity(&identity));
    let known = |id: &u64| -> Fallible<bool> { Ok(!store::locate(&reader.searcher, schema().1.id, *id)?.is_empty()) };
    match id {
        Some(id) if known(&id)? => Ok(article::hex(id)),
        _ => {
            let why = "no article of the index has this address of its own; ask for its words, or name its file";
            Err(Error::usage(format!("{address}: {why}")).into())
        }
    }
}

fn of_file(reader: &Reader, path: &Path) -> Fallible<String> {
    let unknown = || {
        Failure::from(Error::refused(
            path,
            "no article has this id, address or file; ids are in the output of 'search query'",
        ))
    };
    // As the walk does: only the folder is made canonical, a link keeps its own name.
    let name = path.file_name().ok_or_else(unknown)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let root = fs::canonicalize(folder).map_err(|_| unknown())?;
    let source = Source { root, path: PathBuf::from(name), locator: None, size: 0, mtime: 0 };
    let found = store::locate(&reader.searcher, schema().1.key, document::key_of(&source))?;
    let address = found.into_iter().next().ok_or_else(unknown)?;
    let segment = reader.searcher.segment_reader(address.segment_ord);
    Ok(article::hex(column::ID.open(segment)?.first(address.doc_id).ok_or_else(Failure::damaged)?))
}
