#!/usr/bin/env bash
# The commands of the project: see `./build.sh help`.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'TEXT'
usage: ./build.sh [build]        build dist/, the site, and dist/bounce-analyzer.html, the whole tool in one file
       ./build.sh serve [PORT]   build, then serve dist/ on this machine and print the address
       ./build.sh test           run every check and test, in real browsers too
       ./build.sh fuzz [SECONDS] read made-up inputs for so long with each target of fuzz/ (600 if not told)
       ./build.sh audit          check licences, versions and sources of all crates, and ask for known vulnerabilities
       ./build.sh help           this text

SITE_URL=https://... ./build.sh adds what search engines want to know in full: sitemap.xml and each page's own address.

Each command first installs what it lacks: the Rust toolchain of rust-toolchain.toml, the wasm-bindgen
program of the version in Cargo.lock (kept in ~/.cache/bounce-analyzer), the node packages of package-lock.json
and, for the tests, Chromium and Firefox (CHROMIUM, CHROMEDRIVER and FIREFOX name others). Package registries are all
that it talks to, but for audit: the known vulnerabilities of crates are listed on github.com.
TEXT
}

TARGET=wasm32-unknown-unknown
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/bounce-analyzer
CARGO_HOME=${CARGO_HOME:-$HOME/.cargo}
OUT=${CARGO_TARGET_DIR:-target}

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }
die() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# ---- what is missing -------------------------------------------------------

# need COMMAND PACKAGE...: the command, from Debian's packages where possible.
need() {
  local command=$1
  shift
  have "$command" && return
  if have apt-get && [ "$(id -u)" = 0 ]; then
    say "installing $* for $command"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get -o DPkg::Lock::Timeout=300 install -y -qq "$@" >/dev/null || die "apt-get could not install $*"
    have "$command" && return
  fi
  die "$command is missing: install it (on Debian: apt-get install $*), then run this again"
}

rust() {
  need cc gcc libc6-dev
  export PATH="$CARGO_HOME/bin:$PATH"
  have rustup || have rustc || need rustup rustup
  # rustup may be told not to install by itself: every program of the toolchain fails then.
  if rustc --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 &&
    cargo fmt --version >/dev/null 2>&1 && [ -d "$(rustc --print sysroot)/lib/rustlib/$TARGET" ]; then
    return
  fi
  have rustup || die "the toolchain of rust-toolchain.toml is needed: install rustup, then run this again"
  say "installing the Rust toolchain of rust-toolchain.toml"
  rustup toolchain install --no-self-update
}

# The programs of wasm-bindgen must be of exactly the version of the library.
wasm_bindgen() {
  local version
  version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p;}' Cargo.lock)
  [ -n "$version" ] || die "no wasm-bindgen in Cargo.lock"
  BINDGEN=$CACHE/wasm-bindgen-$version/bin
  [ -x "$BINDGEN/wasm-bindgen" ] && return
  mkdir -p "$CACHE"
  (
    # One run installs, the others wait for it.
    if have flock; then
      exec 9>"$CACHE/lock"
      flock 9
    fi
    if [ ! -x "$BINDGEN/wasm-bindgen" ]; then
      say "installing wasm-bindgen $version into $CACHE (some minutes, once)"
      fresh=$(mktemp -d "$CACHE/new.XXXXXX")
      trap 'rm -rf "$fresh"' EXIT
      # Without --locked: its lock file may name versions that a registry does not have yet.
      CARGO_TARGET_DIR="$fresh/target" cargo install --quiet wasm-bindgen-cli --version "$version" --root "$fresh"
      rm -rf "$fresh/target"
      # Whole or not at all; who comes second without a lock keeps the first one's.
      mv -T "$fresh" "${BINDGEN%/bin}" 2>/dev/null || mv "$fresh" "${BINDGEN%/bin}" 2>/dev/null || true
    fi
  ) || die "could not install wasm-bindgen-cli $version"
  [ -x "$BINDGEN/wasm-bindgen" ] || die "wasm-bindgen $version is not in $BINDGEN"
}

node_packages() {
  need node nodejs
  need npm npm
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || die "Node 20 or newer is needed, this is $(node --version)"
  if [ ! -e node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; then
    say "installing the node packages of package-lock.json"
    # Nothing that a package brings is run at installation.
    npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
    touch node_modules/.installed
  fi
}

browsers() {
  export CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
  if [ -z "$CHROMIUM" ]; then
    need chromium chromium fonts-liberation
    CHROMIUM=$(command -v chromium)
  fi
  export CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver || true)}
  if [ -z "$CHROMEDRIVER" ]; then
    need chromedriver chromium-driver
    CHROMEDRIVER=$(command -v chromedriver)
  fi
  export FIREFOX=${FIREFOX:-$(command -v firefox-esr || command -v firefox || true)}
  if [ -z "$FIREFOX" ]; then
    need firefox-esr firefox-esr
    FIREFOX=$(command -v firefox-esr)
  fi
}

# ---- the site --------------------------------------------------------------

# The same bytes on every machine: the builder's folders are left out. Parted
# as cargo wants it, so that a path may hold blanks; the last that fits counts.
wasm_flags() {
  local registry flags=("--remap-path-prefix=$HOME=home" "--remap-path-prefix=$CARGO_HOME=cargo")
  for registry in "$CARGO_HOME"/registry/src/*/; do
    flags+=("--remap-path-prefix=${registry%/}=crates")
  done
  flags+=("--remap-path-prefix=$PWD=.")
  local IFS=$'\x1f'
  printf '%s' "${flags[*]}"
}

core() {
  say "the core, as WebAssembly"
  cargo fetch --locked --quiet
  CARGO_ENCODED_RUSTFLAGS=$(wasm_flags) \
    cargo build --locked --quiet --lib --profile wasm --target $TARGET
  local built=$OUT/$TARGET/wasm/bounce_analyzer.wasm made
  made=$(cat "$built" package-lock.json Cargo.lock build.sh | sha256sum)
  [ "$made" = "$(cat "$OUT/site/core.from" 2>/dev/null || true)" ] && return
  rm -rf "$OUT/site/core" "$OUT/site/core.from"
  "$BINDGEN/wasm-bindgen" --target no-modules --no-typescript --out-dir "$OUT/site/core" "$built"
  # Only the features that the target declares: browsers refuse a file that asks for all.
  local wasm=$OUT/site/core/bounce_analyzer_bg.wasm
  node_modules/.bin/wasm-opt -Oz --strip-debug --strip-producers --strip-target-features "$wasm" -o "$wasm.small"
  mv "$wasm.small" "$wasm"
  printf '%s\n' "$made" >"$OUT/site/core.from"
}

texts() {
  say "the rules and texts of the articles"
  local language
  mkdir -p "$OUT/site/texts.new"
  for language in $(sed -n '/pub const LANGUAGES/s/[^"]*"\([a-z-]*\)"[^"]*/\1 /gp' src/catalog/entry.rs); do
    cargo run --locked --quiet --example catalogue -- --texts "$language" >"$OUT/site/texts.new/$language.json"
  done
  cargo run --locked --quiet --example catalogue -- --bounces >"$OUT/site/texts.new/bounces.json"
  cargo run --locked --quiet --example catalogue -- --rules >"$OUT/site/core/rules.txt"
  rm -rf "$OUT/site/texts"
  mv "$OUT/site/texts.new" "$OUT/site/texts"
}

build() {
  rust
  node_packages
  wasm_bindgen
  core
  texts
  say "the site"
  node build/site.mjs "$OUT/site/core" "$OUT/site/texts"
  node build/sizes.mjs dist
  say "dist/ is ready: upload it, or open dist/bounce-analyzer.html"
}

# ---- the tests -------------------------------------------------------------

step() {
  say "$1"
  shift
  "$@" || die "failed: $*"
}

run_tests() {
  rust
  node_packages
  wasm_bindgen
  browsers
  step "format" cargo fmt --check
  step "lints" cargo clippy --locked --quiet --all-targets -- -D warnings
  step "lints of the WebAssembly side" cargo clippy --locked --quiet --target $TARGET --lib --test wasm -- -D warnings
  # What only the browser's tests need, too: the licences of all are looked at.
  cargo fetch --locked --quiet
  step "tests" cargo test --locked --quiet
  # The runner gives all of them 20 seconds, which a busy machine needs for the long texts.
  step "tests of the WebAssembly side, in the browser" env WASM_BINDGEN_TEST_TIMEOUT=120 \
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER="$BINDGEN/wasm-bindgen-test-runner" \
    cargo test --locked --target $TARGET --test wasm
  build
  step "types of the page" node_modules/.bin/tsc --noEmit
  step "format and lints of the page" node_modules/.bin/biome check --error-on-warnings
  step "markup of the page" node_modules/.bin/html-validate dist/index.html
  step "markup of the reference" node_modules/.bin/html-validate \
    dist/*/errors/index.html dist/*/help/index.html dist/*/errors/generic/*/index.html dist/*/errors/exchange-online/t*/index.html
  step "tests of the build" node --test tests/build/*.test.mjs
  step "tests of the page, in the browsers" node --test tests/page/*.test.*
  say "all tests passed"
}

# ---- the fuzzer ------------------------------------------------------------

# A toolchain of its own, because the fuzzer needs an unstable one.
NIGHTLY=nightly-2026-10-01
CARGO_FUZZ=0.13.2

fuzz() {
  rust
  have rustup || die "rustup is needed for $NIGHTLY"
  rustup toolchain list | grep -q "^$NIGHTLY" || rustup toolchain install "$NIGHTLY" --profile minimal
  local tool=$CACHE/cargo-fuzz-$CARGO_FUZZ target seeds
  [ -x "$tool/bin/cargo-fuzz" ] || cargo install --quiet cargo-fuzz --version "$CARGO_FUZZ" --root "$tool"
  export PATH="$tool/bin:$PATH"
  for target in fuzz/fuzz_targets/*.rs; do
    target=$(basename "$target" .rs)
    seeds=tests/bounces
    [ "$target" != entry ] || seeds=src/errors
    say "fuzzing: $target"
    mkdir -p "fuzz/corpus/$target" "fuzz/findings/$target"
    # No sanitizer: it makes the readers many times slower, and nothing of this crate is unsafe.
    cargo "+$NIGHTLY" fuzz run --sanitizer none "$target" "fuzz/corpus/$target" "$seeds" "fuzz/findings/$target" -- \
      -dict=fuzz/words.dict -max_total_time="$1" -max_len=4096 -timeout=10 -print_final_stats=1 ||
      die "a finding: mend it, and keep the input in fuzz/findings/$target, where ./build.sh test reads it"
  done
}

# ---- what the project is built from ----------------------------------------

CARGO_DENY=0.20.2

audit() {
  rust
  node_packages
  local tool=$CACHE/cargo-deny-$CARGO_DENY manifest what unknown=()
  if [ ! -x "$tool/bin/cargo-deny" ]; then
    say "installing cargo-deny $CARGO_DENY into $CACHE (some minutes, once)"
    cargo install --quiet cargo-deny --locked --version "$CARGO_DENY" --root "$tool"
  fi
  export PATH="$tool/bin:$PATH"
  for manifest in Cargo.toml fuzz/Cargo.toml; do
    # The exception is for one of the two.
    step "licences, versions and sources of $manifest" \
      cargo deny --locked --manifest-path "$manifest" --config deny.toml check \
      --allow license-exception-not-encountered licenses bans sources
  done
  if cargo deny fetch db; then
    for manifest in Cargo.toml fuzz/Cargo.toml; do
      step "known vulnerabilities of $manifest" \
        cargo deny --locked --manifest-path "$manifest" --config deny.toml check --disable-fetch advisories
    done
  else
    unknown+=("crates: no answer from github.com/RustSec/advisory-db")
  fi
  # A registry without an answer and a vulnerability end in the same way: only the report tells.
  if { npm audit --json 2>/dev/null || true; } | grep -q '"auditReportVersion"'; then
    step "known vulnerabilities of the node packages" npm audit
  else
    unknown+=("node packages: no answer from their registry")
  fi
  say "licences, versions and sources are as deny.toml wants them"
  for what in "${unknown[@]}"; do say "NOT CHECKED: known vulnerabilities of $what"; done
}

case ${1:-build} in
  build) build ;;
  serve)
    build
    exec node build/serve.mjs dist "${2:-8080}"
    ;;
  test) run_tests ;;
  fuzz) fuzz "${2:-600}" ;;
  audit) audit ;;
  help | -h | --help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
