//! `luoshi report` on the two periods of the main fixture: what it says against what a person counted, and templates of an office's own.
//!
//! Not here: classes and problems (reconcile), other programs' opinions (interop).

use luoshi::model::{Classes, StatusClass, Summary};

use crate::support::{Program, fixture};

/// The two periods of the fixture, summed up by the program.
fn arguments(more: &[&str]) -> Vec<String> {
    let path = |name: &str| fixture(name).to_str().unwrap().to_owned();
    let mut arguments = vec!["report".to_owned(), path("docx/attachment-2017.docx")];
    arguments.extend(["--catalogue".to_owned(), path("catalogues/haicang-2017.json")]);
    arguments.extend(["--previous".to_owned(), path("docx/attachment-2016.docx")]);
    arguments.extend(more.iter().map(|word| (*word).to_owned()));
    arguments
}

fn run(program: &Program, more: &[&str]) -> crate::support::Run {
    let arguments = arguments(more);
    program.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The text of a document's body as the reader sees it, paragraphs and cells.
fn texts(program: &Program, name: &str) -> String {
    let bytes = std::fs::read(program.path(name)).unwrap();
    let input = luoshi::Input { name: name.into(), bytes: &bytes };
    let source = luoshi::inspect(&input, &luoshi::ReadOptions::default()).unwrap().value;
    let mut shown = String::new();
    for block in &source.blocks {
        match block {
            luoshi::SourceBlock::Line(line) => shown += &format!("{}\n", line.paragraph.text),
            luoshi::SourceBlock::Table(table) => {
                table.grid.cells().iter().for_each(|cell| shown += &format!("{}\n", cell.content.text()));
            }
        }
    }
    shown
}

#[test]
fn the_report_says_what_a_person_counts() {
    let program = Program::new();
    let done = run(&program, &["-o", "r.docx", "-o", "r.html", "-o", "r.xlsx", "-o", "r.json"]);
    assert_eq!(done.exit, Some(0), "{}", done.stderr);
    let summary = Summary::from_json(&std::fs::read(program.path("r.json")).unwrap()).unwrap();
    // Counted in tests/make/attachment_2017.py: 66 questions; 25, 28, 29 and 31 say why they do not apply, 54 is blank.
    let whole = summary.whole();
    assert_eq!(
        (whole.items, whole.of(StatusClass::NotApplicable), whole.of(StatusClass::Missing)),
        (66, 4, 1)
    );
    assert_eq!(summary.by_section().len(), 6);
    let sections: usize = summary.by_section().iter().map(|section| section.items).sum();
    assert_eq!(sections, 66);
    // What the list of changes (tests/expected/changes-2017.txt) has: 63 questions in both, and seven problems with their fates.
    let previous = summary.previous.as_ref().unwrap();
    assert_eq!((previous.compared, previous.problems.len()), (63, 7));
    let shown = texts(&program, "r.docx");
    let page = std::fs::read_to_string(program.path("r.html")).unwrap();
    for words in [
        "海沧区2017年政务公开工作落实情况报告",
        "一、总体情况",
        "二、与上期对照",
        "2017年共自查66项",
        "不涉及的4项，未报送的1项",
        "解读稿照搬原文的仍较多",
        "没有下文的2个",
    ] {
        assert!(shown.contains(words), "docx: {words}");
        assert!(page.contains(words), "html: {words}");
    }
    assert!(!shown.contains("{{") && !page.contains("{{"));
    assert_eq!(run(&program, &["-o", "again.docx"]).exit, Some(0));
    let bytes = |name: &str| std::fs::read(program.path(name)).unwrap();
    assert_eq!(bytes("r.docx"), bytes("again.docx"));
}

#[test]
fn a_person_sets_classes_and_they_stay() {
    let program = Program::new();
    assert_eq!(run(&program, &["-o", "r.json", "--classes", "c.json"]).exit, Some(0));
    let read = || Classes::from_json(&std::fs::read(program.path("c.json")).unwrap()).unwrap();
    let mut classes = read();
    assert_eq!(classes.classes.len(), 66);
    let at = classes.classes.iter().position(|one| one.told.class == StatusClass::Undetermined).unwrap();
    classes.classes[at].set = Some(StatusClass::NotBegun);
    classes.classes[at].why = "科长核实".to_owned();
    let id = classes.classes[at].item.clone();
    std::fs::write(program.path("c.json"), classes.to_json()).unwrap();
    let summed = || Summary::from_json(&std::fs::read(program.path("r.json")).unwrap()).unwrap();
    let before = summed().whole().of(StatusClass::NotBegun);
    assert_eq!(run(&program, &["-o", "r.json", "--classes", "c.json"]).exit, Some(0));
    let item = |summary: Summary| summary.items.into_iter().find(|item| item.id == id).unwrap();
    assert_eq!(summed().whole().of(StatusClass::NotBegun), before + 1);
    assert!(item(summed()).set);
    assert_eq!(read(), classes);
    // The answer was another when it was set: the class stands, that is told, and told again until somebody looked.
    classes.classes[at].check = "0".repeat(16);
    std::fs::write(program.path("c.json"), classes.to_json()).unwrap();
    for _ in 0..2 {
        let again = run(&program, &["-o", "r.json", "--classes", "c.json"]);
        assert!(again.stderr.contains("class-outdated"), "{}", again.stderr);
        assert_eq!(item(summed()).class.class, StatusClass::NotBegun);
    }
    classes.classes[at].check.clear();
    std::fs::write(program.path("c.json"), classes.to_json()).unwrap();
    let looked = run(&program, &["-o", "r.json", "--classes", "c.json"]);
    assert!(!looked.stderr.contains("class-outdated") && !read().classes[at].check.is_empty());
    // What is set of an item that another table does not have is kept, and twice is an error that writes nothing.
    let path = fixture("docx/changning-like-2024.docx");
    let other = program.run(&["report", path.to_str().unwrap(), "-o", "o.json", "--classes", "c.json"]);
    assert!(other.stderr.contains("class-of-nothing"), "{}", other.stderr);
    let kept = |classes: &Classes| classes.classes.iter().find(|one| one.item == id).and_then(|one| one.set);
    assert_eq!(kept(&read()), Some(StatusClass::NotBegun));
    let mut twice = read();
    let double = twice.classes.iter().find(|one| one.item == id).unwrap().clone();
    twice.classes.push(double);
    std::fs::write(program.path("c.json"), twice.to_json()).unwrap();
    let refused = run(&program, &["-o", "r.json", "--classes", "c.json"]);
    assert_eq!(refused.exit, Some(2));
    assert!(refused.stderr.contains("class-twice"), "{}", refused.stderr);
    assert_eq!(read(), twice);
}

#[test]
fn an_office_s_own_template_is_filled_in_and_its_mistakes_are_named() {
    let program = Program::new();
    assert_eq!(program.run(&["report", "--write-template", "t.docx"]).exit, Some(0));
    assert_eq!(run(&program, &["-o", "r.docx", "--template", "t.docx"]).exit, Some(0));
    assert_eq!(run(&program, &["-o", "s.docx"]).exit, Some(0));
    let bytes = |name: &str| std::fs::read(program.path(name)).unwrap();
    assert_eq!(bytes("r.docx"), bytes("s.docx"));
    let changed = |from: &str, to: &str| {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes("t.docx"))).unwrap();
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut content = String::new();
            std::io::Read::read_to_string(&mut entry, &mut content).unwrap();
            writer.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
            let content = if name == "word/document.xml" { content.replace(from, to) } else { content };
            std::io::Write::write_all(&mut writer, content.as_bytes()).unwrap();
        }
        std::fs::write(program.path("own.docx"), writer.finish().unwrap().into_inner()).unwrap();
        run(&program, &["-o", "own-r.docx", "--template", "own.docx"])
    };
    assert_eq!(changed("总体情况", "基本情况（共{{事项数}}项）").exit, Some(0));
    assert!(texts(&program, "own-r.docx").contains("一、基本情况（共66项）"));
    let wrong = changed("{{事项数}}", "{{事项数量}}");
    assert_eq!(wrong.exit, Some(2));
    assert!(wrong.stderr.contains("own.docx") && wrong.stderr.contains("“事项数量”"), "{}", wrong.stderr);
    assert!(wrong.stderr.contains("相近的名称：事项数"), "{}", wrong.stderr);
    let wrong = changed("{{/有上期}}", "");
    assert!(wrong.stderr.contains("template-unbalanced"), "{}", wrong.stderr);
}

#[test]
fn the_readme_s_commands_work_as_written() {
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(crate::support::root().join(readme)).unwrap();
        let block = text.split("```sh report\n").nth(1).unwrap().split("```").next().unwrap();
        let program = Program::new();
        for year in ["2016", "2017"] {
            let from = fixture(&format!("docx/attachment-{year}.docx"));
            std::fs::copy(from, program.path(&format!("{year}年附件.docx"))).unwrap();
        }
        std::fs::copy(fixture("catalogues/haicang-2017.json"), program.path("2017.json")).unwrap();
        for line in block.lines() {
            let words: Vec<&str> = line.split_whitespace().skip(1).collect();
            let run = program.run(&words);
            assert_eq!(run.exit, Some(0), "{line}: {}", run.stderr);
        }
        for name in ["报告.docx", "报告.xlsx", "报告.html", "类别.json", "模板.docx", "报告2.docx"]
        {
            assert!(program.path(name).exists(), "{name}");
        }
    }
}
