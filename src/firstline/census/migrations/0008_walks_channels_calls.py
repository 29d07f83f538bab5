import django.contrib.postgres.fields
import django.db.models.deletion
import firstline.kernel.clock
import firstline.kernel.fields
import firstline.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("census", "0007_night_entry"),
        ('places', '0003_succession_and_proposals'),
    ]

    operations = [
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.UUIDField(default=firstline.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('path', firstline.kernel.fields.PathField()),
                ('happened_at', models.DateTimeField(default=firstline.kernel.clock.now)),
                ('happened_precision', models.TextField(choices=[('minute', 'to the minute'), ('half_day', 'to the half day'), ('day', 'to the day')], default='minute')),
                ('recorded_at', models.DateTimeField(default=firstline.kernel.clock.now)),
                ('received_at', firstline.kernel.fields.ReceivedAtField()),
                ('by_person_id', models.UUIDField()),
                ('by_device_id', models.UUIDField(null=True)),
                ('txid', firstline.kernel.fields.TransactionIdField()),
                ('generation', firstline.kernel.fields.GenerationField()),
                ('emergency_id', models.UUIDField()),
                ('campaign_id', models.UUIDField()),
                ('day', models.DateField()),
                ('slot', models.TextField(choices=[('day', 'By day'), ('evening', 'In the evening')])),
                ('people', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('minutes_each', models.SmallIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['campaign_id', 'day', 'slot', 'path'], name='share_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('slot__in', ['day', 'evening'])), name='share_slot_known'), models.CheckConstraint(condition=models.Q(('minutes_each__gt', 0)), name='share_takes_time')],
            },
        ),
        migrations.CreateModel(
            name='CallClaim',
            fields=[
                ('id', models.UUIDField(default=firstline.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('path', firstline.kernel.fields.PathField()),
                ('person_id', models.UUIDField()),
                ('taken_at', models.DateTimeField(default=firstline.kernel.clock.now)),
                ('until', models.DateTimeField()),
                ('campaign', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='census.campaign')),
                ('door', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='call_claims', to='places.door')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('campaign', 'door'), name='call_claim_once_a_door'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('taken_at'))), name='call_claim_lasts')],
            },
        ),
        migrations.CreateModel(
            name='ChannelChoice',
            fields=[
                ('id', models.UUIDField(default=firstline.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('path', firstline.kernel.fields.PathField()),
                ('happened_at', models.DateTimeField(default=firstline.kernel.clock.now)),
                ('happened_precision', models.TextField(choices=[('minute', 'to the minute'), ('half_day', 'to the half day'), ('day', 'to the day')], default='minute')),
                ('recorded_at', models.DateTimeField(default=firstline.kernel.clock.now)),
                ('received_at', firstline.kernel.fields.ReceivedAtField()),
                ('by_person_id', models.UUIDField()),
                ('by_device_id', models.UUIDField(null=True)),
                ('txid', firstline.kernel.fields.TransactionIdField()),
                ('generation', firstline.kernel.fields.GenerationField()),
                ('emergency_id', models.UUIDField()),
                ('campaign_id', models.UUIDField()),
                ('channels', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(choices=[('door', 'At the door'), ('intercom', 'By the door intercom'), ('phone', 'By telephone'), ('online', 'Online form'), ('list', 'From a list'), ('paper', 'On paper'), ('callback', 'Called us back')]), default=list, size=None)),
                ('chat_group', models.BooleanField(null=True)),
                ('compound', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='channel_choices', to='places.compound')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign_id', 'path'], name='channel_choice_path')],
            },
        ),
        migrations.CreateModel(
            name='ShareDoor',
            fields=[
                ('id', models.UUIDField(default=firstline.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('path', firstline.kernel.fields.PathField()),
                ('happened_at', models.DateTimeField(default=firstline.kernel.clock.now)),
                ('happened_precision', models.TextField(choices=[('minute', 'to the minute'), ('half_day', 'to the half day'), ('day', 'to the day')], default='minute')),
                ('recorded_at', models.DateTimeField(default=firstline.kernel.clock.now)),
                ('received_at', firstline.kernel.fields.ReceivedAtField()),
                ('by_person_id', models.UUIDField()),
                ('by_device_id', models.UUIDField(null=True)),
                ('txid', firstline.kernel.fields.TransactionIdField()),
                ('generation', firstline.kernel.fields.GenerationField()),
                ('emergency_id', models.UUIDField()),
                ('campaign_id', models.UUIDField()),
                ('day', models.DateField()),
                ('slot', models.TextField(choices=[('day', 'By day'), ('evening', 'In the evening')])),
                ('person_id', models.UUIDField(null=True)),
                ('door', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='shares', to='places.door')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='doors', to='census.share')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign_id', 'day', 'slot', 'path'], name='share_door_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('slot__in', ['day', 'evening'])), name='share_door_slot_known')],
            },
        ),
    ]
