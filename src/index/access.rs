//! Who may read an index: modes of its folder and its files.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Who may read the files of an index. They hold the text of the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// The owner alone, whatever the umask.
    Private,
    /// As the umask says.
    Shared,
}

impl Access {
    /// What the permissions of a folder say; shared where they cannot be read.
    pub(crate) fn of(folder: &Path) -> Access {
        match folder.metadata() {
            Ok(meta) if meta.permissions().mode() & OTHERS == 0 => Access::Private,
            _ => Access::Shared,
        }
    }

    pub(crate) fn folder_mode(self) -> u32 {
        match self {
            Access::Private => 0o700,
            Access::Shared => 0o777,
        }
    }

    pub(crate) fn file_mode(self) -> u32 {
        match self {
            Access::Private => 0o600,
            Access::Shared => 0o666,
        }
    }
}

/// Permission bits of group and others.
pub(crate) const OTHERS: u32 = 0o077;

/// Makes the folder of an index, with those above it as the umask says.
pub(crate) fn make(path: &Path, access: Access) -> io::Result<()> {
    let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(above)?;
    match DirBuilder::new().mode(access.folder_mode()).create(path) {
        // The user may have made it, or a run that was killed before its first commit.
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        other => other?,
    }
    match File::open(above) {
        // What is written below is on the disk only when the name of the new folder is.
        Ok(above) => above.sync_all(),
        // A folder in which one may write and not read cannot be synced; the index is no worse for it until the power goes.
        Err(cause) if cause.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        Err(cause) => Err(cause),
    }
}

/// Writes a file, as open as `access` says, down to the disk. Where that fails nothing is left of it: the disk may be full,
/// and who makes room for the next run wonders what this is.
pub(crate) fn write(path: &Path, data: &[u8], access: Access) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(access.file_mode()).open(path)?;
    let written = file.write_all(data).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}
