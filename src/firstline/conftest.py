"""The suite's own database. Here and not a plugin: only a conftest overrides the fixture pytest-django brings."""

from firstline.config.testing.databases import django_db_setup

__all__ = ["django_db_setup"]
