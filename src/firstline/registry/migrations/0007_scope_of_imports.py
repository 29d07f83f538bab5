"""Row-level security, forced, on lists that are being brought in."""

from django.db import migrations

from firstline.kernel.row_security import ScopedTable


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_work_in_the_background")]

    operations = [ScopedTable("registry_import", residents=True)]
