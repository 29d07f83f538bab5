"""Row-level security, forced: who works where, with whom and when, and the lists that say so."""

from django.db import migrations

from firstline.kernel.row_security import ScopedTable


class Migration(migrations.Migration):
    dependencies = [("workforce", "0003_staff_and_lists")]

    operations = [
        ScopedTable("workforce_staffmember"),
        ScopedTable("workforce_teammember"),
        ScopedTable("workforce_peoplelist"),
        ScopedTable("workforce_listfix"),
        ScopedTable("workforce_listeffect"),
    ]
