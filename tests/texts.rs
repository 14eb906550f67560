//! Texts in many charsets, read natively; `wasm.rs` reads the same in a browser.

mod charsets;

#[test]
fn every_charset_is_read() {
    charsets::check();
}
