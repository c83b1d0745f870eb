"""A checklist of another shape: six columns 领域·序号·任务名称·任务内容·责任单位·完成时限, two levels as columns, no answers.

The shape follows a Shanghai district's published list of 2024; the wording is our own. It has a catalogue of its own, two
documents and an expected model, all from the rows below.
"""

from ooxml import Document, paragraph, tbl, tc, tr
from paths import EXPECTED, FIXTURES, fixture, write_json
from sheets import Sheet, write_xlsx

ID = "changning-like-2024"
TITLE = "2024年政务公开工作要点与责任分工"
PERIOD = {"label": "2024年", "from": "2024-01-01", "to": "2024-12-31"}
COLUMNS = [
    ("section", "领域"),
    ("number", "序号"),
    ("focus", "任务名称"),
    ("matter", "任务内容"),
    ("units", "责任单位"),
    ("deadline", "完成时限"),
]
COLLECTIVE = {"各部门", "各街道"}

# 领域 -> 任务名称 -> (任务内容, 责任单位 as the cell has it, the same as (raw, name, role), 完成时限)
PLAIN = "unspecified"
AREAS = [
    ("一、", "优化政策公开", [
        ("政策集中公开", [
            ("在门户网站建成政策文件库，按主题和发布年份两种方式分类。", "区政务办", [("区政务办", "区政务办", PLAIN)], "6月底前"),
            ("现行有效的规范性文件全部入库，失效的另列一栏。", "区司法局牵头，各部门配合",
             [("区司法局牵头", "区司法局", "lead"), ("各部门配合", "各部门", "support")], "6月底前"),
            ("新印发的文件三个工作日内入库。", "各部门", [("各部门", "各部门", PLAIN)], "全年"),
        ]),
        ("政策解读", [
            ("解读材料与文件同步起草、同步审核、同步发布。", "各部门", [("各部门", "各部门", PLAIN)], "全年"),
            ("每季度制作一期以短视频说明惠民政策的专辑。", "区融媒体中心、区政务办",
             [("区融媒体中心", "区融媒体中心", PLAIN), ("区政务办", "区政务办", PLAIN)], "持续推进"),
        ]),
        ("政策问答", [
            ("汇总热线来电中重复率高的问题，编成问答并每月更新。", "区城运中心", [("区城运中心", "区城运中心", PLAIN)], "全年"),
        ]),
    ]),
    ("二、", "深化重点领域公开", [
        ("民生信息公开", [
            ("公布养老机构的床位、收费和等级评定结果。", "区民政局", [("区民政局", "区民政局", PLAIN)], "9月底前"),
            ("公布中小学招生计划、对口地段和录取结果。", "区教育局", [("区教育局", "区教育局", PLAIN)], "8月底前"),
            ("公布社区卫生服务中心的专家门诊排班。", "区卫健委", [("区卫健委", "区卫健委", PLAIN)], "持续推进"),
            ("公布技能培训补贴的目录、标准和申领名单。", "区人社局牵头，区财政局、各街道配合",
             [("区人社局牵头", "区人社局", "lead"), ("区财政局", "区财政局", "support"), ("各街道配合", "各街道", "support")], "全年"),
        ]),
        ("财政信息公开", [
            ("部门预算、决算在统一专栏公布，并附绩效目标。", "区财政局、各部门",
             [("区财政局", "区财政局", PLAIN), ("各部门", "各部门", PLAIN)], "10月底前"),
            ("公布地方债务限额、余额和使用安排。", "区财政局（国库科）", [("区财政局（国库科）", "区财政局", PLAIN)], "全年"),
        ]),
    ]),
    ("三、", "规范申请办理与平台管理", [
        ("依申请公开", [
            ("建立答复文书的法制审核，疑难件集体会商。", "区司法局", [("区司法局", "区司法局", PLAIN)], "持续推进"),
            ("每半年分析一次被复议、诉讼纠错的案件。", "区司法局、区政务办",
             [("区司法局", "区司法局", PLAIN), ("区政务办", "区政务办", PLAIN)], "6月底前、12月底前"),
        ]),
        ("平台管理", [
            ("关停连续三个月不更新的账号，清单报区政务办备案。", "区委网信办", [("区委网信办", "区委网信办", PLAIN)], "11月15日前"),
            ("门户网站完成适老化改造，并接受第三方测评。", "区政务办", [("区政务办", "区政务办", PLAIN)], "12月底前"),
        ]),
    ]),
    ("四、", "强化工作保障", [
        ("培训考核", [
            ("全区政务公开培训不少于两次，覆盖全部联络员。", "区政务办", [("区政务办", "区政务办", PLAIN)], "全年"),
            ("考核结果纳入年度绩效，扣分项逐条书面反馈。", "区政务办牵头，区委组织部配合",
             [("区政务办牵头", "区政务办", "lead"), ("区委组织部配合", "区委组织部", "support")], "12月底前"),
        ]),
    ]),
]  # fmt: skip

WIDTHS = [1500, 700, 1700, 5600, 2900, 1700]


def rows():
    """(section index, focus index in it, number, rows of the section, rows of the focus, task): spans 0 where merged."""
    number = 0
    for s, (_, _, focuses) in enumerate(AREAS):
        section_rows = sum(len(tasks) for _, tasks in focuses)
        for f, (_, tasks) in enumerate(focuses):
            for t, task in enumerate(tasks):
                number += 1
                yield s, f, number, section_rows if f == t == 0 else 0, len(tasks) if t == 0 else 0, task


def sections():
    return [{"id": str(s), "label": label, "title": title} for s, (label, title, _) in enumerate(AREAS, 1)]


def focuses():
    return [
        {"id": f"{s}.{f}", "section": str(s), "label": "", "title": title}
        for s, (_, _, inside) in enumerate(AREAS, 1)
        for f, (title, _) in enumerate(inside, 1)
    ]


def columns():
    return [{"key": key, "heading": heading} for key, heading in COLUMNS]


def unit(raw, name, role):
    bracket = raw.partition("（")[2].removesuffix("）")
    out = {"name": name} | ({"office": bracket} if bracket else {})
    out |= {"collective": True} if name in COLLECTIVE else {}
    return out | {"role": role, "raw": raw}


def catalogue():
    names = dict.fromkeys(name for *_, task in rows() for _, name, _ in task[2])
    return {
        "schema": "luoshi.catalogue/1",
        "id": ID,
        "title": TITLE,
        "period": PERIOD,
        "numbering": "continuous",
        "columns": columns(),
        "sections": sections(),
        "focuses": focuses(),
        "items": [
            {
                "id": f"cn24-{number:02}",
                "number": number,
                "focus": f"{s + 1}.{f + 1}",
                "matter": matter,
                "units": [raw for raw, _, _ in units],
            }
            for s, f, number, _, _, (matter, _, units, _) in rows()
        ],
        "units": [{"name": name} | ({"collective": True} if name in COLLECTIVE else {}) for name in names],
    }


def attachment():
    return {
        "schema": "luoshi.attachment/1",
        "catalogue": ID,
        "title": TITLE,
        "annex": "附件1",
        "period": PERIOD,
        "columns": columns(),
        "sections": sections(),
        "focuses": focuses(),
        "items": [
            {
                "id": f"cn24-{number:02}",
                "number": number,
                "number_source": "printed",
                "focus": f"{s + 1}.{f + 1}",
                "matter": matter,
                "units": [unit(*parts) for parts in units],
                "remarks": [],
                "deadline": [deadline],
                "extra": {},
            }
            for s, f, number, _, _, (matter, _, units, deadline) in rows()
        ],
    }


def write_docx():
    doc = Document()
    doc.add_line("附件1")
    doc.add_line(TITLE, '<w:jc w:val="center"/>')
    out = [tr([tc(paragraph(heading), width) for (_, heading), width in zip(COLUMNS, WIDTHS)], header=True)]
    for s, f, number, section_rows, focus_rows, (matter, units, _, deadline) in rows():
        label, title, inside = AREAS[s]
        texts = [label + title if section_rows else "", str(number), inside[f][0] if focus_rows else ""]
        texts += [matter, units, deadline]
        merges = ["restart" if section_rows else "continue", None, None, None, None, None]
        if len(inside[f][1]) > 1:
            merges[2] = "restart" if focus_rows else "continue"
        out.append(tr([tc(paragraph(t), w, merge=m) for t, w, m in zip(texts, WIDTHS, merges)]))
    doc.add(tbl(out, WIDTHS))
    doc.add_line()
    doc.save(fixture(f"docx/{ID}.docx"))


def sheet():
    page = Sheet("责任分工", widths=[18, 6, 18, 50, 30, 16])
    page.add("附件1")
    page.add(TITLE, merge=(0, 1, len(COLUMNS)))
    page.add(*[heading for _, heading in COLUMNS])
    for s, f, number, section_rows, focus_rows, (matter, units, _, deadline) in rows():
        label, title, inside = AREAS[s]
        page.add(
            label + title if section_rows else None, number, inside[f][0] if focus_rows else None, matter, units, deadline
        )
        here = len(page.rows) - 1
        page.merges += [(here, 0, section_rows, 1)] if section_rows > 1 else []
        page.merges += [(here, 2, focus_rows, 1)] if focus_rows > 1 else []
    return page


def write():
    write_json(FIXTURES / "catalogues" / f"{ID}.json", catalogue())
    write_json(EXPECTED / f"{ID}.json", attachment())
    write_docx()
    write_xlsx(fixture(f"xlsx/{ID}.xlsx"), [sheet()])
