"""Row-level security, forced: where somebody is, and when, is their own affair and that of who answers for them."""

from django.db import migrations

from firstline.kernel.row_security import ScopedTable


class Migration(migrations.Migration):
    dependencies = [("workforce", "0001_duty_signs")]

    operations = [ScopedTable("workforce_dutysign")]
