from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "firstline.places"
    label = "places"

    def ready(self) -> None:
        from firstline.kernel import ports
        from firstline.places.selectors import names_at

        ports.fill_places(names_at)
