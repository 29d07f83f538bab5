"""Settings for writing migrations and for type checking; needs the development packages."""

from firstline.config.owner_settings import *  # noqa: F403
from firstline.config.owner_settings import INSTALLED_APPS

INSTALLED_APPS.append("django_linear_migrations")
