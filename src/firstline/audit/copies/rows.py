"""What stands in a copy: its head, its columns, and the entries as texts, marked and harmless to a spreadsheet."""

import re
from collections.abc import Iterator

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from firstline.audit import pages, selectors
from firstline.audit.actions import Copy
from firstline.audit.copies.marks import COMMON, UNBROKEN, bits
from firstline.audit.models import LedgerEntry
from firstline.audit.pages import Shown
from firstline.kernel import ports, scope

# So many entries are opened at a time: what is held of a copy, however long it is.
BATCH = 500
# A spreadsheet that is handed a text takes one that begins so for a formula, also when it was quoted in the file.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST = 32_000

Row = list[str]


def head_of(copy: Copy) -> list[str]:
    """The lines above the table: what it is, whose, when, of what, and its id."""
    name = ports.names_of([copy.by.person_id]).get(copy.by.person_id, copy.by.label)
    when = date_format(timezone.localtime(copy.at), "SHORT_DATETIME_FORMAT")
    return [
        _("Ledger of Firstline: who did and saw what"),
        _("Copy of %(name)s (%(login)s), taken %(when)s") % {"name": name, "login": copy.by.label, "when": when},
        _("Chosen: %(choice)s") % {"choice": pages.choice_in_words(copy.by, copy.chosen)},
        _("Entries: %(entries)d") % {"entries": copy.entries},
        _("Copy %(id)s. It is marked and stands in the ledger; pass it on to nobody.") % {"id": copy.id},
    ]


def columns() -> list[str]:
    """What the columns are called."""
    return [_("When"), _("Who"), _("Kind"), _("What"), _("Changed or seen"), _("Where")]


def rows_of(copy: Copy) -> Iterator[list[Row]]:
    """The entries as texts, a batch at a time, latest first, in the words of the language that was in force.

    Each batch is read in a transaction of its own, so that a slow download holds none open.
    """
    language = translation.get_language()
    last: LedgerEntry | None = None
    while True:
        with scope.enter(copy.by), translation.override(language):
            found = selectors.entries_before(copy.by, copy.chosen, copy.at, last, BATCH)
            shown = pages.in_words(copy.by, found)
        if found:
            yield [_row(copy, one) for one in shown]
        if len(found) < BATCH:
            return
        last = found[-1]


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula or chokes on."""
    text = _NO_TEXT.sub("", text)
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(copy: Copy, shown: Shown) -> Row:
    when = f"{timezone.localtime(shown.at):%Y-%m-%d %H:%M:%S.%f}"[:-3]
    ends_in_space, unbroken = bits(copy.id, copy.key_id, when)
    # Neither space stands anywhere else in the row.
    who = (UNBROKEN if unbroken else COMMON).join([_plain(shown.by), _plain(shown.role) or "–"])
    what = _plain(shown.text) + (COMMON if ends_in_space else "")
    kind = _("look") if shown.look else _("act")
    return [harmless(text) for text in (when, who, kind, what, _plain(_changes(shown)), _plain(shown.place))]


def _plain(text: str) -> str:
    return text.replace(UNBROKEN, COMMON).strip()


def _changes(shown: Shown) -> str:
    if shown.closed:
        return _("names residents; open to their community")
    said = [f"{one.field}{_(': ')}{f'{one.before} → ' if one.before else ''}{one.after}" for one in shown.changes]
    return "; ".join([*said, shown.gone] if shown.gone else said)
