//! Who said it: which of the [`PROVIDERS`] a host or a mark in the words
//! belongs to.

use std::sync::OnceLock;

use crate::catalog::PROVIDERS;
use crate::matcher::Lists;
use crate::order;
use crate::report::{PerRecipient, Statement, Voice};
use crate::words::Words;

/// What tells the providers, all of them at once.
struct Speakers {
    /// Suffixes of hosts and whose they are, by suffix.
    hosts: Vec<(&'static str, u16)>,
    /// The marks of each provider.
    marks: Lists,
}

/// The indices of those that may have said it, in ascending order: by the host
/// that spoke, and in a reply by marks in its words.
pub(super) fn of(recipient: &PerRecipient, statement: &Statement, words: &Words) -> Vec<u16> {
    let speakers = speakers();
    let host = (statement.speaker.as_ref()).or(recipient.remote_mta.as_ref());
    let mut found = Vec::new();
    if let Some(host) = host {
        let host = host.value.to_ascii_lowercase();
        let host = host.trim_end_matches('.');
        let below = host.match_indices('.').map(|(dot, _)| &host[dot + 1..]);
        found.extend(
            std::iter::once(host)
                .chain(below)
                .flat_map(|suffix| speakers.at(suffix)),
        );
    }
    if statement.voice == Voice::Reply {
        let marks = speakers.marks.all(words.text());
        found.extend(marks.map(|(whose, _)| whose as u16));
    }
    order::sorted_set(&mut found);
    found
}

impl Speakers {
    fn at<'a>(&'a self, suffix: &'a str) -> impl Iterator<Item = u16> + 'a {
        let first = self.hosts.partition_point(|(host, _)| *host < suffix);
        let same = self.hosts[first..].iter();
        same.take_while(move |(host, _)| *host == suffix)
            .map(|(_, whose)| *whose)
    }
}

fn speakers() -> &'static Speakers {
    static SPEAKERS: OnceLock<Speakers> = OnceLock::new();
    SPEAKERS.get_or_init(|| {
        let mut hosts: Vec<(&str, u16)> = PROVIDERS
            .iter()
            .zip(0..)
            .flat_map(|(provider, at)| provider.hosts.iter().map(move |host| (*host, at)))
            .collect();
        order::sort_by_key(&mut hosts, |host| *host);
        Speakers {
            hosts,
            marks: Lists::new(PROVIDERS.iter().map(|provider| provider.marks)),
        }
    })
}
