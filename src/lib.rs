//! Reads a bounce and says what happened, who has to act and what fixes it.
//!
//! ```
//! use bounce_analyzer::{Options, analyze};
//!
//! let analysis = analyze(
//!     b"550 5.7.705 Access denied, tenant has exceeded threshold",
//!     &Options::default(),
//! );
//! let recipient = &analysis.reports[0].per_recipient[0];
//! let diagnosis = recipient.diagnosis.as_ref().unwrap();
//! assert_eq!(diagnosis.article, "exchange-online/tenant-threshold");
//! ```
//!
//! The flow reads in one direction, one function an arrow, and nothing looks back:
//!
//! ```text
//! bytes -> input -> container -> report -> diagnosis -> | wasm | -> advice -> page
//! ```
//!
//! - [`input`]: what kind of thing the bytes are.
//! - [`container`]: bytes to documents, the decoded texts that a reader sees.
//! - [`report`]: documents to a [`Report`]: who, what, which server said what.
//! - [`diagnosis`]: what was said, ranked against the rules of the [`catalog`].
//! - `advice` (the page, outside of this crate): an article's id and captured values to words.

pub mod analysis;
pub mod budget;
pub mod catalog;
pub mod container;
pub mod diagnosis;
pub mod input;
pub mod limits;
pub mod matcher;
pub mod order;
pub mod record;
pub mod redact;
pub mod report;
pub mod smtp;
pub mod source;
pub mod unwrapped;
pub mod walk;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
pub mod words;

pub use analysis::{Analysis, Options, Problem, analyze};
pub use catalog::{Basis, Category};
pub use diagnosis::Diagnosis;
pub use report::{Kind, PerRecipient, Report};
pub use source::{Field, Source, Span};
