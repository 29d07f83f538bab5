"""Row-level security, forced, on this app's tables with personal data."""

from django.db import migrations

from firstline.kernel.row_security import ScopedTable


class Migration(migrations.Migration):
    dependencies = [("census", "0001_initial")]

    operations = [
        ScopedTable("census_attempt"),
        ScopedTable("census_attemptvoid"),
        ScopedTable("census_doorstate"),
    ]
