//! A mailbox file (RFC 4155) to its messages.

use crate::budget::Budget;
use crate::input::is_mailbox_line;
use crate::limits;

/// The messages, without their separator lines.
pub fn messages(bytes: &[u8], budget: &mut Budget) -> Vec<Vec<u8>> {
    let mut messages: Vec<Vec<u8>> = Vec::new();
    let mut after_blank = true;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let body = line.strip_suffix(b"\n").unwrap_or(line);
        if after_blank && is_mailbox_line(body) {
            if messages.len() == limits::MESSAGES {
                budget.problem("too-many-messages");
                break;
            }
            messages.push(Vec::new());
        } else if let Some(message) = messages.last_mut() {
            // Writers put `>` before lines that begin with "From ".
            let quoted = body.strip_prefix(b">").is_some_and(is_mailbox_line);
            message.extend_from_slice(line.get(usize::from(quoted)..).unwrap_or_default());
        }
        after_blank = body.trim_ascii().is_empty();
    }
    messages.retain(|message| !message.trim_ascii().is_empty());
    messages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_begin_at_separator_lines() {
        let mailbox = b"From a@example.com Thu Apr 29 23:34:45 2026\nTo: b\n\nFrom us all\n\n\
            From - Thu Apr 29 23:34:46 2026\nTo: c\n\n>From a@example.com Thu Apr 29 23:34:45 2026\n";
        let found = messages(mailbox, &mut Budget::default());
        assert_eq!(
            found,
            [
                b"To: b\n\nFrom us all\n\n".to_vec(),
                b"To: c\n\nFrom a@example.com Thu Apr 29 23:34:45 2026\n".to_vec()
            ]
        );
    }
}
