"""What the six units answered that filled in our own forms, written by hand; all of it is invented.

The rows of a returned form are its answers, in their order: what isn't listed was deleted by the unit. A line in `above` was
typed over the form's own that begins alike.

Not here: bytes (submissions_forms.py) and the files of everyone else (submissions_2016.py).
"""

from submissions_2016 import STUDY, File, Table, blank, own

FILES = [
    File("区审计局.docx", "python-docx", [
        Table("区审计局", [
            own(66, "公开条例列入审计组进点前的必学内容，全年19个组、87人次，学习卡随工作底稿存档。", chosen="持续推进"),
            blank(49),
            own(48, "局长在村级财务培训班上讲怎样读审计公告，听讲的村务监督员56名。", chosen="已落实"),
            own(44, "审计公告分摘要版和全文版同日登出，全年登载11份，涉及单位26个。\n整改清单每季度更新，已改的划线保留，未改的写明卡在哪里。",
                "存在问题：三个镇街的整改凭证补交偏晚。", chosen="正在推进"),
            own(41, "不涉及", state="not-applicable", chosen="不涉及"),
            own(40, "无", state="none"),
            own(39, "审计项目计划论证会请会计师、村民代表各3名列席，列席人提的5条建议写进会议纪要。", chosen="部分落实"),
        ], renumbered=True),
    ], "rows in reversed order, numbered 1–7 anew, focus cells parted; two paragraphs in an answer; a blank, 无, 不涉及"),
    File("区保密局.docx", "LibreOffice", [
        Table("区保密局", [
            own(48, "无", state="none"),
            blank(49),
            own(60, "拟公开件由经办人自查、审查员复查，登记簿两人签名；全年复查1284件，退回37件。\n涉密存疑的一律不上网，先报本局书面答复，全年答复14件。",
                "存在问题：镇街审查员调动多，接手的人不熟流程。\n下一步工作：编一册审查实例，年底前发到各单位。", chosen="已落实"),
            own(66, "审查员培训每半年一次，用退回的真实文稿做练习，全年参训102人次。", chosen="已落实"),
        ]),
    ], "a form through a second program; 无, and a blank; two paragraphs in the remarks"),
    File("区档案馆.xlsx", "openpyxl", [
        Table("区档案馆", [
            own(66, "查阅窗口的值班人员每季度互考一次公开条例，全年4次，平均93分。", chosen="持续推进"),
            blank(48),
            own(64, "查阅厅全年开放301天，接待2314人次，纸质公报备全套。\n年长读者由值班人员代查代印，不收费用。",
                "近五年公报按事项编成索引，挂在查阅机首页。", chosen="已落实"),
        ]),
    ], "the row of item 49 deleted, that of 66 moved to the top; focus cells parted"),
    File("附件2(1).xlsx", "LibreOffice", [
        Table("区旅游局", [
            own(5, "旅行社和导游的检查结果逐条登在行业网页，全年检查旅行社34家次、导游212人次，责令改正9件，复查结果一并登出。",
                "存在问题：景区投诉的处理结果登得慢，有2件超过15日。", chosen="部分落实"),
            blank(39),
            own(40, "滨海步道游览办法的草案在游客中心和网上同时征求意见20日，收到63条，采纳21条，未采纳的逐条说明。", chosen="已落实"),
            own(41, "不涉及", state="not-applicable", chosen="不涉及"),
            own(48, "分管副局长随流动服务车讲退改签规则6场，发放问答折页2400份。", chosen="已落实"),
            own(49, "无", state="none", chosen="未开展"),
            own(66, STUDY, chosen="已落实"),
        ], above=["填报单位："]),
    ], "填报单位： emptied, so that the hidden mark alone tells the unit; item 66 word for word as the 区民政局's"),
    File("区信访局.xls", "LibreOffice", [
        Table("区信访局", [
            blank(48),
            own(49, "无", state="none"),
            own(63, "接访日程提前一周挂网，领导姓名、时间、地点齐全，全年188场，按场次公布办结件数。", "存在问题：网上留言的答复用语生硬，回访中有17人提到。",
                matter="按区里通知第三点第二小点填", chosen="正在推进"),
            own(66, "新进人员先跟老同志学写答复件，满20件再独立承办，全年带教9人。", chosen="已落实"),
        ]),
    ], "the question of item 63 typed over by words that tell nothing; the hidden id still does", defect="retyped"),
    File("区科技局.ods", "LibreOffice", [
        Table("区科技局", [
            own(5, "不涉及", "本局没有处罚和检查事项。", state="not-applicable", chosen="不涉及"),
            own(39, "—", state="none"),
            blank(40),
            own(41, "扶持资金申报条件调整前，向企业发问卷180份，收回151份，统计表随新条件一同登出。", chosen="已落实"),
            own(48, "局长在创业园开放日答问两场，问答记录48条整理上网。", chosen="已落实"),
            own(49, "解读专家库增补科技特派员12名，名单按专业分类挂网，每半年核对一次。", chosen="持续推进"),
            blank(66),
        ]),
    ], "不涉及 with its reason in the remarks; —; blanks"),
]
