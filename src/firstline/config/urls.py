"""Every address. An app that has pages lays out its own in `urls.py`; here they are only brought together."""

from allauth.account import views as login_views
from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule
from django.views.i18n import set_language

from firstline.accounts.second_factor.gate import behind_second_factor
from firstline.accounts.second_factor.views import code as code_after_password

_APPS = [app for app in apps.get_app_configs() if app.name.startswith("firstline.")]
_WITH_URLS = [app.name for app in _APPS if module_has_submodule(app.module, "urls")]

# An address is looked for from the first to the last, and phones ask most: behind two hundred others a visit costs a
# tenth more.
urlpatterns: list[URLPattern | URLResolver] = [path("", include("firstline.sync.urls"))]
urlpatterns += [
    # Of allauth only what we offer: no sign-up, no e-mail, no reset by post.
    path("login/", login_views.login, name="account_login"),
    path("login/code/", code_after_password, name="mfa_authenticate"),
    path("logout/", login_views.logout, name="account_logout"),
    path("password/", behind_second_factor(login_views.password_change), name="account_change_password"),
    path("password/again/", login_views.reauthenticate, name="account_reauthenticate"),
    path("language/", set_language, name="set_language"),
]
urlpatterns += [path("", include(f"{name}.urls")) for name in _WITH_URLS if name != "firstline.sync"]
handler500 = "firstline.kernel.outage.server_error"
handler429 = "firstline.accounts.views.too_many_logins"
