"""The words companies head their columns with, and the words of their notes and relations.

Looked up after `simplify`: half width, no spaces or punctuation, no bracketed remark, upper case.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from firstline.identifiers.width import halve

from .codes import Meaning

_BRACKETED = re.compile(r"[(\[【〔〈<{].*?[)\]】〕〉>}]")
_PUNCTUATION = re.compile(r"[\s:：;；,，。、*＊_\"'“”‘’·.…/\\|()\[\]【】<>《》!！?？+-]+")
_COUNTED = re.compile(r"(?<=\D)[0-9一二三四①②③④]$")


@lru_cache(maxsize=4096)
def simplify(text: str) -> str:
    """联系电话（必填）: -> 联系电话; 电话2 -> 电话; No. -> NO."""
    plain = halve(text).upper()
    bare = _PUNCTUATION.sub("", _BRACKETED.sub("", plain)) or _PUNCTUATION.sub("", plain)
    return _COUNTED.sub("", bare)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# 门牌 and 房号 head whole doors in one list and bare rooms in the next: the column's content decides.
DOOR_OR_ROOM: Final = _words("""
        房号 房间号 房屋号 门牌 门牌号 门牌号码 户号 门号 房屋编号 房号室 门户 户室 户室号 门户号 室号 房间 室
        房间号码 房间编号 单元房号 单元室号 单元门牌 单元门牌号 单元户号 ROOM ROOMNO UNITNO HOUSE HOUSENO DOOR DOORNO
        FLAT APT 房 屋号 户 号牌 房屋门牌 门楼牌号 楼室 房产号 房源 房源编号 房源号 资源编号 资源名称 房屋代码
        房屋名称 房产名称 房产编号 套 套号 户址 所在房间 住房号 宿舍号 房屋房号 房号门牌 院号 户号门牌 住宅号 房间名称
        房间代码 方位 户位 东西户 门户位置 室号门牌 门室号 房门号 户室牌 号房 房室 房室号 门号房号
    """)

HEADERS: Final = {
    Meaning.DOOR: _words("""
        住址 地址 房屋地址 家庭住址 家庭地址 现住址 居住地址 居住地 详细地址 详细住址 坐落 房屋坐落 座落 房屋座落 房产
        房产地址 房屋位置 位置 住所 住处 门牌地址 房屋 房屋信息 楼号单元房号 楼栋单元房号 楼号房号 楼栋房号 栋号房号
        楼房号 楼栋号房号 楼室号 楼门牌 楼门号 幢号室号 栋室 栋房号 楼牌号 住房地址 物业地址 单元楼房号 具体地址
        具体住址 小区住址 小区地址 ADDRESS ADDR 居住位置 具体位置 居住地点 现居住地 现居地 现居住地址 现住地 现住房
        住房坐落 住房位置 房产坐落 不动产坐落 户籍及住址 房屋详址 楼栋门牌 楼栋单元室 楼单元室 栋单元室 幢单元室
        楼号门牌 楼号单元室号 栋单元房 住在哪里 住哪 家住哪里 居住房屋 门牌全称 常住地址 居住小区及门牌 楼房室
        楼栋单元门牌 楼栋单元门牌号 楼幢室 楼号房间号 栋号室号
    """),
    Meaning.BUILDING: _words("""
        楼号 楼 楼栋 楼栋号 栋 栋号 幢 幢号 座 座号 楼宇 楼幢 楼座 楼幢号 楼座号 所在楼 楼号楼栋 几号楼 大楼 楼别 楼名
        BUILDING BLOCK BLDG TOWER 楼栋名称 楼宇名称 楼宇号 几栋 几幢 几楼 楼号座 楼栋编号 栋数 栋别 幢别 座别 楼号排
        巷 巷号 街巷 胡同 组 组别 组号 队别 村民组 村组 村民小组 小组 楼院 所在楼栋 所属楼栋 楼栋信息 栋座 栋座号
    """),
    Meaning.UNIT: _words("""
        排 排号
        单元 单元号 门洞 单元门 几单元 单 门栋 梯 梯号 门洞号 UNIT 单元名称 楼道 楼门 楼门号 所在单元 所属单元 单元楼
        门道 楼梯 楼梯号 ENTRANCE STAIR 单元编号
    """),
    Meaning.BUILDING_UNIT: _words("""
        楼单元 楼号单元 楼栋单元 栋单元 楼单元号 楼号单元号 楼栋单元号 幢单元 座单元 栋号单元 幢号单元 楼栋及单元
        楼号及单元 所在楼栋单元 楼栋号单元号 栋号单元号
    """),
    Meaning.FLOOR: _words("楼层 层 层数 所在楼层 层号 几层 楼层号 FLOOR 所在层"),
    Meaning.NAME: _words("""
        姓名 名字 户主 户主姓名 户主名 户主名称 业主 业主姓名 业主名 业主名称 房主 房主姓名 房东 房东姓名 产权人
        产权人姓名 权利人 权利人姓名 所有权人 所有人 住户 住户姓名 住户名 住户名称 居民 居民姓名 主人 户名 家长 客户
        客户姓名 客户名称 登记人 人员姓名 居住人 居住人姓名 住户姓名业主 户主业主 业主户主 负责人 NAME OWNER OWNERNAME
        RESIDENT HOUSEHOLDER FULLNAME 权属人 权属人姓名 业权人 产权所有人 房屋所有人 房屋所有权人 所有者 当家人 户代表
        住户代表 居住者 现住人 现住户 现住户姓名 实际住户 使用人 房屋使用人 购房人 购房人姓名 买受人 买受人姓名 常住人
        业主住户姓名 产权人名称 权利人名称 名称 姓氏 产权登记人 屋主 屋主姓名 房屋产权人 主要联系人 户主信息 业主信息
        住户信息 居住人员姓名 人名 谁家 家里管事的 户主或业主姓名 业主或住户姓名 户主业主姓名 户主住户
    """),
    Meaning.PHONE: _words("""
        电话 电话号码 电话号 手机 手机号 手机号码 联系电话 联系方式 联系号码 联系手机 联系手机号 移动电话 固话
        固定电话 座机 电话手机 手机电话 手机联系方式 联络电话 联络方式 通讯电话 常用电话 备用电话 业主电话 户主电话
        住户电话 房主电话 业主联系电话 户主联系电话 TEL PHONE MOBILE TELEPHONE MOBILENO PHONENO CELL CELLPHONE CONTACT
        联系 联系手机号码 移动号码 通讯方式 通信方式 备用联系方式 备用联系电话 备用手机 备用号码 其他电话 其它电话
        家庭电话 宅电 住宅电话 常用手机 本人电话 本人手机 电话或手机 手机或电话 联络 通讯号码 手机微信 微信手机
        业主手机 户主手机 业主联系方式 户主联系方式 业主手机号 户主手机号 住户手机 住户联系方式 房主手机 房东电话 短号
        第二电话 另一电话 备用 家里电话 主叫号码 号码
    """),
    Meaning.ID_NUMBER: _words("""
        身份证 身份证号 身份证号码 身份证件号 身份证件号码 证件号 证件号码 证件 公民身份号码 公民身份证号
        公民身份证号码 身份号码 有效证件号码 ID IDNO IDCARD IDNUMBER 居民身份证 居民身份证号 居民身份证号码 身份证件
        证照号 证照号码 证号 身份证明 有效证件 身份证号18位 业主身份证号 业主身份证 户主身份证号 户主身份证
        户主身份证号码 业主身份证号码
    """),
    Meaning.PERSONS: _words("""
        人数 人口 人口数 总人数 总人口 家庭人口 家庭人数 家庭人口数 居住人数 居住人口 常住人口 常住人数 现住人数
        实住人数 户内人数 几口人 入住人数 在住人数 人口数量 人员数 人员数量 成员数 居住人口数 常住人口数 户籍人口
        家庭成员数 几人 共几人 同住人数 同住人口 总人口数 现有人口 现住人口 常驻人口 常驻人数 在家人数 家里几口人
        住几人 住几个人 口数 PERSONS PEOPLE HEADCOUNT 人 实际人数 实有人口 实有人数 登记人数 数量
    """),
    Meaning.REMARK: _words("""
        备注 说明 情况说明 附注 注 注释 情况 其他 其它 其他情况 其他说明 备注说明 居住情况 入住情况 住房情况 居住状态
        入住状态 房屋状态 使用情况 现状 房屋现状 状态 特殊情况 REMARK NOTE REMARKS NOTES MEMO COMMENT STATUS 居住状况
        入住状况 是否入住 是否出租 是否居住 自住出租 自住或出租 房屋用途 居住性质 居住类型 租住情况 出租情况
        现居住情况 房态 状况 补充 补充说明 特别说明 近期动态 动态 最近去向 外出情况 返乡情况 健康状况 备考 事项
        房屋使用情况 房屋情况 住户情况 家庭情况 空置情况 租赁情况 目前状况
    """),
    Meaning.RELATION: _words("""
        关系 与户主关系 与业主关系 与房主关系 与户主的关系 与业主的关系 家庭关系 户主关系 业主关系 成员关系 称谓 称呼
        人员关系 与房主 与户主 与业主 同户主关系 与产权人关系 户内关系 家庭角色 角色 身份 人员身份 身份类别 人员类别
        人员类型 住户类型 RELATION RELATIONSHIP 与房东关系 与权利人关系 与户主之关系
    """),
    Meaning.NUMBER: _words(
        "序号 编号 序 号 NO № 行号 顺序号 顺序 流水号 N0 序列 序列号 户序 NUMBER SN INDEX 项次 次序 编码"
    ),
    Meaning.TENANT_NAME: _words("""
        租户 租户姓名 租客 租客姓名 承租人 承租人姓名 租住人 租住人姓名 租赁人 租赁人姓名 租房人 租房人姓名 租住户
        租住户姓名 现租户 实际居住人 租户名 租户名称 承租方 承租户 租住人员 租住者 租房者 租赁户 租赁户姓名 借住人
        实际居住人姓名 TENANT TENANTNAME 房客 房客姓名 租用人
    """),
    Meaning.TENANT_PHONE: _words("""
        租户电话 租户手机 租户手机号 租户联系方式 租户联系电话 租客电话 租客联系方式 租客手机 承租人电话
        承租人联系方式 租住人电话 租赁人电话 承租人手机 承租人联系电话 租客联系电话 租住户电话 房客电话 实际居住人电话
        租房人电话 TENANTPHONE
    """),
    Meaning.TENANT_ID: _words(
        "租户身份证 租户身份证号 租户身份证号码 承租人身份证 承租人身份证号 租客身份证号 租户证件号码"
    ),
    Meaning.MEMBERS: _words("""
        家属 家属姓名 家庭成员 家庭成员姓名 家庭人员 其他成员 其他家庭成员 成员 同住人 同住人员 同住 同住人姓名
        共同居住人 共同居住人员 居住人员 人员 家人 配偶 配偶姓名 子女 子女姓名 父母 住户姓名及家庭成员 户主及家庭成员
        家庭成员情况 家庭成员及电话 家庭其他成员 同住家属 家属成员 妻子 丈夫 爱人 儿子 女儿 父亲 母亲 孩子 老人 亲属
        常住人员 同住亲属 配偶及子女 夫妻 妻 夫 老婆 老公 同住成员 共同居住者 住户成员 户内成员 同住家庭成员 家里人
        家庭成员关系 家属情况 FAMILY MEMBERS SPOUSE CHILDREN 小孩 子女情况 现住人员 全家人 家庭成员姓名关系 成员姓名
        其余成员 户内人员 共有人 共有人姓名 共有产权人
    """),
    Meaning.OTHER: _words("""
        性别 年龄 出生日期 出生年月 民族 面积 建筑面积 房屋面积 入住时间 入住日期 交房日期 交房时间 购房时间 车牌
        车牌号 车位 户籍地址 户籍所在地 户籍 籍贯 工作单位 职业 学历 政治面貌 微信 微信号 物业费 返乡时间 返回时间
        紧急联系人 紧急联系电话 紧急联系人电话 小区 小区名称 社区 体温 日期 登记日期 填表人 户型 网格 网格员 楼长
        楼栋长 楼长电话 网格员电话 月租 租金 租期 产权证号 房产证号 合同编号 合同号 车库 车位号 地下室 储藏室 使用面积
        套内面积 产权面积 分摊面积 收费面积 收房时间 装修时间 生日 血型 宗教 婚姻状况 来源地 去向
    """),
}

# Tried in this order when no heading above is met exactly; each says less surely what the column is.
PATTERNS: Final = (
    (
        Meaning.OTHER,
        re.compile(
            r"户籍(?!人)|籍贯|紧急|车牌|车位|面积|日期|时间|工作单位|性别|年龄|民族|出生|费|微信号|小区名|楼长|网格|产权证|房产证"
            r"|合同|户型|租金|租期|车库|储藏"
        ),
    ),
    (Meaning.TENANT_PHONE, re.compile(r"(?:租|房客).*(?:电话|手机|联系|号码)(?!.*身份)")),
    (Meaning.TENANT_ID, re.compile(r"(?:租|房客).*(?:身份证|证件)")),
    (Meaning.TENANT_NAME, re.compile(r"(?:租|房客).*(?:人|户|客|姓名|名|者)")),
    (Meaning.ID_NUMBER, re.compile(r"身份证|身份号|证件号|证号|证照")),
    (Meaning.PHONE, re.compile(r"电话|手机|联系方式|联络|座机|固话|联系号|PHONE|MOBILE|TEL")),
    (Meaning.RELATION, re.compile(r"关系")),
    (Meaning.PERSONS, re.compile(r"人数|人口|口人|几人|几口")),
    (Meaning.MEMBERS, re.compile(r"成员|同住|家属|家人|子女|配偶|妻|丈夫|爱人|儿子|女儿|父|母|共有人")),
    (Meaning.BUILDING_UNIT, re.compile(r"(?:楼|栋|幢|座)号?.?单元号?$")),
    (Meaning.DOOR, re.compile(r"住址|地址|坐落|座落|(?:楼|栋|幢|座).*(?:室|房|户|门牌)|门牌|住房$|房屋.{0,4}号")),
    (Meaning.ROOM, re.compile(r"(?:房|室|户|门)(?:间|牌)?(?:编?号|号码)$")),
    (
        Meaning.BUILDING,
        re.compile(r"(?:楼|栋|幢|座)(?:宇|栋|幢|座)?(?:编?号|名称?)$|^[所在属第几]*[楼栋幢座宇]{1,3}$|BUILDING|BLOCK"),
    ),
    (Meaning.UNIT, re.compile(r"单元|UNIT$")),
    (Meaning.FLOOR, re.compile(r"楼层|FLOOR")),
    (
        Meaning.NAME,
        re.compile(r"姓名|户主|业主|房主|房东|产权人|权利人|权属|所有权|住户|居民|联系人|使用人|NAME|OWNER|RESIDENT"),
    ),
    (Meaning.REMARK, re.compile(r"备注|说明|情况|状态|状况|REMARK|NOTE")),
    (Meaning.NUMBER, re.compile(r"序号$")),
)

OWNER = re.compile(r"业主|房主|房东|产权|权利|权属|所有|业权|客户|购房|买受|屋主|OWNER")
HEAD = re.compile(r"户主|家长|户代表|当家|HOUSEHOLDER")
FORMER = re.compile(r"^(?:原|前|旧|曾)|原(?:业主|户主|房主)")
TENANT_GROUP = re.compile(r"租|房客|TENANT")
SECOND_PHONE = re.compile(r"^(?:原|旧)|备用|其[他它]|固|座机|宅|家庭电话|家里|短号|第二|另一|2$|二$")
# What a column of members says of all in it.
MEMBER_HEADINGS: Final = (
    ("spouse", re.compile(r"^(?:配偶|爱人|妻|妻子|丈夫|夫|夫妻|老婆|老公|SPOUSE)(?:姓名)?$")),
    ("child", re.compile(r"^(?:子女|儿子|女儿|孩子|小孩|长子|次子|长女|次女|CHILDREN|CHILD)(?:姓名|情况)?$")),
    ("parent", re.compile(r"^(?:父母|父亲|母亲|老人|父|母)(?:姓名)?$")),
)

TOTALS = re.compile(
    r"^(?:本页|本楼|全楼|全部|以上|本栋|本单元|本小区|[\dA-Z一二三四五六七八九十]{1,3}(?:号楼|栋|幢|座|单元))?"
    r"(?:合计|总计|共计|小计|累计|总户数|户数合计|总共|汇总|共有?\d+[户人套]|总人数|人数合计|TOTAL)"
)
NOTE = re.compile(
    r"^[*※◆●]?(?:注|备注|说明|填表|制表|填报|报送|审核|负责人|经办|联系人|复核|日期|单位|盖章|统计|截止|截至|以上|签字|打印"
    r"|第\d+页|共\d+页|物业公司|登记人|核对|空户|备注说明|更新|来源|整理|楼长|网格员|物业(?:盖章|电话|负责人)|资料来源|本表|此表)"
    r"(?:人|单位|日期|时间|说明|公司|电话|员|至)*(?:[:：(（.。]|未|为|均|共\d|由|于|仅|\d|$)"
)

# What stands in a cell to say that there is nothing to say.
NOTHING = frozenset({""}) | _words(
    r"/ - -- — —— 无 空 空白 没有 未知 不详 不明 未登记 暂无 \ N/A NA 0 × * ? ？ // --- ———"
)
# What says: as in the row above.
DITTO = _words("〃 同上 \" ″ '' ”  “ 〞 ↑ 同 -〃- 上同")
EMPTY_FLAT = _words("""
        空 空户 空置 空房 空置房 无人 无人居住 未入住 未售 无人住 没人 没人住 待售 未装修 毛坯 空闲 闲置 空着 无住户
        空房子 没住人 未住人 无人户 未交房 空关 空置户 空屋
    """)

# Characters of what is said of a flat or of those in it, and of hardly any name.
STATUS: Final = re.compile(
    r"租|自住|常住|不住|住户|空|装修|毛坯|入住|无人|没人|有车|独居|外出|回来|返乡|售|卖|搬|隔离|不在"
)

# What stands in remarks and could pass for a name: it begins with a surname.
NO_NAMES: Final = _words("""
        高层 高中生 党员 党员户 低保户 石楼人 本地人 毛坯 单身 安置 上班 车库 平时 金店 包租 单位 公寓 老人 老两口 方便
        夫妻 常住 房东 房主 安装 温馨 黄河 关门 关机 程序 施工 时常 支部 包户 双职工 曾经 后楼 钱款 全家 全款 双户
    """)

RELATION_WORDS: Final = {
    word: code
    for code, words in {
        "head": "户主 本人 家长 户主本人 本户 户 户代表",
        "owner": "业主 房主 房东 产权人 所有人 所有权人 权利人 产权所有人 权属人 业主本人 屋主",
        "tenant": "租户 租客 承租人 租房 租住 租赁 租房户 租住户 租房人 合租 合租人 租 房客 租住人 租赁户 租赁人 承租",
        "spouse": """
        配偶 妻 妻子 老婆 爱人 媳妇 太太 夫人 内人 丈夫 夫 老公 夫妻 老伴 对象 先生
    """,
        "child": """
        子 儿 儿子 长子 次子 三子 四子 大儿子 二儿子 小儿子 独子 养子 继子 女 女儿 长女 次女 三女 四女 大女儿
        二女儿 小女儿 闺女 独生女 独生子 养女 继女 子女 孩子 小孩 二子 二女 大女 小女 大儿 二儿 小儿 幼子 幼女 之子 之女
        三儿子 三女儿 小子 丫头 宝宝
    """,
        "child_in_law": "儿媳 儿媳妇 女婿 长媳 次媳",
        "parent": """
        父 母 父亲 母亲 爸 妈 爸爸 妈妈 父母 老父亲 老母亲 继父 继母 养父 养母 爹 娘 之父 之母 老父 老母
    """,
        "parent_in_law": "公公 婆婆 岳父 岳母 公婆 丈人 丈母娘 岳父母 公爹 老丈人",
        "grandparent": "祖父 祖母 爷爷 奶奶 外公 外婆 姥姥 姥爷 外祖父 外祖母 爷 奶",
        "grandchild": "孙 孙子 孙女 外孙 外孙女 长孙 次孙 孙儿 外孙子 重孙 重孙女 长孙女",
        "sibling": "兄 弟 姐 妹 哥 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 兄弟姐妹 兄妹 姐弟 胞兄 胞弟",
        "other_relative": """
        亲属 亲戚 侄 侄子 侄女 外甥 外甥女 叔 伯 姑 姨 舅 叔叔 伯伯 姑姑 阿姨 舅舅 嫂子 弟媳 姐夫 妹夫 其他亲属
        表弟 表哥 表姐 表妹 堂弟 堂哥 堂姐 堂妹 嫂 家属
    """,
        "not_related": "朋友 同事 保姆 非亲属 其他 其它 护工 同学 室友 同住人 雇员 员工 合住 借住 借住人",
    }.items()
    for word in words.split()
}
