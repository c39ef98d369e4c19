//! `search man` and `search completions`.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use search::Result;

use super::args::Arguments;
use super::help::TOPICS;
use super::{OK, terminal};

/// Prints the completion script of `shell`.
pub(crate) fn completions(shell: clap_complete::Shell) -> Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "search", &mut script);
    terminal::print(|out| out.write_all(&script))?;
    Ok(OK)
}

/// Prints the manual: one page with all commands and topics.
pub(crate) fn page() -> Result<u8> {
    let mut roff = Vec::new();
    let written = write(&mut roff);
    terminal::print(|out| {
        written?;
        // Old formatters read bytes; escapes are understood by all.
        for c in String::from_utf8_lossy(&roff).chars() {
            if c.is_ascii() { write!(out, "{c}")? } else { write!(out, "\\[u{:04X}]", u32::from(c))? }
        }
        Ok(())
    })?;
    Ok(OK)
}

fn write(out: &mut dyn Write) -> io::Result<()> {
    let mut command = Arguments::command();
    command.build();
    let man = Man::new(command.clone());
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    for subcommand in command.get_subcommands() {
        one_command(out, subcommand)?;
    }
    for topic in TOPICS {
        writeln!(out, ".SH \"{}\"\n.nf", topic.name.to_uppercase())?;
        for line in topic.text.lines().skip(1) {
            writeln!(out, "{}", preformatted(line))?;
        }
        writeln!(out, ".fi")?;
    }
    man.render_extra_section(out)
}

/// A section for `command`; what are sections of a page of its own are parts of it.
fn one_command(out: &mut dyn Write, command: &Command) -> io::Result<()> {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    writeln!(out, ".SH \"{}\"", name.to_uppercase())?;
    let man = Man::new(command.clone());
    let mut parts = Vec::new();
    man.render_synopsis_section(&mut parts)?;
    man.render_description_section(&mut parts)?;
    man.render_options_section(&mut parts)?;
    man.render_extra_section(&mut parts)?;
    for line in String::from_utf8_lossy(&parts).lines() {
        match line.strip_prefix(".SH ") {
            Some(heading) => writeln!(out, ".SS {heading}")?,
            None => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}

/// A line of text as roff prints it unchanged.
fn preformatted(line: &str) -> String {
    let escaped = line.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq");
    // A full stop at the start would be a command.
    if escaped.starts_with('.') { format!("\\&{escaped}") } else { escaped }
}
