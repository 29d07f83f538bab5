"""Histories of doors: some by hand for the turns that matter, the rest drawn from a fixed seed."""

import random
from dataclasses import dataclass, field
from typing import Any

# hours after midnight of the first day, channel, result, visitor, hours at which they asked us to come again
Attempted = tuple[float, str, str, str, float | None]


@dataclass(frozen=True)
class Case:
    why: str
    attempts: list[Attempted]
    rules: dict[str, Any] = field(default_factory=dict)


def _at_door(*results: str, at: float = 10, every: float = 1) -> list[Attempted]:
    return [(at + every * rank, "door", result, "a", None) for rank, result in enumerate(results)]


_BY_HAND = [
    Case("nobody has been there", []),
    Case("a knock by day wants the evening", _at_door("no_answer")),
    Case("a knock in the evening wants the day", _at_door("no_answer", at=19)),
    Case("the last minute of the day is no evening", _at_door("no_answer", at=17.98)),
    Case("two knocks by day: somebody else in the evening", _at_door("no_answer", "no_answer")),
    Case("day and evening: somebody else by day", _at_door("no_answer", "no_answer", every=10)),
    Case("three knocks: a notice", _at_door("no_answer", "no_answer", "no_answer")),
    Case("two are enough where the rules say so", _at_door("no_answer", "no_answer"), {"knocks_before_notice": 2}),
    Case("an evening that lasts until midnight", _at_door("no_answer"), {"evening_until": 24}),
    Case("the ladder after refusals", _at_door("refused", "refused_privacy")),
    Case("its last rung stays", _at_door("refused", "refused", "refused_safety", "refused")),
    Case("a ladder of one", _at_door("refused", "refused"), {"refusal_ladder": ["doctor"]}),
    Case("they asked for the evening", _at_door("come_back")),
    Case("asked in the evening, they mean tomorrow's", _at_door("come_back", at=19)),
    Case("a time agreed upon", [(10, "door", "come_back", "a", 19.5)]),
    Case("a time agreed upon for tomorrow morning", [(10, "door", "come_back", "a", 33)]),
    Case(
        "a later knock keeps the agreed time",
        [(10, "door", "come_back", "a", 20), (11, "door", "no_answer", "b", None)],
    ),
    Case("an agreed time at a refusal", [(10, "door", "refused", "a", 42.5)]),
    Case(
        "an agreed time of a household registered since", [(9, "door", "come_back", "a", 20), *_at_door("registered")]
    ),
    Case("a form wants its night", _at_door("form_slipped")),
    Case("a notice waits two days", _at_door("no_answer", "notice_posted")),
    Case("sealed", _at_door("seal_set")),
    Case("seal whole", _at_door("seal_set", "seal_intact")),
    Case("seal broken", _at_door("seal_set", "seal_broken")),
    Case("a lit window takes emptiness back", _at_door("vacant", "window_lit")),
    Case("an empty flat said over the telephone", [(10, "phone", "vacant", "a", None)]),
    Case("nobody picked up", [(10, "phone", "no_answer", "a", None)]),
    Case("nobody picked up three times", [(10 + rank, "phone", "no_answer", "a", None) for rank in range(3)]),
    Case("the number is dead", [(10, "phone", "number_dead", "a", None)]),
    Case("a list settles nothing", [(10, "list", "listed", "a", None)]),
    Case(
        "a list settles a door where the campaign says so",
        [(10, "list", "listed", "a", None)],
        {"lists_complete": True},
    ),
    Case("the intercom knocks too", [(10, "intercom", "no_answer", "a", None), (11, "door", "no_answer", "b", None)]),
    Case("not found, then somebody", _at_door("not_found", "no_answer")),
    Case("not found", _at_door("not_found")),
    Case("part of it", _at_door("partial")),
    Case("known in part, then all", _at_door("partial", "registered")),
    Case("not a home", _at_door("vacant", "not_a_home")),
    Case("the later of equals", _at_door("not_a_home", "vacant")),
    Case(
        "the same minute: the later id wins", [(10, "door", "vacant", "a", None), (10, "door", "not_a_home", "b", None)]
    ),
]

_RULES: list[dict[str, Any]] = [{}, {}, {}, {"knocks_before_notice": 2}, {"evening_from": 17, "evening_until": 22}]
_RESULTS = [
    "registered",
    "partial",
    *["no_answer"] * 6,
    "refused",
    "refused_safety",
    "come_back",
    "form_slipped",
    "form_returned",
    "notice_posted",
    "vacant",
    "not_a_home",
    "not_found",
    "said_vacant",
    "seal_set",
    "seal_broken",
    "window_lit",
    "call_later",
    "busy",
]


def _drawn(number: int) -> Case:
    chance = random.Random(number)  # noqa: S311  # a fixed seed, no secret
    attempts: list[Attempted] = []
    for _rank in range(chance.randint(1, 9)):
        at = chance.randrange(8 * 12, 21 * 12) / 12 + 24 * chance.randint(0, 2)
        channel = chance.choice(["door", "door", "door", "intercom", "phone"])
        again = at + chance.randint(1, 40) if chance.random() < 0.2 else None
        attempts.append((at, channel, chance.choice(_RESULTS), chance.choice("ab"), again))
    return Case(f"drawn {number}", attempts, chance.choice(_RULES))


CASES = [*_BY_HAND, *(_drawn(number) for number in range(120))]
