"""The application a server process runs: polls of boards are answered before Django, all else by it (``program``)."""

import os
from wsgiref.types import WSGIApplication

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application


def _behind_polls(program: WSGIHandler) -> WSGIApplication:
    # It knows models, which are there only now.
    from firstline.gaps.boards.polling import AnswerBoards

    return AnswerBoards(program)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstline.config.settings")

program = get_wsgi_application()
application = _behind_polls(program)
