//! How the time grows with each dimension of an input: doubles each from
//! small to large and prints the exponent, 1.0 for linear.
//!
//! ```text
//! cargo bench --bench growth [-- NAME...]
//! cargo bench --bench growth -- --instructions [NAME...]
//! ```
//!
//! The exponent is fitted over all sizes. The steepest three doublings in a
//! row stand beside it, so that a limit that ends the growth does not hide
//! how it was before: caches and a busy machine make them 1.3, a square 2.
//!
//! Instructions are counted by Valgrind, if that is installed: neither caches
//! nor other programs change their number, so that it tells an algorithm from
//! its memory. That takes fifty times as long, and stops at smaller sizes. What
//! takes more than linear time is counted too, and is a fault if it also takes
//! more than linear work.

use std::hint::black_box;
use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use bounce_analyzer::catalog::Table;
use bounce_analyzer::matcher::Matcher;
use bounce_analyzer::{Options, analyze};
use endless::{Build, DIMENSIONS, ENDLESS};

#[path = "../tests/endless/mod.rs"]
mod endless;

/// Bytes of the smallest input, and how often it is doubled.
const SMALLEST: usize = 16 << 10;
const DOUBLINGS: usize = 8;
const DOUBLINGS_COUNTED: usize = 5;
/// How often, and how long at least, each size is read. CPU time is told in
/// ticks of some milliseconds.
const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_millis(100);
/// An exponent over this much is a fault, and so are three doublings over that.
const LINEAR: f64 = 1.1;
const STEEP: f64 = 1.5;
/// Nobody waits longer.
const TOO_LONG: Duration = Duration::from_secs(20);
/// Milliseconds, or millions of instructions, below which a run is mostly
/// what every input costs.
const TELLING: f64 = 2.0;

/// What grows: a name, and what is run for about so many bytes.
type Dimension = (String, Box<dyn Fn(usize) -> Box<dyn Fn()>>);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, name, bytes] = arguments.as_slice()
        && flag == "--count"
    {
        return run_once(name, bytes.parse().expect("a number of bytes"));
    }
    let counts = arguments.iter().any(|flag| flag == "--instructions");
    let wanted: Vec<&String> = arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let is_wanted =
        |name: &str| wanted.is_empty() || wanted.iter().any(|part| name.contains(*part));
    black_box(analyze(b"550 5.1.1 warm up", &Options::default()));
    let can_count = Command::new("valgrind").arg("--version").output().is_ok();
    println!(
        "ms, or millions of instructions, at {} KB and each double of it",
        SMALLEST >> 10
    );
    let mut over = Vec::new();
    for (name, prepare) in dimensions() {
        if !is_wanted(&name) {
            continue;
        }
        let count = || {
            let title = format!("{name} (instructions)");
            measure(&title, DOUBLINGS_COUNTED, |bytes| {
                instructions(&name, bytes)
            })
        };
        let time = || {
            measure(&name, DOUBLINGS, |bytes| {
                shortest(&*prepare(bytes)).as_secs_f64() * 1e3
            })
        };
        let is_over = match counts {
            true => count(),
            false => time() && (!can_count || count()),
        };
        over.extend(is_over.then(|| name.clone()));
    }
    match over.is_empty() {
        true => println!("\nall within {LINEAR}"),
        false => println!("\nover {LINEAR}: {}", over.join(", ")),
    }
}

/// Every dimension: as it is, redacted, and of the rules.
fn dimensions() -> Vec<Dimension> {
    let read = |prefix: &str, name: &str, build: Build, redacted: bool| -> Dimension {
        let prepare = move |bytes: usize| -> Box<dyn Fn()> {
            let input = build(bytes);
            Box::new(move || drop(black_box(analyze(&input, &Options { redacted }))))
        };
        (format!("{prefix}{name}"), Box::new(prepare))
    };
    let inputs = || DIMENSIONS.iter().chain(ENDLESS);
    let plain = inputs().map(|(name, build)| read("", name, *build, false));
    let redacted = inputs().map(|(name, build)| read("redacted: ", name, *build, true));
    let rules = |bytes: usize| -> Box<dyn Fn()> {
        let rules = rules(bytes);
        Box::new(move || {
            let table = Table::read(rules);
            assert!(!table.pieces.is_empty(), "more rules than are read");
            drop(black_box(Matcher::new(&table.pieces)));
        })
    };
    let rules: Dimension = ("rules".to_string(), Box::new(rules));
    plain.chain(redacted).chain([rules]).collect()
}

/// Prints one line. Whether the exponent is over [`LINEAR`].
fn measure(name: &str, doublings: usize, cost: impl Fn(usize) -> f64) -> bool {
    let mut costs = Vec::new();
    let mut took = Duration::ZERO;
    print!("{name}:");
    for doubling in 0..=doublings {
        let started = Instant::now();
        let cost = cost(SMALLEST << doubling);
        took = started.elapsed();
        print!(" {cost:.1}");
        // Shown as it is measured: what is not linear takes long.
        std::io::stdout().flush().expect("a terminal or a file");
        costs.push(cost);
        if took > TOO_LONG * ROUNDS as u32 {
            break;
        }
    }
    let logs: Vec<f64> = costs
        .iter()
        .filter(|cost| **cost > TELLING)
        .map(|cost| cost.log2())
        .collect();
    let exponent = slope(&logs);
    let steepest = logs
        .windows(4)
        .map(|window| (window[3] - window[0]) / 3.0)
        .fold(0.0, f64::max);
    let over = exponent > LINEAR || steepest > STEEP || took > TOO_LONG * ROUNDS as u32;
    println!(
        "  exponent {exponent:.2}, at most {steepest:.2}{}",
        if over { " OVER" } else { "" }
    );
    over
}

/// The slope of the line nearest to values one apart (least squares).
fn slope(values: &[f64]) -> f64 {
    let middle = (values.len() as f64 - 1.0) / 2.0;
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let (mut over, mut under) = (0.0, 0.0);
    for (at, value) in values.iter().enumerate() {
        let from_middle = at as f64 - middle;
        over += from_middle * (value - mean);
        under += from_middle * from_middle;
    }
    if under > 0.0 { over / under } else { 0.0 }
}

/// The time of one run, the shortest mean of some rounds. In CPU time where
/// the system tells it, so that other programs on the machine hardly count.
fn shortest(run: &dyn Fn()) -> Duration {
    let mut shortest = Duration::MAX;
    for _ in 0..ROUNDS {
        let (wall, cpu) = (Instant::now(), cpu_time());
        let mut runs = 0;
        while runs == 0 || wall.elapsed() < ROUND {
            run();
            runs += 1;
        }
        let wall = wall.elapsed();
        let cpu = cpu.zip(cpu_time()).map(|(before, after)| after - before);
        shortest = shortest.min(cpu.unwrap_or(wall) / runs);
    }
    shortest
}

/// The time that this thread has run, from Linux.
fn cpu_time() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = told.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// Millions of instructions of one run: this program again, under Valgrind,
/// which counts what is done within [`counted`].
fn instructions(name: &str, bytes: usize) -> f64 {
    let program = std::env::current_exe().expect("the path of this program");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("--toggle-collect=growth::counted")
        .arg(program)
        .args(["--count", name, &bytes.to_string()])
        .output()
        .expect("valgrind is installed");
    let told = String::from_utf8_lossy(&output.stderr);
    let collected = told.split("Collected :").nth(1);
    let number = collected.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
    number.unwrap_or_else(|| panic!("no count for {name}: {told}")) / 1e6
}

fn run_once(name: &str, bytes: usize) {
    let dimensions = dimensions();
    let (_, prepare) = dimensions
        .iter()
        .find(|(other, _)| other == name)
        .expect("the name of a dimension");
    black_box(analyze(b"550 5.1.1 warm up", &Options::default()));
    counted(&*prepare(bytes));
}

#[inline(never)]
fn counted(run: &dyn Fn()) {
    run();
    // So that this is no jump to what runs, but a function around it.
    black_box(());
}

/// A table of rules, each with its own words.
fn rules(bytes: usize) -> &'static str {
    let count = bytes / BYTES_OF_RULE;
    let mut pieces: Vec<String> = (0..count)
        .map(|n| format!("refused for reason {n:x} of this domain, ask its postmaster"))
        .collect();
    // In the order of their ends, as the build hands them over.
    pieces.sort_by(|a, b| a.bytes().rev().cmp(b.bytes().rev()));
    let mut text = pieces.join("\n") + "\n\n";
    for n in 0..count {
        if n % 4 == 0 {
            text.push_str(&format!("example/article-{n}\tpolicy\t\n"));
        }
        let next = (n + 1) % count;
        text.push_str(&format!(
            "\t-\t5.7.{}\t550\t\t{n}*{next}{{host}}\n",
            n % 1000
        ));
    }
    text.leak()
}

/// About so many bytes has a rule with its words: in the largest table that
/// is measured, pieces can still be numbered.
const BYTES_OF_RULE: usize = 100;
