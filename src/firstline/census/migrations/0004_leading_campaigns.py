"""Every emergency's default campaign leads from its first moment, and has a first round."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("census", "0003_campaigns")]

    operations = [
        migrations.RunSQL("UPDATE census_campaign SET leads = true WHERE is_default", migrations.RunSQL.noop),
        migrations.RunSQL(
            "INSERT INTO census_round (id, campaign_id, number, name, starts_at)"
            " SELECT gen_random_uuid(), id, 1, '第一轮', started_at FROM census_campaign",
            migrations.RunSQL.noop,
        ),
    ]
