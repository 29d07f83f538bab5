"""What people see who ask for the login page too often."""

from django.http import HttpRequest, HttpResponse

from firstline.accounts.errors import TooManyLogins
from firstline.kernel.pages import show_error


def too_many_logins(request: HttpRequest) -> HttpResponse:
    """``handler429`` of the whole site: the login page is the only one that counts."""
    return show_error(request, TooManyLogins())
