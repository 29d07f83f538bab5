"""Names, their sound and their keys."""

from collections.abc import Iterator

from cases import Case, case


def names() -> Iterator[Case]:
    for written, name in (
        (" 刘　鹏 ", "刘鹏"),
        ("樊 敏", "樊敏"),
        ("王建国", "王建国"),
        ("王建国(户主)", "王建国"),
        ("户主:王建国", "王建国"),
        ("上官宇豪", "上官宇豪"),
        ("买买提•依明", "买买提·依明"),
        ("阿不都．热合曼", "阿不都·热合曼"),
        ("买买提 · 依明", "买买提·依明"),
        ("John Smith", "John Smith"),
        ("王建国、", "王建国"),
    ):
        yield case("name", written, {"kind": "name", "name": name}, "cleaned")
    for written in (
        "空房",
        "无人",
        "无人居住",
        "未入住",
        "出租",
        "合计",
        "合计:94户",
        "不详",
        "毛坯",
        "未装修",
        "备用",
        "门卫留存",
        "13912345678",
        "3-2-501",
        "物业",
    ):
        yield case("name", written, {"kind": "not_a_name"}, "speaks of a flat or a list, not of a person")
    for written in ("王先生", "李女士", "张阿姨", "老李", "小王", "王某", "王**", "王?国", "张总", "李老师", "王"):
        yield case("name", written, {"kind": "partial"}, "a person without the full name")
    for written in ("", " ", "-", None):
        yield case("name", written, {"kind": "empty"}, "nothing")
    for written, sound in (
        ("王建国", "wangjianguo"),
        ("单晓燕", "shanxiaoyan"),
        ("仇海", "qiuhai"),
        ("区伟", "ouwei"),
        ("解军", "xiejun"),
        ("曾丽", "zengli"),
        ("任红", "renhong"),
        ("查强", "zhaqiang"),
        ("朴正", "piaozheng"),
        ("欧阳修", "ouyangxiu"),
        ("尉迟敬", "yuchijing"),
        ("长孙无忌", "zhangsunwuji"),
        ("万俟明", "moqiming"),
        ("买买提·依明", "maimaitiyiming"),
        ("吕丽", "lvli"),
        ("閆建國", "yanjianguo"),
        ("翟林", "zhailin"),
        ("盖军", "gejun"),
        ("缪红", "miaohong"),
    ):
        yield case("pinyin", written, sound, "surnames have readings of their own")
    for one, other in (
        ("闫建国", "阎建国"),
        ("肖丽", "萧丽"),
        ("付强", "傅强"),
        ("閆建國", "闫建国"),
        ("張偉", "张伟"),
        ("劉紅", "刘红"),
        ("陳曉東", "陈晓东"),
        ("邱明", "丘明"),
        ("刘　鹏", "刘鹏"),
        ("买买提•依明", "买买提·依明"),
    ):
        yield case("name_fold", [one, other], True, "written one for the other")
    for one, other in (("王建国", "王建军"), ("闫建国", "严建国"), ("张付强", "张傅强"), ("李小兰", "李小蓝")):
        yield case("name_fold", [one, other], False, "variants hold for surnames only; other characters differ")
    for written, pairs in (
        ("王建国", ["王建", "建国"]),
        ("刘鹏", ["刘鹏"]),
        ("王", []),
        ("上官宇豪", ["上官", "官宇", "宇豪"]),
        ("閆建國", ["阎建", "建国"]),
    ):
        yield case("bigrams", written, pairs, "pairs, never single characters")
