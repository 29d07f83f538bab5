"""How the ledger says what was done with question sets and pictures."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel import wording

wording.register(
    acts={
        "census.upload_questions": _("brought in a set of questions"),
        "census.choose_questions": _("chose what a census asks"),
        "census.keep_pictures": _("kept pictures of a visit"),
    },
    fields={"questions": _("Questions"), "pictures": _("Pictures"), "number": _("Version")},
    values={"fields": {"picture": _("picture"), "answers": _("answers")}},
)
