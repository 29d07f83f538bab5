from django.apps import AppConfig


class ResponseConfig(AppConfig):
    name = "firstline.response"
    label = "response"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from firstline.kernel import gap_sources, navigation
        from firstline.response.levels.selectors import READ
        from firstline.response.measures.gaps import WAITING
        from firstline.response.measures.standing import read_version_along
        from firstline.response.selectors import READ_KEYS

        navigation.register(navigation.NavItem(_("Levels"), "response:levels", 85, READ, phone=False))
        read_version_along()
        gap_sources.register_waiting(*WAITING)
        navigation.register(navigation.NavItem(_("Keys"), "response:keys", 95, READ_KEYS, phone=False))
