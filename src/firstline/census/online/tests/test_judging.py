"""What a report is taken for: doubts are shown, nonsense is parked, nothing is refused."""

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.online.judging import ParkedFor, complete, doubts_of, parked_for, people_of, sounds_ill
from firstline.census.online.written import PersonWritten, Written, fields_of, read

TODAY = date(2020, 2, 1)
WANG = PersonWritten(name="王建国", relation="本人", id_number="142302197602226845", phone="13912345678")


def said(*people: PersonWritten, note: str = "") -> Written:
    return Written(room="501", people=list(people), note=note)


def test_a_document_number_alone_fills_birth_and_sex() -> None:
    (person,) = people_of(said(PersonWritten(name="王建国", id_number="142302197602226845")), TODAY)

    assert complete(person)


def test_a_wrong_check_digit_is_a_doubt_and_not_a_reason_to_park() -> None:
    written = said(PersonWritten(name="王建国", id_number="142302197602226840", birth="1976"))

    assert [(doubt.row, doubt.field) for doubt in doubts_of(written, TODAY)] == [(1, "id")]
    assert parked_for(written) == ParkedFor.NO


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (said(WANG), ParkedFor.NO),
        (said(), ParkedFor.NOBODY),
        (said(PersonWritten(phone="13912345678")), ParkedFor.NOBODY),
        (said(PersonWritten(name="😀😀")), ParkedFor.NAMES),
        (said(WANG, PersonWritten(name="asdf1")), ParkedFor.NAMES),
        (said(WANG, PersonWritten(birth="1990")), ParkedFor.NAMES),
        (said(PersonWritten(name="张三", phone="11111111111")), ParkedFor.NUMBERS),
        (said(PersonWritten(name="张三", phone="110")), ParkedFor.NUMBERS),
        (said(*[WANG] * 40), ParkedFor.MANY),
        (said(WANG, note="好" * 2_001), ParkedFor.LONG),
        (said(PersonWritten(name="王建国", relation="哈" * 300)), ParkedFor.LONG),
    ],
)
def test_what_is_no_households_report_waits_for_a_clerk(written: Written, reason: ParkedFor) -> None:
    assert parked_for(written) == reason


@pytest.mark.parametrize("text", ["1976", "1976-02-22", "19760222", "44", "44岁"])
def test_birth_is_taken_as_people_write_it(text: str) -> None:
    (person,) = people_of(said(PersonWritten(name="王建国", birth=text)), TODAY)

    assert person.birth_year == 1976


def test_where_somebody_came_from_stays_with_them() -> None:
    (person,) = people_of(said(PersonWritten(name="李强", came_from="武汉", came_on="1月20日", came_by="火车")), TODAY)

    assert person.remark == "1月20日 武汉 火车"


@pytest.mark.parametrize(
    ("text", "ill"),
    [("", False), ("无", False), ("没有症状", False), ("都好", False), ("发热", True), ("有点咳", True)],
)
def test_no_symptoms_are_said_in_many_words(text: str, ill: bool) -> None:
    assert sounds_ill(text) is ill


def test_what_was_posted_is_read_back() -> None:
    form = QueryDict(mutable=True)
    form.update(fields_of(said(WANG, note="车在楼下")))

    assert read(form).written == said(WANG, note="车在楼下")


@given(
    st.dictionaries(
        st.sampled_from(["1-name", "1-id", "2-birth", "40-phone", "3-on", "room", "note", "q.a"]), st.text(max_size=50)
    )
)
def test_whatever_is_typed_is_kept_and_judged(typed: dict[str, str]) -> None:
    form = QueryDict(mutable=True)
    form.update(typed)
    written = read(form).written
    doubts_of(written, TODAY)
    assert isinstance(parked_for(written), ParkedFor)
    for person in people_of(written, TODAY):
        assert person.name
