//! HTML to the text that a reader sees: blocks on lines of their own, cells
//! of a row apart, entities as characters, nothing of scripts and styles.
//!
//! ```text
//! <p>Sorry:<br><b>a&#64;example.com</b></p>  ->  Sorry:\na@example.com
//! ```

use super::entities;

/// The text of a page or fragment.
pub fn text(html: &str) -> String {
    let mut out = Text::default();
    let mut rest = html;
    let mut unclosed = Vec::new();
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        out.words(before);
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        // A lone `<` is text: "<user@example.com>" unescaped is common in
        // bounces that were written by hand.
        let Some(name) = tag_name(tag) else {
            out.words("<");
            rest = tag.get(1..).unwrap_or("");
            continue;
        };
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        rest = tag.get(end..).unwrap_or("");
        let closing = tag.starts_with("</");
        if !closing
            && let Some(close) = hidden(&name)
            && !unclosed.contains(&close)
        {
            match skip_past(rest, close) {
                Some(after) => rest = after,
                // Nothing is hidden, rather than everything; looking once
                // keeps the time linear.
                None => unclosed.push(close),
            }
            continue;
        }
        out.tag(&name, closing);
    }
    out.words(rest);
    out.text.truncate(out.text.trim_end().len());
    out.text
}

#[derive(Default)]
struct Text {
    text: String,
    /// White space was seen and not yet written.
    space: bool,
    /// Inside of `pre`, where lines are as written.
    pre: bool,
}

impl Text {
    fn words(&mut self, raw: &str) {
        let mut rest = raw;
        while let Some(first) = rest.chars().next() {
            if first.is_ascii_whitespace() || first == '\u{a0}' {
                if self.pre {
                    self.text.push(first);
                } else {
                    self.space = true;
                }
                rest = rest.get(first.len_utf8()..).unwrap_or("");
                continue;
            }
            let end = match first {
                '&' => entity(rest),
                _ => rest
                    .find(|c: char| c.is_ascii_whitespace() || c == '&' || c == '\u{a0}')
                    .unwrap_or(rest.len()),
            };
            let (token, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            rest = after;
            let mut decoded = String::new();
            match first {
                '&' => match entities::character(token) {
                    Some(character) => decoded.push(character),
                    None => decoded.push_str(token),
                },
                _ => decoded.push_str(token),
            }
            for character in decoded.chars() {
                match character {
                    '\u{a0}' if !self.pre => self.space = true,
                    // Zero-width characters that only allow a line break.
                    '\u{200b}' | '\u{ad}' | '\u{feff}' => {}
                    character => {
                        self.flush_space();
                        self.text.push(character);
                    }
                }
            }
        }
    }

    fn flush_space(&mut self) {
        if std::mem::take(&mut self.space) && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
    }

    fn tag(&mut self, name: &str, closing: bool) {
        match name {
            "br" => self.line(),
            "td" | "th" => self.space = true,
            "pre" | "textarea" => {
                self.pre = !closing;
                self.open_line();
            }
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "ul" | "ol"
            | "blockquote" => {
                self.open_line();
                if !self.text.is_empty() && !self.text.ends_with("\n\n") {
                    self.line();
                }
            }
            "div" | "tr" | "li" | "hr" | "dl" | "dt" | "dd" | "body" | "html" | "section"
            | "article" | "header" | "footer" | "address" | "form" | "center" | "tbody"
            | "thead" | "fieldset" | "main" | "nav" | "title" => self.open_line(),
            _ => {}
        }
    }

    fn open_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.line();
        }
        self.space = false;
    }

    fn line(&mut self) {
        self.space = false;
        self.text.push('\n');
    }
}

/// The lower-case name of a tag; `None` where `<` begins none.
fn tag_name(tag: &str) -> Option<String> {
    let rest = tag.get(1..)?;
    if rest.starts_with('!') || rest.starts_with('?') {
        return Some(String::new());
    }
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let name: String = rest
        .chars()
        .take(20)
        .take_while(|c| c.is_ascii_alphanumeric() || *c == ':')
        .collect();
    let after = rest.get(name.len()..)?.chars().next();
    let ends = after.is_none_or(|c| c.is_whitespace() || c == '>' || c == '/');
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    (begins && ends).then(|| name.to_ascii_lowercase())
}

/// The closing tag of an element that nobody sees.
fn hidden(name: &str) -> Option<&'static str> {
    match name {
        "style" => Some("</style"),
        "script" => Some("</script"),
        "template" => Some("</template"),
        "head" => Some("</head"),
        _ => None,
    }
}

fn skip_past<'a>(html: &'a str, close: &str) -> Option<&'a str> {
    let bytes = html.as_bytes();
    let at = bytes
        .windows(close.len())
        .position(|here| here.eq_ignore_ascii_case(close.as_bytes()))?;
    let after = html.get(at..)?;
    Some(after.split_once('>').map_or("", |(_, rest)| rest))
}

/// How long the entity at the start of `text` is; 1 where it is a plain `&`.
fn entity(text: &str) -> usize {
    let body = text.get(1..).unwrap_or("");
    let name = body
        .bytes()
        .take(32)
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'#')
        .count();
    match body.as_bytes().get(name) {
        Some(b';') if name > 0 => name + 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(text(html), expected);
    }

    #[test]
    fn what_a_reader_sees() {
        check(
            "<p>Sorry:<br>\n <b>a&#64;example.com</b></p>",
            "Sorry:\na@example.com",
        );
        check(
            "<html><head><title>x</title><style>a{}</style></head><body>b</body>",
            "b",
        );
        check(
            "<table><tr><td>Status</td><td>5.1.1</td></tr><tr><td>x</table>",
            "Status 5.1.1\nx",
        );
        check("<pre>a\n  b</pre>c", "a\n  b\nc");
        check(
            "to &lt;a@example.com&gt;&nbsp;&amp; b",
            "to <a@example.com> & b",
        );
        check(
            "to <a@example.com> 1 < 2 & 3",
            "to <a@example.com> 1 < 2 & 3",
        );
        check("a<!-- b -->c<script>d</script>e", "ace");
        check("<style>never closed", "never closed");
        check("", "");
        check("<", "<");
        check("&", "&");
        check("<a href='x", "");
    }
}
