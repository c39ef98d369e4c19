//! HTTP: the only file that names its library. Requests become [`Ask`]s, engines are asked on threads that may block.

use std::convert::Infallible;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::Site;
use super::ask::Ask;
use super::guard::{Names, Sender};
use super::reply::{Refusal, Reply};
use super::routes;
use crate::error::{Error, Result};

/// Where the site is to be had.
#[derive(Clone, Debug)]
pub struct Doors {
    /// An address of this machine; port 0 is any that is free.
    pub listen: SocketAddr,
    /// Further names under which it may be asked for, those of a proxy.
    pub hosts: Vec<String>,
}

/// Connections at once; the next ones wait.
const CONNECTIONS: usize = 256;
/// Requests that wait for an engine; the next ones are told to come back.
const WAITING: usize = 64;
/// How long the head of a request may take to come, and a connection may stand idle.
const HEAD: Duration = Duration::from_secs(5);
/// Bytes of a head: an address of 8 KB and what browsers send beside it.
const HEAD_BYTES: usize = 16 * 1024;
/// Bytes of an address.
const ADDRESS: usize = 8 * 1024;
/// Answers below this many bytes are not packed: that would save no packet.
const PACKED: usize = 1_400;

/// Sent with every answer. No script of ours stands in a page, so none that stands in one is ours.
const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("vary", "accept-encoding"),
];

/// Listens until the process ends. `ready` is told the address once it can be asked.
pub fn serve(site: Site, doors: &Doors, ready: impl FnOnce(SocketAddr)) -> Result<()> {
    if !doors.listen.ip().is_loopback() {
        return Err(Error::usage(format!(
            "{}: only this machine may ask; listen on 127.0.0.1 or [::1], and let a proxy that knows its users ask it, with \
             --host NAME",
            doors.listen
        )));
    }
    let cores = std::thread::available_parallelism().map_or(2, |cores| cores.get());
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(cores.min(4)).max_blocking_threads(2 * cores).enable_all().build();
    let failed = |cause: std::io::Error| {
        Error::usage(format!("{}: failed to listen: {cause}; name another with --listen", doors.listen))
    };
    runtime.map_err(failed)?.block_on(async {
        let listener = TcpListener::bind(doors.listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let names = Names { port: address.port(), hosts: doors.hosts.clone() };
        ready(address);
        accept(
            &listener,
            Arc::new(Host { site, names, waiting: AtomicUsize::new(0), engines: Semaphore::new(2 * cores) }),
        )
        .await;
        Ok(())
    })
}

struct Host {
    site: Site,
    names: Names,
    waiting: AtomicUsize,
    engines: Semaphore,
}

async fn accept(listener: &TcpListener, host: Arc<Host>) {
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(permit) = Arc::clone(&connections).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, for one: others may be closed soon.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let host = Arc::clone(&host);
        tokio::spawn(async move {
            let mut http = hyper::server::conn::http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(HEAD_BYTES);
            let service = service_fn(|request| answer(Arc::clone(&host), request));
            // A connection that breaks is the matter of whoever broke it.
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
            drop(permit);
        });
    }
}

async fn answer(host: Arc<Host>, request: Request<Incoming>) -> std::result::Result<Response<Full<Bytes>>, Infallible> {
    let headers = request.headers();
    let ask = Ask::new(request.uri().path(), request.uri().query().unwrap_or(""));
    let reply = match host.admit(&request) {
        Err(refusal) => routes::refused(&ask, &refusal),
        Ok(()) => host.reply(&ask).await,
    };
    Ok(response(reply, headers, request.method() == Method::HEAD))
}

impl Host {
    fn admit(&self, request: &Request<Incoming>) -> std::result::Result<(), Refusal> {
        let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
        let sender = Sender {
            host: text(header::HOST),
            origin: text(header::ORIGIN),
            fetch_site: text(HeaderName::from_static("sec-fetch-site")),
        };
        self.names.admit(sender, request.uri().path())?;
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Err(Refusal::new(405, "this archive is only read", "Ask with GET or HEAD."));
        }
        if request.uri().to_string().len() > ADDRESS {
            return Err(Refusal::new(414, "the address is too long", "Ask with a shorter query."));
        }
        Ok(())
    }

    /// The page, made on a thread that may block. What waits too long behind others is not begun.
    async fn reply(self: &Arc<Self>, ask: &Ask) -> Reply {
        let busy = || Refusal::new(503, "too many ask at once", "Try again in a moment.");
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= WAITING {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return routes::refused(ask, &busy());
        }
        let permit = tokio::time::timeout(HEAD, self.engines.acquire()).await;
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        let Ok(Ok(permit)) = permit else { return routes::refused(ask, &busy()) };
        // Held by the work, which goes on when nobody waits for it any more.
        permit.forget();
        let (host, asked) = (Arc::clone(self), ask.clone());
        let made = tokio::task::spawn_blocking(move || {
            let _given_back = Permit(&host.engines);
            routes::reply(&host.site, &asked)
        });
        let fault = || Refusal::new(500, "a fault in the program", "It is on standard error; please report it.");
        made.await.unwrap_or_else(|_| routes::refused(ask, &fault()))
    }
}

/// Gives a permit back, also where the work ends in a panic.
struct Permit<'s>(&'s Semaphore);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.add_permits(1);
    }
}

fn response(reply: Reply, asked: &HeaderMap, head_only: bool) -> Response<Full<Bytes>> {
    let Reply { status, kind, mut body, headers } = reply;
    let mut response = Response::new(Full::default());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut set = |name: &'static str, value: &str| {
        // A value of a page never comes here; one that is no header is left out.
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    };
    HEADERS.iter().for_each(|(name, value)| set(name, value));
    set("cache-control", "private, no-cache");
    set("content-type", kind);
    headers.iter().for_each(|(name, value)| set(name, value));
    match status {
        405 => set("allow", "GET, HEAD"),
        503 => set("retry-after", "2"),
        _ => {}
    }
    let tag = headers.iter().find(|(name, _)| *name == "etag").map(|(_, tag)| tag.as_str());
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if status == 200 && tag.is_some() && tag == known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    let takes_gzip = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    if body.len() > PACKED
        && takes_gzip.is_some_and(|kinds| kinds.split(',').any(|one| one.trim() == "gzip"))
        && let Some(packed) = packed(&body)
    {
        body = packed;
        set("content-encoding", "gzip");
    }
    set("content-length", &body.len().to_string());
    if !head_only {
        *response.body_mut() = Full::new(Bytes::from(body));
    }
    response
}

fn packed(body: &[u8]) -> Option<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 3), flate2::Compression::fast());
    packer.write_all(body).ok()?;
    packer.finish().ok()
}
