use super::*;

#[test]
fn it_renders_what_people_write() {
    let html =
        render("# Title\n\nSome *words* and **more**.\n\n- one\n- two\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |");
    for part in [
        "<h2>Title</h2>",
        "<em>words</em>",
        "<strong>more</strong>",
        "<li>one</li>",
        "<blockquote>",
        "<td>1</td>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn hostile_text_is_harmless() {
    let hostile = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://tracker.example/x.png)",
        "<iframe src=//evil.example></iframe>",
        "<a href=\"x\" onclick=\"y\">z</a>",
        "<svg/onload=alert(1)>",
        "[x](https://a.example \"\\\" onmouseover=alert(1) \\\"\")",
    ];
    for text in hostile {
        let html = render(text);
        // What stands between tags is text, whatever it looks like.
        for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            for bad in ["script", "img", "iframe", "svg", "javascript:", "data:"] {
                assert!(!tag.contains(bad), "{text} gave {html}");
            }
            let attributes = tag.split('"').step_by(2);
            assert!(
                attributes.clone().all(|part| !part.contains(" on")),
                "{text} gave {html}"
            );
        }
    }
}

#[test]
fn a_link_without_an_address_is_no_link() {
    assert_eq!(render("[x](javascript:alert(1))"), "<p><a>x</a></p>\n");
    assert!(render("[x](https://a.example \"title\")").starts_with("<p><a href=\"https://a.example\" rel="));
}

#[test]
fn people_are_named_without_a_link_where_that_is_asked() {
    let html =
        render("Ask [@Rosa *M.*](/people/rosa) or [Sam](/people/sam), see [this](/courses/a) <a href=\"/people/x\">.");
    assert!(html.contains("<a href=\"/people/rosa\""), "{html}");
    let named = names_only(&html);
    assert!(
        named.starts_with("<p>Ask @Rosa <em>M.</em> or Sam, see <a href=\"/courses/a\""),
        "{named}"
    );
    assert_eq!(clean(&named), named);
    assert_eq!(names_only("<p>nobody</p>"), "<p>nobody</p>");
}

#[test]
fn what_is_only_named_is_linked_where_it_is_plain_text() {
    let page = ("/courses/a".to_owned(), "A *course*".to_owned());
    let links = Links {
        pages: [("a".to_owned(), page)].into(),
        people: [("rosa m".to_owned(), "/people/rosa".to_owned())].into(),
    };
    let text = "**@Rosa M**: [[A]], https://a.example/b_c\n\n`[[a]] @Rosa M` [@Rosa M](/x)\n\n    https://code.example";
    let html = render_linked(text, &links);
    for part in [
        "<strong><a href=\"/people/rosa\"",
        "<a href=\"/courses/a\" rel=\"noopener noreferrer nofollow\">A *course*</a>",
        ">https://a.example/b_c</a>",
        "<code>[[a]] @Rosa M</code>",
        "<a href=\"/x\"",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert_eq!(html.matches("<a ").count(), 4, "{html}");
    let named = named(text);
    assert!(named.pages.len() == 1 && named.people.contains("rosa m"), "{named:?}");
    let unknown = "[[b]] @Nobody <b>";
    assert_eq!(render_linked(unknown, &Links::default()), illustrated(unknown));
}

#[test]
fn deep_nesting_ends() {
    let html = render(&">".repeat(5_000));
    assert!(html.len() < 5_000_000);
    render(&"[".repeat(20_000));
    render(&"*a _b ".repeat(3_000));
}

#[test]
fn a_few_characters_do_not_become_megabytes() {
    let table = format!(
        "|{}\n|{}\n{}",
        "a|".repeat(2400),
        "-|".repeat(2400),
        "a|\n".repeat(3300)
    );
    for hostile in [table, "> ".repeat(5_000), "* a\n".repeat(5_000), "`a`".repeat(6_000)] {
        let html = render(&hostile);
        assert!(html.len() <= hostile.len() * 12 + 16 * 1024 + 16, "{}", html.len());
    }
    assert!(render("|a|b|\n|-|-|\n|1|2|").contains("<table>"));
}

#[test]
fn a_summary_ends_with_a_sentence() {
    let text = "One is said. Two is 2.5 times as much, and goes on for longer than there is room.";
    assert_eq!(whole_sentences(text, 40), "One is said.");
    assert_eq!(whole_sentences("One is said.", 40), "One is said.");
    assert_eq!(whole_sentences("No sentence ends in here at all", 14), "No sentence …");
    assert_eq!(whole_sentences("Ä fine one. Ünd more", 11), "Ä fine one.");
}

#[test]
fn an_opening_ends_with_a_sentence_or_a_word_and_says_that_more_follows() {
    let text = "One is said. Two is 2.5 times as much, and goes on for longer than there is room.";
    assert_eq!(opening(text, 200), text);
    assert_eq!(opening(text, 24), "One is said. …");
    // One short sentence of much room is not all that is shown.
    assert_eq!(opening(text, 40), "One is said. Two is 2.5 times as much …");
    assert_eq!(opening("No sentence ends in here at all", 14), "No sentence …");
    assert_eq!(opening("Ä fine one. Ünd more", 11), "Ä fine one. …");
    assert_eq!(opening("Ünunterbrochenes", 4), "Ünun …");
    assert_eq!(opening("", 4), "");
}
