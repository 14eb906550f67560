//! The small value types of SMTP: replies, status codes, addresses.

pub mod address;
pub mod reply;
pub mod status;

pub use status::EnhancedStatus;
