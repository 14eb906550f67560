//! The boundary to JavaScript: bytes in, plain objects out.
//!
//! The types that the page sees stand in `wasm.d.ts` and become part of the
//! declarations that wasm-bindgen writes. Spans count UTF-8 bytes on this
//! side and UTF-16 units on the other; nothing else converts them.
//!
//! ```text
//! wasm_bindgen.initSync({ module });
//! wasm_bindgen.load_rules(rules); // the text of rules.txt
//! const bytes = new TextEncoder().encode("550 5.1.1 User unknown");
//! const { reports, sources } = wasm_bindgen.analyze(bytes, false);
//! ```

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use web_sys::TextDecoder;

use crate::analysis::Options;
use crate::source::{Source, Span};
use crate::walk::Walk;
use crate::{catalog, record};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("wasm.d.ts");

/// Takes the catalogue's rules, the text of `rules.txt`, once and before
/// anything is read: without them nothing is recognised.
#[wasm_bindgen]
pub fn load_rules(rules: String) {
    catalog::load(rules);
}

/// Reads one input: see [`crate::analyze`]. `redacted` replaces what points
/// to people: see [`Options::redacted`].
#[wasm_bindgen(unchecked_return_type = "Analysis")]
pub fn analyze(bytes: &[u8], redacted: bool) -> Result<JsValue, serde_wasm_bindgen::Error> {
    let mut analysis = crate::analyze(bytes, &Options { redacted });
    let sources = std::mem::take(&mut analysis.sources);
    let mut spans = Vec::new();
    analysis.spans(&mut spans);
    to_utf16(spans, &sources);
    analysis.sources = sources;
    plain(&analysis)
}

/// The records of an input called `name`: see [`record::records`].
#[wasm_bindgen(unchecked_return_type = "MessageRecord[]")]
pub fn records(
    bytes: &[u8],
    name: &str,
    redacted: bool,
) -> Result<JsValue, serde_wasm_bindgen::Error> {
    let analysis = crate::analyze(bytes, &Options { redacted });
    let mut records = record::records(&analysis, name);
    let mut spans = Vec::new();
    records.spans(&mut spans);
    to_utf16(spans, &analysis.sources);
    plain(&records)
}

/// Maps as objects, `None` as `null`: what `JSON.stringify` writes as it is.
fn plain(value: &impl Serialize) -> Result<JsValue, serde_wasm_bindgen::Error> {
    value.serialize(&Serializer::json_compatible())
}

/// Turns offsets in bytes into offsets in UTF-16 units, in one pass over each
/// source. An offset behind the end of its source becomes the end.
pub fn to_utf16(spans: Vec<&mut Span>, sources: &[Source]) {
    let units: Vec<Units<'_>> = sources.iter().map(Units::of).collect();
    for Span { source, start, end } in spans {
        if let Some(units) = units.get(*source as usize) {
            *start = units.at(*start as usize);
            *end = units.at(*end as usize);
        }
    }
}

/// How many UTF-16 units stand before each block of a text.
struct Units<'a> {
    text: &'a [u8],
    before: Vec<u32>,
}

impl Units<'_> {
    /// Bytes.
    const BLOCK: usize = 64;

    fn of(source: &Source) -> Units<'_> {
        let text = source.text.as_bytes();
        let mut units = 0;
        let blocks = text.chunks(Self::BLOCK).map(|block| {
            let before = units;
            units += utf16_units(block);
            before
        });
        let mut before: Vec<u32> = blocks.collect();
        before.push(units);
        Units { text, before }
    }

    fn at(&self, offset: usize) -> u32 {
        let offset = offset.min(self.text.len());
        let block = offset / Self::BLOCK;
        let before = self.before.get(block).copied().unwrap_or(0);
        let rest = self.text.get(block * Self::BLOCK..offset);
        before + rest.map_or(0, utf16_units)
    }
}

/// One for the first byte of each character, another one for those of four
/// bytes: they need two units.
fn utf16_units(utf8: &[u8]) -> u32 {
    utf8.iter()
        .map(|byte| u32::from(byte & 0xC0 != 0x80) + u32::from(*byte >= 0xF0))
        .sum()
}

/// Decodes bytes with the browser's own tables; `None` where it does not know
/// the charset. What is malformed becomes U+FFFD.
pub(crate) fn decode(label: &str, bytes: &[u8]) -> Option<String> {
    let decoder = TextDecoder::new_with_label(label).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}
