"""Row-level security, forced, on this app's tables with personal data."""

from django.db import migrations

from firstline.kernel.row_security import ScopedTable


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        ScopedTable("audit_ledgerentry", write_anywhere=True),
    ]
