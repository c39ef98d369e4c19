//! Who may ask: a browser that was sent here by this site itself, by no other.

use super::reply::Refusal;

/// Names under which the site may be asked for.
#[derive(Clone, Debug)]
pub(super) struct Names {
    /// The port that is listened on.
    pub(super) port: u16,
    /// Further names, those of a proxy, with any port.
    pub(super) hosts: Vec<String>,
}

/// What of a request says who asks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sender<'r> {
    pub(super) host: Option<&'r str>,
    pub(super) origin: Option<&'r str>,
    pub(super) fetch_site: Option<&'r str>,
}

impl Names {
    /// Refuses a request that another site has made a browser send. A name that leads to this machine by way of a foreign
    /// name server (DNS rebinding) is known by the name.
    pub(super) fn admit(&self, sender: Sender<'_>, path: &str) -> Result<(), Refusal> {
        if !sender.host.is_some_and(|host| self.is_ours(host)) {
            return Err(Refusal::new(
                421,
                "this archive has another name",
                "Ask for it as localhost, or say --host NAME.",
            ));
        }
        let foreign_origin = sender.origin.is_some_and(|origin| {
            let host = origin.strip_prefix("http://").or(origin.strip_prefix("https://"));
            !host.is_some_and(|host| self.is_ours(host))
        });
        let data = path.starts_with("/api/") || path.starts_with("/export.") || path.starts_with("/cite");
        let from_elsewhere = data && sender.fetch_site.is_some_and(|site| !matches!(site, "same-origin" | "none"));
        if foreign_origin || from_elsewhere {
            return Err(Refusal::new(403, "another site asks", "Open the page itself."));
        }
        Ok(())
    }

    fn is_ours(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let (name, port) = match host.rsplit_once(':') {
            // The colons of an address of IPv6 stand in brackets.
            Some((name, port)) if !port.ends_with(']') => (name, port.parse::<u16>().ok()),
            _ => (host.as_str(), Some(80)),
        };
        let name = name.strip_suffix('.').unwrap_or(name);
        let local = matches!(name, "localhost" | "127.0.0.1" | "[::1]") && port == Some(self.port);
        local || (port.is_some() && self.hosts.iter().any(|one| one.eq_ignore_ascii_case(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_is_sent_by_this_site_may_ask() {
        let names = Names { port: 8431, hosts: vec!["archive.example".to_owned()] };
        for (host, admitted) in [
            ("localhost:8431", true),
            ("LOCALHOST.:8431", true),
            ("127.0.0.1:8431", true),
            ("[::1]:8431", true),
            ("archive.example", true),
            ("Archive.Example:443", true),
            ("localhost", false),
            ("localhost:80", false),
            ("evil.example:8431", false),
            ("localhost.evil.example:8431", false),
            ("127.0.0.1.evil.example:8431", false),
            ("archive.example:x", false),
            ("", false),
        ] {
            let status = names.admit(Sender { host: Some(host), ..Sender::default() }, "/").map_err(|no| no.status);
            assert_eq!(status, if admitted { Ok(()) } else { Err(421) }, "{host}");
        }
        assert!(names.admit(Sender::default(), "/").is_err());
        let here = Sender { host: Some("localhost:8431"), ..Sender::default() };
        for (origin, fetch_site, path, admitted) in [
            (Some("http://localhost:8431"), None, "/api/v1/search", true),
            (Some("http://evil.example"), None, "/", false),
            (Some("null"), None, "/", false),
            (None, Some("cross-site"), "/api/v1/search", false),
            (None, Some("same-site"), "/export.csv", false),
            (None, Some("same-origin"), "/export.csv", true),
            (None, Some("none"), "/api/v1/search", true),
            // A link from elsewhere may lead to a page.
            (None, Some("cross-site"), "/a/9546a5dc88fb06f8", true),
        ] {
            let status = names.admit(Sender { origin, fetch_site, ..here }, path).map_err(|no| no.status);
            assert_eq!(status, if admitted { Ok(()) } else { Err(403) }, "{origin:?} {fetch_site:?} {path}");
        }
    }
}
