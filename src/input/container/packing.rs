//! How a container is packed as a whole: not, with gzip, or with Zstandard; in one member or in many.

use std::io::{self, Read};

use flate2::bufread::GzDecoder;
use zstd::stream::read::Decoder as ZstdDecoder;

use super::counted::Counted;

/// Largest window of Zstandard that is given room, as a power of two: 128 MiB.
// What `zstd --long` writes without being asked for more.
const WINDOW: u32 = 27;

/// How the bytes of a file are packed.
pub(super) enum Packing {
    /// They are not.
    Plain,
    /// Members of gzip.
    Gzip,
    /// Frames of Zstandard, which use this dictionary; an empty one is none.
    Zstd(Vec<u8>),
}

impl Packing {
    /// How a member begins.
    pub(super) fn magic(&self) -> &'static [u8] {
        match self {
            Packing::Plain => b"",
            Packing::Gzip => b"\x1f\x8b\x08",
            Packing::Zstd(_) => b"\x28\xb5\x2f\xfd",
        }
    }

    /// What a member is called.
    pub(super) fn member(&self) -> &'static str {
        match self {
            Packing::Plain => "record",
            Packing::Gzip => "gzip member",
            Packing::Zstd(_) => "Zstandard frame",
        }
    }

    /// What is wrong with a member whose unpacking ended in `cause`.
    pub(super) fn damage(&self, cause: &io::Error) -> String {
        let member = self.member();
        match cause.kind() {
            _ if cause.raw_os_error().is_some() => cause.to_string(),
            io::ErrorKind::UnexpectedEof => format!("it ends inside a {member}"),
            _ if cause.to_string().contains("checksum") => format!("checksum of a {member}"),
            _ => format!("a {member} that cannot be unpacked"),
        }
    }
}

/// One member that is being unpacked.
pub(super) enum Member {
    Gzip(Box<GzDecoder<Counted>>),
    Zstd(Box<ZstdDecoder<'static, Counted>>),
}

impl Member {
    /// Begins the member at which `file` stands; gives it back where nothing is packed, or there is no memory.
    pub(super) fn begin(packing: &Packing, file: Counted) -> Result<Member, Counted> {
        let dictionary = match packing {
            Packing::Plain => return Err(file),
            Packing::Gzip => return Ok(Member::Gzip(Box::new(GzDecoder::new(file)))),
            Packing::Zstd(dictionary) => dictionary,
        };
        let decoder = ZstdDecoder::try_with_dictionary(file, dictionary).map_err(|(file, _)| file)?;
        let mut decoder = decoder.single_frame();
        match decoder.window_log_max(WINDOW) {
            Ok(()) => Ok(Member::Zstd(Box::new(decoder))),
            Err(_) => Err(decoder.into_inner()),
        }
    }

    /// The place in the file of what is unpacked next.
    pub(super) fn at(&self) -> u64 {
        match self {
            Member::Gzip(member) => member.get_ref().at(),
            Member::Zstd(member) => member.get_ref().at(),
        }
    }

    /// The file, behind what was unpacked.
    pub(super) fn into_file(self) -> Counted {
        match self {
            Member::Gzip(member) => member.into_inner(),
            Member::Zstd(member) => member.into_inner(),
        }
    }
}

impl Read for Member {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Member::Gzip(member) => member.read(into),
            Member::Zstd(member) => member.read(into),
        }
    }
}
