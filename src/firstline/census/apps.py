from django.apps import AppConfig


class CensusConfig(AppConfig):
    name = "firstline.census"
    label = "census"

    def ready(self) -> None:
        from firstline.census import errors, listeners  # noqa: F401  # they register themselves
        from firstline.census.gaps import doors_left
        from firstline.census.logs import jobs  # noqa: F401
        from firstline.kernel import gap_sources

        gap_sources.register(doors_left)
