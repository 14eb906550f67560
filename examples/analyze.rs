//! Prints one line of JSON for each message of the files, or of standard
//! input without a file:
//!
//! ```text
//! cargo run --release --quiet --example analyze -- bounce.eml
//! ```

use std::io::{Read, Write};

use bounce_analyzer::record::records;
use bounce_analyzer::{Options, analyze};

fn main() -> std::io::Result<()> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let mut out = std::io::stdout().lock();
    if paths.is_empty() {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes)?;
        return print(&mut out, "-", &bytes);
    }
    for path in &paths {
        // A file that cannot be read still gets its line.
        let bytes = std::fs::read(path).unwrap_or_else(|error| {
            eprintln!("{path}: {error}");
            Vec::new()
        });
        print(&mut out, path, &bytes)?;
    }
    Ok(())
}

fn print(out: &mut impl Write, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    for record in records(&analyze(bytes, &Options::default()), name) {
        serde_json::to_writer(&mut *out, &record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
