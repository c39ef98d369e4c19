//! The pager: what is longer than the screen goes through it.

use std::io::{self, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

/// Output that is held back until it is longer than the screen, and goes to a pager from then on. What fits on the
/// screen is printed as it is.
pub(crate) struct Paged<'a> {
    /// The pager with its arguments; not empty.
    command: Vec<&'a str>,
    /// Lines and columns of the screen.
    screen: (usize, usize),
    held: Vec<u8>,
    /// Lines of the screen that `held` fills, and columns of the last one; escape sequences count as text.
    filled: (usize, usize),
    pager: Option<(Child, ChildStdin)>,
    /// No pager could be started, or none is needed any more.
    plain: bool,
}

impl<'a> Paged<'a> {
    /// Output for a screen of `screen` lines and columns.
    pub(crate) fn new(command: Vec<&'a str>, screen: (usize, usize)) -> Paged<'a> {
        Paged { command, screen, held: Vec::new(), filled: (0, 0), pager: None, plain: false }
    }

    /// Writes what is still held back and waits for the user to leave the pager.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        match self.pager.take() {
            Some((child, input)) => {
                drop(input);
                wait(child)
            }
            None => {
                let mut out = io::stdout().lock();
                out.write_all(&self.held)?;
                out.flush()
            }
        }
    }

    fn fill(&mut self, bytes: &[u8]) {
        let (lines, columns) = &mut self.filled;
        for byte in bytes {
            // A terminal breaks a line that is too long, so that it fills several of the screen.
            if *byte == b'\n' || *columns == self.screen.1 {
                *lines += 1;
                *columns = 0;
            // Bytes after the first of a character have no width. Wide characters are counted as narrow ones: the pager then
            // starts a line or two late, and `less -F` ends by itself where it started too early.
            } else if byte & 0xC0 != 0x80 {
                *columns += 1;
            }
        }
    }

    fn start(&mut self) -> io::Result<()> {
        let Some((name, arguments)) = self.command.split_first() else { return Ok(()) };
        let mut command = Command::new(name);
        command.args(arguments).stdin(Stdio::piped());
        // A bare `less` of $PAGER would show colours as characters and stay open for a line.
        if std::env::var_os("LESS").is_none() {
            command.env("LESS", "FRX");
        }
        // Ctrl-C belongs to the pager from here on; a program that cannot take it ends as usual.
        let _ = ctrlc::set_handler(|| {});
        if let Ok(mut child) = command.spawn()
            && let Some(input) = child.stdin.take()
        {
            self.pager = Some((child, input));
        }
        Ok(())
    }
}

impl Write for Paged<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some((_, input)) = &mut self.pager {
            return input.write(bytes);
        }
        if self.plain {
            return io::stdout().write(bytes);
        }
        self.held.extend_from_slice(bytes);
        self.fill(bytes);
        if self.filled.0 >= self.screen.0 {
            self.start()?;
            // A pager that is not there must not hide the answer.
            self.plain = self.pager.is_none();
            let held = std::mem::take(&mut self.held);
            match &mut self.pager {
                Some((_, input)) => input.write_all(&held)?,
                None => io::stdout().write_all(&held)?,
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.pager {
            Some((_, input)) => input.flush(),
            None => Ok(()),
        }
    }
}

impl Drop for Paged<'_> {
    /// Also after an error (the user left the pager before the end) the shell must not come back before the pager is gone.
    fn drop(&mut self) {
        if let Some((child, input)) = self.pager.take() {
            drop(input);
            let _ = wait(child);
        }
    }
}

fn wait(mut child: Child) -> io::Result<()> {
    child.wait().map(|_| ())
}
