"""The suite's own database and its cast. Here and not a plugin: only a conftest overrides a plugin's fixture."""

from firstline.config.testing.databases import django_db_setup
from firstline.testing.cast import cast, cast_template
from firstline.testing.time import clock_at

__all__ = ["cast", "cast_template", "clock_at", "django_db_setup"]
