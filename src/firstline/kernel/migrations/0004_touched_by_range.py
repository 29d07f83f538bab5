"""What was touched long ago is found by ranges of pages; nothing else reads it by time, and a row writes no entry more."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_touched'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='touched',
            name='touched_received_at',
        ),
        migrations.AddIndex(
            model_name='touched',
            index=django.contrib.postgres.indexes.BrinIndex(fields=['received_at'], name='touched_received_range'),
        ),
    ]
