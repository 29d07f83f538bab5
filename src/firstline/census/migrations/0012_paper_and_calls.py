"""Printed sheets and what happens to them; the community's number, who has it, and the calls that come to it."""

import django.db.models.deletion
import firstline.kernel.clock
import firstline.kernel.fields
import firstline.kernel.ids
from django.db import migrations, models

from firstline.kernel.row_security import ScopedTable


class Migration(migrations.Migration):

    dependencies = [
        ("census", "0011_logs"),
        ('places', '0003_succession_and_proposals'),
    ]

    operations = [
        migrations.CreateModel(
            name='SheetSerial',
            fields=[
                ('emergency_id', models.UUIDField(primary_key=True, serialize=False)),
                ('last', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Callback',
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
                ('sealed', models.BinaryField()),
                ('taken', models.BooleanField()),
                ('number_token', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['path', 'happened_at'], name='callback_path_at'), models.Index(fields=['number_token', 'path'], name='callback_number')],
            },
        ),
        migrations.CreateModel(
            name='CallbackStep',
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
                ('kind', models.TextField(choices=[('reached', 'called back, reached'), ('not_reached', 'called back, nobody answered'), ('called_again', 'they called again'), ('completed', 'written down at a door'), ('closed', 'nothing more to do'), ('mistake', 'logged by mistake')])),
                ('attempt_id', models.UUIDField(null=True)),
                ('callback', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='census.callback')),
                ('door', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.door')),
            ],
        ),
        migrations.CreateModel(
            name='CallbackStepVoid',
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
                ('step', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='void', to='census.callbackstep')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CommunityNumber',
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
                ('number', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['path', '-recorded_at'], name='community_number_path')],
            },
        ),
        migrations.CreateModel(
            name='NumberHolder',
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
                ('person_id', models.UUIDField()),
            ],
            options={
                'indexes': [models.Index(fields=['path', '-recorded_at'], name='number_holder_path')],
            },
        ),
        migrations.CreateModel(
            name='SheetBatch',
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
                ('kind', models.TextField(choices=[('form', 'Form'), ('notice', 'Notice')])),
                ('first', models.IntegerField()),
                ('last', models.IntegerField()),
                ('by', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['path', 'recorded_at'], name='sheet_batch_path')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['form', 'notice'])), name='sheet_batch_kind_known'), models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='sheet_batch_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.UUIDField(default=firstline.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('path', firstline.kernel.fields.PathField()),
                ('emergency_id', models.UUIDField()),
                ('campaign_id', models.UUIDField()),
                ('kind', models.TextField(choices=[('form', 'Form'), ('notice', 'Notice')])),
                ('serial', models.IntegerField()),
                ('state', models.TextField(choices=[('printed', 'Printed'), ('handed_out', 'Handed out'), ('posted', 'Posted on the door'), ('fetched', 'Fetched, to be typed in'), ('entered', 'Typed in'), ('answered', 'They called'), ('lost', 'Lost'), ('void', 'Spoilt')], default='printed')),
                ('since', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('holder_id', models.UUIDField()),
                ('door', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='places.door')),
                ('printed_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sheets_printed', to='places.door')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='census.sheetbatch')),
            ],
        ),
        migrations.CreateModel(
            name='SheetStep',
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
                ('kind', models.TextField(choices=[('printed', 'Printed'), ('handed_out', 'Handed out'), ('posted', 'Posted on the door'), ('fetched', 'Fetched, to be typed in'), ('entered', 'Typed in'), ('answered', 'They called'), ('lost', 'Lost'), ('void', 'Spoilt')])),
                ('attempt_id', models.UUIDField(null=True)),
                ('door', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.door')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='census.sheet')),
            ],
        ),
        migrations.CreateModel(
            name='SheetStepVoid',
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
                ('step', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='void', to='census.sheetstep')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='callbackstep',
            index=models.Index(fields=['path', 'recorded_at'], name='callback_step_path'),
        ),
        migrations.AddConstraint(
            model_name='callbackstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['reached', 'not_reached', 'called_again', 'completed', 'closed', 'mistake'])), name='callback_step_known'),
        ),
        migrations.AddConstraint(
            model_name='callbackstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'completed'), _negated=True), models.Q(('attempt_id__isnull', False), ('door__isnull', False)), _connector='OR'), name='completed_call_has_a_door'),
        ),
        migrations.AddIndex(
            model_name='sheet',
            index=models.Index(condition=models.Q(('state__in', ['fetched', 'handed_out', 'posted'])), fields=['path'], name='sheet_open_path'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.UniqueConstraint(fields=('emergency_id', 'serial'), name='sheet_number_once_an_emergency'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['form', 'notice'])), name='sheet_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['printed', 'handed_out', 'posted', 'fetched', 'entered', 'answered', 'lost', 'void'])), name='sheet_state_known'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['handed_out', 'posted']), _negated=True), ('door__isnull', False), _connector='OR'), name='sheet_out_is_at_a_door'),
        ),
        migrations.AddIndex(
            model_name='sheetstep',
            index=models.Index(fields=['path', 'recorded_at'], name='sheet_step_path'),
        ),
        migrations.AddIndex(
            model_name='sheetstep',
            index=models.Index(fields=['attempt_id'], name='sheet_step_attempt'),
        ),
        migrations.AddConstraint(
            model_name='sheetstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['printed', 'handed_out', 'posted', 'fetched', 'entered', 'answered', 'lost', 'void'])), name='sheet_step_known'),
        ),
        ScopedTable("census_sheetbatch"),
        ScopedTable("census_sheet"),
        ScopedTable("census_sheetstep"),
        ScopedTable("census_sheetstepvoid"),
        ScopedTable("census_callback", residents=True),
        ScopedTable("census_callbackstep", residents=True),
        ScopedTable("census_callbackstepvoid", residents=True),
    ]
