"""The worker delivers what was told, whoever told it, and its job says nothing of it."""

import pytest
from django.db import transaction

from firstline.notify.models import Delivery, RobotKind
from firstline.notify.outbox import call_the_worker
from firstline.notify.tests.stub import Stub
from firstline.notify.tests.test_robots_hear import robot_of, tell
from firstline.testing import queue
from firstline.testing.cast import Cast


@pytest.mark.django_db(transaction=True)
def test_what_is_told_is_delivered_by_one_job(cast: Cast, stub: Stub) -> None:
    robot_of(cast, stub, RobotKind.GENERIC)
    with transaction.atomic():
        tell(cast, severity=90)
    call_the_worker()
    [job] = queue.waiting()
    assert job["args"] == {"person": "00000000-0000-7000-8000-000000000000", "subject": str(job["lock"])}
    assert [(one.task, one.status) for one in queue.work_off()] == [("notify.deliver", "succeeded")]
    assert Delivery.objects.get().result == "sent"
    assert len(stub.heard) == 1


@pytest.mark.django_db(transaction=True)
def test_one_failing_letter_keeps_no_other_from_its_way(cast: Cast, stub: Stub, settings: object) -> None:
    robot_of(cast, stub, RobotKind.GENERIC)
    robot_of(cast, stub, RobotKind.DINGTALK, secret="another")
    tell(cast, severity=90)
    queue.work_off()
    assert sorted(Delivery.objects.values_list("result", flat=True)) == ["gave_up", "sent"]
