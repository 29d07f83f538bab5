"""What devices hand in: a batch of their own, or a parcel that somebody carried for them."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from firstline.accounts.devices.contact import contact
from firstline.sync.answering import answer, milliseconds
from firstline.sync.intake.envelopes import read_batch
from firstline.sync.intake.reporting import report_of, wipe_due
from firstline.sync.intake.taking import take
from firstline.sync.parcels import take_parcel
from firstline.sync.signed import SignedRequest, signed


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


@require_POST
@signed()
def parcels(request: SignedRequest) -> HttpResponse:
    """Take what another device handed over to this one; how many commands were in it."""
    taken = take_parcel(request.signed_body)
    contact(request.device)
    return answer({"server_time": milliseconds(), "taken": taken})
