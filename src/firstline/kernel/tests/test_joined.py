"""Rows of several models by one statement: the same models as the ORM gives."""

from django.forms.models import model_to_dict

from firstline.census.campaigns import campaign_at
from firstline.census.models import Campaign
from firstline.kernel import scope
from firstline.kernel.joined import joined
from firstline.places.models import Building, Door
from firstline.testing.cast import Cast


def test_they_are_the_models_the_orm_gives(cast: Cast) -> None:
    with scope.enter(cast.worker):
        tail = "FROM places_door JOIN places_building ON place_id = building_id WHERE places_door.id = %s"
        ((door, building),) = joined([Door, Building], tail, [cast.door.pk])

    assert model_to_dict(door) == model_to_dict(cast.door)
    assert model_to_dict(building) == model_to_dict(cast.building)
    assert not door._state.adding


def test_values_are_read_as_their_fields_read_them(cast: Cast) -> None:
    with scope.enter(cast.worker):
        found = campaign_at(cast.door.path)

    asked = Campaign.objects.select_related("emergency__key").get(pk=cast.campaign.pk)
    assert model_to_dict(found) == model_to_dict(asked)
    assert model_to_dict(found.emergency) == model_to_dict(asked.emergency)
    assert bytes(found.emergency.key.check_value) == bytes(asked.emergency.key.check_value)
