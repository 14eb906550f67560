//! The error files, read for tests and tools.

use std::fs;
use std::path::{Path, PathBuf};

use super::entry::{self, Entry};

/// Every error file, by id.
pub fn entries() -> Vec<Entry> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/errors");
    let mut entries: Vec<Entry> = articles(&root)
        .into_iter()
        .map(|path| {
            let id = path
                .strip_prefix(&root)
                .expect("found below it")
                .with_extension("")
                .to_string_lossy()
                .replace('\\', "/");
            entry::read(&id, &fs::read_to_string(&path).expect("a readable file"))
        })
        .collect();
    assert!(!entries.is_empty(), "no error files in {}", root.display());
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    entries
}

fn articles(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for item in fs::read_dir(folder).expect("a readable folder") {
        let path = item.expect("a readable entry").path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        match name {
            _ if path.is_dir() => found.extend(articles(&path)),
            Some(name) if name.ends_with(".md") && !name.starts_with('_') => found.push(path),
            _ => {}
        }
    }
    found
}
