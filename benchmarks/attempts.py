"""Five attempts a door, as a county makes them in two weeks: by COPY; states and counts are derived by the command."""

import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import msgspec

from firstline.census.models import Attempt, AttemptNote
from firstline.census.rebuild import rebuild
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.ids import uuid7
from firstline.kernel.paths import subtree
from firstline.response.models import Emergency

EACH = 5
_UNTRIED = 0.05
_CHANNELS = (("door", 60), ("intercom", 10), ("phone", 20), ("list", 10))
_RESULTS = {
    "door": (
        ("no_answer", 50),
        ("registered", 20),
        ("come_back", 8),
        ("refused_safety", 6),
        ("form_slipped", 6),
        ("notice_posted", 6),
        ("vacant", 3),
        ("not_found", 1),
    ),
    "intercom": (("no_answer", 70), ("registered", 20), ("refused", 10)),
    "phone": (("no_answer", 60), ("registered", 15), ("busy", 10), ("switched_off", 10), ("call_later", 5)),
    "list": (("listed", 95), ("said_vacant", 5)),
}
_COLUMNS = (
    "census_attempt (id, path, happened_at, happened_precision, recorded_at, by_person_id, emergency_id, campaign_id,"
    " sealed, door_id, channel, result, persons_met, minutes, visitor_id, claim)"
)
Copy = Callable[[str, Iterator[Sequence[object]]], None]


def write(doors: Sequence[tuple[uuid.UUID, str]], emergency: Emergency, copy: Copy) -> None:
    """Attempts at doors (id, path)."""
    copy(_COLUMNS, _rows(doors, emergency, random.Random(7)))


def derive(operator: Actor, emergency: Emergency) -> int:
    """Derive all states and counts of the emergency's campaign; how many places differed from what was stored."""
    return sum(1 for _difference in rebuild(operator, emergency.default_campaign_id, subtree(emergency.path)))


def _rows(
    doors: Sequence[tuple[uuid.UUID, str]], emergency: Emergency, dice: random.Random
) -> Iterator[tuple[object, ...]]:
    now, people = clock.now(), [uuid.uuid4() for _person in range(200)]
    note = msgspec.convert({}, AttemptNote)
    for door_id, path in doors:
        if dice.random() < _UNTRIED:
            continue
        for _attempt in range(round(EACH / (1 - _UNTRIED))):
            attempt_id, who = uuid7(), dice.choice(people)
            channel = _drawn(_CHANNELS, dice)
            at = now - timedelta(minutes=dice.randrange(14 * 24 * 60))
            sealed = Attempt.envelope(attempt_id, note, emergency.key_id)
            result, minutes = _drawn(_RESULTS[channel], dice), dice.randrange(1, 12)
            yield (
                attempt_id,
                path,
                at,
                "minute",
                at,
                who,
                emergency.pk,
                emergency.default_campaign_id,
                sealed,
                door_id,
                channel,
                result,
                0,
                minutes,
                who,
                b"",
            )


def _drawn(weighted: Sequence[tuple[str, int]], dice: random.Random) -> str:
    return dice.choices([word for word, _weight in weighted], [weight for _word, weight in weighted])[0]
