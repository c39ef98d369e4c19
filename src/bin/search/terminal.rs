//! The terminal: streams, colours, links, width. With the pager and messages, the only place that prints.

use std::io::{self, BufWriter, IsTerminal, Write};

use search::output::Style;
use search::{Error, Result};

use super::args::{Look, When};
use super::pager::Paged;
use super::settings::{Key, Settings};

/// Runs `write` on buffered standard output and flushes it.
pub(crate) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).map_err(broken)
}

fn broken(cause: io::Error) -> Error {
    Error::io("write", "standard output".as_ref(), cause)
}

/// True when a person reads standard output.
pub(crate) fn is_read_by_a_person() -> bool {
    io::stdout().is_terminal()
}

/// The form of an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// One JSON object a line.
    Json,
    /// Comma-separated values.
    Csv,
    /// Tab-separated lines.
    Lines,
    /// For people.
    People(Style),
}

impl Form {
    /// How the answer looks to people; plain in the forms for programs.
    pub(crate) fn style(self) -> Style {
        match self {
            Form::People(style) => style,
            Form::Json | Form::Csv | Form::Lines => Style::PLAIN,
        }
    }
}

/// What the options say of the form of an answer.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wanted {
    /// `--json`.
    pub(crate) json: bool,
    /// `--csv`.
    pub(crate) csv: bool,
    /// The command prints lines for programs where no person reads.
    pub(crate) lines: bool,
}

impl Wanted {
    /// Prints an answer in the form that is wanted. `write` is asked for [`Form::Csv`] and [`Form::Lines`] only where
    /// they are. What people read goes through the pager where it is longer than the screen; the other forms never change
    /// with the terminal.
    pub(crate) fn print(
        self,
        (look, settings): (&Look, &Settings),
        write: impl FnOnce(&mut dyn Write, Form) -> io::Result<()>,
    ) -> Result<()> {
        match self {
            Wanted { json: true, .. } => print(|out| write(out, Form::Json)),
            Wanted { csv: true, .. } => print(|out| write(out, Form::Csv)),
            Wanted { lines: true, .. } if !is_read_by_a_person() => print(|out| write(out, Form::Lines)),
            _ => {
                let view = View::new(look, settings);
                view.print(|out| write(out, Form::People(view.style)))
            }
        }
    }
}

/// How output for people is shown here.
pub(crate) struct View<'a> {
    /// Colours, links and width.
    pub(crate) style: Style,
    /// The pager with its arguments, and the lines of the screen.
    pager: Option<(Vec<&'a str>, usize)>,
}

impl<'a> View<'a> {
    /// What the options and the settings say about a terminal such as this.
    pub(crate) fn new(look: &Look, settings: &'a Settings) -> View<'a> {
        let style = style(look.color, look.hyperlink, settings);
        let rows = terminal_size::terminal_size().map(|(_, rows)| usize::from(rows.0));
        let pager = Some(settings.pager()).filter(|pager| !look.no_pager && !matches!(pager[..], [] | ["cat"]));
        View { style, pager: pager.zip(rows).filter(|_| is_read_by_a_person() && !is_dumb()) }
    }

    /// Runs `write` on standard output, through the pager where it is longer than the screen.
    pub(crate) fn print(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        let Some((pager, rows)) = &self.pager else { return print(write) };
        // The prompt needs a line too.
        let mut out = Paged::new(pager.clone(), (rows.saturating_sub(1).max(1), self.style.width.max(1)));
        write(&mut out).and_then(|()| out.finish()).map_err(broken)
    }
}

/// How text looks on standard output.
pub(crate) fn style(color: Option<When>, hyperlink: Option<When>, settings: &Settings) -> Style {
    let colour = match settings.when(Key::Color, color) {
        When::Always => true,
        When::Never => false,
        When::Auto if is_set("NO_COLOR") => false,
        When::Auto if is_set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
        When::Auto => is_read_by_a_person() && !is_dumb() && !is("CLICOLOR", "0"),
    };
    let links = match settings.when(Key::Hyperlink, hyperlink) {
        When::Always => true,
        When::Never => false,
        When::Auto => is_read_by_a_person() && shows_links(),
    };
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    Style { colour, links, width }
}

/// True on terminals that are known to show OSC 8 links, by what they say of themselves. A terminal that does not know
/// the sequence may print it, so an unknown one gets none; multiplexers may or may not pass it on; and over ssh the
/// file is not where the terminal is.
fn shows_links() -> bool {
    let multiplexed = is_set("TMUX") || is_set("STY");
    if is_dumb() || multiplexed || is_set("SSH_CONNECTION") || is_set("SSH_TTY") {
        return false;
    }
    let term = std::env::var("TERM").unwrap_or_default();
    let program = std::env::var("TERM_PROGRAM").unwrap_or_default();
    // 0.50 is the first of the VTE terminals (GNOME and its kin) whose links work.
    let vte = std::env::var("VTE_VERSION").ok().and_then(|version| version.parse::<u32>().ok());
    vte.is_some_and(|version| version >= 5000)
        || ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "Tabby"].contains(&program.as_str())
        || ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour", "wezterm"].contains(&term.as_str())
        || ["WT_SESSION", "KONSOLE_VERSION", "DOMTERM"].into_iter().any(is_set)
}

fn is_dumb() -> bool {
    is("TERM", "dumb")
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn is(name: &str, value: &str) -> bool {
    std::env::var_os(name).is_some_and(|found| found == value)
}
