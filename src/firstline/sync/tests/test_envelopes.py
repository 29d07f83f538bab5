"""Reading a batch: what is no batch is refused as a whole, one bad command holds up no other."""

import json
import uuid
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.kernel.errors import Invalid
from firstline.sync.errors import TooLarge
from firstline.sync.intake.envelopes import MOST_BYTES, MOST_DEPTH, Broken, measure, read_batch
from firstline.sync.tests.commands import batch, command


def encoded(*commands: Any, **more: Any) -> bytes:
    return json.dumps(batch(*commands, **more)).encode()


def nested(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b"null", b"\xff", b"]", b'{"commands": 1}', b'"{{{{{{"'])
def test_what_is_no_batch_is_not_understood(body: bytes) -> None:
    with pytest.raises(Invalid):
        read_batch(body)


def test_more_commands_than_are_taken_at_once_are_too_many() -> None:
    assert len(read_batch(encoded(*[command("x", {})] * 200)).commands) == 200
    with pytest.raises(TooLarge):
        read_batch(encoded(*[command("x", {})] * 201))


@pytest.mark.parametrize(("levels", "refused"), [(MOST_DEPTH, False), (MOST_DEPTH + 1, True), (100_000, True)])
def test_depth_is_counted(levels: int, refused: bool) -> None:
    if not refused:
        measure(nested(levels))
        return
    with pytest.raises(TooLarge):
        measure(nested(levels))


def test_brackets_in_words_are_no_depth() -> None:
    measure(json.dumps({"note": "[" * 100 + '"' + "{" * 100 + "\\"}).encode())


def test_a_body_of_ten_megabytes_is_not_looked_at() -> None:
    with pytest.raises(TooLarge):
        measure(b" " * (MOST_BYTES + 1))


def test_one_bad_command_holds_up_no_other() -> None:
    good, bad = command("x", {}), {"id": str(uuid.uuid4()), "kind": 7}
    first, second = read_batch(encoded(good, bad)).commands
    assert str(first.id) == good["id"]
    assert isinstance(second, Broken)
    assert str(second.id) == bad["id"]


def test_a_command_that_does_not_say_its_id_is_no_command() -> None:
    with pytest.raises(Invalid):
        read_batch(encoded({"kind": "x"}))


@given(st.text(max_size=20), st.lists(st.sampled_from(["list", "object", "pair"]), max_size=45))
def test_depth_is_that_of_the_value(leaf: str, around: list[str]) -> None:
    value: Any = leaf
    for how in around:
        value = {"list": [value], "object": {leaf: value}, "pair": [leaf, value, {}]}[how]
    body = msgspec.json.encode(value)
    # The empty object beside a text is a level of its own.
    if len(around) + (around[:1] == ["pair"]) > MOST_DEPTH:
        with pytest.raises(TooLarge):
            measure(body)
    else:
        measure(body)


@given(st.binary(max_size=200))
def test_nothing_else_is_raised(body: bytes) -> None:
    try:
        read_batch(body)
    except (Invalid, TooLarge):
        return
