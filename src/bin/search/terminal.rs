//! The terminal: streams, colours, links, width. With the pager and messages, the only place that prints.

use std::io::{self, BufWriter, IsTerminal, Write};

use search::output::Style;
use search::{Error, Result};

use super::args::{Look, When};
use super::fold::Folded;
use super::pager::Paged;
use super::settings::{Key, Settings};

/// Runs `write` on buffered standard output and flushes it.
pub(crate) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).map_err(broken)
}

/// [`print`] of text for people: on a terminal lines are broken at blanks.
pub(crate) fn print_text(style: Style, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    View { style, pager: None, folds: is_read_by_a_person() }.print(write)
}

fn broken(cause: io::Error) -> Error {
    Error::io("write", "standard output".as_ref(), cause)
}

/// True where the answer is to look as people read it.
pub(crate) fn is_for_people(look: &Look) -> bool {
    look.pretty || is_read_by_a_person()
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
            Wanted { lines: true, .. } if !is_for_people(look) => print(|out| write(out, Form::Lines)),
            _ => {
                let view = View::new(look, settings);
                view.print(|out| write(out, Form::People(view.style)))
            }
        }
    }
}

/// Screens are taken to have so many columns at least.
// Narrower than this, breaking at blanks leaves a word a line.
const NARROWEST: usize = 20;

/// How output for people is shown here.
pub(crate) struct View<'a> {
    /// Colours, links and width.
    pub(crate) style: Style,
    /// The pager with its arguments, and the lines of the screen.
    pager: Option<(Vec<&'a str>, usize)>,
    /// Lines are broken at blanks: on a terminal, which would break words, and where it is asked for.
    folds: bool,
}

impl<'a> View<'a> {
    /// What the options and the settings say about a terminal such as this.
    pub(crate) fn new(look: &Look, settings: &'a Settings) -> View<'a> {
        let style = style(look.color, look.hyperlink, settings);
        let rows = terminal_size::terminal_size().map(|(_, rows)| usize::from(rows.0));
        let pager = Some(settings.pager()).filter(|pager| !look.no_pager && !matches!(pager[..], [] | ["cat"]));
        let pager = pager.zip(rows).filter(|_| is_read_by_a_person() && !is_dumb());
        View { style, pager, folds: is_for_people(look) }
    }

    /// Runs `write` on standard output, through the pager where it is longer than the screen.
    pub(crate) fn print(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        let width = if self.folds { self.style.width.max(NARROWEST) } else { usize::MAX };
        let Some((pager, rows)) = &self.pager else {
            return print(|out| {
                let mut out = Folded::new(out, width);
                write(&mut out).and_then(|()| out.finish()).map(|_| ())
            });
        };
        // The prompt needs a line too.
        let out = Paged::new(pager.clone(), (rows.saturating_sub(1).max(1), self.style.width.max(1)));
        let mut out = Folded::new(out, width);
        write(&mut out).and_then(|()| out.finish()).and_then(Paged::finish).map_err(broken)
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
    Style { colour, links, width: width() }
}

/// Columns of the terminal; without one as $COLUMNS says, else 80.
fn width() -> usize {
    let said = || std::env::var("COLUMNS").ok()?.parse().ok().filter(|width| *width > 0);
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)).or_else(said).unwrap_or(80)
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
