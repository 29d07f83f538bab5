"""Row-level security, forced, on this app's tables with personal data."""

from django.db import migrations

from firstline.kernel.row_security import ScopedTable


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        ScopedTable("registry_sourcefile", residents=True),
        ScopedTable("registry_filedecision", residents=True),
        ScopedTable("registry_sourcerow", residents=True),
        ScopedTable("registry_mention", residents=True),
        ScopedTable("registry_mentiontoken", residents=True),
        ScopedTable("registry_sourcevoid", residents=True),
    ]
