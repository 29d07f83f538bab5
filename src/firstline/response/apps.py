from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule

# Parts of the response, each a room of its own.
ROOMS = ("answering", "measures")
# What registers itself when it is imported.
_SELF_REGISTERING = ("errors", "listeners", "wording")


class ResponseConfig(AppConfig):
    name = "firstline.response"
    label = "response"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from firstline.kernel import gap_sources, navigation, ports
        from firstline.response.answering.selectors import READ as READ_ANSWERS
        from firstline.response.answering.selectors import who_answers
        from firstline.response.answering.telling import register_kinds
        from firstline.response.levels.selectors import READ as READ_LEVELS
        from firstline.response.measures.standing import read_version_along
        from firstline.response.selectors import READ_KEYS

        ports.fill_answering(who_answers)
        register_kinds()
        read_version_along()
        for name in ROOMS:
            room = import_module(f"firstline.response.{name}")
            for part in _SELF_REGISTERING:
                if module_has_submodule(room, part):
                    import_module(f"{room.__name__}.{part}")
            if module_has_submodule(room, "gaps"):
                gap_sources.register_waiting(*import_module(f"{room.__name__}.gaps").WAITING)
        navigation.register(navigation.NavItem(_("Who answers"), "response:answers", 35, READ_ANSWERS))
        navigation.register(navigation.NavItem(_("Levels"), "response:levels", 85, READ_LEVELS, phone=False))
        navigation.register(navigation.NavItem(_("Keys"), "response:keys", 95, READ_KEYS, phone=False))
