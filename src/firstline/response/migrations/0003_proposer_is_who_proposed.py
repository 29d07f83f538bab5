"""That a confirmation names as first person the one who really proposed: what two people are is held by the database."""

from django.db import migrations

_CONFIRMATION, _PROPOSAL = "response_destructionconfirmation", "response_destructionproposal"


class Migration(migrations.Migration):
    dependencies = [
        ("response", "0002_ends_and_custody_of_keys"),
    ]

    operations = [
        migrations.RunSQL(
            [
                f"ALTER TABLE {_PROPOSAL} ADD CONSTRAINT destruction_proposal_and_who UNIQUE (id, by_id)",
                f"ALTER TABLE {_CONFIRMATION} ADD CONSTRAINT destruction_proposed_by_who_proposed "
                f"FOREIGN KEY (proposal_id, proposed_by_id) REFERENCES {_PROPOSAL} (id, by_id)",
            ],
            [
                f"ALTER TABLE {_CONFIRMATION} DROP CONSTRAINT destruction_proposed_by_who_proposed",
                f"ALTER TABLE {_PROPOSAL} DROP CONSTRAINT destruction_proposal_and_who",
            ],
        ),
    ]
