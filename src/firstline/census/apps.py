from django.apps import AppConfig


class CensusConfig(AppConfig):
    name = "firstline.census"
    label = "census"

    def ready(self) -> None:
        from firstline.census import errors, listeners  # noqa: F401  # they register themselves
        from firstline.census.callbacks import gaps as calls
        from firstline.census.callbacks import listeners as call_listeners  # noqa: F401
        from firstline.census.gaps import doors_left
        from firstline.census.paper import gaps as paper
        from firstline.census.paper import listeners as paper_listeners  # noqa: F401
        from firstline.kernel import gap_sources

        gap_sources.register(doors_left)
        gap_sources.register_waiting(*paper.WAITING, *calls.WAITING)
