"""The words companies head their columns with, and the words of their notes and relations.

Looked up after `simplify`: half width, no spaces or punctuation, no bracketed remark, upper case.
"""

from __future__ import annotations

import re
from typing import Final

from firstline.identifiers.width import halve

from .codes import Meaning

_BRACKETED = re.compile(r"[(\[【〔〈<{].*?[)\]】〕〉>}]")
_PUNCTUATION = re.compile(r"[\s:：;；,，。、*＊_\"'“”‘’·.…/\\|()\[\]【】<>《》!！?？+-]+")
_COUNTED = re.compile(r"(?<=\D)[0-9一二三四①②③④]$")


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
        房间号码 房间编号 单元房号 单元室号 ROOM
    """)

HEADERS: Final = {
    Meaning.DOOR: _words("""
        住址 地址 房屋地址 家庭住址 家庭地址 现住址 居住地址 居住地 详细地址 详细住址 坐落 房屋坐落 座落
        房屋座落 房产 房产地址 房屋位置 位置 住所 住处 门牌地址 房屋 房屋信息 楼号单元房号 楼栋单元房号 楼号房号
        楼栋房号 栋号房号 楼房号 楼栋号房号 楼室号 楼门牌 楼门号 幢号室号 栋室 栋房号 楼牌号 住房地址 物业地址
        单元楼房号 具体地址 具体住址 小区住址 小区地址 ADDRESS
    """),
    Meaning.BUILDING: _words("""
        楼号 楼 楼栋 楼栋号 栋 栋号 幢 幢号 座 座号 楼宇 楼幢 楼座 楼幢号 楼座号 所在楼 楼号楼栋 几号楼 大楼
        楼别 楼名 BUILDING
    """),
    Meaning.UNIT: _words("单元 单元号 门洞 单元门 几单元 单 门栋 梯 梯号 门洞号 UNIT"),
    Meaning.BUILDING_UNIT: _words("""
        楼单元 楼号单元 楼栋单元 栋单元 楼单元号 楼号单元号 楼栋单元号 幢单元 座单元 栋号单元
    """),
    Meaning.NAME: _words("""
        姓名 名字 户主 户主姓名 户主名 户主名称 业主 业主姓名 业主名 业主名称 房主 房主姓名 房东 房东姓名 产权人
        产权人姓名 权利人 权利人姓名 所有权人 所有人 住户 住户姓名 住户名 住户名称 居民 居民姓名 主人 户名 家长
        客户 客户姓名 客户名称 登记人 人员姓名 居住人 居住人姓名 住户姓名业主 户主业主 业主户主 负责人 NAME
    """),
    Meaning.PHONE: _words("""
        电话 电话号码 电话号 手机 手机号 手机号码 联系电话 联系方式 联系号码 联系手机 联系手机号 移动电话 固话
        固定电话 座机 电话手机 手机电话 手机联系方式 联络电话 联络方式 通讯电话 常用电话 备用电话 业主电话
        户主电话 住户电话 房主电话 业主联系电话 户主联系电话 TEL PHONE MOBILE
    """),
    Meaning.ID_NUMBER: _words("""
        身份证 身份证号 身份证号码 身份证件号 身份证件号码 证件号 证件号码 证件 公民身份号码 公民身份证号
        公民身份证号码 身份号码 有效证件号码 ID
    """),
    Meaning.PERSONS: _words("""
        人数 人口 人口数 总人数 总人口 家庭人口 家庭人数 家庭人口数 居住人数 居住人口 常住人口 常住人数 现住人数
        实住人数 户内人数 几口人 入住人数 在住人数 人口数量 人员数 人员数量 成员数
    """),
    Meaning.REMARK: _words("""
        备注 说明 情况说明 附注 注 注释 情况 其他 其它 其他情况 其他说明 备注说明 居住情况 入住情况 住房情况
        居住状态 入住状态 房屋状态 使用情况 现状 房屋现状 状态 特殊情况 REMARK NOTE
    """),
    Meaning.RELATION: _words("""
        关系 与户主关系 与业主关系 与房主关系 与户主的关系 与业主的关系 家庭关系 户主关系 业主关系 成员关系 称谓
        称呼 人员关系
    """),
    Meaning.NUMBER: _words("序号 编号 序 号 NO № 行号 顺序号 顺序 流水号 N0 序列 序列号 户序"),
    Meaning.TENANT_NAME: _words("""
        租户 租户姓名 租客 租客姓名 承租人 承租人姓名 租住人 租住人姓名 租赁人 租赁人姓名 租房人 租房人姓名
        租住户 租住户姓名 现租户 实际居住人
    """),
    Meaning.TENANT_PHONE: _words("""
        租户电话 租户手机 租户手机号 租户联系方式 租户联系电话 租客电话 租客联系方式 租客手机 承租人电话
        承租人联系方式 租住人电话 租赁人电话
    """),
    Meaning.MEMBERS: _words("""
        家属 家属姓名 家庭成员 家庭成员姓名 家庭人员 其他成员 其他家庭成员 成员 同住人 同住人员 同住 同住人姓名
        共同居住人 共同居住人员 居住人员 人员 家人 配偶 配偶姓名 子女 子女姓名 父母 住户姓名及家庭成员
        户主及家庭成员 家庭成员情况
    """),
    Meaning.OTHER: _words("""
        性别 年龄 出生日期 出生年月 民族 面积 建筑面积 房屋面积 入住时间 入住日期 交房日期 交房时间 购房时间
        车牌 车牌号 车位 户籍地址 户籍所在地 户籍 籍贯 工作单位 职业 学历 政治面貌 微信 微信号 物业费 返乡时间
        返回时间 紧急联系人 紧急联系电话 紧急联系人电话 小区 小区名称 社区 楼层 层 层数 体温 日期 登记日期
        填表人
    """),
}

# Tried in this order when no heading above is met exactly; each says less surely what the column is.
PATTERNS: Final = (
    (
        Meaning.OTHER,
        re.compile(r"户籍|籍贯|紧急|车牌|车位|面积|日期|时间|单位|性别|年龄|民族|出生|费|微信|物业|小区名"),
    ),
    (Meaning.TENANT_PHONE, re.compile(r"租.*(?:电话|手机|联系|号码)")),
    (Meaning.TENANT_NAME, re.compile(r"租.*(?:人|户|客|姓名|名)")),
    (Meaning.ID_NUMBER, re.compile(r"身份证|身份号|证件号|证号")),
    (Meaning.PHONE, re.compile(r"电话|手机|联系方式|联络|座机|固话|联系号")),
    (Meaning.RELATION, re.compile(r"关系")),
    (Meaning.PERSONS, re.compile(r"人数|人口|口人")),
    (Meaning.MEMBERS, re.compile(r"成员|同住|家属|家人|子女|配偶")),
    (Meaning.BUILDING_UNIT, re.compile(r"(?:楼|栋|幢|座)号?.?单元号?$")),
    (Meaning.DOOR, re.compile(r"住址|地址|坐落|座落|(?:楼|栋|幢|座).*(?:室|房|户|门牌)")),
    (Meaning.ROOM, re.compile(r"(?:房|室|户|门)(?:间|牌)?(?:编?号|号码)$")),
    (Meaning.BUILDING, re.compile(r"(?:楼|栋|幢|座)(?:宇|栋|幢|座)?(?:编?号|名称?)$")),
    (Meaning.UNIT, re.compile(r"单元")),
    (Meaning.NAME, re.compile(r"姓名|户主|业主|房主|房东|产权人|权利人")),
    (Meaning.REMARK, re.compile(r"备注|说明|情况|状态")),
    (Meaning.NUMBER, re.compile(r"序号$")),
)

OWNER = re.compile(r"业主|房主|房东|产权|权利|所有|客户")
HEAD = re.compile(r"户主|家长")
TENANT_GROUP = re.compile(r"租")

TOTALS = re.compile(
    r"^(?:本页|本楼|全楼|全部|以上)?(?:合计|总计|共计|小计|累计|总户数|户数合计|总共|汇总|共有?\d+[户人套])"
)
NOTE = re.compile(
    r"^(?:注|备注|说明|填表|制表|填报|报送|审核|负责人|经办|联系人|复核|日期|单位|盖章|统计|截止|以上|签字|打印|第\d+页|物业公司|登记人|核对|空户|备注说明)"
    r"(?:人|单位|日期|时间|说明|公司|电话|员)*(?:[:：(（]|未|为|均|$)"
)

# What stands in a cell to say that there is nothing to say.
NOTHING = frozenset({""}) | _words(r"/ - -- — —— 无 空 空白 没有 未知 不详 不明 未登记 暂无 \ N/A NA 0 × * ? ？")
EMPTY_FLAT = _words("空 空户 空置 空房 空置房 无人 无人居住 未入住 未售 无人住 没人 没人住 待售 未装修 毛坯 空闲")

RELATION_WORDS: Final = {
    word: code
    for code, words in {
        "head": "户主 本人 家长 户主本人 本户 户",
        "owner": "业主 房主 房东 产权人 所有人 所有权人 权利人 产权所有人",
        "tenant": "租户 租客 承租人 租房 租住 租赁 租房户 租住户 租房人 合租 合租人 租",
        "spouse": """
        配偶 妻 妻子 老婆 爱人 媳妇 太太 夫人 内人 丈夫 夫 老公 夫妻 老伴 对象 先生
    """,
        "child": """
        子 儿 儿子 长子 次子 三子 四子 大儿子 二儿子 小儿子 独子 养子 继子 女 女儿 长女 次女 三女 四女 大女儿
        二女儿 小女儿 闺女 独生女 独生子 养女 继女 子女 孩子 小孩 二子 二女 大女 小女 大儿 二儿 小儿 幼子 幼女
    """,
        "child_in_law": "儿媳 儿媳妇 女婿",
        "parent": """
        父 母 父亲 母亲 爸 妈 爸爸 妈妈 父母 老父亲 老母亲 继父 继母 养父 养母 爹 娘
    """,
        "parent_in_law": "公公 婆婆 岳父 岳母 公婆 丈人 丈母娘 岳父母 公爹",
        "grandparent": "祖父 祖母 爷爷 奶奶 外公 外婆 姥姥 姥爷 外祖父 外祖母",
        "grandchild": "孙 孙子 孙女 外孙 外孙女 长孙 次孙 孙儿 外孙子 重孙 重孙女",
        "sibling": "兄 弟 姐 妹 哥 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 兄弟姐妹 兄妹 姐弟",
        "other_relative": """
        亲属 亲戚 侄 侄子 侄女 外甥 外甥女 叔 伯 姑 姨 舅 叔叔 伯伯 姑姑 阿姨 舅舅 嫂子 弟媳 姐夫 妹夫 其他亲属
        表弟 表哥 表姐 表妹 堂弟 堂哥
    """,
        "not_related": "朋友 同事 保姆 非亲属 其他 其它 护工 同学 室友 同住人 雇员 员工 合住",
    }.items()
    for word in words.split()
}
