"""Attempts are found by their door through the index that goes on with campaign and time; one of the door alone goes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('census', '0012_paper_and_calls'),
        ('places', '0004_reports_name_doors'),
    ]

    operations = [
        migrations.AlterField(
            model_name='attempt',
            name='door',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='places.door'),
        ),
    ]
