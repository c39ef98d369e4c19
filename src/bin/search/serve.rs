//! `search serve`.

use std::net::SocketAddr;
use std::process::{Command, Stdio};

use search::engine::Live;
use search::web::{self, Doors, Site};
use search::{Error, Result};

use super::args::ServeOptions;
use super::help::TEXTS;
use super::open::OPENER;
use super::settings::Settings;
use super::{OK, message, names, terminal, today};

pub(crate) fn run(options: &ServeOptions, settings: &Settings) -> Result<u8> {
    let listen: SocketAddr = options.listen.parse().map_err(|_| {
        Error::usage(format!("{}: no address to listen on; type one like 127.0.0.1:8431 or [::1]:8431", options.listen))
    })?;
    let names = names::aliases(options.names.as_deref(), settings)?;
    let live = Live::new(settings.indexes(&options.place.index), names, today::for_query);
    // Said now and not with the first page; an index that is not there yet may come later.
    if let Err(error) = live.engine() {
        message::remark(&error.to_string());
    }
    let doors = Doors { listen, hosts: options.host.clone() };
    web::serve(Site { live, help: &TEXTS }, &doors, |address| ready(address, options.open)).map(|()| OK)
}

/// Says where the archive is to be seen.
fn ready(address: SocketAddr, open: bool) {
    let url = format!("http://{address}/");
    // Nobody may be reading.
    let _ = terminal::print(|out| writeln!(out, "{url}  Ctrl-C ends it"));
    if open && Command::new(OPENER).arg(&url).stdin(Stdio::null()).spawn().is_err() {
        message::remark(&format!("{OPENER}: failed to start; open {url} yourself"));
    }
}
