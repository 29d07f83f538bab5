"""Search tokens are kept in the order of places, so that a search reads those of the asker's places and no others."""

from django.db import migrations, models

_TABLE = "registry_mentiontoken"


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_scope_of_what_became")]

    operations = [
        migrations.RunSQL(
            [
                f"ALTER TABLE {_TABLE} DROP CONSTRAINT {_TABLE}_pkey",
                f"ALTER TABLE {_TABLE} ADD PRIMARY KEY (token, path, mention_id)",
            ],
            [
                f"ALTER TABLE {_TABLE} DROP CONSTRAINT {_TABLE}_pkey",
                f"ALTER TABLE {_TABLE} ADD PRIMARY KEY (token, mention_id)",
            ],
            # Django alters no composite key by itself.
            state_operations=[
                migrations.AlterField(
                    "mentiontoken",
                    "pk",
                    models.CompositePrimaryKey(
                        "token", "path", "mention_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                )
            ],
        )
    ]
