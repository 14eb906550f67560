//! The texts of the articles, one JSON a language: what the page loads.

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The articles in one language as JSON, or `None` for a language that the
/// catalogue does not have. The shape is told in `ARCHITECTURE.md`.
pub fn texts(language: &str) -> Option<&'static str> {
    LANGUAGES
        .iter()
        .position(|known| *known == language)
        .and_then(|at| TEXTS.get(at).copied())
}
