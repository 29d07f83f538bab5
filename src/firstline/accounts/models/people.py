"""People who answer for something, those of them who log in, and the dated grants of what they may do where."""

from typing import ClassVar

import msgspec
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from firstline.accounts.roles import Role
from firstline.kernel import clock
from firstline.kernel.actors import Grant
from firstline.kernel.fields import PathField
from firstline.kernel.ids import uuid7
from firstline.kernel.models import AppendOnly, SealedRow


class PersonDetails(msgspec.Struct):
    """What identifies one of our own people; sealed under the organisation's key."""

    name: str
    phone: str = ""
    post: str = ""
    email: str = ""


class Person(SealedRow):
    """Somebody of ours who can be responsible, with or without a login."""

    Contents = PersonDetails

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home_path = PathField()
    created_at = models.DateTimeField(default=clock.now)
    # Since when somebody is with us no more: moved away, transferred, dead. What they did stays under their name.
    left_at = models.DateTimeField(null=True)


class FormerDetails(SealedRow, AppendOnly):
    """What stood of somebody until a moment, when it was put right; ``path`` is where that was done."""

    Contents = PersonDetails

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="former")
    until = models.DateTimeField(default=clock.now)
    by_person_id = models.UUIDField()


class LoginManager(BaseUserManager["Login"]):
    def get_by_natural_key(self, username: str | None) -> "Login":
        return self.get(username=username)


class Login(AbstractBaseUser):
    """An invented login name of a person; no e-mail, no real name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="login")
    username = models.TextField(unique=True)
    is_active = models.BooleanField(default=True)
    # When somebody took its second factor away last, and who; the ledger has them all.
    factor_reset_at = models.DateTimeField(null=True)
    factor_reset_by_id = models.UUIDField(null=True)

    objects = LoginManager()

    # Read together with the login where a request asks who it is from; None: not read.
    grants: tuple[Grant, ...] | None = None

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django's own ends every session with a new password; a reset second factor ends them too.
        reset = self.factor_reset_at.isoformat() if self.factor_reset_at else ""
        return salted_hmac(
            "firstline.session", f"{self.password}\x1f{reset}", secret=secret, algorithm="sha256"
        ).hexdigest()


class RoleGrant(models.Model):
    """A hat worn at a place from a moment until another; ended, never deleted, so that the past can be judged."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = models.TextField(choices=Role)
    path = PathField()
    valid_from = models.DateTimeField(default=clock.now)
    valid_until = models.DateTimeField(null=True)
    granted_by_id = models.UUIDField()
    # The grant it stands beside or after: the same hat where a place went over into others. They end together.
    continues = models.ForeignKey("self", models.PROTECT, null=True, related_name="continued_by")

    class Meta:
        indexes = (models.Index(fields=["path", "role"], name="grant_path_role"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="grant_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_known"),
        )
