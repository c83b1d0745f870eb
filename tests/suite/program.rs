//! The program as a person runs it: outputs, batches, exit codes, languages, findings.

use std::io::Write;
use std::process::Stdio;

use crate::support::{Program, Run, assert_same, attachment, fixture};

fn text_fixture() -> String {
    fixture("text/attachment-2016.txt").to_str().unwrap().to_owned()
}

#[test]
fn one_input_many_outputs() {
    let program = Program::new();
    let outputs = ["a.json", "a.xlsx", "a.docx", "a.csv", "a.html"];
    let mut arguments = vec!["convert".to_owned(), text_fixture()];
    arguments.extend(outputs.iter().flat_map(|output| ["-o".to_owned(), (*output).to_owned()]));
    let run = program.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("66个事项"), "{}", run.stderr);
    let mut names = outputs.map(str::to_owned).to_vec();
    names.sort();
    assert_eq!(program.listing(), names);
    let whole = attachment(&program.path("a.json"));
    for output in ["a.xlsx", "a.docx"] {
        let mut read = attachment(&program.path(output));
        for (item, known) in read.items.iter_mut().zip(&whole.items) {
            // A number that was inferred is printed in what we write.
            item.number_source = known.number_source;
        }
        assert_same(&read, &whole, output);
    }
}

#[test]
fn standard_streams() {
    let program = Program::new();
    let mut child = program
        .command()
        .args(["convert", "-", "-o", "-", "--to", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let bytes = std::fs::read(text_fixture()).unwrap();
    child.stdin.take().unwrap().write_all(&bytes).unwrap();
    let run = Run::of(child.wait_with_output().unwrap());
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    assert!(run.text().starts_with("{\n  \"schema\": \"luoshi.attachment/1\""));
    assert!(program.listing().is_empty());
}

#[test]
fn a_folder_is_a_batch_and_one_bad_file_does_not_keep_the_others_back() {
    let program = Program::new();
    std::fs::create_dir_all(program.path("in/sub")).unwrap();
    std::fs::copy(text_fixture(), program.path("in/甲.txt")).unwrap();
    std::fs::copy(fixture("docx/attachment-2016.docx"), program.path("in/sub/乙.docx")).unwrap();
    std::fs::copy(fixture("xlsx/attachment-2016.xlsx"), program.path("in/sub/乙.xlsx")).unwrap();
    std::fs::write(program.path("in/~$乙.docx"), "lock").unwrap();
    std::fs::write(program.path("in/坏.docx"), "").unwrap();
    let run = program.run(&["convert", "in", "-o", "out", "--to", "json", "--to", "csv"]);
    assert_eq!(run.exit, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("坏.docx") && run.stderr.contains("file-empty"), "{}", run.stderr);
    for name in ["甲.json", "甲.csv", "sub/乙.docx.json", "sub/乙.xlsx.csv"] {
        assert!(program.path("out").join(name).is_file(), "{name}");
    }
    assert!(!program.path("out/坏.json").exists());
    let again = program.run(&["convert", "in", "-o", "out2", "--to", "json"]);
    assert_eq!(again.exit, Some(1));
    let bytes = |folder: &str| std::fs::read(program.path(folder).join("sub/乙.docx.json")).unwrap();
    assert!(bytes("out") == bytes("out2"), "the same input gives the same bytes");
}

#[test]
fn an_existing_output_stays_when_the_input_fails() {
    let program = Program::new();
    std::fs::write(program.path("a.json"), "old").unwrap();
    std::fs::write(program.path("bad.docx"), "").unwrap();
    let run = program.run(&["convert", "bad.docx", "-o", "a.json"]);
    assert_eq!(run.exit, Some(2));
    assert_eq!(std::fs::read_to_string(program.path("a.json")).unwrap(), "old");
    assert_eq!(program.listing(), ["a.json", "bad.docx"]);
}

#[test]
fn no_output_appears_unless_all_can() {
    let program = Program::new();
    // A name longer than any file system takes.
    let name = format!("{}.json", "b".repeat(300));
    let run = program.run(&["convert", &text_fixture(), "-o", "a.json", "-o", &name]);
    assert_eq!(run.exit, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("file-unwritable"), "{}", run.stderr);
    assert!(program.listing().is_empty(), "{:?}", program.listing());
}

#[test]
fn a_missing_folder_is_named_as_it_was_given() {
    let program = Program::new();
    for arguments in
        [&["-o", "a.json", "-o", "absent/b.json"][..], &["-o", "a.json", "--diagnostics", "absent/d.json"]]
    {
        let run = program.run(&[&["convert", &text_fixture()], arguments].concat());
        assert_eq!(run.exit, Some(2), "{}", run.stderr);
        let said = ["folder-missing", "文件夹“absent”不存在", "请先建立"];
        assert!(said.iter().all(|words| run.stderr.contains(words)), "{}", run.stderr);
        assert!(!run.stderr.contains(".luoshi-"), "{}", run.stderr);
        assert!(program.listing().is_empty());
    }
    let run = program.run(&["inspect", &text_fixture(), "--diagnostics", "absent/d.json"]);
    assert!(run.exit == Some(2) && run.stderr.contains("没有这个文件或文件夹"), "{}", run.stderr);
    assert!(!run.stderr.contains(".luoshi-"), "{}", run.stderr);
}

#[test]
fn one_input_goes_to_a_new_folder_as_a_batch_does() {
    let program = Program::new();
    let run = program.run(&["convert", &text_fixture(), "-o", "out", "--to", "json", "--to", "csv"]);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    assert!(
        ["json", "csv"].iter().all(|e| program.path("out").join(format!("attachment-2016.{e}")).is_file())
    );
}

#[test]
fn what_is_wrong_with_a_command_is_said_in_the_language_of_the_person() {
    let program = Program::new();
    for (arguments, chinese, english) in [
        (&["convert", "a.txt"][..], "缺少--output <OUT>", "--output <OUT> is missing"),
        (&["a.txt", "-o", "a.json"], "没有“a.txt”这个命令", "there is no command \"a.txt\""),
        (&["--diagnostics", "d.json"], "没有给出命令", "there is no command"),
        (&["convert", "a.txt", "-o", ""], "--output <OUT>没有给出值", "--output <OUT> has no value"),
        (&["convert", "a.txt", "-o", "a.json", "--too"], "不认识--too", "--too is not known"),
        (
            &["schema", "x"],
            "不能是“x”，可以是attachment, catalogue",
            "cannot be \"x\"; it can be attachment, catalogue",
        ),
    ] {
        for (language, words) in [("zh", chinese), ("en", english)] {
            let run = program.run(&[arguments, &["--lang", language]].concat());
            assert_eq!(run.exit, Some(2), "{}", run.stderr);
            assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
        }
    }
}

#[test]
fn what_cannot_be_meant_is_refused_before_anything_is_read() {
    let program = Program::new();
    std::fs::copy(text_fixture(), program.path("a.txt")).unwrap();
    std::fs::copy(text_fixture(), program.path("b.txt")).unwrap();
    for (arguments, code) in [
        (&["convert", "a.txt", "-o", "a.txt"][..], "format-unknown"),
        (&["convert", "a.txt", "-o", "a.pdf"], "format-unknown"),
        (&["convert", "a.txt", "-o", "x.json", "-o", "x.json"], "output-twice"),
        (&["convert", "a.txt", "b.txt", "-o", "x.json"], "output-needs-directory"),
        (&["convert", "a.txt", "b.txt", "-o", "out"], "output-needs-format"),
        (&["convert", "a.txt", "-o", "-"], "output-needs-format"),
        (&["convert", "a.txt", "-o", "out"], "output-needs-format"),
        (&["convert", "a.txt", "-o", "x.json", "--to", "xlsx"], "format-unused"),
        (&["convert", "a.txt", "-o", "x.json", "--catalogue", "nowhere-1999"], "catalogue-unknown"),
        (&["convert", "absent.docx", "-o", "x.json"], "file-unreadable"),
        (&["convert", "a.txt"], "arguments-invalid"),
        (&["convert", "a.txt", "-o", "x.json", "--revisions", "maybe"], "arguments-invalid"),
        (&["frobnicate"], "arguments-invalid"),
    ] {
        let run = program.run(arguments);
        assert_eq!(run.exit, Some(2), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(code), "{arguments:?}: {}", run.stderr);
    }
    assert_eq!(program.listing(), ["a.txt", "b.txt"]);
}

#[test]
fn an_output_never_replaces_its_own_input() {
    let program = Program::new();
    std::fs::copy(fixture("csv/attachment-2016.csv"), program.path("a.csv")).unwrap();
    let run = program.run(&["convert", "a.csv", "-o", "./a.csv"]);
    assert_eq!(run.exit, Some(2));
    assert!(run.stderr.contains("output-is-input"), "{}", run.stderr);
}

#[test]
fn inputs_of_one_name_keep_apart() {
    let program = Program::new();
    for folder in ["甲", "乙"] {
        std::fs::create_dir(program.path(folder)).unwrap();
        std::fs::copy(text_fixture(), program.path(folder).join("附件.txt")).unwrap();
    }
    std::fs::copy(text_fixture(), program.path("甲/附件")).unwrap();
    let run = program.run(&["convert", "甲", "乙", "-o", "out", "--to", "json"]);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    let written: Vec<bool> = ["甲/附件.json", "甲/附件.txt.json", "乙/附件.json"]
        .map(|name| program.path("out").join(name).is_file())
        .to_vec();
    assert_eq!(written, [true; 3], "{}", run.stderr);
    // Once more, with the outputs below an input: they are no inputs.
    let run = program.run(&["convert", "甲", "-o", "甲/out", "--to", "json"]);
    let again = program.run(&["convert", "甲", "-o", "甲/out", "--to", "json"]);
    assert!(run.stderr.contains("共2个文件") && again.stderr.contains("共2个文件"), "{}", again.stderr);
}

#[test]
fn findings_never_replace_an_input_or_an_output() {
    let program = Program::new();
    std::fs::copy(text_fixture(), program.path("a.txt")).unwrap();
    for (diagnostics, code) in [("a.txt", "output-is-input"), ("./a.json", "output-twice")] {
        let run = program.run(&["convert", "a.txt", "-o", "a.json", "--diagnostics", diagnostics]);
        assert_eq!(run.exit, Some(2));
        assert!(run.stderr.contains(code), "{}", run.stderr);
    }
    assert_eq!(program.listing(), ["a.txt"]);
    let run = program.run(&["convert", "a.txt", "-o", "a.json", "-o", "./a.json"]);
    assert!(run.stderr.contains("output-twice"), "{}", run.stderr);
}

#[test]
fn formats_are_written_only_under_extensions_that_fit() {
    let program = Program::new();
    for name in ["a.xlsm", "a.docm", "a.tsv"] {
        let run = program.run(&["convert", &text_fixture(), "-o", name]);
        assert!(run.exit == Some(2) && run.stderr.contains("format-unknown"), "{name}: {}", run.stderr);
    }
}

#[test]
fn json_with_a_byte_order_mark_is_read() {
    let program = Program::new();
    let json = std::fs::read(crate::support::root().join("output/attachment-2016.json")).unwrap();
    std::fs::write(program.path("a.json"), [b"\xEF\xBB\xBF", json.as_slice()].concat()).unwrap();
    let run = program.run(&["convert", "a.json", "-o", "b.csv"]);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
}

#[test]
fn findings_go_to_a_file_with_code_place_and_words() {
    let program = Program::new();
    let run = program.run(&["convert", &text_fixture(), "-o", "a.json", "--diagnostics", "d.json"]);
    assert_eq!(run.exit, Some(0));
    assert!(!run.stderr.contains("number-inferred"), "{}", run.stderr);
    let document: serde_json::Value =
        serde_json::from_slice(&std::fs::read(program.path("d.json")).unwrap()).unwrap();
    assert_eq!(document["schema"], "luoshi.diagnostics/1");
    let all = document["diagnostics"].as_array().unwrap();
    let inferred: Vec<_> = all.iter().filter(|finding| finding["code"] == "number-inferred").collect();
    assert_eq!(inferred.len(), 17);
    assert_eq!(inferred[0]["arguments"]["number"], "37");
    assert_eq!(inferred[0]["place"]["container"]["table"], 1);
    assert_eq!(inferred[0]["message"], "序号缺失，按目录推定为37。");
}

#[test]
fn messages_speak_the_language_asked_for() {
    let program = Program::new();
    std::fs::write(program.path("bad.docx"), "").unwrap();
    let convert = ["convert", "bad.docx", "-o", "a.json"];
    assert!(program.run(&convert).stderr.contains("文件是空的"));
    let english = program.run(&["convert", "bad.docx", "-o", "a.json", "--lang", "en"]);
    assert!(english.stderr.contains("The file is empty"), "{}", english.stderr);
    let by_locale = program.command().args(convert).env("LC_ALL", "en_US.UTF-8").output().unwrap();
    assert!(String::from_utf8(by_locale.stderr).unwrap().contains("The file is empty"));
    assert!(program.run(&["--help"]).text().contains("用法："));
    assert!(program.run(&["convert", "--help", "--lang", "en"]).text().contains("Usage:"));
}

#[test]
fn inspect_shows_the_grid_before_any_meaning() {
    let program = Program::new();
    let path = fixture("docx/attachment-2016.docx");
    let run = program.run(&["inspect", path.to_str().unwrap()]);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    assert!(run.text().contains("第1个表：73行 × 6列"), "{}", &run.text()[..200]);
    let run = program.run(&["inspect", path.to_str().unwrap(), "--json"]);
    let document: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(document["schema"], "luoshi.source/1");
    let blocks = document["blocks"].as_array().unwrap();
    let table = blocks.iter().rev().find_map(|block| block.get("table")).unwrap();
    // Row 2 is the first section, over all six columns; row 3 the first item, its focus merged over three.
    let cells = table["cells"].as_array().unwrap();
    let at = |row: u64, column: u64| {
        cells.iter().find(|cell| cell["row"] == row && cell["column"] == column).unwrap()
    };
    assert_eq!((at(2, 1)["column_span"].as_u64(), at(3, 2)["row_span"].as_u64()), (Some(6), Some(3)));
}

#[test]
fn schema_formats_and_completions() {
    let program = Program::new();
    let schema: serde_json::Value = serde_json::from_slice(&program.run(&["schema"]).stdout).unwrap();
    assert_eq!(schema["title"], "Attachment");
    let formats = program.run(&["formats"]);
    for name in [
        "docx",
        "doc",
        "odt",
        "rtf",
        "xlsx",
        "xls",
        "xlsb",
        "ods",
        "txt",
        "csv",
        "json",
        "html",
        "flat-opc",
        "mht",
        "wordml-2003",
        "spreadsheetml-2003",
    ] {
        assert!(formats.text().lines().any(|line| line.starts_with(name)), "{name}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = program.run(&["completions", shell]);
        assert!(run.exit == Some(0) && run.text().contains("convert"), "{shell}");
    }
    let version = program.run(&["--version"]);
    assert_eq!(version.text().trim(), format!("luoshi {}", env!("CARGO_PKG_VERSION")));
}

/// A limit on the size of files stands for a full disk: a write fails half-way with the system's error.
#[cfg(unix)]
#[test]
fn a_write_that_fails_half_way_leaves_what_was_there() {
    let program = Program::new();
    for file in ["a.json", "b.xlsx"] {
        std::fs::write(program.path(file), "去年的").unwrap();
    }
    let command = "trap '' XFSZ; ulimit -f 32; exec \"$0\" \"$@\"";
    let outputs = ["-o", "b.xlsx", "-o", "a.json", "-o", "c.docx"];
    let run = std::process::Command::new("sh")
        .args(["-c", command, env!("CARGO_BIN_EXE_luoshi"), "convert", &text_fixture()])
        .args(outputs)
        .current_dir(program.path("."))
        .output()
        .unwrap();
    let run = Run::of(run);
    assert!(run.exit == Some(2) && run.stderr.contains("file-unwritable"), "{}", run.stderr);
    assert_eq!(program.listing(), ["a.json", "b.xlsx"], "nothing new, and nothing left over");
    for file in ["a.json", "b.xlsx"] {
        assert_eq!(std::fs::read_to_string(program.path(file)).unwrap(), "去年的", "{file}");
    }
}

#[test]
fn limits_are_told_by_name_and_set_by_flag() {
    let program = Program::new();
    let line = |cells: usize| (1..=cells).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    std::fs::write(program.path("宽.csv"), format!("{0}\n{0}\n{0}\n", line(1_100))).unwrap();
    let run = program.run(&["inspect", "宽.csv"]);
    assert!(
        run.exit == Some(2) && run.stderr.contains("columns") && run.stderr.contains("1024"),
        "{}",
        run.stderr
    );
    let run = program.run(&["inspect", "宽.csv", "--limit", "columns=1100"]);
    assert!(run.exit == Some(0) && run.text().contains("3行 × 1100列"), "{}", run.stderr);
    let run = program.run(&["inspect", "宽.csv", "--limit", "columns=1100", "--limit", "rows=2"]);
    assert!(run.exit == Some(2) && run.stderr.contains("（rows）"), "{}", run.stderr);
    for wrong in ["columns", "columns=", "columns=0", "columns=99999", "colums=5"] {
        let run = program.run(&["inspect", "宽.csv", "--limit", wrong]);
        assert!(run.exit == Some(2) && run.stderr.contains("columns=1..16384"), "{wrong}: {}", run.stderr);
    }
}

#[test]
fn a_theme_of_the_house_changes_the_words_and_a_broken_one_is_refused() {
    let program = Program::new();
    let shipped = include_str!("../../crates/luoshi-emitter/src/theme/data/default.toml");
    let own = [
        ("print-sheet = \"公示版\"", "print-sheet = \"公开版\""),
        ("form-unit = \"填报单位：{unit}\"", "form-unit = \"报送单位：{unit}\""),
        ("page-number = \"— {page} —\"", "page-number = \"7&<{page}>\""),
    ];
    let theme = own.iter().fold(shipped.to_owned(), |theme, (from, to)| {
        assert!(theme.contains(from));
        theme.replace(from, to)
    });
    std::fs::write(program.path("本单位.toml"), theme).unwrap();
    let written = ["convert", &text_fixture(), "-o", "a.xlsx", "-o", "a.docx", "--theme", "本单位.toml"]
        .map(str::to_owned);
    let run = program.run(&written.each_ref().map(String::as_str));
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    let part = |file: &str, part: &str| {
        let bytes = std::fs::read(program.path(file)).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        std::io::read_to_string(archive.by_name(part).unwrap()).unwrap()
    };
    let footer = part("a.docx", "word/footer-odd.xml");
    assert!(footer.contains(">7&amp;&lt;<") && footer.contains(">&gt;<"), "{footer}");
    let footer = part("a.xlsx", "xl/worksheets/sheet1.xml");
    assert!(footer.contains("\"7&amp;&amp;&lt;&amp;P&gt;</oddFooter>"), "{footer}");
    let sheets = part("a.xlsx", "xl/workbook.xml");
    assert!(sheets.contains("name=\"公开版\"") && !sheets.contains("公示版"), "{sheets}");
    let forms =
        ["forms", "haicang-2016", "--unit", "区教育局", "--to", "xlsx", "-o", "表", "--theme", "本单位.toml"];
    let run = program.run(&forms);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    let form = std::fs::read_dir(program.path("表")).unwrap().next().unwrap().unwrap().path();
    let run = program.run(&["inspect", form.to_str().unwrap()]);
    assert!(run.text().contains("报送单位：区教育局"), "{}", run.text());
    std::fs::write(program.path("bad.toml"), "version = \"none\"").unwrap();
    let run = program.run(&["convert", &text_fixture(), "-o", "a.docx", "--theme", "bad.toml"]);
    assert_eq!(run.exit, Some(2));
    assert!(run.stderr.contains("theme-invalid"), "{}", run.stderr);
}

#[test]
fn a_cell_too_long_for_a_workbook_is_named_with_the_way_out_and_nothing_is_written() {
    let program = Program::new();
    let long = "长".repeat(32_768);
    let text = format!(
        "\t序号\n\t自查事项\n\t责任单位\n\t落实情况\n\n\t7\n\t推进教育信息公开\n\t区教育局\n\t{long}\n\n"
    );
    std::fs::write(program.path("a.txt"), text).unwrap();
    let run = program.run(&["convert", "a.txt", "-o", "a.json", "-o", "a.xlsx"]);
    assert_eq!(run.exit, Some(2));
    for words in ["cell-too-long", "7 推进教育信息公开", "落实情况", "32768", "去掉xlsx"] {
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
    assert_eq!(program.listing(), ["a.txt"]);
    assert_eq!(program.run(&["convert", "a.txt", "-o", "a.json", "-o", "a.docx"]).exit, Some(0));
}

#[test]
fn the_built_in_list_can_be_taken_out_and_a_new_file_of_decisions_is_named() {
    let program = Program::new();
    let run = program.run(&["catalogue", "haicang-2016", "-o", "2016.json"]);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    let own =
        luoshi::model::Catalogue::from_json(&std::fs::read(program.path("2016.json")).unwrap()).unwrap();
    assert_eq!(own, *luoshi::built_in("haicang-2016").unwrap().catalogue());
    std::fs::write(program.path("区教育局.csv"), "自查事项,落实情况\n推进教育信息公开,已公示。\n").unwrap();
    let merge =
        ["merge", "区教育局.csv", "--catalogue", "2016.json", "-o", "a.json", "--decisions", "取舍.json"];
    assert!(program.run(&merge).stderr.contains("取舍.json"));
    assert!(!program.run(&merge).stderr.contains("取舍.json"), "it is there now");
    std::fs::write(program.path("取舍.json"), r#"{"schema":"luoshi.decisions/1"}"#).unwrap();
    let run = program.run(&merge);
    assert_eq!(run.exit, Some(2));
    assert!(run.stderr.contains("luoshi schema decisions"), "{}", run.stderr);
}
