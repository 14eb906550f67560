//! The catalogue of errors: the rules that `build.rs` compiles from
//! `errors/<family>/*.md`, and the texts that go with them.
//!
//! ```
//! use bounce_analyzer::catalog;
//!
//! let article = catalog::article("exchange-online/tenant-threshold").unwrap();
//! assert_eq!(article.category.name(), "tenant-restricted");
//! ```

use serde::{Serialize, Serializer};

mod pattern;
mod table;
#[cfg(not(target_arch = "wasm32"))]
mod texts;
pub use pattern::{Gap, StatusPattern};
#[cfg(not(target_arch = "wasm32"))]
pub use table::RULES;
pub use table::{Place, Table, load};
#[cfg(not(target_arch = "wasm32"))]
pub use texts::{LANGUAGES, texts};

/// What the matching needs to know of one article.
#[derive(Debug, Clone, Copy)]
pub struct Article {
    /// `<family>/<name>`.
    pub id: &'static str,
    /// What kind of failure it explains.
    pub category: Category,
    /// Whether it is final, where that differs from what the action and the
    /// first digit of the code say.
    pub permanent: Option<bool>,
    /// Whether its family is no provider's (it has no `_provider.toml`): its
    /// phrases are anybody's, and yield to those and to the exact codes of a
    /// system of its own.
    pub shared: bool,
    /// Any of them may match.
    pub rules: &'static [Rule],
}

/// One way to recognise an article: every condition that is not empty must hold.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Enhanced statuses, any of them.
    pub status: &'static [StatusPattern],
    /// Reply codes, any of them.
    pub reply: &'static [u16],
    /// Indices into [`PROVIDERS`], any of them: who said it.
    pub provider: &'static [u16],
    /// Phrases, any of them.
    pub text: &'static [Phrase],
    /// The phrase is too general to count by itself: it needs the code of
    /// the same rule, and yields to a provider's exact code.
    pub weak: bool,
    /// What it recognises only says where the real reason stands.
    pub wrapper: bool,
    /// It counts only as the answer to the message itself (`DATA`).
    pub after_data: bool,
    /// It counts only where the recipient's address starts so; empty for any.
    pub recipient: &'static str,
}

/// Pieces of text that must follow each other.
#[derive(Debug, Clone, Copy)]
pub struct Phrase {
    /// Indices into [`pieces`] and what stands before each piece.
    pub pieces: &'static [Piece],
    /// The sum of the lengths of the pieces, in bytes.
    pub length: u16,
    /// What stands behind the last piece.
    pub end: Gap<'static>,
}

/// One literal piece of a phrase.
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    /// What stands between the previous piece, or the start, and this one.
    pub before: Gap<'static>,
    /// Index into [`pieces`].
    pub literal: u16,
}

/// Who speaks: a service, a gateway or a kind of mail server.
#[derive(Debug, Clone, Copy)]
pub struct Provider {
    /// The name of its folder, or its own key.
    pub id: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// Suffixes of its hosts, lower case.
    pub hosts: &'static [&'static str],
    /// Words that prove it in a text, lower case.
    pub marks: &'static [&'static str],
}

/// How sure a diagnosis is, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Stated in the message, in words of the provider that spoke.
    ProviderText,
    /// Stated in the message.
    Text,
    /// The provider's own code or range.
    Status,
    /// The standard's meaning of the code.
    Registry,
    /// The subject or the class of the code only: a guess, shown as one.
    Class,
}

macro_rules! categories {
    ($($variant:ident $name:literal,)*) => {
        /// What kind of failure it is: a closed list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs)]
        pub enum Category { $($variant,)* }

        impl Category {
            /// Every category.
            pub const ALL: &[Category] = &[$(Category::$variant,)*];

            /// Its name, kebab-case.
            pub fn name(self) -> &'static str {
                match self { $(Category::$variant => $name,)* }
            }

            /// The category of that name.
            pub fn named(name: &str) -> Option<Category> {
                match name { $($name => Some(Category::$variant),)* _ => None }
            }
        }
    };
}

categories! {
    UserUnknown "user-unknown",
    MailboxFull "mailbox-full",
    MailboxDisabled "mailbox-disabled",
    MailboxMoved "mailbox-moved",
    RecipientFiltered "recipient-filtered",
    HostUnknown "host-unknown",
    HostRefusesMail "host-refuses-mail",
    MessageTooLarge "message-too-large",
    LimitExceeded "limit-exceeded",
    RateLimited "rate-limited",
    Greylisted "greylisted",
    SenderHostBlocked "sender-host-blocked",
    BadReputation "bad-reputation",
    TenantRestricted "tenant-restricted",
    SpamContent "spam-content",
    Virus "virus",
    ContentRejected "content-rejected",
    Policy "policy",
    AuthenticationFailed "authentication-failed",
    AccessDenied "access-denied",
    RelayDenied "relay-denied",
    SenderRejected "sender-rejected",
    ReverseDns "reverse-dns",
    TlsFailed "tls-failed",
    NetworkError "network-error",
    Expired "expired",
    RoutingLoop "routing-loop",
    SystemError "system-error",
    SystemFull "system-full",
    MailerError "mailer-error",
    SyntaxError "syntax-error",
    NotRfcCompliant "not-rfc-compliant",
    Suppressed "suppressed",
    Unclassified "unclassified",
}

impl Serialize for Category {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

include!(concat!(env!("OUT_DIR"), "/providers.rs"));

/// The articles, by id.
pub fn articles() -> &'static [Article] {
    &table::table().articles
}

/// The article of that id.
pub fn article(id: &str) -> Option<&'static Article> {
    articles()
        .binary_search_by(|article| article.id.cmp(id))
        .ok()
        .and_then(|at| articles().get(at))
}

/// The literal pieces of all phrases.
pub fn pieces() -> &'static [&'static str] {
    &table::table().pieces
}

/// The rules with a phrase that starts with a piece.
pub fn rules_of_piece(piece: u16) -> &'static [Place] {
    let rules = table::table().by_piece.get(piece as usize);
    rules.map_or(&[], |rules| rules)
}

/// The rules without phrases that do not ask for one status.
pub fn rules_of_codes() -> &'static [Place] {
    &table::table().by_code
}

/// The rules without phrases that ask for the status of that subject and detail.
pub fn rules_of_status(subject: u16, detail: u16) -> impl Iterator<Item = Place> {
    let status = (subject, detail);
    let rules = &table::table().by_status;
    let first = rules.partition_point(|(other, _)| *other < status);
    let same = rules[first..].iter();
    same.take_while(move |(other, _)| *other == status)
        .map(|(_, place)| *place)
}
