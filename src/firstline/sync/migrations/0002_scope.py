"""Row-level security, forced, on this app's tables with personal data."""

from django.db import migrations

from firstline.kernel.row_security import ScopedTable


class Migration(migrations.Migration):
    dependencies = [("sync", "0001_kept_commands")]

    operations = [ScopedTable("sync_kept"), ScopedTable("sync_keptstep")]
