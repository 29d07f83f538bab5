"""How allauth is narrowed to what we want: a login name and a password, given by an officer."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class LoginAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up: a login is made for a person by somebody who may."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
