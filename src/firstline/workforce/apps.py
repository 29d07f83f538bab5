from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "firstline.workforce"
    label = "workforce"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from firstline.kernel import gap_sources, navigation
        from firstline.workforce import offline  # noqa: F401  # registers what a device may hand in
        from firstline.workforce.gaps import WAITING
        from firstline.workforce.lists import errors, wording  # noqa: F401  # register what they say

        gap_sources.register_waiting(*WAITING)
        navigation.register(navigation.NavItem(_("On duty"), "workforce:duty", 45, "workforce.sign_in"))
        navigation.register(navigation.NavItem(_("Staff"), "workforce:staff", 46, "workforce.read_staff", phone=False))
