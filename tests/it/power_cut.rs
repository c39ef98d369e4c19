//! What is on the disk when a command ends: the order of its system calls, as `strace` sees them.
//!
//! A new name survives a power cut only once its folder was synced. So behind the rename that makes a commit the folder
//! must be synced before anything is deleted and before the program ends.

use std::path::Path;

use crate::archive::Archive;
use crate::{old_format, strace};

pub(crate) const PAGE: &str = "<html lang=en><title>The ferry ran aground</title><h1>The ferry ran aground</h1>\
    <p>The ferry ran aground on the reef on Tuesday night. All passengers were brought ashore by the lifeboat.</p>\
    <p>The harbour master said that the buoy had been adrift since the storm of last week.</p>";

/// One call that changes names in a folder, or brings something to the disk.
#[derive(Debug, PartialEq)]
enum Call {
    Sync(String),
    Rename(String),
    Unlink(String),
}

/// The call of one line such as `12 rename("i/.meta.json.new", "i/meta.json") = 0`. A call that another thread
/// interrupts stands on two lines, of which the first has its arguments.
fn call(line: &str) -> Option<Call> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let (name, arguments) = rest.split_once('(')?;
    let quoted = |text: &str| text.rsplit('"').nth(1).map(str::to_owned);
    let last = |path: &str| Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned());
    Some(match name {
        "fsync" | "fdatasync" => Call::Sync(last(arguments.split_once('<')?.1.split_once('>')?.0)?),
        "rename" | "renameat" | "renameat2" => Call::Rename(last(&quoted(arguments)?)?),
        "unlink" | "unlinkat" => Call::Unlink(last(&quoted(arguments)?)?),
        _ => return None,
    })
}

/// Checks that each rename to `name` is followed by a sync of `folder` before any deletion and before the end.
#[track_caller]
fn is_synced(calls: &[Call], name: &str, folder: &str) {
    let renames = calls.iter().enumerate().filter(|(_, call)| **call == Call::Rename(name.to_owned()));
    let mut count = 0;
    for (at, _) in renames {
        let mut after = calls[at + 1..].iter();
        let next = after.find(|call| matches!(call, Call::Unlink(_)) || **call == Call::Sync(folder.to_owned()));
        assert_eq!(next, Some(&Call::Sync(folder.to_owned())), "{name} at {at} of {calls:#?}");
        count += 1;
    }
    assert!(count > 0, "{name} was never put in its place: {calls:#?}");
}

/// The calls of one run of the program, in their order, names of files without the folder; `None` where processes must not
/// be traced.
fn traced(archive: &Archive, args: &[&str]) -> Option<Vec<Call>> {
    let calls = "trace=fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat";
    let (run, text) = strace::traced(archive, &["-e", calls], args)?;
    run.code(0);
    Some(text.lines().filter_map(call).collect())
}

#[test]
fn a_commit_is_on_the_disk_before_anything_is_deleted_and_before_the_end() {
    let archive = Archive::with(&[("a.html", PAGE), ("b.html", &PAGE.replace("ferry", "trawler"))]);
    let Some(first) = traced(&archive, &["index", "-q", "pages"]) else { return };
    is_synced(&first, "meta.json", "index");
    // The folder is new: its own name is in the folder above.
    let above = archive.folder().file_name().unwrap().to_string_lossy().into_owned();
    assert!(first.contains(&Call::Sync(above)), "{first:#?}");
    archive.write("a.html", PAGE.replace("reef", "sandbank"));
    archive.remove("b.html");
    let update = traced(&archive, &["index", "-q", "pages"]).unwrap();
    assert!(update.iter().any(|call| matches!(call, Call::Unlink(_))), "nothing was deleted: {update:#?}");
    is_synced(&update, "meta.json", "index");
    // A second segment, so that there is something to merge.
    archive.write("c.html", PAGE.replace("ferry", "tanker"));
    archive.index();
    is_synced(&traced(&archive, &["compact", "-q"]).unwrap(), "meta.json", "index");
}

#[test]
fn an_upgrade_is_on_the_disk_before_the_old_index_goes() {
    let archive = old_format::archive();
    let Some(calls) = traced(&archive, &["index", "--upgrade", "-q"]) else { return };
    let swap = calls.iter().rposition(|call| *call == Call::Rename("meta.json".to_owned())).unwrap();
    // The files of the new index have their names in the folder before the list says so.
    let last = calls[..swap].iter().rposition(|call| matches!(call, Call::Rename(_)));
    assert_eq!(calls[swap - 1], Call::Sync("index".to_owned()), "{calls:#?}");
    assert!(last.is_some_and(|last| last < swap - 1), "{calls:#?}");
    let deleted =
        |calls: &[Call]| calls.iter().any(|call| matches!(call, Call::Unlink(name) if name.ends_with(".store")));
    assert!(!deleted(&calls[..swap]) && deleted(&calls[swap..]), "{calls:#?}");
    is_synced(&calls[swap..], "meta.json", "index");
}

#[test]
fn a_saved_query_is_on_the_disk_before_it_is_said_to_be() {
    let archive = Archive::with(&[("a.html", PAGE)]);
    archive.index();
    let Some(saved) = traced(&archive, &["new", "ferries", "ferry"]) else { return };
    let file = saved.iter().position(|call| *call == Call::Sync("queries.toml".to_owned()));
    let folder = saved.iter().rposition(|call| *call == Call::Sync("search".to_owned()));
    assert!(file.is_some() && file < folder, "{saved:#?}");
    let state = saved.iter().find_map(|call| match call {
        Call::Rename(name) => Some(name.clone()),
        _ => None,
    });
    is_synced(&saved, &state.unwrap(), "told");
    // Neither folder was there before: their names are on the disk too.
    let above = archive.folder().file_name().unwrap().to_string_lossy().into_owned();
    let made = saved.iter().filter(|call| **call == Call::Sync(above.clone())).count();
    assert_eq!(made, 2, "search/ and state/ in {saved:#?}");
}

#[test]
fn lines_of_a_trace_are_read() {
    let rows = [
        (r#"12 rename("i/.meta.json.new", "i/meta.json") = 0"#, Some(Call::Rename("meta.json".into()))),
        (r#"7  fdatasync(9</tmp/x/index>) = 0"#, Some(Call::Sync("index".into()))),
        (r#"7  fsync(9</tmp/x/index/stories-1> <unfinished ...>"#, Some(Call::Sync("stories-1".into()))),
        (r#"12 unlink("index/abc.term") = 0"#, Some(Call::Unlink("abc.term".into()))),
        (r#"12 renameat2(AT_FDCWD, "a", AT_FDCWD, "d/b", 0) = 0"#, Some(Call::Rename("b".into()))),
        ("12 <... fsync resumed>)           = 0", None),
        ("12 +++ exited with 0 +++", None),
    ];
    for (line, expected) in rows {
        assert_eq!(call(line), expected, "{line}");
    }
}
