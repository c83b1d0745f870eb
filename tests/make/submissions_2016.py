"""The files of one yearly round as the units sent them, written by hand: who answered what, and in which shape.

Where a unit's answer is that of the main fixture, it is named by its item (`main`); every other text stands here. All of it
is invented. A file has at most one defect, named in `File.defect`.

Not here: bytes (submissions.py) and what a merge must make of it (submissions_expected.py).
"""

from dataclasses import dataclass, field

import attachment_2016
from grid import remark_paragraphs

# Columns as (heading, what stands in it): a field of the row, or the text that every row has there.
FULL = [
    ("序号", "number"),
    ("自查重点", "focus"),
    ("自查事项", "matter"),
    ("责任单位", "units"),
    ("落实情况", "status"),
    ("典型做法及问题概述", "remarks"),
]
NO_FOCUS = [column for column in FULL if column[1] != "focus"]
NO_UNITS = [column for column in NO_FOCUS if column[1] != "units"]
RENAMED = [("编号", "number"), ("自查事项", "matter"), ("承办单位", "units"), ("进展情况", "status"), ("备注", "remarks")]
REORDERED = [("责任单位", "units"), ("自查事项", "matter"), ("落实情况", "status"), ("序号", "number"), ("备注", "remarks")]
CONTACTS = [*NO_FOCUS, ("联系人", "陈九"), ("电话", "05920000004")]


@dataclass(frozen=True)
class Answer:
    """One row. `state` is the coverage it gives: answered, blank, none, not-applicable."""

    item: int | None  # None: a question of no catalogue
    status: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    state: str = "answered"
    covers: range | None = None  # the items that the status cell is merged over
    number: str | None = None  # as typed, where it is not the item's own
    matter: str | None = None  # as typed, where it is not the catalogue's
    units: list[str] | None = None  # as typed, where they are not the catalogue's
    chosen: str | None = None  # the 落实类别 that our own form offers


@dataclass(frozen=True)
class Table:
    """One table of one unit; `unit` is by item where the unit column tells several apart."""

    unit: str | dict[int, str]
    answers: list[Answer]
    columns: list[tuple[str, str]] = field(default_factory=lambda: FULL)
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    total: str | None = None  # the text of a row 合计 at the end
    renumbered: bool = False  # numbers are 1, 2, 3 …
    wide_digits: bool = False
    whole: bool = False  # all 66 rows, blank but for the answers
    split_line: bool = False  # the line 填报单位：X takes two cells of a sheet


@dataclass(frozen=True)
class File:
    """`by` is the program that wrote the file last: ooxml, python-docx, openpyxl, csv, LibreOffice."""

    name: str
    by: str
    tables: list[Table]
    shows: str
    defect: str | None = None
    date: str | None = None  # its 填报日期, sortable
    same_as: str | None = None  # the bytes of another file
    encoding: str = "utf-8-sig"


def main(number, **more):
    """The answer of the main fixture, as a unit's own."""
    row = attachment_2016.ROWS[number - 1]
    assert row.number == number and not row.see
    return Answer(number, row.status, remark_paragraphs(row), state=row.answer, covers=row.covers, **more)


def own(item, status, remarks=None, **more):
    """An answer in the unit's own words; line feeds part paragraphs."""
    return Answer(item, status.split("\n"), (remarks or "").split("\n") if remarks else [], **more)


def blank(item, remarks=None):
    return Answer(item, [], [remarks] if remarks else [], state="blank")


TITLE = "海沧区政务公开工作落实情况表"
# What two units say word for word: of item 12, and of item 66.
NO_PILOT = main(12).status
STUDY = "每季度组织一次政务公开业务学习，全年4次，参加人员均有签到记录。"

EDUCATION = Table(
    "区教育局",
    [
        main(36),
        own(48, "局长两次到家长学校讲解入学政策，现场回答提问37个。\n讲解材料会后发到各校联系群，未到场的家长可以补看。"),
        own(66, "把政务公开列入校长培训班课程，全年授课6学时，课后测试平均91分。"),
    ],
    columns=NO_FOCUS,
    above=[TITLE],
    wide_digits=True,
)

DOCUMENTS = [
    File("区编办.docx", "ooxml", [
        Table("区编办", [main(1), Answer(2), Answer(3), main(4), main(9)], above=[TITLE, "填报单位：区编办"]),
    ], "1–3 answered in one merged cell"),
    File("区教育局.docx", "python-docx", [EDUCATION], "full-width digits; two paragraphs in an answer; answers 48 and 66 too"),
    File("区教育局政务公开自查.docx", "python-docx", [EDUCATION], "`区教育局.docx` sent again, byte for byte",
         defect="duplicate", same_as="区教育局.docx"),
    File("附件-报送(1).docx", "ooxml", [
        Table("区卫计局", [
            own(5, "公共场所卫生抽检415家，合格率93.7%，不合格名单与复检日期同页公布。",
                "存在问题：复检结果的更新有时晚于承诺日期。"),
            main(37),
        ], above=[TITLE, "填报单位（盖章）：区卫计局"], below=["填表人：吴十　　审核人：郑一"], renumbered=True),
    ], "numbered 1–2 anew; unit from the line 填报单位（盖章）：; 填表人 below"),
    File("区发改局.docx", "ooxml", [
        Table("区发改局", [
            main(11),
            Answer(12, NO_PILOT),
            main(13),
            own(14, "负责项目入库的前期审核：全年审核9个，退回2个，退回理由随审核意见一并公开。"),
            own(17, "收费目录列明39个单位的51个项目，全年调整4次，停征6项。"),
            own(41, "就沿街餐饮油烟治理入户访谈220户，访谈记录隐去姓名后挂网。"),
        ], above=[TITLE, "填报单位：区发改局", "填报日期：2016年12月5日"]),
    ], "填报日期", date="2016-12-05"),
    File("区发改局（更正）.docx", "ooxml", [
        Table("区发改局", [own(17, "收费目录列明39个单位的52个项目，全年调整5次，停征7项，减负测算表附后。")],
              above=["更正说明：第17项数字以此件为准。", "填报单位：区发改局", "填报日期：2016年12月12日"]),
    ], "item 17 again, with other figures and a later 填报日期", defect="versions", date="2016-12-12"),
    File("区商务局(1).docx", "ooxml", [
        Table("区经信局", [own(11, "全年上门送政策42家，现场填写政策需求卡，共收回39张，需求汇总表已在局网页登出。")],
              columns=NO_FOCUS, above=[TITLE, "填报单位：区经信局"]),
    ], "the line 填报单位：区经信局 against the file name: the line holds", defect="unit-disagrees"),
    File("区效能督查办.docx", "ooxml", [Table("区效能督查办", [main(43)], above=[TITLE])],
         "the last two fifths of the package are missing", defect="unreadable"),
    File("区公安分局.docx", "python-docx", [
        Table("区公安分局", [main(10, matter="推进面向转移落户人员服务公开工作"), main(51)], columns=NO_UNITS,
              above=["政务公开工作落实情况表"]),
    ], "item 10 retyped with three characters changed; no unit column", defect="retyped"),
    File("两中心报送.docx", "ooxml", [
        Table("区政务服务中心管委会", [
            main(8, units=["区政务服务中心", "管委会"]),
            own(9, "大厅入驻企业的窗口评价器每日汇总，次日张贴在入口处。", units=["区政务服务中心", "管委会"]),
        ], columns=NO_FOCUS, above=[TITLE, "填报单位：区政务服务中心管委会"], below=[""]),
        Table("区政务信息中心", [
            own(8, "本中心负责平台运行：全年停机检修4次，每次提前两天公告；接口日志保存一年，供业务单位核对。"),
        ], columns=NO_FOCUS, above=["填报单位：区政务信息中心"]),
    ], "two units, each with a table under its own 填报单位 line"),
    File("区农林水利局（区委农办）.docx", "LibreOffice", [
        Table("区农林水利局", [main(21), main(22)], above=[
            "关于报送政务公开工作落实情况的函",
            "区政务公开办：",
            "来函收悉。现将我局两项工作的落实情况随表报上，请予汇总。",
            "附表",
        ]),
    ], "a letter above the table; a second name in brackets in the file name"),
    File("政务公开落实情况表-区委宣传部.docx", "ooxml", [
        Table("区委宣传部", [
            own(50, "报纸专版每周二刊登政策问答，全年48期，读者来信选登163封。"),
            main(52),
            own(53, "同上"),
            main(54),
            main(55),
            main(56),
        ], above=[TITLE, "填报日期：2016年12月6日"]),
    ], "同上 for item 53", date="2016-12-06"),
    File("区政府办（秘书科）.docx", "ooxml", [
        Table("区政府办", [main(39), main(40), main(48), main(49), blank(53)],
              above=[TITLE, "填报单位：区政府办（秘书科）"]),
    ], "an office in brackets; item 53 returned blank; the unit's other items are in `区政府办（督查科）.xlsx`"),
    File("区建设局报送件.docx", "LibreOffice", [
        Table("区建设局", [
            own(5, "在建工地检查结果每周一上网，全年登载检查记录312份。\n对欠薪线索逐条回访，回访情况按季公布。"),
            main(28),
            own(30, "不涉及", "配租由市里统一摇号，区里只转贴结果。", state="not-applicable"),
            blank(49),
        ], columns=REORDERED, above=[TITLE]),
    ], "columns in another order; 不涉及; item 49 returned blank"),
]

SHEETS = [
    File("海沧区民政局2016年政务公开落实情况表.xlsx", "openpyxl", [
        Table("区民政局", [main(23), main(24), main(25), own(66, STUDY)], columns=CONTACTS, above=[TITLE]),
    ], "columns 联系人, 电话; the short name inside the full one"),
    File("区民政局补报.xlsx", "openpyxl", [
        Table("区民政局", [own(48, "局领导在重阳节活动上讲解高龄津贴办法，发放问答卡600张。")], columns=RENAMED),
    ], "the unit's second file, one more item; headings 承办单位, 进展情况, 备注"),
    File("区安监局（全表）.xlsx", "openpyxl", [
        Table("区安监局", [
            own(5, "全年检查危险化学品企业86家次，检查文书在七日内挂网；隐患整改前后的照片一并登出，企业名称不作隐去。"),
        ], above=["附件：", TITLE], whole=True),
    ], "the whole table of 66 rows with one filled; the rows of its groups come back blank"),
    File("附件1.xlsx", "openpyxl", [
        Table("区公共资源配置中心", [main(15)], columns=NO_FOCUS, above=[TITLE]),
    ], "unit from the unit column only"),
    File("商务国资.xlsx", "openpyxl", [
        Table("区商务局", [
            Answer(12, ["　　" + NO_PILOT[0] + " "]),
            own(39, "大型商业网点规划论证会邀请商户代表7人列席，名单会前三日公布。"),
        ], columns=NO_FOCUS, above=["填报单位：区商务局"]),
        Table("区国资委", [main(18), Answer(19), Answer(20)], columns=NO_FOCUS, above=["填报单位：区国资委"]),
    ], "a sheet for each of two units; 18–20 in one merged cell; item 12 in the words of `区发改局.docx`, with an indent"),
    File("落实情况表（区市场监督管理局）一.xlsx", "openpyxl", [
        Table("区市场监督管理局", [main(5), main(6)],
              above=[TITLE, "填报单位：区市场监督管理局　　　填报日期：2016年12月2日"]),
    ], "the unit's first file of two; unit and date on one line", date="2016-12-02"),
    File("区地税局.xlsx", "openpyxl", [
        Table("区地税局", [
            main(16),
            own(45, "本局决算由市局合并公布，区里另贴一份办公经费说明，页数3页。"),
        ], columns=NO_FOCUS, above=[TITLE, "填报单位：区地税局"]),
    ], "answers item 45, which is the 区财政局's", defect="outside"),
    File("区联动中心.xlsx", "LibreOffice", [
        Table("区联动中心", [
            main(7),
            own(9, "受理公共企业诉求1306件，办结情况每月5日公布，逾期未办的点名列出。"),
            main(47),
            main(50),
            own(52, "热线平台设舆情专席，当日诉求超过20件的同类问题即报宣传部门，全年上报15次。"),
            main(53),
            own(54, "新闻通稿和访谈由本中心统一约稿、统一核对数字，两项工作合并安排，全年约稿94篇。", covers=range(54, 56)),
            Answer(55),
        ], columns=RENAMED, above=[TITLE], renumbered=True),
    ], "renamed headings; numbered 1–8 anew; one merged cell for 54 and 55, which another unit answers apart"),
    File("区政府办（督查科）.xlsx", "openpyxl", [
        Table("区政府办", [main(41), main(42)], columns=NO_FOCUS, above=[TITLE], total="共2项，均已报送",
              below=["填表人：钱二"]),
    ], "a row 合计 and 填表人 below; the unit's other items are in `区政府办（秘书科）.docx`"),
    File("区财政局补充.xlsx", "openpyxl", [
        Table("区财政局", [
            own(39, "全年两次预算评审会请居民代表旁听，旁听意见11条，当场答复9条。"),
            own(66, STUDY),
        ], columns=NO_UNITS),
    ], "unit from the file name only; item 66 word for word as the 区民政局's"),
    File("区卫计局（补报）.xlsx", "openpyxl", [
        Table("区卫计局", [own(39, "—", state="none"), own(66, "邀请法律顾问讲解依申请公开案例5起，参训43人。")],
              columns=RENAMED, above=["填报单位：区卫计局"]),
    ], "— for item 39"),
    File("公安分局48项.xlsx", "openpyxl", [
        Table("区公安分局", [own(48, "分局领导走进社区警务课堂9场，讲解户籍新规，听课居民约640人。")], columns=NO_FOCUS,
              above=["填报单位：区公安分局"]),
    ], "one item more from a unit that sent a document"),
    File("落实情况表（区财政局）.xls", "LibreOffice", [
        Table("区财政局", [
            main(14),
            own(16, "与税务部门共用一套减免清单，预算影响测算表附在清单后。"),
            own(17, "非税收入缴款渠道全部列在收费目录旁，银行、网点、扫码三种方式任选。"),
            main(18),
            Answer(19),
            Answer(20),
            main(45),
            main(46),
        ], above=[TITLE, "填报单位：区财政局"], split_line=True),
    ], "填报单位： and the name in two cells; 18–20 merged, word for word as the 区国资委's"),
    File("附件2.xls", "LibreOffice", [
        Table({29: "国土分局", 31: "国土分局", 32: "环保分局", 33: "环保分局", 34: "环保分局", 35: "环保分局"},
              [main(29), main(31), main(32), main(33), main(34), main(35)], columns=NO_FOCUS, above=[TITLE]),
    ], "one table of two units, told apart by the unit column only"),
    File("区水族馆.xls", "LibreOffice", [
        Table("区水族馆", [own(66, "讲解员每月学习一次公开条例，全年12次。")], columns=NO_UNITS,
              above=["填报单位：区水族馆"]),
    ], "a unit of no directory", defect="unit-unknown"),
    File("落实情况表（区市场监督管理局）二.ods", "LibreOffice", [
        Table("区市场监督管理局", [main(38)], columns=NO_UNITS),
    ], "the unit's second file of two; unit from the file name only"),
    File("区人社局.ods", "LibreOffice", [
        Table("区人社局", [
            main(26),
            main(27),
            own(65, "全年办培训班2期，轮训专兼职人员118人次，课件挂在局内网供补学。", number="56"),
        ], columns=NO_FOCUS, above=[TITLE]),
    ], "item 65 under the number 56", defect="number-disagrees"),
    File("区联动中心（补充）.ods", "LibreOffice", [
        Table("区联动中心", [main(57), main(61), blank(62, "公报编辑自本年起移交区政府办，本中心只供稿。"), main(63)],
              above=[TITLE, "填报单位：区联动中心"]),
    ], "the unit's second file of two; item 62 with remarks and no answer"),
    File("区法制办.csv", "csv", [
        Table("区法制办", [
            own(47, "规章解读由起草处室供稿，本办核对条文引用，全年核对26篇，改正引错条款5处。"),
            main(58),
            main(59),
        ], columns=NO_UNITS),
    ], "GBK; unit from the file name only", encoding="gbk"),
    File("区文体局.csv", "csv", [
        Table("区文体局", [
            own(64, "图书馆增设查阅角1处，周末有人值守，全年接待870人次。", "无"),
            own(None, "错峰时段表按月张贴在场馆门口。", number="67", matter="公布健身场馆错峰开放安排", units=["区文体局"]),
        ], columns=NO_FOCUS),
    ], "a row whose question is in no catalogue; 无 in the remarks", defect="unknown-item"),
    File("区安监局补报.csv", "csv", [
        Table("区安监局", [own(48, "无", state="none"), own(66, "安全生产执法人员轮流讲授公开文书写法，全年8讲。")],
              columns=NO_FOCUS),
    ], "items that the unit's whole table left blank; 无 for 48"),
]

FILES = [*DOCUMENTS, *SHEETS]
