from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "firstline.places"
    label = "places"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from firstline.kernel import gap_sources, navigation, ports
        from firstline.places import errors, offline  # noqa: F401  # constraints find their words, devices their commands
        from firstline.places.gaps import WAITING, places_missing
        from firstline.places.names import words_at
        from firstline.places.selectors import READ

        ports.fill_places(words_at)
        gap_sources.register(places_missing)
        gap_sources.register_waiting(*WAITING)
        navigation.register(navigation.NavItem(_("Compounds"), "places:compounds", 20, READ))
