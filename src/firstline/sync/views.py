"""What devices ask for by themselves: whether the server is there, and that it takes what they hold."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from firstline.accounts.devices.contact import contact
from firstline.sync.answering import answer, answering, milliseconds
from firstline.sync.intake.envelopes import read_batch
from firstline.sync.intake.reporting import report_of, wipe_due
from firstline.sync.intake.taking import take
from firstline.sync.signed import SignedRequest, signed


@answering
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """The text by which a device tells this server from a hotel's login page; no cache keeps it."""
    return HttpResponse("firstline alive", content_type="text/plain")


@require_POST
@signed()
def commands(request: SignedRequest) -> HttpResponse:
    """Take a batch: one answer a command, and each of them is durable by then."""
    received_at, batch = milliseconds(), read_batch(request.signed_body)
    answers = take(
        request.device,
        batch.commands,
        heard=lambda found: contact(request.device, report_of(batch, found, received_at)),
    )
    wipe = wipe_due(request.device, batch)
    return answer({"server_time": milliseconds(), "answers": answers, "wipe": wipe, "changed": False})
