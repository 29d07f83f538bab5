"""What the pages of logs show."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from firstline.accounts.selectors import names_of
from firstline.census.logs import selectors
from firstline.census.logs.placing import REASONS
from firstline.census.logs.result_words import Kind
from firstline.census.logs.selectors import READ, STAGE, Account, LogState
from firstline.census.models import LogContents, LogFile, LogRow, LogRowContents, RowSettled, RowState, Settled, TryKept
from firstline.census.results import Channel, Result
from firstline.kernel import ledger
from firstline.kernel.actors import Actor
from firstline.kernel.clock import Precision
from firstline.kernel.errors import KeyDestroyed
from firstline.places.models import Door
from firstline.places.selectors import communities_for
from firstline.registry.masks import masked
from firstline.registry.upload import limit_mb

ACCEPT = ".xlsx,.xlsm,.xls,.ods,.csv,.txt"
_SHOWN, _PARKED_SHOWN, _DECISIONS_SHOWN = 40, 60, 12
STATES = {
    LogState.UNFINISHED: _("Rows are missing"),
    LogState.REVIEW: _("Waits for you"),
    LogState.RECORDING: _("Is being recorded"),
    LogState.COUNTS: _("Counts"),
    LogState.DISCARDED: _("Set aside for good"),
    LogState.TAKEN_BACK: _("Taken back"),
}
# The looks of the same states in the lists of companies.
_STATUS = {
    LogState.COUNTS: "accepted",
    LogState.TAKEN_BACK: "voided",
    LogState.DISCARDED: "discarded",
    LogState.UNFINISHED: "unfinished",
}
_OF_VISITS = (
    Result.REGISTERED, Result.PARTIAL, Result.NO_ANSWER, Result.COME_BACK, Result.REFUSED, Result.REFUSED_SAFETY,
    Result.REFUSED_PRIVACY, Result.FORM_SLIPPED, Result.FORM_RETURNED, Result.NOTICE_POSTED, Result.VACANT,
    Result.SAID_VACANT, Result.NOT_A_HOME, Result.NOT_FOUND,
)  # fmt: skip
_OF_CALLS = (
    Result.REGISTERED, Result.PARTIAL, Result.NO_ANSWER, Result.CALL_LATER, Result.REFUSED, Result.REFUSED_SAFETY,
    Result.REFUSED_PRIVACY, Result.BUSY, Result.HUNG_UP, Result.SWITCHED_OFF, Result.SUSPENDED, Result.NUMBER_DEAD,
    Result.WRONG_NUMBER, Result.SAID_VACANT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogLine:
    """One log among all; ``rows`` = ``placed`` + ``parked`` + ``duplicate`` + ``no_data``."""

    url: str
    name: str
    kind: str
    status: str
    status_text: str
    account: Account
    at: datetime
    by: str


def logs_page(actor: Actor, *, mistake: str = "") -> dict[str, Any]:
    """The context of ``census/logs/logs.html``."""
    logs = selectors.logs_for(actor)
    accounts = selectors.accounts_of(logs)
    states = {log.pk: selectors.state_of(log, accounts[log.pk].stored) for log in logs}
    people = names_of({log.by_person_id for log in logs})
    places = communities_for(actor, needs=STAGE)
    return {
        "logs": [
            LogLine(
                url=reverse("census:log", args=[log.pk]),
                name=_opened(log).name,
                kind=log.get_kind_display(),
                status=_STATUS.get(states[log.pk], "review"),
                status_text=str(STATES[states[log.pk]]),
                account=accounts[log.pk],
                at=log.recorded_at,
                by=people.get(log.by_person_id, ""),
            )
            for log in logs
        ],
        "places": [{"value": place.path, "name": place.name} for place in places],
        "mistake": mistake,
        "accept": ACCEPT,
        "limit_mb": limit_mb(),
        "section": "registry:lists",
    }


def log_page(
    actor: Actor,
    log: LogFile,
    *,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[uuid.UUID, str] | None = None,
) -> dict[str, Any]:
    """The context of ``census/logs/log.html``; the look at the names in its rows goes on record."""
    contents, settled = _opened(log), selectors.standing_corrections([log])
    account = selectors.accounts_of([log], settled)[log.pk]
    state = selectors.state_of(log, account.stored)
    rows = selectors.rows_of(log)
    waiting = list(selectors.parked(rows).order_by("reason", "sheet", "number")[: _PARKED_SHOWN + 1])
    shown = list(rows.filter(state=RowState.PLACED)[:_SHOWN])
    ledger.look(actor, READ, path=log.path, subject=log, fields=["names", "notes"])
    view = _View(log, waiting + shown, typed or {}, problems or {})
    may = {name: actor.may(f"census.{name}") for name in ("accept_log", "discard_log", "take_back_log", "settle_rows")}
    return {
        "name": contents.name,
        "kind": log.get_kind_display(),
        "state": state.value,
        "status": _STATUS.get(state, "review"),
        "status_text": str(STATES[state]),
        "equation": _equation(account),
        "account": account,
        "passed_over": contents.passed_over,
        "groups": view.groups(waiting[:_PARKED_SHOWN]),
        "more": max(account.parked - _PARKED_SHOWN, 0),
        "shown": [view.line(row) for row in shown],
        "unseen": max(account.placed - len(shown), 0),
        "decisions": _decisions(settled),
        "results": _results(log.kind),
        "may_accept": may["accept_log"] and state in {LogState.REVIEW, LogState.RECORDING},
        "may_discard": may["discard_log"] and state in {LogState.REVIEW, LogState.UNFINISHED},
        "may_take_back": may["take_back_log"] and state in {LogState.COUNTS, LogState.RECORDING},
        "may_settle": may["settle_rows"] and state not in {LogState.DISCARDED, LogState.TAKEN_BACK},
        "step_url": reverse("census:log_step", args=[log.pk]),
        "settle_url": reverse("census:log_settle", args=[log.pk]),
        "word_url": reverse("census:log_word", args=[log.pk]),
        "unsettle_url": reverse("census:log_unsettle", args=[log.pk]),
        "back_url": reverse("census:logs"),
        "section": "registry:lists",
    }


class _View:
    """Rows opened for a page, with the labels of the doors they name."""

    def __init__(
        self, log: LogFile, rows: Sequence[LogRow], typed: Mapping[str, str], problems: Mapping[uuid.UUID, str]
    ) -> None:
        self._log, self._typed, self._problems = log, typed, problems
        self._contents: dict[uuid.UUID, LogRowContents] = {row.pk: row.open() for row in rows}
        ids = {row.door_id for row in rows if row.door_id}
        ids |= {choice for contents in self._contents.values() for choice in contents.choices}
        doors = Door.objects.filter(pk__in=ids).select_related("building__compound__place")
        self._labels = {door.pk: f"{door.building.compound.place.name} {door.label}" for door in doors}

    def groups(self, rows: Sequence[LogRow]) -> list[dict[str, Any]]:
        """Parked rows by reason; those with one unknown word together, for one decision."""
        by_reason: dict[str, list[LogRow]] = defaultdict(list)
        for row in rows:
            by_reason[row.reason].append(row)
        return [
            {
                "reason": reason,
                "title": str(REASONS[reason]),
                "rows": [self.line(row) for row in having],
                "words": self._words(having) if reason == "result_unknown" else [],
            }
            for reason, having in sorted(by_reason.items(), key=lambda item: list(REASONS).index(item[0]))
        ]

    def line(self, row: LogRow) -> dict[str, Any]:
        """One row: what stood there, and how it is read."""
        contents = self._contents[row.pk]
        return {
            "id": row.pk,
            "number": row.number,
            "source": masked(" ".join(cell for cell in contents.cells if cell.strip()))[:300],
            "door": self._labels.get(row.door_id, "") if row.door_id else "",
            "tries": [self._try(row, one) for one in contents.tries],
            "people": gettext(", ").join(person.name for person in contents.people),
            "visitor": contents.visitor,
            "choices": [
                {"value": str(one), "label": self._labels[one]} for one in contents.choices if one in self._labels
            ],
            "chosen": self._typed.get(f"door-{row.pk}", ""),
            "typed": self._typed.get(f"typed-{row.pk}", ""),
            "problem": self._problems.get(row.pk, ""),
        }

    def _try(self, row: LogRow, one: TryKept) -> dict[str, Any]:
        return {
            "part": one.part,
            "word": one.word,
            "result": str(Result(one.result).label) if one.result else "",
            "channel": str(Channel(one.channel).label) if one.channel != Channel.DOOR else "",
            "when": said_moment(one),
            "ask_when": one.at is None or row.reason in {"in_future", "before_campaign"},
            "chosen": self._typed.get(f"result-{row.pk}-{one.part}", ""),
            "typed": self._typed.get(f"when-{row.pk}-{one.part}", ""),
        }

    def _words(self, rows: Sequence[LogRow]) -> list[dict[str, Any]]:
        same: dict[bytes, list[LogRow]] = defaultdict(list)
        for row in rows:
            same[bytes(row.word)].append(row)
        found = sorted(same.values(), key=len, reverse=True)
        return [{"row": having[0].pk, "word": self._unknown(having[0]), "count": len(having)} for having in found]

    def _unknown(self, row: LogRow) -> str:
        tries = self._contents[row.pk].tries
        return masked(next((one.word for one in tries if one.word and not one.result), ""))[:80]


def said_moment(one: TryKept) -> str:
    """When an attempt was, as precisely as it was noted; nothing where nobody knows."""
    if one.at is None:
        return ""
    at = timezone.localtime(one.at)
    if one.precision == Precision.DAY:
        return f"{at:%Y-%m-%d}"
    if one.precision == Precision.HALF_DAY:
        return f"{at:%Y-%m-%d} {gettext('about')} {at:%H}"
    return f"{at:%Y-%m-%d %H:%M}"


def _equation(account: Account) -> dict[str, Any]:
    terms = [
        {"count": account.placed, "label": gettext("at a door"), "late": False},
        {
            "count": account.parked,
            "label": gettext("set aside"),
            "late": True,
            "url": "#parked" if account.parked else "",
        },
        {"count": account.duplicate, "label": gettext("twice in the file"), "late": False},
        {"count": account.no_data, "label": gettext("no data"), "late": False},
    ]
    return {"total": account.rows, "unit": gettext("rows"), "terms": terms}


def _decisions(settled: Sequence[RowSettled]) -> list[dict[str, Any]]:
    """What was put right and still stands, the newest decision first."""
    by_decision: dict[uuid.UUID, list[RowSettled]] = defaultdict(list)
    for one in sorted(settled, key=lambda one: (-one.recorded_at.timestamp(), one.row.sheet, one.row.number)):
        by_decision[one.decision_id].append(one)
    people = names_of({one.by_person_id for ones in by_decision.values() for one in ones})
    return [
        {
            "id": decision_id,
            "said": ngettext("%(n)s row put right", "%(n)s rows put right", len(ones)) % {"n": len(ones)}
            if ones[0].how == Settled.PLACED
            else ngettext("%(n)s row is no data", "%(n)s rows are no data", len(ones)) % {"n": len(ones)},
            "numbers": gettext(", ").join(str(one.row.number) for one in ones[:6]),
            "at": ones[0].recorded_at,
            "by": people.get(ones[0].by_person_id, ""),
        }
        for decision_id, ones in list(by_decision.items())[:_DECISIONS_SHOWN]
    ]


def _results(kind: str) -> list[dict[str, str]]:
    if kind == Kind.CALLS:
        return [{"value": one.value, "label": str(one.label)} for one in _OF_CALLS]
    intercom = f"{Result.REGISTERED}@{Channel.INTERCOM}"
    at_the_door = [{"value": one.value, "label": str(one.label)} for one in _OF_VISITS]
    return [*at_the_door, {"value": intercom, "label": gettext("Registered by the intercom")}]


def _opened(log: LogFile) -> LogContents:
    try:
        contents: LogContents = log.open()
    except KeyDestroyed as destroyed:
        return LogContents(name=destroyed.instead)
    return contents
