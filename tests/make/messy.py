"""Readable files of a clerk's world: each shows a few habits that a table may have, and says what a reader must see in it.

An expectation names the items in order: their matters, kinds of answers, names of units and the column keys. Where a file
is about more (numbers, roles, deadlines, texts that must be kept or must not be taken), it says that too.
"""

import datetime
from xml.sax.saxutils import escape

from ooxml import Document, paragraph, paragraphs, run, tbl, tc, tr
from paths import EXPECTED, fixture, write_json
from sheets import Sheet, write_xlsx

TITLE = "海沧区政务公开工作落实情况表"


def expect(file, columns, matters, units, answers=None, **more):
    """`columns` are keys in order; `units` the names of each item; keys with an underscore stand with a hyphen."""
    stem = file.rpartition(".")[0]
    body = {"file": f"fixtures/messy/{file}", "columns": columns, "count": len(matters), "matters": matters}
    body |= {"answers": answers} if answers else {}
    body |= {"units": units} | {key.replace("_", "-"): value for key, value in more.items()}
    assert len(units) == len(matters) and (answers is None or len(answers) == len(matters)), file
    write_json(EXPECTED / "messy" / f"{stem}.expected.json", body)


def path(file):
    return fixture(f"messy/{file}")


def plain_row(texts, widths, header=False):
    """A row without spans; a text with line feeds has that many paragraphs."""
    return tr([tc(paragraphs(t.split("\n")), w) for t, w in zip(texts, widths)], header=header)


def docx(file, lines, rows, widths, edit=None, after=()):
    doc = Document()
    for line in lines:
        doc.add_line(line)
    doc.add(tbl(rows, widths))
    for line in after or [""]:
        doc.add_line(line)
    doc.save(path(file), edit)


def spaced_headings():
    """Headings and unit names set wide with spaces, full-width digits, a line that says who filled it in."""
    file, widths = "spaced-headings.docx", [900, 2000, 3000, 2200, 4500, 2000]
    headings = ["序 号", "自 查 重 点", "自 查 事 项", "责 任　单 位", "落 实 情 况", "备　　注"]
    rows = [
        ["３６", "（六）推进教育、卫生和食品药品安全信息公开", "推进教育信息公开", "区 教 育 局", "　　学位余量每日更新。", ""],
        ["３７", "", "推进医疗信息公开", "区　卫　计　局", "　　均次费用按月上墙。", ""],
    ]
    body = [plain_row(headings, widths, header=True)]
    for index, row in enumerate(rows):
        cells = [tc(paragraph(t), w) for t, w in zip(row, widths)]
        cells[1] = tc(paragraph(row[1]), widths[1], merge="continue" if index else "restart")
        body.append(tr(cells))
    docx(file, [TITLE, "填报单位：区教育局"], body, widths, after=["填表人：李四　　审核人：王五"])
    expect(
        file,
        ["number", "focus", "matter", "units", "status", "remarks"],
        ["推进教育信息公开", "推进医疗信息公开"],
        [["区教育局"], ["区卫计局"]],
        ["answered", "answered"],
        numbers=[36, 37],
        statuses=[["学位余量每日更新。"], ["均次费用按月上墙。"]],
        preamble=["填报单位：区教育局"],
        postscript=["填表人：李四　　审核人：王五"],
    )


def answers():
    """Every way of not answering, and an answer that only looks like one; units parted in five ways."""
    file = "answers.xlsx"
    rows = [  # matter, units cell, names, status, kind
        ("做好减灾救灾信息公开", "区民政局、区财政局", ["区民政局", "区财政局"], "救灾款物账目已上墙。", "answered"),
        ("指导督促相关社会组织全面及时公开扶贫捐赠信息", "区民政局，区财政局", ["区民政局", "区财政局"], "同上", "see"),
        ("贫困地区要建立扶贫公告公示制度", "区民政局；区财政局", ["区民政局", "区财政局"], "见第1项", "see"),
        ("实行收费目录清单管理", "区发改局/区财政局", ["区发改局", "区财政局"], "无", "none"),
        ("定期公开住房公积金年度报告", "国土分局", ["国土分局"], "暂无。", "none"),
        ("推进信用信息公示", "区市场监督管理局\n区发改局", ["区市场监督管理局", "区发改局"], "—", "struck"),
        ("推进审计结果公开", "区审计局", ["区审计局"], "／", "struck"),
        ("推进水源监测信息公开", "环保分局", ["环保分局"], "不涉及", "not-applicable"),
        ("强化农村危房改造信息公开", "国土分局", ["国土分局"], "由市主管部门统一组织", "not-applicable"),
        ("开展重大决策民意调查", "区政府办（秘书科、督查科）", ["区政府办"], None, "blank"),
        ("推进公共场所信息公开", "区建设局", ["区建设局"], "无障碍通道的位置图已上网。", "answered"),
        ("推进高等教育信息公开", "区教育局", ["区教育局"], "我局无此项职能。", "not-applicable"),
        ("加强专家库建设", "各部门", ["各部门"], "　", "blank"),
    ]
    sheet = Sheet("落实情况", widths=[6, 30, 24, 40])
    sheet.add("序号", "自查事项", "责任单位", "落实情况")
    for number, (matter, units, _, status, _) in enumerate(rows, 1):
        sheet.add(number, matter, units, status)
    write_xlsx(path(file), [sheet])
    expect(
        file,
        ["number", "matter", "units", "status"],
        [row[0] for row in rows],
        [row[2] for row in rows],
        [row[4] for row in rows],
        sees={"2": 1, "3": 1},
    )


def other_order():
    """Headings by other names, in another order, with columns that no checklist knows."""
    file = "other-order.xlsx"
    sheet = Sheet("Sheet1", widths=[18, 6, 30, 30, 20, 10, 14])
    sheet.add("2016年政务公开自查表", merge=(0, 1, 7))
    sheet.add("责任部门", "编号", "检查事项", "完成情况", "备注", "联系人", "电话")
    sheet.add("区文体局", 1, "公布场馆开放时间", "六个场馆的时间表已上网。", "存在问题：节假日安排公布偏晚。", "赵六", "05920000001")
    sheet.add("区档案馆", 2, "公布查档须知", "须知已更新。", None, "孙七", "05920000002")
    write_xlsx(path(file), [sheet])
    expect(
        file,
        ["units", "number", "matter", "status", "remarks", "extra:联系人", "extra:电话"],
        ["公布场馆开放时间", "公布查档须知"],
        [["区文体局"], ["区档案馆"]],
        ["answered", "answered"],
        extra=[{"联系人": ["赵六"], "电话": ["05920000001"]}, {"联系人": ["孙七"], "电话": ["05920000002"]}],
        remark_kinds=[["issue"], []],
    )


def two_row_header():
    """A header of two rows, with roles and kinds of remarks as columns of their own."""
    file, widths = "two-row-header.docx", [700, 3200, 1700, 1900, 3600, 1800, 1800]
    upper = [("序号", 1), ("自查事项", 1), ("责任单位", 2), ("落实情况", 1), ("典型做法及问题概述", 2)]
    lower = ["", "", "牵头单位", "配合单位", "", "典型做法", "存在问题"]
    cells, column = [], 0
    for heading, span in upper:
        width = sum(widths[column : column + span])
        cells.append(tc(paragraph(heading), width, span=span, merge="restart" if span == 1 else None))
        column += span
    rows = [tr(cells, header=True)]
    rows.append(tr([tc(paragraph(t), w, merge=None if t else "continue") for t, w in zip(lower, widths)], header=True))
    rows.append(
        plain_row(["1", "推进就业信息公开", "区人社局", "区财政局\n各街道", "岗位每日更新。", "扫码即可投递。", ""], widths)
    )
    rows.append(plain_row(["2", "推进救助信息公开", "区民政局", "", "名单按月张贴。", "", "个别社区张贴偏高。"], widths))
    docx(file, [TITLE], rows, widths)
    expect(
        file,
        ["number", "matter", "lead-units", "support-units", "status", "practice", "issue"],
        ["推进就业信息公开", "推进救助信息公开"],
        [["区人社局", "区财政局", "各街道"], ["区民政局"]],
        ["answered", "answered"],
        roles=[["lead", "support", "support"], ["lead"]],
        practice=[["扫码即可投递。"], []],
        issue=[[], ["个别社区张贴偏高。"]],
    )


def repeated_header():
    """Numbers glued to the matter and beginning anew in each section; the header typed again in mid-table."""
    file, widths = "repeated-header.docx", [6000, 2600, 6000]
    headings = ["自查事项", "责任单位", "落实情况"]

    def section(text):
        return tr([tc(paragraph(text), sum(widths), span=3)])

    rows = [
        plain_row(headings, widths),
        section("一、围绕深化改革推进公开"),
        plain_row(["1、依法公开随机抽查事项清单", "区编办", "清单共186项。"], widths),
        plain_row(["2、推进监管执法信息公开", "区安监局", "每周核对一次。"], widths),
        plain_row(headings, widths),
        section("二、围绕民生改善推进公开"),
        plain_row(["1、及时公开就业供求信息", "区人社局", "每日更新。"], widths),
        plain_row(["2、推进2.5米以下限高设施信息公开", "区建设局", "位置图已上网。"], widths),
    ]
    docx(file, [TITLE], rows, widths)
    expect(
        file,
        ["matter", "units", "status"],
        ["依法公开随机抽查事项清单", "推进监管执法信息公开", "及时公开就业供求信息", "推进2.5米以下限高设施信息公开"],
        [["区编办"], ["区安监局"], ["区人社局"], ["区建设局"]],
        ["answered"] * 4,
        numbers=[1, 2, 1, 2],
        sections=["围绕深化改革推进公开", "围绕民生改善推进公开"],
        # 围绕民生改善推进公开 is section 3 of the catalogue that the matters belong to.
        section_of=["1", "1", "3", "3"],
    )


def letter_first():
    """The table after a letter that has a table of its own; roles in the wording of the units cell."""
    file, widths = "letter-first.docx", [800, 4200, 4200, 4800]
    doc = Document()
    doc.add_line("关于报送政务公开工作落实情况的函")
    doc.add_line("区政务公开办：")
    doc.add_line("现将我单位落实情况报上，联系方式如下。")
    contact = [3000, 3000, 3000]
    doc.add(tbl([plain_row(["姓名", "职务", "电话"], contact), plain_row(["周八", "科员", "05920000003"], contact)], contact))
    doc.add_line("")
    doc.add_line("附件1")
    doc.add_line(TITLE)
    rows = [
        plain_row(["序号", "自查事项", "责任单位", "落实情况"], widths, header=True),
        plain_row(["1", "推进重大决策预公开", "区法制办牵头，区发改局配合", "目录7项，均先登草案。"], widths),
        plain_row(["2", "做好政策解读", "牵头单位：区委宣传部；配合单位：区联动中心", "解读35篇。"], widths),
    ]
    doc.add(tbl(rows, widths))
    doc.add_line("")
    doc.save(path(file))
    expect(
        file,
        ["number", "matter", "units", "status"],
        ["推进重大决策预公开", "做好政策解读"],
        [["区法制办", "区发改局"], ["区委宣传部", "区联动中心"]],
        ["answered", "answered"],
        roles=[["lead", "support"], ["lead", "support"]],
        title=TITLE,
        annex="附件1",
    )


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
NOTES_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def with_footnote(text):
    """Adds a part with one footnote (id 2) after the two separators that Word wants."""
    special = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for kind, number, mark in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    note = f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(text)}</w:p></w:footnote>'
    part = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes xmlns:w="{W}">{special}{note}</w:footnotes>'
    entry = f'<Override PartName="/word/footnotes.xml" ContentType="{NOTES_TYPE}"/></Types>'
    relation = f'<Relationship Id="rIdNotes" Type="{NOTES_RELATION}" Target="footnotes.xml"/></Relationships>'

    def edit(parts):
        out = []
        for name, data in parts:
            if name == "[Content_Types].xml":
                data = data.replace(b"</Types>", entry.encode())
            elif name == "word/_rels/document.xml.rels":
                data = data.replace(b"</Relationships>", relation.encode())
            out.append((name, data))
        return [*out, ("word/footnotes.xml", part.encode())]

    return edit


def text_box(text):
    """A text box as Word writes it: a drawing, and the same text again in VML for old programs."""
    content = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" Requires="wps"><w:drawing>'
        '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="1800000" cy="360000"/>'
        '<wp:docPr id="1" name="文本框 1"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        '<mc:Fallback><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:141pt;height:28pt">'
        f"<v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def hidden(text):
    return f'<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def wrapped():
    """Rows and cells inside content controls; a table, a text box, a footnote and hidden text inside cells."""
    file, widths = "wrapped.docx", [800, 4200, 3000, 6000]

    def control(content):
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    inner = tbl(
        [plain_row(["月份", "件数"], [1500, 1500]), plain_row(["一月", "12件"], [1500, 1500])], [1500, 1500], declare=False
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    cells = [
        ["1", "推进教育信息公开", "区教育局", paragraph("学位余量每日更新。")],
        ["2", "推进医疗信息公开", "区卫计局", paragraph("办件数如下：") + inner + paragraph("以上为全年数。")],
        ["3", "推进审计信息公开", "区审计局", paragraph(content=run("公告已刊登") + note + run("，清单随附。"))],
        ["4", "推进救灾信息公开", "区民政局", paragraph(content=run("账目上墙。") + text_box("图例：红色为安置点"))],
        ["5", "推进信访信息公开", "区信访局", paragraph(content=run("办结率99.1%。") + hidden("此句待核"))],
    ]
    rows = [plain_row(["序号", "自查事项", "责任单位", "落实情况"], widths, header=True)]
    for index, (number, matter, units, status) in enumerate(cells):
        own = [tc(paragraph(t), w) for t, w in zip((number, matter, units), widths)] + [tc(status, widths[3])]
        if index == 0:
            own[1] = control(own[1])  # a control around a cell
        row = tr(own)
        rows.append(control(row) if index in (1, 4) else row)  # controls around rows
    docx(file, [TITLE], rows, widths, edit=with_footnote("指2015年度预算执行审计公告。"))
    expect(
        file,
        ["number", "matter", "units", "status"],
        [cell[1] for cell in cells],
        [[cell[2]] for cell in cells],
        ["answered"] * 5,
        # To be found in the status of the item, in this order; the text box once, though the file has it twice.
        status_contains={
            "2": ["办件数如下：", "月份", "件数", "一月", "12件", "以上为全年数。"],
            "3": ["公告已刊登", "，清单随附。"],
            "4": ["账目上墙。"],
            "5": ["办结率99.1%。"],
        },
        # To be found once in the model, or in a finding that names the cell.
        told=["指2015年度预算执行审计公告。", "图例：红色为安置点", "此句待核"],
    )


def dates():
    """Deadlines and numbers as a worksheet holds them: dates, figures, texts."""
    file = "dates.xlsx"
    sheet = Sheet("任务", widths=[6, 40, 20, 20])
    sheet.add("序号", "任务内容", "责任单位", "完成时限")
    sheet.add(1.0, "公布招生计划", "区教育局", datetime.date(2016, 11, 30))
    sheet.add("２", "公布医疗收费价目", "区卫计局", datetime.date(2016, 12, 15))
    sheet.add("3", "公布审计公告", "区审计局", "11月底前")
    sheet.formats = {(1, 3): 'yyyy"年"m"月"d"日"', (2, 3): "yyyy-mm-dd"}
    write_xlsx(path(file), [sheet])
    expect(
        file,
        ["number", "matter", "units", "deadline"],
        ["公布招生计划", "公布医疗收费价目", "公布审计公告"],
        [["区教育局"], ["区卫计局"], ["区审计局"]],
        numbers=[1, 2, 3],
        deadlines=[["2016年11月30日"], ["2016-12-15"], ["11月底前"]],
    )


def hidden_row():
    """A row hidden by a forgotten filter is still an answer; a units cell merged over two items, a blank one not."""
    file = "hidden-row.xlsx"
    sheet = Sheet("Sheet1", widths=[6, 30, 18, 40], hidden_rows={2})
    sheet.add("序号", "自查事项", "责任单位", "落实情况")
    sheet.add(1, "推进决策公开", "区法制办", "目录7项，均已公布。", merge=(2, 2, 1))
    sheet.add(2, "推进执行公开", None, "92项任务按季亮灯。")
    sheet.add(3, "推进结果公开", None, "年底集中公布。")
    write_xlsx(path(file), [sheet])
    expect(
        file,
        ["number", "matter", "units", "status"],
        ["推进决策公开", "推进执行公开", "推进结果公开"],
        [["区法制办"], ["区法制办"], []],
        ["answered"] * 3,
    )


def write():
    spaced_headings()
    answers()
    other_order()
    two_row_header()
    repeated_header()
    letter_first()
    wrapped()
    dates()
    hidden_row()
