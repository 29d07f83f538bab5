from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from firstline.kernel import gap_sources, navigation
from firstline.kernel.navigation import NavItem


class RegistryConfig(AppConfig):
    name = "firstline.registry"
    label = "registry"

    def ready(self) -> None:
        from firstline.places.models import Compound, Door
        from firstline.places.signals import doors_leaving, frame_shown
        from firstline.registry import errors, gaps, plan_beside  # noqa: F401  # constraints find their words
        from firstline.registry.mentions import keep_named_doors

        doors_leaving.connect(keep_named_doors, sender=Door)
        frame_shown.connect(plan_beside.compare, sender=Compound)
        gap_sources.register(gaps.open_lists, *gaps.LATE)
        gap_sources.register_waiting(*gaps.WAITING)
        navigation.register(NavItem(_("Lists"), "registry:lists", 30, "registry.read_lists", phone=False))
