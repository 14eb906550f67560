//! Addresses (RFC 5321, section 4.1.2).
