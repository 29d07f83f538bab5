"""A household's way back to its own report: its code, and how fast codes may be tried."""

from django.core.cache import cache

from firstline.census.campaigns import campaign_at
from firstline.census.models import SelfReport
from firstline.census.online.selectors import PublicLink, by_household_code
from firstline.kernel import ledger, paths
from firstline.kernel.actors import Actor
from firstline.kernel.paths import subtree

# Wrong codes that begin alike: so many, then whoever types one that begins so waits until the time is over. All
# beginnings together allow 10 tries a second, against 2.8e11 codes; a household that mistypes meets no other's limit.
MOST_WRONG, MINUTES = 6, 10
_BEGINNING = 2


def must_wait(link: PublicLink, code: str) -> bool:
    """Whether codes that begin so have been tried too often of late; also for who has the right one."""
    return int(cache.get(_key(link, code)) or 0) >= MOST_WRONG


def opened(actor: Actor, link: PublicLink, code: str) -> SelfReport | None:
    """The latest sending of the report with this code, in the link's community; the look is on record.

    A wrong code is counted. Inside the scope of the intake.
    """
    report = by_household_code(code, campaign_at(link.path), subtree(paths.community_of(link.path)))
    if report is None:
        _count(link, code)
        return None
    fields = ["names", "notes"]
    ledger.look(actor, "census.open_own_report", path=report.path, subject=report, fields=fields)
    return report


def _count(link: PublicLink, code: str) -> None:
    key = _key(link, code)
    # Two at once may count as one; the limit is no fence but a brake.
    if not cache.add(key, 1, MINUTES * 60):
        cache.incr(key)


def _key(link: PublicLink, code: str) -> str:
    return f"report-code:{paths.community_of(link.path)}:{code[:_BEGINNING]}"
