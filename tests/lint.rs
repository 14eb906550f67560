//! What the linter of the error files says of a bad file.

#[path = "../src/catalog/entry.rs"]
#[allow(dead_code)]
mod entry;

use entry::Inline;

const GOOD: &str = r#"```toml
category = "mailbox-full"
who = "recipient"
sources = ["https://example.org/quota"]
reviewed = 2026-11-23

[[match]]
text = ["mailbox is full"]
```

# en: The mailbox is full

There is no room for {recipient|the recipient}.

## causes
- Too much mail.

## recipient
1. Delete **large** mail, see [how](https://example.org/how).
   ```powershell
   Get-MailboxStatistics -Identity {recipient|user@example.com} | Where-Object { $_.ItemCount -gt 1 }
   ```
2. Tell `postmaster` when it is done.

# es: El buzón está lleno

No queda sitio para {recipient|el destinatario}.

## causes
- Demasiado correo.

## recipient
1. Borre correo **grande**, vea [cómo](https://example.org/how).
   ```powershell
   Get-MailboxStatistics -Identity {recipient|user@example.com} | Where-Object { $_.ItemCount -gt 1 }
   ```
2. Avise a `postmaster` cuando termine.

# examples
## plain
```text
552 mailbox is full
```
"#;

#[track_caller]
fn check(change: (&str, &str), fault: &str) {
    let (from, to) = change;
    assert!(GOOD.contains(from), "the good file has no {from:?}");
    let faults = entry::read("family/name", &GOOD.replacen(from, to, 1)).faults;
    assert!(
        faults.iter().any(|found| found.contains(fault)),
        "expected {fault:?}, found {faults:#?}"
    );
}

#[test]
fn the_template_is_a_good_file() {
    let entry = entry::read("family/name", include_str!("../src/errors/_template.md"));
    assert_eq!(entry.faults, Vec::<String>::new());
    assert!(entry.examples.iter().any(|example| example.not));
}

#[test]
fn comments_are_passed_over_and_other_html_is_not() {
    let noted = GOOD.replace(
        "## causes\n",
        "## causes\n<!-- the most\ncommon first -->\n\n",
    );
    let entry = entry::read("family/name", &noted);
    assert_eq!(entry.faults, Vec::<String>::new());
    assert_eq!(entry.texts, entry::read("family/name", GOOD).texts);
    check(
        ("## causes\n", "## causes\n<p>no</p>\n\n"),
        "only comments are used",
    );
}

#[test]
fn a_good_file_has_no_fault() {
    let entry = entry::read("family/name", GOOD);
    assert_eq!(entry.faults, Vec::<String>::new());
    assert_eq!(entry.texts["es"].title, "El buzón está lleno");
    assert_eq!(entry.examples.len(), 1);
    let step = &entry.texts["en"].steps["recipient"][0];
    let Some(Inline::Command { shell, command }) = step.last() else {
        panic!("the step ends in a command: {step:?}");
    };
    assert_eq!(shell, "powershell");
    assert_eq!(
        command[1],
        Inline::Value {
            value: "recipient".to_string(),
            fallback: "user@example.com".to_string()
        }
    );
}

#[test]
fn a_bad_block_is_named() {
    check(
        ("who = \"recipient\"", "who = \"microsoft\""),
        "who = \"microsoft\"",
    );
    check(("who = ", "whom = "), "unknown field");
    check(("reviewed = 2026-11-23", ""), "reviewed");
    check(
        ("https://example.org/quota", "http://example.org"),
        "https:// link",
    );
    check(
        ("[[match]]\ntext = [\"mailbox is full\"]", ""),
        "no [[match]]",
    );
    check(("mailbox is full\"]", "Mailbox is full\"]"), "lower case");
    check(("mailbox is full\"]", "is full\"]"), "at least 8 letters");
    check(
        (
            "[\"mailbox is full\"]",
            "[\"mailbox is full\"]\nweak = true",
        ),
        "needs a status or a reply",
    );
}

#[test]
fn a_bad_text_is_named() {
    check(
        ("# es: El buzón está lleno", "# es: The mailbox is full"),
        "title is the English one",
    );
    check(("# es:", "# xx:"), "a first heading is");
    check(
        ("No queda sitio para", "There is no room for"),
        "not translated",
    );
    check(
        ("No queda sitio para", "Está lleno el buzón de"),
        "choose words without",
    );
    check(
        ("- Demasiado correo.", "- Demasiado correo.\n- Y más."),
        "number of causes",
    );
    check(
        ("2. Avise a `postmaster` cuando termine.\n", ""),
        "differ in steps",
    );
    check(
        ("Avise a `postmaster`", "Avise a `hostmaster`"),
        "only in es: hostmaster",
    );
    check(
        (
            "[cómo](https://example.org/how)",
            "[cómo](https://example.org/otro)",
        ),
        "only in es: https://example.org/otro",
    );
    check(
        (
            "[how](https://example.org/how)",
            "[how](http://example.org/how)",
        ),
        "a link is",
    );
    check(("{recipient|the recipient}", "{recipient}"), "a value is");
    check(
        ("{recipient|the recipient}", "{person|the recipient}"),
        "a value is",
    );
    check(
        ("`postmaster` when", "`{recipient|x}` when"),
        "fenced block",
    );
    check(("## causes", "## reasons"), "a section is");
    check(("## recipient\n", "## sender\n"), "no `## recipient`");
    check(
        (
            "The mailbox is full\n",
            &format!("The{} end\n", " long".repeat(25)),
        ),
        "1 to 25 words",
    );
    check(("```text\n552 mailbox is full\n```", ""), "no example");
}

#[test]
fn any_text_is_read_without_panic() {
    for cut in 0..GOOD.len() {
        if let Some(text) = GOOD.get(..cut) {
            entry::read("family/name", text);
        }
        if let Some(text) = GOOD.get(cut..) {
            entry::read("family/name", text);
        }
    }
}
