//! How the time grows with each dimension of an input: doubles each from
//! small to large and prints the exponent, 1.0 for linear.
//!
//! ```text
//! cargo bench --bench growth [-- NAME...]
//! ```
//!
//! The exponent is fitted over all sizes. The steepest three doublings in a
//! row stand beside it, so that a limit that ends the growth does not hide
//! how it was before: caches and a busy machine make them 1.3, a square 2.

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use bounce_analyzer::catalog::Table;
use bounce_analyzer::matcher::Matcher;
use bounce_analyzer::{Options, analyze};
use endless::{DIMENSIONS, ENDLESS};

#[path = "../tests/endless/mod.rs"]
mod endless;

/// Bytes of the smallest input, and how often it is doubled.
const SMALLEST: usize = 16 << 10;
const DOUBLINGS: usize = 8;
/// How often, and how long at least, each size is read. CPU time is told in
/// ticks of some milliseconds.
const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_millis(100);
/// An exponent over this much is a fault, and so are three doublings over that.
const LINEAR: f64 = 1.1;
const STEEP: f64 = 1.5;
/// Nobody waits longer.
const TOO_LONG: Duration = Duration::from_secs(20);
/// Times below this one are mostly what every input costs.
const TELLING: Duration = Duration::from_millis(2);

fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let is_wanted =
        |name: &str| wanted.is_empty() || wanted.iter().any(|part| name.contains(part.as_str()));
    black_box(analyze(b"550 5.1.1 warm up", &Options::default()));
    println!(
        "exponent  ms at {} KB ... {} MB",
        SMALLEST >> 10,
        SMALLEST << DOUBLINGS >> 20
    );
    let mut over = Vec::new();
    for (name, build) in DIMENSIONS.iter().chain(ENDLESS) {
        if is_wanted(name) {
            over.extend(measure(name, |bytes| {
                let input = build(bytes);
                Box::new(move || drop(black_box(analyze(&input, &Options::default()))))
            }));
        }
    }
    for (name, build) in DIMENSIONS.iter().chain(ENDLESS) {
        let name = format!("redacted: {name}");
        if is_wanted(&name) {
            over.extend(measure(&name, |bytes| {
                let input = build(bytes);
                Box::new(move || drop(black_box(analyze(&input, &Options { redacted: true }))))
            }));
        }
    }
    if is_wanted("rules") {
        over.extend(measure("rules", |bytes| {
            let rules = rules(bytes);
            Box::new(move || {
                let table = Table::read(rules);
                drop(black_box(Matcher::new(&table.pieces)));
            })
        }));
    }
    match over.is_empty() {
        true => println!("\nall within {LINEAR}"),
        false => println!("\nover {LINEAR}: {}", over.join(", ")),
    }
}

/// Prints one line; the name when the exponent is over [`LINEAR`].
fn measure(name: &str, prepare: impl Fn(usize) -> Box<dyn Fn()>) -> Option<String> {
    let mut times = Vec::new();
    print!("{name}:");
    for doubling in 0..=DOUBLINGS {
        let run = prepare(SMALLEST << doubling);
        let time = shortest(&run);
        print!(" {:.1}", time.as_secs_f64() * 1e3);
        // Shown as it is measured: what is not linear takes long.
        std::io::stdout().flush().expect("a terminal or a file");
        times.push(time);
        if time > TOO_LONG {
            break;
        }
    }
    let logs: Vec<f64> = times
        .iter()
        .filter(|time| **time > TELLING)
        .map(|time| time.as_secs_f64().log2())
        .collect();
    let exponent = slope(&logs);
    let steepest = logs
        .windows(4)
        .map(|window| (window[3] - window[0]) / 3.0)
        .fold(0.0, f64::max);
    let over = exponent > LINEAR || steepest > STEEP || times.last() > Some(&TOO_LONG);
    println!(
        "  exponent {exponent:.2}, at most {steepest:.2}{}",
        if over { " OVER" } else { "" }
    );
    over.then(|| name.to_string())
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

/// A table of rules, each with its own words.
fn rules(bytes: usize) -> &'static str {
    let mut pieces = String::from("of\n");
    let mut rules = String::new();
    let mut n = 0;
    while pieces.len() + rules.len() < bytes {
        if n % 4 == 0 {
            rules.push_str(&format!("example/article-{n}\tpolicy\t\n"));
        }
        pieces.push_str(&format!("refused for reason {n:x}\n"));
        n += 1;
        rules.push_str(&format!("\t-\t5.7.{}\t550\t\t{n}*0{{host}}\n", n % 1000));
    }
    format!("{pieces}\n{rules}").leak()
}
