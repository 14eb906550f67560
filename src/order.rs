//! Any list into its order: the one sort of the core.
//!
//! The standard library's sorts are compiled anew for each type, three to six
//! kilobytes of WebAssembly each; this one sorts places, once for all types.
//!
//! ```
//! use bounce_analyzer::order;
//!
//! let mut words = vec!["550", "5.7.1", "550"];
//! order::sorted_set(&mut words);
//! assert_eq!(words, ["5.7.1", "550"]);
//! ```

use std::cmp::Ordering;

/// Sorts, what is equal staying in its order.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = places(items.len(), &|a, b| compare(&items[a], &items[b]));
    let mut taken: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| taken[at].take()));
}

/// Sorts by a key, what is equal staying in its order.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts, and keeps one of each.
pub fn sorted_set<T: Ord>(items: &mut Vec<T>) {
    sort_by(items, T::cmp);
    items.dedup();
}

#[inline(never)]
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}
