"""A table that must not go out: a fault of each kind that a check looks for, and beside it a text that looks like one and is none.

Every private value is made up: the identity numbers are the examples of the standard's descriptions (GB 11643-1999), the names the
most frequent ones there are, the card is computed from its check digit alone. The expected findings stand beside the rows, written with them.
"""

from xml.sax.saxutils import escape

from ooxml import Document, paragraphs, run, tbl, tc, tr
from paths import EXPECTED, fixture
from sheets import Sheet, write_xlsx

TITLE = "2016年政务公开自查情况表"
HEADINGS = ["序号", "自查事项", "责任单位", "落实情况", "典型做法及问题概述"]
WIDTHS = [700, 3000, 1900, 5600, 3400]

S, R = "落实情况", "典型做法及问题概述"

LONG = "通过区政府门户网站、微信公众号、社区公示栏及时公布办事指南和收费依据。"

# Matter, unit, status, remarks, expected: (column, code) each, "" for the row as a whole.
ROWS = [
    ("公开信访办理情况", "区信访局", "来访人身份证号11010519491231002X，已在公示栏答复。", "", [(S, "citizen-id")]),
    ("公开社保卡补换情况", "区人社局", "窗口受理3件，证件号350205********1234已隐去。", "", [(S, "citizen-id-masked")]),
    ("公开校车安全检查", "区教育局", "驾驶员身份证110105199003071234已核对，公示12人。", "", [(S, "citizen-id-doubtful")]),
    ("公开施工投诉电话", "区建设局", "投诉请拨１３９１２３４５６７８，全年受理41件。", "", [(S, "mobile-number")]),
    ("公开咨询方式", "区政府办", "联系人：王建国，电话0592-6051234；传真0592-6051235，热线12345。", "",
     [(S, "contact-number"), (S, "landline-number")]),
    ("公开救助资金发放", "区民政局", "发放低保金：王建国、李秀英、张志强等3人，汇入6222 0212 3456 7890 128。", "",
     [(S, "bank-card"), (S, "name-list")]),
    ("公开医疗救助", "区卫计局", "村民王建国患肺癌，家住温厝村35号，已公示。全年救助患病困难群众12人。", "",
     [(S, "health-data"), (S, "home-address")]),
    ("公开保密审查情况", "区保密局", "按机密★10年管理的文件不予公开；涉及商业秘密的2件已征求意见。", "", [(S, "secrecy-mark")]),
    ("公开督查情况", "区效能督查办", "督查通报12期见附件，内部资料，注意保存。对属于工作秘密的信息逐条审查。", "",
     [(S, "internal-mark"), (S, "internal-mark")]),
    ("公开审批事项", "区编办", "", "", [(S, "status-missing")]),
    ("公开培训情况", "区人社局", "", "由市里统一组织，本区不办班。", [(S, "status-only-remarked")]),
    ("公开重大事故", "区安监局", "无", "", [(S, "status-none")]),
    ("公开规范性文件清理", "区法制办", "清理81件有效文件（保留57件、待修订8件、废止15件），在公报刊登。", "", [(S, "total-differs")]),
    ("公开行政处罚", "区市场监督管理局", "结案324起（其中食品类421起），网上公示。", "", [(S, "parts-exceed")]),
    ("公开信访评价", "区信访局", "参评率为161.5%，同比增长120%。", "", [(S, "percent-over-100")]),
    ("公开舆情处置", "区公安分局", "1-10月登记131条。", "", [(S, "as-of-differs")]),
    ("公开政府公报", "区联动中心", "截至11月底印发公报11期。", "", []),
    ("公开年度报告", "区政府办", "2017年3月公布年度报告；2017年底前将公布统计表。", "", [(S, "date-after-period")]),
    ("公开公示期限", "区建设局", "自2016年6月1日至2016年3月1日公示。落实《2015年政务公开工作要点》。", "",
     [(S, "range-reversed"), (S, "plan-of-other-year")]),
    ("公开工作步骤", "区发改局", "①梳理清单②网站公布④接受监督。一是公开；二是更新。", "", [(S, "enumeration-skips")]),
    ("公开收费目录", "区财政局", "已按照相关规定公开相关信息。", "典型做法：逐项公布，但是更新不及时。",
     [(S, "no-evidence"), (R, "practice-reads-as-problem")]),
    ("公开保障房分配", "区建设局", "再次征求村民意见，优化后上会研究，公示3次。\"", "", [(S, "mark-unpaired")]),
    ("公开环评信息", "环保分局", "各部门已公布清单,共107个。。按1,234条、3.5%计， 办事指南(试行)一并公开。", "",
     [(S, "mark-half-width"), (S, "mark-half-width"), (S, "mark-doubled"), (S, "space-beside-mark")]),
    ("公开政策解读", "区联动中心", "截止目前发布11期，群众登陆网站查询；台风登陆期间每日通报。", "", [(S, "word-wrong"), (S, "word-wrong")]),
    ("公开决策过程", "区政府办", "座谈3次，切实切实推进决策公开，一步一步落实。", "", [(S, "word-doubled")]),
    ("公开扶贫信息", "区农林水利局", "新垵、霞阳两村公示128户。", "", [(S, "character-rare")]),
    ("公开办事指南", "区行政服务中心", LONG, "", []),
    ("公开收费依据", "区物价局", LONG, "", [(S, "text-repeated")]),
    ("公开网上办事", "区政务信息中心", "见http://192.168.1.8/bszn，依据厦府[2016]26号，印发5份。", "",
     [(S, "link-internal"), (S, "document-number-brackets")]),
    ("公开值班安排", "区政府办", "同上", "", [(S, "status-refers")]),
]

# The number behind which one is missing.
SKIP = 12


def numbered():
    for at, row in enumerate(ROWS, 1):
        yield (at if at <= SKIP else at + 1), row


def docx():
    doc = Document()
    doc.docx.core_properties.last_modified_by = "王建国"
    header = doc.docx.sections[0].header
    header.is_linked_to_previous = False
    header.paragraphs[0].text = "经办人手机13812345678"
    doc.add_line(TITLE)
    rows = [tr([tc(paragraphs([text]), w) for text, w in zip(HEADINGS, WIDTHS)], header=True)]
    for number, (matter, unit, status, remarks, _) in numbered():
        cells = [str(number), matter, unit, status, remarks]
        built = [tc(paragraphs([text] if text else []), w) for text, w in zip(cells, WIDTHS)]
        if number == 1:
            hidden = f'<w:r><w:rPr><w:vanish/></w:rPr><w:t>{escape("底稿中的话")}</w:t></w:r>'
            deleted = '<w:del w:id="1" w:author="luoshi" w:date="2016-12-01T00:00:00Z"><w:r><w:delText>旧</w:delText></w:r></w:del>'
            built[3] = tc(f"<w:p>{run(status)}{hidden}{deleted}</w:p>", WIDTHS[3])
        rows.append(tr(built))
    doc.add(tbl(rows, WIDTHS))
    doc.add_line("")
    doc.save(fixture("check/faulty.docx"))


def xlsx():
    main = Sheet("自查表", widths=[6, 26, 18, 50, 30])
    main.add(TITLE, None, None, None, None, merge=(0, 1, 5))
    main.add(*HEADINGS)
    for number, (matter, unit, status, remarks, _) in numbered():
        main.add(number, matter, unit, status or None, remarks or None)
    main.hidden_rows.add(6)
    notes = Sheet("底稿", hidden=True)
    notes.add("经办人手机13812345678")
    write_xlsx(fixture("check/faulty.xlsx"), [main, notes])


def expected():
    lines = ["# Findings of fixtures/check/faulty.*, as written with its rows: item, column, kind. Of the file as a whole: format, kind."]
    for number, (_, _, _, _, findings) in numbered():
        lines += [f"{number} {column} {code}" for column, code in findings]
    lines.append(f"{SKIP + 2} 序号 number-skips")
    lines += ["docx hidden-text", "docx tracked-changes-accepted", "docx property-names", "docx mobile-number"]
    lines += ["xlsx rows-hidden", "xlsx sheet-hidden", "xlsx table-ignored", "xlsx mobile-number"]
    (EXPECTED / "check-faulty.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write():
    docx()
    xlsx()
    expected()
