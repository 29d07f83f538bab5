"""Question sets as the office writes them: rows of a survey sheet, and the lists they choose from."""

COLUMNS = ["type", "name", "label", "required", "relevant", "constraint", "constraint_message"]
COLUMNS += ["constraint_message::English (en)"]

LISTS = {
    "yn": {"yes": "有", "no": "没有"},
    "signs": {"fever": "发烧", "cough": "咳嗽", "none": "都没有"},
    "n": {"1": "一", "2": "二"},
}
SETS: dict[str, list[list[str]]] = {
    "returnee": [
        ["note", "hello", "您好"],
        ["select_one yn", "back", "有没有从外地回来的人", "yes"],
        ["begin_group", "trip", "回来的路", "", "${back} = 'yes'"],
        ["date", "day", "哪天到的", "yes", "", ". >= '2019-12-01' and . <= '2020-06-30'", "日子不对", "Wrong day"],
        ["text", "train", "车次", "", "${day} > '2020-01-09'"],
        ["note", "late", "请在家", "", "not(${day} < '2020-01-23') and ${day} != ''"],
        ["end_group"],
        ["select_multiple signs", "signs", "症状", "yes", "", "not(selected(., 'none')) or not(selected(., 'fever'))"],
        [
            "decimal",
            "warm",
            "体温",
            "",
            "selected(${signs}, 'fever') or selected(${signs}, 'cough')",
            ". >= 34.5 and . < 43",
        ],
        ["image", "paper", "拍一张", "", "${warm} >= 37.3"],
    ],
    "empties": [
        ["integer", "a", "A"],
        ["integer", "b", "B"],
        ["text", "t", "T"],
        ["text", "a_is_five", "=", "", "${a} = 5"],
        ["text", "a_is_not_five", "!=", "", "${a} != 5"],
        ["text", "a_is_not_not_five", "not(!=)", "", "not(${a} != 5)"],
        ["text", "a_below", "<", "", "${a} < 5"],
        ["text", "a_not_below", "not(<)", "", "not(${a} < 5)"],
        ["text", "a_from", ">=", "", "${a} >= -3"],
        ["text", "a_is_b", "= other", "", "${a} = ${b}"],
        ["text", "a_over_b", "> other", "", "${a} > ${b}"],
        ["text", "a_given", "given", "", "${a} != ''"],
        ["text", "t_empty", "empty", "", "${t} = ''"],
    ],
    "chains": [
        ["select_one yn", "one", "一"],
        ["select_one yn", "two", "二", "", "${one} = 'yes'"],
        ["select_one yn", "three", "三", "", "${two} = 'yes'"],
        ["integer", "count", "几个", "yes", "${three} = 'yes'", ". <= ${most}", "太多"],
        ["integer", "most", "最多几个"],
        ["select_one n", "number", "数", "", "${one} = 'no' and (${most} >= 1 or ${most} = '')"],
        ["text", "end", "末", "", "${number} = 1"],
    ],
}
