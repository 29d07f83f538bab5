"""Online self-reports: links, reports, what clerks decide about them; row-level security on the personal ones."""

import django.db.models.deletion
import firstline.kernel.clock
import firstline.kernel.fields
import firstline.kernel.ids
from django.db import migrations, models
from firstline.kernel.row_security import ScopedTable


class Migration(migrations.Migration):

    dependencies = [
        ("census", "0009_question_sets"),
        ('places', '0003_succession_and_proposals'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportDecision',
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
                ('verdict', models.TextField(choices=[('placed', 'placed'), ('set_aside', 'set aside')])),
                ('attempt_id', models.UUIDField(null=True)),
                ('door', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.door')),
            ],
        ),
        migrations.CreateModel(
            name='ReportDecisionVoid',
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
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='void', to='census.reportdecision')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportLink',
            fields=[
                ('id', models.UUIDField(default=firstline.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.TextField(unique=True)),
                ('path', firstline.kernel.fields.PathField()),
                ('phone', models.TextField(default='')),
                ('opened_at', models.DateTimeField(default=firstline.kernel.clock.now)),
                ('opened_by_id', models.UUIDField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by_id', models.UUIDField(null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_links', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='SelfReport',
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
                ('root_id', models.UUIDField()),
                ('version', models.SmallIntegerField(default=1)),
                ('parked_for', models.TextField(blank=True, choices=[('', 'placed at once'), ('door_missing', 'No door is written'), ('door_unreadable', 'The door cannot be read'), ('door_ambiguous', 'Several doors fit'), ('door_unknown', 'No such door is on record'), ('compound_unknown', 'Which compound is not clear'), ('nobody', 'Nobody is named'), ('names', 'Names that are none'), ('numbers', 'Numbers that cannot be right'), ('many', 'Very many people for one door'), ('long', 'A very long text'), ('again', 'The same door again and again'), ('flood', 'Came in a flood'), ('unsigned', 'Not sent from our page'), ('questions', 'Answers that do not fit the questions')], default='')),
                ('persons', models.SmallIntegerField(default=0)),
                ('claim', models.BinaryField()),
                ('code_token', models.BinaryField()),
                ('door', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='self_reports', to='places.door')),
                ('link', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='census.reportlink')),
            ],
        ),
        migrations.AddField(
            model_name='reportdecision',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='census.selfreport'),
        ),
        migrations.AddIndex(
            model_name='reportlink',
            index=models.Index(fields=['path'], name='report_link_path'),
        ),
        migrations.AddConstraint(
            model_name='reportlink',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('place',), name='one_open_report_link_a_place'),
        ),
        migrations.AddIndex(
            model_name='selfreport',
            index=models.Index(fields=['link', 'received_at'], name='self_report_link_at'),
        ),
        migrations.AddIndex(
            model_name='selfreport',
            index=models.Index(fields=['code_token'], name='self_report_code'),
        ),
        migrations.AddIndex(
            model_name='selfreport',
            index=models.Index(fields=['path', 'received_at'], name='self_report_path_at'),
        ),
        migrations.AddIndex(
            model_name='selfreport',
            index=models.Index(condition=models.Q(('parked_for', ''), _negated=True), fields=['path'], name='self_report_parked'),
        ),
        migrations.AddConstraint(
            model_name='selfreport',
            constraint=models.UniqueConstraint(fields=('root_id', 'version'), name='self_report_version_once'),
        ),
        migrations.AddConstraint(
            model_name='selfreport',
            constraint=models.CheckConstraint(condition=models.Q(('parked_for__in', ['', 'door_missing', 'door_unreadable', 'door_ambiguous', 'door_unknown', 'compound_unknown', 'nobody', 'names', 'numbers', 'many', 'long', 'again', 'flood', 'unsigned', 'questions'])), name='self_report_reason_known'),
        ),
        migrations.AddConstraint(
            model_name='selfreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('parked_for', ''), _negated=True), ('door__isnull', False), _connector='OR'), name='placed_report_has_a_door'),
        ),
        migrations.AddConstraint(
            model_name='reportdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('attempt_id__isnull', False), ('door__isnull', False), ('verdict', 'placed')), models.Q(('attempt_id', None), ('door', None), ('verdict', 'set_aside')), _connector='OR'), name='report_placed_at_a_door_or_set_aside'),
        ),
        ScopedTable('census_selfreport', residents=True),
        ScopedTable('census_reportdecision', residents=True),
        ScopedTable('census_reportdecisionvoid', residents=True),
    ]
