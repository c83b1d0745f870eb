//! The page of two periods in a browser: its filters filter, nothing stands over an edge, it asks for nothing from the network, and
//! it prints without its controls.
//!
//! Where there is no browser, the test says what it skipped; with `LUOSHI_REQUIRE_INTEROP=1` that is a failure.

use std::path::Path;
use std::process::Command;

use luoshi::model::{Attachment, ChangeSet};
use tempfile::TempDir;

use crate::support::tool;

fn browser() -> Option<Command> {
    tool("chromium", "--version", "On Debian: apt-get install chromium")
}

fn page(old: &Attachment, new: &Attachment, changes: &ChangeSet) -> String {
    let stamp = luoshi::Stamp::default();
    let bytes = luoshi::write_changes((old, new), changes, "html", stamp, None).unwrap().value;
    String::from_utf8(bytes).unwrap()
}

/// What a script that is put at the end of the page says, at a window's width.
fn said(folder: &TempDir, page: &str, script: &str, width: u32) -> serde_json::Value {
    let path = folder.path().join(format!("page-{width}.html"));
    let end = format!("<script>document.title = JSON.stringify((() => {{{script}}})());</script></body>");
    std::fs::write(&path, page.replace("</body>", &end)).unwrap();
    let run = chromium(folder, &["--dump-dom", &format!("--window-size={width},1000")], &path);
    let text = String::from_utf8(run.stdout).unwrap();
    let title = text.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap();
    serde_json::from_str(&title.replace("&amp;", "&").replace("&gt;", ">").replace("&lt;", "<")).unwrap()
}

fn chromium(folder: &TempDir, arguments: &[&str], path: &Path) -> std::process::Output {
    let profile = format!("--user-data-dir={}", folder.path().join("chromium").display());
    let mut command = browser().unwrap();
    command.args(["--headless", "--no-sandbox", "--disable-gpu", &profile]).args(arguments);
    command.arg(format!("file://{}", path.display())).output().unwrap()
}

#[test]
fn filters_filter_and_nothing_stands_over_an_edge() {
    if browser().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (old, new, changes) = crate::periods::compared("docx");
    let page = page(&old, &new, &changes);
    assert!(!page.contains("http://") && !page.contains("https://"), "the page asks the network");
    let script = r#"
        const form = document.querySelector(".filters");
        const shown = () => [...document.querySelectorAll("article")].filter((one) => one.offsetParent !== null).length;
        const choose = (name, value) => {
            form.reset();
            form.elements[name].value = value;
            form.dispatchEvent(new Event("input", { bubbles: true }));
            return shown();
        };
        const wide = () => [...document.querySelectorAll("body *")].filter((one) =>
            one.offsetParent !== null && !one.closest(".lists") && one.scrollWidth > one.clientWidth + 1
            && one.clientWidth > 0 && !["SELECT", "INPUT"].includes(one.tagName)).map((one) => one.outerHTML.slice(0, 80));
        const all = choose("unit", "");
        const sides = wide();
        const result = {
            all,
            unit: choose("unit", "区卫健局"),
            former: choose("unit", "区卫计局"),
            section: choose("section", "五、围绕扩大政务参与加强解读回应"),
            added: choose("kind", "新增"),
            removed: choose("kind", "取消"),
            carried: choose("kind", "与上期相同"),
            vanished: choose("kind", "问题：没有下文"),
            text: choose("text", "一分钟懂政策"),
            nothing: choose("text", "没有这句话"),
        };
        const told = document.querySelector(".shown").textContent;
        choose("view", "one");
        const one = getComputedStyle(document.querySelector(".sides")).display;
        return { ...result, told, one, sides, inline: wide(), page: document.documentElement.scrollWidth <= innerWidth };
    "#;
    // 66 items of this period, and the three that went without a successor; what each filter must leave is in the expected list.
    let expected = serde_json::json!({
        "all": 69, "unit": 2, "former": 2, "section": 10, "added": 3, "removed": 3, "carried": 5, "vanished": 1, "text": 1,
        "nothing": 0, "told": "显示0项，共69项", "one": "none", "sides": [], "inline": [], "page": true,
    });
    for width in [1280, 800, 400] {
        assert_eq!(said(&folder, &page, script, width), expected, "{width}");
    }
}

#[test]
fn a_page_prints_without_its_controls_and_runs_no_text() {
    if browser().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (old, mut new, _) = crate::periods::compared("docx");
    let attack = "</p><script>document.body.dataset.run = 1</script><img src=x onerror=\"document.body.dataset.run = 1\">";
    new.items[0].status.as_mut().unwrap().paragraphs = vec![attack.to_owned()];
    new.items[0].matter.push_str(attack);
    new.items[1].units[0].name = format!("\" onmouseover=\"{attack}");
    let mut changes = luoshi::diff::diff(&old, &new, luoshi::diff::Options::default());
    changes.review = luoshi::review::review(&old, &new, &changes, None);
    let page = page(&old, &new, &changes);
    let script = "return { run: document.body.dataset.run ?? null, images: document.images.length };";
    assert_eq!(said(&folder, &page, script, 1280), serde_json::json!({ "run": null, "images": 0 }));

    let Some(mut pdftotext) = tool("pdftotext", "-v", "On Debian: apt-get install poppler-utils") else {
        return;
    };
    let (path, pdf) = (folder.path().join("print.html"), folder.path().join("print.pdf"));
    std::fs::write(&path, &page).unwrap();
    chromium(&folder, &["--no-pdf-header-footer", &format!("--print-to-pdf={}", pdf.display())], &path);
    let text = pdftotext.arg(&pdf).arg("-").output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("两期落实情况对照") && !text.contains("重置"), "{text:.200}");
}
