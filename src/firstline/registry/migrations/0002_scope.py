"""Row-level security, forced, on this app's tables with personal data."""

from django.db import migrations

from firstline.kernel.row_security import ScopedTable


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        ScopedTable("registry_sourcefile"),
        ScopedTable("registry_filedecision"),
        ScopedTable("registry_sourcerow"),
        ScopedTable("registry_mention"),
        ScopedTable("registry_mentiontoken"),
        ScopedTable("registry_sourcevoid"),
    ]
