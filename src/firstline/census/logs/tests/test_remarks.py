"""What is said beside a result: who lives there, how many, who came back."""

from firstline.census.logs.remarks import people_in, said_in


def test_a_head_with_a_number_of_people_is_somebody() -> None:
    for remark, name, persons in [
        ("刘有才2口人", "刘有才", 2),
        ("武旭宇3口", "武旭宇", 3),
        ("张桂莲家2人", "张桂莲", 2),
        ("彰五女家1人", "彰五女", 1),
    ]:
        said = said_in(remark)
        assert ([person.name for person in said.people], said.persons) == ([name], persons)


def test_a_remark_without_a_name_names_nobody() -> None:
    for remark in [
        "对门说上班了",
        "小孩一人在家",
        "3口人",
        "邻居说没人住",
        "说老公晚上回来",
        "有山西返回人员",
        "家里3口人",
        "两口人",
    ]:
        assert said_in(remark).people == ()
    assert said_in("家里3口人").persons == 3
    assert said_in("户主姓皇甫").surname == "皇甫"
    assert said_in("同一户内另住一家").second_household


def test_who_came_back_is_told_with_the_place() -> None:
    assert said_in("许海飞3人,太原市小店区返").returned == ("太原市小店区",)
    assert said_in("有山西返回人员").returned == ("山西",)
    assert said_in("说老公晚上回来").returned == ()


def test_people_learnt_by_telephone_are_a_family() -> None:
    said = people_in("3口人，薛润英(河南郑州市金水区回)、丈夫李永兵、闺女李婷")
    assert [(one.name, one.relation, one.remark) for one in said.people] == [
        ("薛润英", "", "河南郑州市金水区回"),
        ("李永兵", "spouse", ""),
        ("李婷", "child", ""),
    ]
    assert (said.persons, said.returned) == (3, ("河南郑州市金水区",))
    tenant = people_in("租户马润玲 18816742467").people[0]
    assert (tenant.name, tenant.relation, tenant.phones) == ("马润玲", "tenant", ("18816742467",))
