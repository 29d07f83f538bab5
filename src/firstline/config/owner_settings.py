"""Settings of the commands that change the schema: the serving process never loads this module."""

from firstline.config.env import SettingsError, database_parts
from firstline.config.installation import DATABASE_URL, owner_database_url
from firstline.config.settings import *  # noqa: F403
from firstline.config.settings import DATABASES
from firstline.database import roles

_url = owner_database_url()
if DATABASE_URL and not _url:
    raise SettingsError("FIRSTLINE_OWNER_DATABASE_URL is required with DATABASE_URL for commands that migrate.")
DATABASES["owner"] = DATABASES["default"] | (
    database_parts("FIRSTLINE_OWNER_DATABASE_URL", _url) if _url else {"USER": roles.OWNER}
)
