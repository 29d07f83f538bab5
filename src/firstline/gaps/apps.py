from django.apps import AppConfig


class GapsConfig(AppConfig):
    name = "firstline.gaps"
    label = "gaps"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from firstline.gaps.telling import register_kinds
        from firstline.kernel import navigation

        register_kinds()
        navigation.register(navigation.NavItem(_("Today"), "gaps:home", 10, "gaps.read"))
        navigation.register(navigation.NavItem(_("Board"), "gaps:board", 12, "gaps.read_boards", phone=False))
        # Counties come to it from their board; to a city it is all there is.
        navigation.register(navigation.NavItem(_("Confirmed figures"), "gaps:confirmed", 12, "gaps.read_as_city"))
