"""A second period of the main fixture: the list of 2017 and its answers, written by hand.

Every fact in them is invented. One instance of every kind of change that a comparison can meet is among them; which stands where is
written in `tests/expected/changes-2017.txt`, by hand as well.
"""

import copy
from dataclasses import dataclass, field

import attachment_2016 as last
import model
import write_docx
import write_sheets
from attachment_2016 import Block, issue
from paths import fixture, write_json


@dataclass(frozen=True)
class Now:
    """One row of 2017. What is None is the last period's of the item `id`, or of the first item that it carries on."""

    id: str
    status: list[str] = field(default_factory=list)
    remarks: list[Block] = field(default_factory=list)
    matter: str | None = None
    units: list[str] | None = None
    focus: str | None = None
    supersedes: list[str] = field(default_factory=list)
    see: str | None = None
    covers: int = 1
    kept: bool = False  # the status cell is the last period's, word for word
    remarks_kept: bool = False


def old(number):
    return f"2016-{number:03}"


TITLE = "海沧区2017年政务公开工作落实情况表"

ROWS = [
    Now(
        old(1),
        [
            "①区编办每季度核对一次全区29个部门的职权事项，增减情况当季公布。",
            "②权力、责任、中介服务三类清单已并成一本，群众凭手机号即可下载。",
        ],
        covers=3,
    ),
    Now(old(2), see=old(1)),
    Now(old(3), see=old(1)),
    Now(
        old(4),
        ["抽查目录增至203项，全年抽查企业1120户，结果逐户上网。"],
        [issue("仍有少数单位持证人员不足三人，对偏远片区的覆盖面偏低。")],
    ),
    Now(
        old(5),
        ["六个执法部门全年公布典型案例15起、处罚决定书61份。各家页面的栏目名称已统一，打不开的附件已全部重新上传。"],
        units=["区建设局", "区市场监督管理局", "区旅游局", "区科技局", "区安监局", "区卫健局"],
    ),
    Now(
        old(6),
        [
            "全区应报2016年度报告的商事主体共3.4万户，至6月30日年报率为92.8%。对逾期未报的2448户，区市场监督管理局先发短信提醒，"
            "再上门核实，仍无法联系的1057户列入异常名录，并把名单和理由在省级公示平台登出；当事人补报后申请移出的，三个工作日内办结，"
            "全年已为502户办理移出手续。"
        ],
    ),
    Now(old(7), ["入口改放在首页顶部，18个部门子站同步调整。"]),
    Now(old(8), ["区级事项全部可在网上提交材料，手机端办件占四成。"]),
    Now(old(9), ["新增两家银行网点进驻大厅，公共服务手册改为电子版，随时更新。"]),
    Now(old(10), ["落户指南有了方言音频，全年网上预审2304笔。"]),
    Now(old(11), ["区发改局、区经信局全年公开涉企政策23件，其中《海沧区扶持先进制造业发展若干措施》改版后重新刊登，附对照表。"]),
    Now(old(12), ["试点扩大到全区，清单改动当日转登。"]),
    Now(old(13), kept=True),
    Now(old(14), ["入库项目增至9个，其中5个已签约，合同要点全文上网。"]),
    Now(old(15), ["全年进场交易351宗，公告、中标结果和合同变更均在当天上网，可按编号查询。"]),
    Now(old(16), ["税收优惠均按税种编成口袋书，全年发放9000册，网上刊登问答64条。"]),
    Now(
        old(17),
        ["《2016年海沧区收费目录》继续置顶，取消的3项已划线注明。"],
        units=["区发改局", "区财政局", "区市场监督管理局"],
    ),
    Now(old(18), ["区属企业增为9家，年度数据5月集中上网。"], covers=3),
    Now(old(19), see=old(18)),
    Now(old(20), see=old(18)),
    Now(old(21), ["帮扶资金2040万元分三次拨付，每次拨付后十日内公布用途。"]),
    Now(old(22), ["对口村已建公示栏，按季度张榜公布帮扶项目和资金。"]),
    Now(old(23), ["慈善类组织的收支改为按月公布，凭收据号可查去向。"]),
    Now(old(24), kept=True),
    Now(old(25), ["我区无受灾对象。"]),
    Now(
        "2017-003",
        ["岗位和扶持政策放在同一页，全年发布岗位6.1万个，政策问答每周更新。"],
        matter="公开就业创业政策和就业供求信息",
        supersedes=[old(26), old(27)],
    ),
    Now(old(28), ["两个安置房工地已交付，选房结果当晚公布；其余两个每月登出进度照片。"]),
    Now(old(29), ["由市主管部门统筹办理"]),
    Now(old(30), ["由市主管部门统筹办理"]),
    Now(old(32), ["预报改为每日两次，全年准确率85.1%。"]),
    Now(old(33), ["我区无集中式饮用水水源地监测事项。"]),
    Now(old(34), ["名录增至19家，在线数据改为每小时更新。"]),
    Now(old(35), ["全年公示环评项目101个，公众意见采纳情况随批复登出。"]),
    Now(old(36), ["招生片区于4月12日公布，学位余量可按小区查询。"]),
    Now(old(37), ["4家公立医院每月公布均次费用，价目表可扫码查看。"], units=["区卫健局"]),
    Now(old(38), ["全年办结案件51件，不合格批次当日曝光。"]),
    Now(old(39), ["列席会议增至14次，代表意见逐条回复后上网。"]),
    Now(old(40), ["重大决策目录列入6项，全部先听意见再定。"]),
    Now(
        old(41),
        ["全年开展调查7次，统计结果附图表上网。"],
        [issue("问卷回收率偏低，老年人参与较少。")],
    ),
    Now(old(42), ["《海沧区2017年重点任务分解表》88项任务按季度亮灯，至12月底完成86项。"]),
    Now(old(43), ["督查通报全年刊登9期，点名单位均附整改时限。"]),
    Now(old(44), ["上一年度预算执行审计公告正在编制。"]),
    Now(old(45), ["区级预算单位的预算于2月集中公布，新增绩效目标一栏。"]),
    Now(old(46), kept=True, units=["区民政局"]),
    Now(
        old(47),
        ["全年配发解读稿52篇，没有附解读材料的文件已全部退回补正。"],
        [issue("解读稿照搬原文的仍较多。")],
        matter="及时发布重要政策文件的解读",
    ),
    Now(old(48), ["部门负责人每月一人走进直播间，现场答问后公布实录。"]),
    Now(
        old(49),
        [
            "①建成政务公开专家库，首批入库42人，分法律、财税、城建、医疗、传播五个组，任期两年，名单和简历在网上公布，入库、出库均有记录。"
            "②法制科每周三下午安排两名律师坐班，为合同审查、征收补偿、行政应诉等事务出具意见，全年出具231份，其中提出修改的156份；"
            "重大合同须经两名以上律师会签。③港区改造方案请三所高校的团队分头编制，公开展示20天，由专家和居民代表共同打分，"
            "得分最高的方案吸收另两家的长处后定稿，打分表全部登出。"
        ],
    ),
    Now(
        "2017-004",
        ["短视频平台开设“一分钟懂政策”，全年更新64期。"],
        matter="运用各级各类媒体准确解读政策",
        supersedes=[old(50)],
    ),
    Now(old(51), ["全年登记网民反映901条，按期回复率98.9%。"]),
    Now(old(52), ["热点回应时限由一天缩短为半天，全年回应127次。"]),
    Now(old(54), ["与7家媒体约定供稿，全年刊发新闻1702条。"]),
    Now("2017-005", ["“政策会客厅”全年播出18期。"], matter="及时报道重要政策解读", focus="5.3", units=["区委宣传部", "区联动中心"]),
    Now(old(56), ["采访申请可在网上提交，半日内答复。"]),
    Now(old(53), focus="5.3"),
    Now(old(57), ["公开目录改为按人群分类，共11类、196项。"]),
    Now(old(58), ["清理当年到期文件41件，结果随公报刊出。"]),
    Now(old(59), ["全年审查送审文件60件，退回补正7件。"], remarks_kept=True),
    Now("2017-006", ["上网前三道审查改为系统留痕，全年无泄密。"], matter="严格落实信息发布保密审查", focus="6.1", units=["区保密局"]),
    Now(old(61), ["区政府网全年发布信息1.6万条，站内搜索可按办事场景筛选。"]),
    Now(old(62), ["公报改为双月刊，电子版同日上网。"]),
    Now(
        "2017-001",
        ["网上留言全年办理4120件，满意率90.3%。"],
        matter="开展网上互动交流",
        supersedes=[old(63)],
    ),
    Now(
        "2017-002",
        ["区领导每月15日接访，全年接访52批，结果经当事人同意后上网。"],
        matter="办好领导接访活动",
        supersedes=[old(63)],
    ),
    Now(old(64), ["查阅点增至4处，周末开放到晚上八点。"]),
    Now(old(65), ["全年轮训两期，培训业务骨干86人。"]),
    Now(old(66), kept=True),
    Now(
        "2017-007",
        ["委托高校评估一次，得分和排名全部公布。"],
        matter="定期评估公开工作成效",
        focus="6.3",
        units=["区联动中心"],
    ),
]

DIRECTORY = {"区卫计局": {"name": "区卫健局", "aliases": [{"name": "区卫计局", "to": "2017-03-31"}]}}
TITLES = {"围绕增强公开实效加强能力建设": "围绕提升公开实效加强能力建设", "主动做好政策解读": "主动做好政策发布解读"}


def catalogue():
    """The list of 2017."""
    known = {item["id"]: item for item in model.HAICANG["items"]}
    items = []
    for number, row in enumerate(ROWS, start=1):
        before = known.get(row.id) or known.get(row.supersedes[0] if row.supersedes else "", {})
        item = {
            "id": row.id,
            "number": number,
            "focus": row.focus or before["focus"],
            "matter": row.matter or before["matter"],
            "units": row.units or before["units"],
        }
        items.append(item | ({"supersedes": row.supersedes} if row.supersedes else {}))
    out = copy.deepcopy(model.HAICANG)
    out |= {
        "id": "haicang-2017",
        "title": TITLE,
        "period": {"label": "2017年", "from": "2017-01-01", "to": "2017-12-31"},
        "items": items,
        "units": [DIRECTORY.get(unit["name"], unit) for unit in out["units"]],
    }
    for part in out["sections"] + out["focuses"]:
        part["title"] = TITLES.get(part["title"], part["title"])
    return out


def rows():
    """The rows as the writers of the main fixture take them."""
    before = {old(row.number): row for row in last.ROWS}
    numbers = {row.id: number for number, row in enumerate(ROWS, start=1)}
    out = []
    for number, row in enumerate(ROWS, start=1):
        out.append(
            last.Row(
                number,
                before[row.id].status if row.kept else row.status,
                before[row.id].remarks if row.remarks_kept else row.remarks,
                see=numbers[row.see] if row.see else None,
                covers=range(number, number + row.covers) if row.covers > 1 else None,
            )
        )
    return out


def write():
    listed = catalogue()
    write_json(fixture("catalogues/haicang-2017.json"), listed)
    preamble = ["附件：", TITLE]
    write_docx.document([[write_docx.header(), *write_docx.body(write_docx.table(rows(), listed))]], preamble).save(
        fixture("docx/attachment-2017.docx")
    )
    write_sheets.write_xlsx(
        fixture("xlsx/attachment-2017.xlsx"), [write_sheets.checklist(write_sheets.table(rows(), listed), preamble)]
    )
