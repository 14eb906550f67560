//! What the project is built from: licences that allow it, one version of
//! each package, nothing from outside of the registries, every byte locked.
//!
//! This needs no network; `./build.sh audit` checks the same `deny.toml` with
//! cargo-deny, for the crates of `fuzz/` too, and asks for advisories.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A file of the project.
fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(path).expect("a readable file")
}

/// The licences that `deny.toml` allows.
fn licences() -> Vec<String> {
    let rules: toml::Table = file("deny.toml").parse().expect("TOML");
    let allowed = rules["licenses"]["allow"].as_array().expect("a list");
    assert!(!allowed.is_empty(), "the licences are listed");
    let names = allowed.iter().filter_map(toml::Value::as_str);
    names.map(str::to_string).collect()
}

/// Licences of programs that only build or test, and are passed on to nobody.
const LICENCES_OF_TOOLS: &[&str] = &["BlueOak-1.0.0", "CC0-1.0", "MPL-2.0", "Python-2.0"];

/// Whether an SPDX expression can be met; `/` is how older crates write OR.
fn allows(expression: &str, known: &dyn Fn(&str) -> bool) -> bool {
    let flat = expression.replace('/', " OR ");
    // Brackets stand around an OR inside of an AND only.
    flat.split(" AND ").all(|part| {
        part.trim_matches(['(', ')', ' '])
            .split(" OR ")
            .any(|licence| known(licence.trim_matches(['(', ')', ' '])))
    })
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn every_crate_may_be_used_and_comes_once_from_the_registry() {
    let allowed = licences();
    let metadata = metadata();
    let packages = list(&metadata["packages"]);
    assert!(packages.len() > 20, "the crates are listed");
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut faults = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or_default();
        if !allows(licence, &|one| allowed.iter().any(|known| known == one)) {
            faults.push(format!("{name}: licence {licence:?}"));
        }
        let from_registry = package["source"]
            .as_str()
            .is_some_and(|source| source.starts_with("registry+"));
        if !from_registry && name != env!("CARGO_PKG_NAME") {
            faults.push(format!("{name}: from {}", package["source"]));
        }
        let version = package["version"].as_str().unwrap_or_default();
        versions.entry(name).or_default().push(version);
    }
    for (name, versions) in versions {
        if versions.len() > 1 {
            faults.push(format!("{name}: in versions {}", versions.join(", ")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The crates of `fuzz/` are fetched only to fuzz: their licences are checked
/// by `./build.sh audit`.
#[test]
fn every_lock_file_names_each_crate_once_and_its_bytes() {
    for name in ["Cargo.lock", "fuzz/Cargo.lock"] {
        let lock: toml::Table = file(name).parse().expect("TOML");
        let packages = lock["package"].as_array().expect("a list of packages");
        assert!(packages.len() > 20, "the crates are listed");
        let mut seen = HashSet::new();
        let mut faults = Vec::new();
        for package in packages {
            let text = |key: &str| package.get(key).and_then(toml::Value::as_str);
            let crate_name = text("name").unwrap_or_default();
            let own = crate_name.starts_with(env!("CARGO_PKG_NAME"));
            if !own && text("checksum").is_none_or(str::is_empty) {
                faults.push(format!("{name}: {crate_name} without a checksum"));
            }
            if !seen.insert(crate_name) {
                faults.push(format!("{name}: {crate_name} in two versions"));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[test]
fn every_node_package_may_be_used_and_is_locked() {
    let allowed = licences();
    let lock: Value = serde_json::from_str(&file("package-lock.json")).expect("JSON");
    let packages = lock["packages"].as_object().expect("a list of packages");
    assert!(packages.len() > 5, "the packages are listed");
    let mut faults = Vec::new();
    for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
        let licence = package["license"].as_str().unwrap_or_default();
        let known = |one: &str| {
            allowed.iter().any(|known| known == one) || LICENCES_OF_TOOLS.contains(&one)
        };
        if !allows(licence, &known) {
            faults.push(format!("{name}: licence {licence:?}"));
        }
        if package["integrity"].as_str().is_none_or(str::is_empty) {
            faults.push(format!("{name}: without a checksum"));
        }
        if package["dev"] != Value::Bool(true) {
            faults.push(format!("{name}: the page is served with no package"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn expressions_are_read() {
    let known = |licence: &str| matches!(licence, "MIT" | "Unicode-3.0");
    assert!(allows("MIT/GPL-3.0", &known));
    assert!(allows("(GPL-3.0 OR MIT) AND Unicode-3.0", &known));
    assert!(!allows("MIT AND GPL-3.0", &known));
    assert!(!allows("", &known));
}
