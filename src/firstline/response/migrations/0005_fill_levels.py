"""Each emergency there is was declared with its level, leads since it began, and ended where it has ended."""

from django.db import migrations

# Who declared them stands in the ledger; here it is the installation itself.
_BY = "00000000-0000-7000-8000-000000000000"
_COLUMNS = (
    "id, path, happened_at, happened_precision, recorded_at, by_person_id, emergency_id, change, level, from_at, "
    "legal_basis, document_number"
)


class Migration(migrations.Migration):
    dependencies = [
        ("response", "0004_levels_and_measures"),
    ]

    operations = [
        migrations.RunSQL(
            [
                "UPDATE response_emergency SET leads_since = started_at",
                # Ids that grow with time, so that a change of the same moment comes after the declaration.
                f"INSERT INTO response_leveldeclared ({_COLUMNS}) SELECT id, path, started_at, 'minute', started_at, "
                f"'{_BY}', id, 'declared', level, started_at, legal_basis, document_number FROM response_emergency",
                f"INSERT INTO response_leveldeclared ({_COLUMNS}) SELECT default_campaign_id, path, ended_at, 'minute', "
                f"ended_at, '{_BY}', id, 'ended', NULL, ended_at, '', '' FROM response_emergency "
                "WHERE ended_at IS NOT NULL",
                "INSERT INTO response_rulesversion (id, value) "
                "SELECT 1, gen_random_uuid() WHERE EXISTS (SELECT FROM response_emergency)",
            ],
            [
                "DELETE FROM response_rulesversion",
                "DELETE FROM response_leveldeclared",
            ],
        ),
    ]
