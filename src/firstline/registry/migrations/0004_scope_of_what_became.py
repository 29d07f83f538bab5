"""Row-level security, forced, on what became of lists: voids, loose files, choices, corrections, drafts."""

from django.db import migrations

from firstline.kernel.row_security import ScopedTable


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_what_became_of_lists")]

    operations = [
        ScopedTable("registry_filevoid", residents=True),
        ScopedTable("registry_loosefile", residents=True),
        ScopedTable("registry_looseend", residents=True),
        ScopedTable("registry_columnchoice", residents=True),
        ScopedTable("registry_rowcorrection", residents=True),
        ScopedTable("registry_typingdraft", residents=True),
    ]
