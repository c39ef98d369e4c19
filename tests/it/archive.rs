//! A temporary archive and the program run on it.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::rows::{self, Hit};

/// The package's folder, where `corpus/` and the README lie.
pub(crate) fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program in `folder`, cut off from the settings of whoever runs the tests.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_search"));
    command.current_dir(folder);
    // Whatever is set that nobody thought of must not decide a test. What is kept says where programs and temporary files
    // are, and where a measurement of coverage goes.
    command.env_clear();
    for name in ["PATH", "TMPDIR", "LLVM_PROFILE_FILE"] {
        command.envs(std::env::var_os(name).map(|value| (name, value)));
    }
    command.env("TERM", "xterm").env("LC_ALL", "C.UTF-8");
    command.env("HOME", folder).env("XDG_CONFIG_HOME", folder).env("XDG_DATA_HOME", folder);
    command.env("XDG_STATE_HOME", folder.join("state"));
    command.stdin(Stdio::null());
    command
}

/// A folder with an archive in `pages/` and its index in `index/`.
pub(crate) struct Archive {
    folder: TempDir,
}

impl Archive {
    /// An empty archive.
    pub(crate) fn new() -> Archive {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("pages")).unwrap();
        Archive { folder }
    }

    /// An archive with these pages, not yet indexed.
    pub(crate) fn with(pages: &[(&str, &str)]) -> Archive {
        let archive = Archive::new();
        for (path, text) in pages {
            archive.write(path, text);
        }
        archive
    }

    /// The folder that holds `pages/` and `index/`; the program runs here.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A path below `pages/`.
    pub(crate) fn page(&self, path: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join("pages").join(path)
    }

    /// Writes a file below `pages/`, with the folders it needs.
    pub(crate) fn write(&self, path: impl AsRef<Path>, content: impl AsRef<[u8]>) {
        let path = self.page(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Removes a file below `pages/`.
    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.page(path)).unwrap();
    }

    /// Runs the program with `args` in this archive's folder.
    #[track_caller]
    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: &[S]) -> Run {
        Run::of(program(self.folder()).args(args))
    }

    /// Starts the program with `args`, output taken by pipes.
    pub(crate) fn start(&self, args: &[&str]) -> Child {
        program(self.folder()).args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Indexes `pages/`.
    #[track_caller]
    pub(crate) fn index(&self) -> Run {
        self.run(&["index", "pages"])
    }

    /// The articles that match `query`, all of them.
    #[track_caller]
    pub(crate) fn hits(&self, query: &[&str]) -> Vec<Hit> {
        let mut args = vec!["query", "--json", "--all", "--no-group", "-n", "0"];
        args.extend(query);
        let run = self.run(&args);
        assert!(matches!(run.status, Some(0 | 1)), "{run:?}");
        rows::parse(&run.stdout)
    }

    /// Paths of the articles that match `query`, sorted.
    #[track_caller]
    pub(crate) fn paths(&self, query: &[&str]) -> Vec<String> {
        rows::paths(&self.hits(query))
    }
}

/// What one run of the program gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) command: String,
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Runs `command` to its end.
    #[track_caller]
    pub(crate) fn of(command: &mut Command) -> Run {
        Run::whatever(command).without_fault()
    }

    /// Runs `command` to its end, faults in the program included.
    pub(crate) fn whatever(command: &mut Command) -> Run {
        let output = command.output().unwrap();
        Run::from_output(format!("{command:?}"), &output)
    }

    #[track_caller]
    fn without_fault(self) -> Run {
        let fault = ["panicked", "internal error"].iter().any(|words| self.stderr.contains(words));
        assert!(!fault, "a fault in the program: {self:#?}");
        self
    }

    /// Runs `command` with `input` on its standard input.
    #[track_caller]
    pub(crate) fn with_input(command: &mut Command, input: &[u8]) -> Run {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Run::from_output(format!("{command:?}"), &child.wait_with_output().unwrap()).without_fault()
    }

    /// Runs `command`, whose standard output goes elsewhere, to its end; what it said on standard error.
    pub(crate) fn of_stderr(command: &mut Command) -> String {
        let output = command.stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    /// What a command that has ended gave.
    pub(crate) fn from_output(command: String, output: &Output) -> Run {
        Run {
            command,
            status: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Demands the exit status.
    #[track_caller]
    pub(crate) fn code(self, status: i32) -> Run {
        assert_eq!(self.status, Some(status), "exit status of {}\n{}\n{}", self.command, self.stdout, self.stderr);
        self
    }

    /// Demands that standard output is exactly `text`.
    #[track_caller]
    pub(crate) fn prints(self, text: &str) -> Run {
        assert_eq!(self.stdout, text, "standard output of {}\n{}", self.command, self.stderr);
        self
    }

    /// What it wrote holds each of these, wherever.
    #[track_caller]
    pub(crate) fn has(self, parts: &[&str]) -> Run {
        for part in parts {
            assert!(self.stdout.contains(part), "{}: no {part:?} in\n{}", self.command, self.stdout);
        }
        self
    }

    /// Demands that standard error is empty.
    #[track_caller]
    pub(crate) fn quiet(self) -> Run {
        assert_eq!(self.stderr, "", "standard error of {}", self.command);
        self
    }

    /// Demands that standard error holds each of `words`.
    #[track_caller]
    pub(crate) fn complains(self, words: &[&str]) -> Run {
        for word in words {
            assert!(self.stderr.contains(word), "'{word}' is not in the standard error of {self:#?}");
        }
        self
    }
}

/// `corpus/`, indexed once for all tests that only read.
pub(crate) struct Corpus {
    index: TempDir,
}

/// The index of `corpus/`.
pub(crate) static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let index = tempfile::tempdir().unwrap();
    let corpus = Corpus { index };
    Run::of(program(package()).args(["index", "corpus", "--index"]).arg(corpus.index.path().join("index"))).code(0);
    corpus
});

impl Corpus {
    /// The folder of the index.
    pub(crate) fn index(&self) -> PathBuf {
        self.index.path().join("index")
    }

    /// Runs `search COMMAND --index ... ARGS` in the package's folder.
    #[track_caller]
    pub(crate) fn run(&self, command: &str, args: &[&str]) -> Run {
        let index = self.index.path().join("index");
        Run::of(program(package()).args([command, "--index"]).arg(index).args(args))
    }

    /// The articles that match `query`, all of them, in the order of the list.
    #[track_caller]
    pub(crate) fn hits(&self, query: &[&str]) -> Vec<Hit> {
        let mut args = vec!["--json", "--all", "--no-group", "-n", "0"];
        args.extend(query);
        let run = self.run("query", &args);
        assert!(matches!(run.status, Some(0 | 1)), "{run:?}");
        rows::parse(&run.stdout)
    }
}
