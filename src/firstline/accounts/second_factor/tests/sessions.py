"""People at the pages of the second factor: by password, by code; and a clock that a test sets."""

from typing import Any

from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from firstline.audit.models import LedgerEntry
from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.testing.cast import PASSWORD, Member

OWN, CODES = "/second-factor/", "/second-factor/codes/"
MINE = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the key of RFC 6238's test vectors


class Time:
    """The server's clock as codes see it, which a test sets."""

    def __init__(self) -> None:
        self.now = 1_600_000_000.0

    def step(self, number: int = 1) -> None:
        self.now += number * 30

    def code(self, secret: str = MINE, *, ahead: int = 0) -> str:
        return str(totp.format_hotp_value(totp.hotp_value(secret, int(self.now) // 30 + ahead)))


def by_password(member: Member) -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/login/", {"login": member.label, "password": PASSWORD})


def give(client: Client, code: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_in(client: Client) -> bool:
    return client.get("/ledger/").status_code == 200


def recorded() -> list[LedgerEntry]:
    with scope.enter(console()):
        return list(LedgerEntry.objects.order_by("at", "id"))


def acts() -> list[str]:
    return [entry.action for entry in recorded()]


def key_of(page: Any) -> str:
    return str(page.context["key"]).replace(" ", "")


class FixedClock:
    def __init__(self, moment: Time) -> None:
        self._moment = moment

    def time(self) -> float:
        return self._moment.now
