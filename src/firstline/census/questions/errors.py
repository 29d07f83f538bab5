"""What is refused of question sets, answers and pictures, each with a sentence that says what to do next."""

from django.utils.translation import gettext_lazy as _

from firstline.census.errors import AttemptRefused
from firstline.kernel.errors import FirstlineError, explains


class QuestionsRefused(FirstlineError):
    """A workbook that is no question set; the page tells every reason, the error the first."""

    code = "questions_refused"
    status = 422
    message = _("The questions were not taken: %(problem)s")


class QuestionsMissing(FirstlineError):
    """The form came without a workbook, or with one larger than is taken into memory."""

    code = "questions_missing"
    status = 422
    message = _("No workbook came with the form, or it is too large. Choose it, then send it again.")


class InvalidAnswers(AttemptRefused):
    """Answers that do not fit the campaign's questions; ``questions`` names them."""

    code = "invalid_answers"
    message = _("These answers do not fit: %(questions)s. Correct them, then save again.")


class NothingAsked(AttemptRefused):
    """Answers came, but the campaign asks nothing."""

    code = "nothing_asked"
    message = _("This census asks no questions, so answers cannot be kept. Open the door again, then record it.")


class PictureNotTaken(AttemptRefused):
    """A picture that cannot be kept; ``problem`` says why."""

    code = "picture_not_taken"
    message = _("The picture was not taken: %(problem)s. Choose another one, or record the visit without it.")


explains("one_picture_a_question", PictureNotTaken(problem=_("there is one already")))
