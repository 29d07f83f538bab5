from django.db import migrations

from firstline.kernel.row_security import ScopedTable


class Migration(migrations.Migration):

    dependencies = [
        ('gaps', '0001_initial'),
    ]

    operations = [ScopedTable("gaps_gapnote")]
