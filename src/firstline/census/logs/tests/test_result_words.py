"""Result words as people write them, most of which no list has ever held."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.logs.result_words import Heard, Kind, heard, tidy
from firstline.census.results import Channel, Result

VISITS = {
    Result.REGISTERED: """
        已登记 已填表 登记 登记完成 登完了 已录入
        信息采集完成 入户登记 OK √ 填好了 已核实 上门登记成功
    """,
    Result.NO_ANSWER: """
        家中无人 敲门无人 不在 无人 没人 敲门没反应 家里没人 锁着门 在外地 无应答 敲门不应 上班去了
        铁将军把门 没人开门 敲不开 回老家了 未见人 屋里没人
    """,
    Result.NOTICE_POSTED: """
        门上贴通知 已贴通知单 贴通知 门口贴条 贴条
        无人已贴通知 张贴告知书 门上留条 通知已贴 没人,贴了条
    """,
    Result.VACANT: """没人住 空房 空置 无人居住 空户 未入住 毛坯房 已搬走 空着 长期无人居住 未装修 搬家了 房子空着""",
    Result.REFUSED: """
        不开门 拒绝 拒绝登记 不配合 不给开 拒访
        不让进 不愿登记 有人不开门 屋里有人不开 态度恶劣 不愿配合
    """,
    Result.REFUSED_PRIVACY: """怕泄露隐私拒绝 拒绝,怕泄露信息""",
    Result.REFUSED_SAFETY: """怕传染不开门""",
    Result.FORM_SLIPPED: """门缝塞表 塞表 表已塞入 留表 放了登记表 发表 把表塞进去了 无人塞表""",
    Result.FORM_RETURNED: """表已交回 表交回 送回表 表收回来了 登记表已收 收回表格 交表""",
    Result.COME_BACK: """
        让晚上来 晚上再去 晚上再来 约晚上8点 改天再来
        让下午来 户主不在家 大人不在 等户主回来 只有小孩在家
    """,
    Result.NOT_FOUND: """无此门牌 找不到该户 查无此户 没有这个门 门牌不对 地址错误 未找到""",
    Result.NOT_A_HOME: """非住宅 商铺 办公用 门面房 是公司 不是住人的 仓库""",
    Result.PARTIAL: """登记一半 信息不全 部分登记 只登记了户主""",
}
CALLS = {
    Result.REGISTERED: """登记 已登记 登记完成 信息已报""",
    Result.NO_ANSWER: """无人接 无人接听 没接 电话打不通 没人接 不接电话 联系不上 响铃无人接""",
    Result.SWITCHED_OFF: """关机 无法接通 来电提醒 不在服务区 暂时无法接通""",
    Result.SUSPENDED: """停机 欠费停机""",
    Result.BUSY: """占线 通话中 忙音 正在通话中请稍后再拨""",
    Result.REFUSED: """拒绝提供 不愿意说 不配合 不肯登记 不愿透露""",
    Result.CALL_LATER: """在忙,稍后 稍后再打 晚点再打 开会,晚上打 有事回头联系 明天再说""",
    Result.HUNG_UP: """挂了 挂断 直接挂了 按掉 拒接""",
    Result.WRONG_NUMBER: """打错 打错了,不是本人 打过去是别人 号码不对 换号了 非机主 号码错误""",
    Result.NUMBER_DEAD: """空号 号码不存在 位数不全""",
    Result.SAID_VACANT: """没人住 房子空着 已出租""",
}


@pytest.mark.parametrize(
    ("result", "word"), [(result, word) for result, words in VISITS.items() for word in words.split()]
)
def test_what_came_of_a_visit_is_understood(result: Result, word: str) -> None:
    assert heard(word, Kind.VISITS) == Heard(result, Channel.DOOR)


@pytest.mark.parametrize(
    ("result", "word"), [(result, word) for result, words in CALLS.items() for word in words.split()]
)
def test_what_came_of_a_call_is_understood(result: Result, word: str) -> None:
    assert heard(word, Kind.CALLS) == Heard(result, Channel.PHONE)


@pytest.mark.parametrize(
    ("word", "result", "channel"),
    [
        ("门铃登记", Result.REGISTERED, Channel.INTERCOM),
        ("门铃通话登记", Result.REGISTERED, Channel.INTERCOM),
        ("楼下对讲问清登记", Result.REGISTERED, Channel.INTERCOM),
        ("按门铃没人", Result.NO_ANSWER, Channel.INTERCOM),
        ("打电话没人接", Result.NO_ANSWER, Channel.PHONE),
        ("电话登记", Result.REGISTERED, Channel.PHONE),
    ],
)
def test_a_log_of_visits_names_other_channels(word: str, result: Result, channel: Channel) -> None:
    assert heard(word, Kind.VISITS) == Heard(result, channel)


@pytest.mark.parametrize("remark", ["怕泄露隐私", "凭什么要登记个人信息"])
def test_a_remark_says_why_somebody_refused(remark: str) -> None:
    assert heard("不开门", Kind.VISITS, remark) == Heard(Result.REFUSED_PRIVACY, Channel.DOOR)
    assert heard("没人", Kind.VISITS, remark) == Heard(Result.NO_ANSWER, Channel.DOOR)


@pytest.mark.parametrize(
    "word", ["", "  ", "未登记", "待登记", "没登记", "无法登记", "见人下菜", "详见附件", "？？？", "1号楼", "😀😀"]
)
def test_what_nobody_can_understand_is_asked(word: str) -> None:
    assert heard(word, Kind.VISITS) is None


@given(st.text(max_size=300), st.sampled_from(Kind))
def test_any_text_is_answered_and_one_written_wider_means_the_same(word: str, kind: Kind) -> None:
    assert heard(word, kind) == heard(f" {word}，", kind)
    assert len(tidy(word)) <= 60
