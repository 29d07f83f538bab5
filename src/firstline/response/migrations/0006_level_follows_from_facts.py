"""The level of an emergency is what its changes say; the column goes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("response", "0005_fill_levels"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="emergency", name="emergency_level_known"),
        # Taken back, the column comes with the gravest level, and the constraint holds again.
        migrations.AlterField(
            model_name="emergency",
            name="level",
            field=models.SmallIntegerField(default=1),
        ),
        migrations.RemoveField(model_name="emergency", name="level"),
    ]
