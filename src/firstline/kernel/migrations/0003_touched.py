"""What changed and where: the log of touched paths, and the one way in which rows of it go again."""

import uuid

import firstline.kernel.fields
from django.db import migrations, models

# The application may insert and read, never delete: so the owner's function deletes what is too old for any reader,
# and takes no argument that could make it more.
_PRUNE = """
CREATE FUNCTION kernel_prune_touched() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
    WITH pruned AS (DELETE FROM kernel_touched WHERE received_at < statement_timestamp() - interval '30 days' RETURNING 1)
    SELECT count(*) FROM pruned
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0002_keys_follow_and_are_destroyed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Touched',
            fields=[
                ('pk', models.CompositePrimaryKey('generation', 'txid', 'path', 'gone_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('generation', firstline.kernel.fields.GenerationField()),
                ('txid', firstline.kernel.fields.TransactionIdField()),
                ('path', firstline.kernel.fields.PathField()),
                ('gone_id', models.UUIDField(default=uuid.UUID('00000000-0000-0000-0000-000000000000'))),
                ('received_at', firstline.kernel.fields.ReceivedAtField()),
            ],
            options={
                'indexes': [models.Index(fields=['received_at'], name='touched_received_at')],
            },
        ),
        migrations.RunSQL(_PRUNE, "DROP FUNCTION kernel_prune_touched()"),
    ]
