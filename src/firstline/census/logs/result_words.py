"""What a word in the column of results means: stems, what is denied, and through which channel. Pure: no database.

    heard("门铃通话登记", Kind.VISITS)   -> Heard(Result.REGISTERED, Channel.INTERCOM)
    heard("敲门没反应", Kind.VISITS)     -> Heard(Result.NO_ANSWER, Channel.DOOR)
    heard("打过去是别人", Kind.CALLS)    -> Heard(Result.WRONG_NUMBER, Channel.PHONE)
    heard("见人下菜", Kind.VISITS)       -> None: a person says what is meant

Results stand in the order in which they win where a word says several: what was left behind at a door (a form, a
notice) says more than that nobody opened.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from firstline.census.results import Channel, Result
from firstline.identifiers.width import halve

_NOT_SAID = re.compile(r"[\s,，.。、;；:：!！?？…~～()（）【】\[\]“”\"'‘’—\-_/]+")
_LONGEST = 60


class Kind(StrEnum):
    """What a log notes: visits at doors, or calls."""

    VISITS = "visits"
    CALLS = "calls"


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of an attempt, and through which channel."""

    result: Result
    channel: Channel


def tidy(word: str) -> str:
    """A word as it is compared: one width, without spaces and marks; at most 60 characters."""
    return _NOT_SAID.sub("", halve(word[: 4 * _LONGEST]).upper())[:_LONGEST]


def heard(word: str, kind: Kind, remark: str = "") -> Heard | None:
    """What a word of the results means, its remark telling why somebody refused; None when nobody can say."""
    said = tidy(word)
    if not said:
        return None
    channel, rest = _channel(said, kind)
    rules = _CALLS if channel is Channel.PHONE else _VISITS
    found = next((result for result, pattern in rules if pattern.search(rest)), None)
    if found is None:
        return None
    return Heard(_why(said + tidy(remark)) if found is Result.REFUSED else found, channel)


def _channel(said: str, kind: Kind) -> tuple[Channel, str]:
    """The channel that a word names, and the word without it; else the one of the log."""
    if kind is Kind.CALLS:
        return Channel.PHONE, said
    if _INTERCOM.search(said):
        return Channel.INTERCOM, _INTERCOM.sub("", said) or "登记"
    if _BY_PHONE.search(said):
        return Channel.PHONE, said
    return Channel.DOOR, said


def _why(said: str) -> Result:
    if _PRIVACY.search(said):
        return Result.REFUSED_PRIVACY
    return Result.REFUSED_SAFETY if _SAFETY.search(said) else Result.REFUSED


_INTERCOM = re.compile(r"按?(?:可视|楼宇|楼下|单元)?(?:门铃|对讲机?|呼叫机)(?:里|中|通话|接通)?")
_BY_PHONE = re.compile(r"电话|手机|微信语音|[打通]了?电|致电|来电|回电")
_PRIVACY = re.compile(r"隐私|泄[露漏密]|个人信息|信息安全|保密|为啥要?查|凭什么|没必要")
_SAFETY = re.compile(r"安全|[怕惧恐]|传染|感染|病毒|骗|坏人|陌生|不认识|疫情|口罩")

# Stems that rules share; each is one of several. A rule names it in angle brackets.
_SHARED = {
    "form": r"""
        登记表 调查表 表格 表单 登记卡 信息卡 调查单 登记单 问卷 表
    """,
    "notice": r"""
        通知书?单? 告知书? 告示 公告 提示 留言 字条 纸条 便条 小条 条子 条 明白纸 封条
    """,
    "leave": r"""
        塞 放 留 递 发 夹 投 插 搁 给 送
    """,
    "later": r"""
        晚上 今晚 晚间 晚点 晚些 傍晚 改天 改日 改时间 明天 明日 明早 明晚 后天 回头 下次 下午 中午 上午 周末 过后
        过会 等会 一会 稍后 稍晚 过几天 另行 另外
    """,
    "again": r"""
        再 来 去 上门 登 访 入户 说 联系 过来 过去 填 查
    """,
    "denied": r"""
        未 没有? 无法 不能 不让 拒绝? 不愿意? 不肯 不给 不予 不想 不 待 尚未 还没 暂未 需
    """,
    "done": r"""
        登记 登完 登了 填[表写好完报] 已填 采集 录入 录完 完成 办结 办好 核实 核对 摸排 已查 查完 问清 入户 上报
        搞定 报上 已报 做完
    """,
    "empty": r"""
        [没无未]人?(?:居|入)?住(?!在) 不住人 长期[没无]人 常年[没无]人 空(?:房|置|户|着|的|宅|屋|关|家|$) 闲置 毛坯
        [未没]装修 [未没]入住 待[租售] 搬[走家离了出] 已搬 迁[走出] 拆[迁除了] 已拆
    """,
    "partly": r"""
        部分 一半 不[完齐]?全 不完整 未(?:填|登记?)完 没(?:填|登记?)完 待补 需补 缺[项人身电信] 只(?:登|填|说|问)
    """,
    "registered": r"""
        (?<![未没有待需能法让绝意肯给予想不尚])<done>
        ^(?:登|登了|已登|好|好了|完|成功|√|✓|✔|☑|OK|Y|YES|是|有人登|1)$ 成功 已访 已完
    """,
    "refused": r"""
        拒 不配合 不(?:给|肯|愿意?|想|让|准|许)(?:开|进|登|说|填|配|见|理|入|采|提|透|报|查|问|告)
        (?<!有人)(?<!敲)不开门$ ^不开门? 不(?:登记|提供|告诉|告知|同意|接受|理睬|理会|理人|接待|接触|欢迎|透露|说话)
        不(?:愿|肯|让|给)(?:意)?$ 不方便 (?<![没无])有人[^没无]{0,3}[不没未][开应答理] (?:骂|轰|赶|撵|推)[了人走出]
        态度 抵触 反感 嫌烦 闭门
    """,
}
_SHARED_NAME = re.compile(r"<(\w+)>")


def _compiled(alternatives: str) -> re.Pattern[str]:
    """Alternatives set apart by blanks, as one pattern."""
    return re.compile(_expanded(alternatives))


def _expanded(alternatives: str) -> str:
    joined = "|".join(alternatives.split())
    return _SHARED_NAME.sub(lambda named: f"(?:{_expanded(_SHARED[named[1]])})", joined)


def _rules(said: tuple[tuple[Result, str], ...]) -> tuple[tuple[Result, re.Pattern[str]], ...]:
    return tuple((result, _compiled(alternatives)) for result, alternatives in said)


_VISITS = _rules(
    (
        (
            Result.FORM_RETURNED,
            r"""
            <form>.{0,6}(?:交回|交来|交了|已交|送回|送来|收回|收到|取回|返回|退回|拿回|回收|收齐|还回)
            (?:交回|交来|送回|送来|收回|收到|取回|拿回|回收|取走|交还).{0,4}<form> 已?收<form>$
            <form>(?:已回?收|已回|回收?)$ 取<form>$ 交<form>$
        """,
        ),
        (
            Result.NOTICE_POSTED,
            r"""
            (?:贴|张贴|粘|<leave>|挂).{0,4}<notice> <notice>.{0,4}(?:贴|张贴|<leave>)
            ^(?:已|门[口上]|门)?[张粘]?贴了?$ 贴(?:在)?门[上口]$
        """,
        ),
        (
            Result.FORM_SLIPPED,
            r"""
            <leave>.{0,5}<form> <form>.{0,5}(?:<leave>|自填|待取|待收|未收|没收|未交|没交) 门缝 待取表? 自填 自己填
        """,
        ),
        (
            Result.NOT_FOUND,
            r"""
            [无没](?:有)?(?:此|这|该|那)(?:个)?(?:门|户|房|号|室|家|单元|楼|栋|地址|住) 查无 [找寻](?:不到|不着|无)
            [没未]找到 [没未]寻 不存在 不符 (?:门牌|地址|房号|楼号|户号).{0,2}(?:不对|不详|不清|有?错|有?误|不存)
        """,
        ),
        (
            Result.NOT_A_HOME,
            r"""
            非(?:住宅|住房|居住|民居|住户|民宅) 不是(?:住|居|民|人家) 商铺 门面 门市 店[铺面] 开店 商用 办公 作?仓库
            库房 储藏 车库 车棚 配电 空壳 幼儿园 诊所 旅馆 宾馆 工作室 培训 做生意
            (?:是|为|作|改|开)(?:了)?(?:公司|单位|饭店|商店)
        """,
        ),
        (
            Result.VACANT,
            r"""
            <empty>
        """,
        ),
        (
            Result.COME_BACK,
            r"""
            <later>.{0,6}<again> 再(?:来|去|访|上门|约|登|联系|跑|补) (?:约|等|说)(?:好|定|了|在|到)?(?:个)?<later>
            约(?:好|定|了|时间) 另约 改约 改期 预约 (?:让|叫|要|说).{0,4}(?:晚|改|明|回头|过)
            ^(?:晚上|今晚|改天|明天|下次|待定|等回话)$ (?:在忙|正忙|有事|吃饭|洗澡|睡觉|休息|正要出)
            (?:大人|户主|老公|爱人|当家|父母|家长|主人)(?:都)?(?:不在|没在|未在|没回|上班)
            (?:只有|只剩|就)(?:个|一个)?(?:老|小|孩|娃|保姆|租)
            (?:小孩|孩子|老人|保姆)(?:一人|一个人|自己|单独)?在家 等.{0,4}回
        """,
        ),
        (
            Result.NO_ANSWER,
            r"""
            [没无未](?:有)?人(?:在|应|答|开|接|来|$|[^居入住登填]) (?:家|屋|室)(?:里|中|内)?[没无]人 不在 没在 未在
            [没无未]见 [未没]遇 没碰 敲.{0,3}(?:不|没|未|无)
            (?:没|未|无)(?:人)?(?:反应|应答|应|回应|回答|动静|声|响应|开门?|敲开|叫开) 叫不开 敲不开 打不开
            锁(?:着|门|了|$) 门锁 铁将军 关着门 黑灯 没(?:亮)?灯 外出 出门 出去 上班 上学 打工 出差 串门 走亲
            回(?:老)?(?:家|乡) 在外 外地 未归 没回 未回 住院 旅游 不家 ^(?:无|没|空|0|×|X|✗|✘)$
        """,
        ),
        (
            Result.PARTIAL,
            r"""
            <partly>
        """,
        ),
        (
            Result.REFUSED,
            r"""
            <refused> <denied>(?:配合|开门)
        """,
        ),
        (
            Result.REGISTERED,
            r"""
            <registered>
        """,
        ),
    )
)
_CALLS = _rules(
    (
        (
            Result.SUSPENDED,
            r"""
            停机 欠费 停用 报停 暂停服务 停号 停了
        """,
        ),
        (
            Result.NUMBER_DEAD,
            r"""
            空号 空码 销号 注销 无效 不存在 废号 死号 (?:位数|号码?|少|多|缺).{0,2}(?:不全|不够|不足|一位|1位|缺)
        """,
        ),
        (
            Result.BUSY,
            r"""
            占线 通话中 正在通话 忙音 正忙$ ^忙$ 线路忙 线忙 打不进
        """,
        ),
        (
            Result.SWITCHED_OFF,
            r"""
            关机 不在服务 无法接通 不能接通 接不通 来电提醒 服务区 信箱 秘书 小助[手理] 语音留言 转留言 飞行模式
            没信号 无信号 没电
        """,
        ),
        (
            Result.WRONG_NUMBER,
            r"""
            打错 拨错 [号码错]错 错号 号码?不对 号码?[有错]误 不是(?:本人|他|她|这|该|此|机主|业主|户主|房主|原|住)
            非(?:本人|机主|业主|户主|原主) (?:是|换|成|归|变)(?:了)?(?:别|另|其他|旁)(?:人|外|的人)?
            别人(?:接|的|在|号) 不认识 查无此人 无此人 没这个?人 换(?:了)?(?:号|机主|人) 找不到人 转让
        """,
        ),
        (
            Result.HUNG_UP,
            r"""
            挂(?!号) [按掐摁]掉 [按掐摁]了 拒接 拒听 听到.{0,4}就
        """,
        ),
        (
            Result.NO_ANSWER,
            r"""
            (?:没|未|无|不)(?:有)?(?:人)?(?:接|应答|应|反应|响应|回应)(?!受) 打不通 [没未不]打?通 联系不[上到]
            [没未]联系上 响铃 一直响 没声 ^(?:没人|无人|不在)$
        """,
        ),
        (
            Result.SAID_VACANT,
            r"""
            <empty> 不在(?:这|此|本) (?:房|屋).{0,3}(?:租|空|卖) 出租 租(?:出|给) 已?卖(?:了|掉|给) 已售
            外地(?:居)?住
        """,
        ),
        (
            Result.CALL_LATER,
            r"""
            稍后 稍等 晚点 晚些 晚上 回头 改天 改日 明天 明日 下午 中午 下班 过会 一会 等会 过后 下次
            再(?:打|联系|拨|说|约|来|问|通) 回(?:电|拨|复|过来) 在?忙 有事 开会 开车 上班 吃饭 休息 睡觉 现在不方便
            不方便(?:接|听|通) 约(?:好|定|了|时间) 另约 等.{0,3}(?:电话|回) 在外 外地 问.{0,3}(?:家人|老公|爱人)
        """,
        ),
        (
            Result.PARTIAL,
            r"""
            <partly>
        """,
        ),
        (
            Result.REFUSED,
            r"""
            <refused> <denied>(?:配合|说|提供|登记|告|透露) 骂 不耐烦
        """,
        ),
        (
            Result.REGISTERED,
            r"""
            <registered> 已(?:问|告知|答)
        """,
        ),
    )
)
