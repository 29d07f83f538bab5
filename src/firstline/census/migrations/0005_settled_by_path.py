"""Doors settled are counted by day within an area: the area is what the index is entered by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("census", "0004_leading_campaigns")]

    operations = [
        migrations.RemoveIndex("doorstate", "door_state_settled"),
        migrations.AddIndex(
            "doorstate",
            models.Index(
                condition=models.Q(("outcome__in", ["not_a_home", "registered", "vacant"])),
                fields=["campaign", "path"],
                include=("since", "channel"),
                name="door_state_settled_at",
            ),
        ),
    ]
