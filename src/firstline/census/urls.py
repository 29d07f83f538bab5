from django.urls import include, path

from firstline.census.callbacks.urls import urlpatterns as callbacks
from firstline.census.channels.urls import urlpatterns as channels
from firstline.census.intercom.urls import urlpatterns as intercom
from firstline.census.lights.urls import urlpatterns as lights
from firstline.census.logs.urls import urlpatterns as logs
from firstline.census.online.urls import urlpatterns as online
from firstline.census.paper.urls import urlpatterns as paper
from firstline.census.phone.urls import urlpatterns as phone
from firstline.census.pictures.urls import urlpatterns as pictures
from firstline.census.questions.urls import urlpatterns as questions
from firstline.census.rates.urls import urlpatterns as rates
from firstline.census.recheck.urls import urlpatterns as rechecks
from firstline.census.seals.urls import urlpatterns as seals
from firstline.census.views import campaigns, doors
from firstline.census.walk.urls import urlpatterns as walk

app_name = "census"
urlpatterns = [
    path("census/", campaigns.campaigns, name="campaigns"),
    path("census/begin/", campaigns.begin, name="begin"),
    path("census/doors/", campaigns.doors, name="doors"),
    path("census/<uuid:campaign_id>/", campaigns.campaign, name="campaign"),
    path("census/<uuid:campaign_id>/lead/", campaigns.lead, name="lead"),
    path("census/<uuid:campaign_id>/end/", campaigns.end, name="end"),
    path("census/<uuid:campaign_id>/freeze/", campaigns.freeze, name="freeze"),
    path("census/<uuid:campaign_id>/rules/", campaigns.rules, name="rules"),
    path("census/<uuid:campaign_id>/rounds/", campaigns.begin_round, name="rounds"),
    path("compounds/<uuid:compound_id>/", doors.compound, name="compound"),
    path("buildings/<uuid:building_id>/", doors.building, name="building"),
    path("doors/<uuid:door_id>/", doors.door, name="door"),
    path("doors/<uuid:door_id>/panel/", doors.door_panel, name="panel"),
    path("doors/<uuid:door_id>/reading/", doors.read_line, name="reading"),
    path("doors/<uuid:door_id>/attempts/", doors.record, name="record"),
    path("attempts/<uuid:attempt_id>/void/", doors.void, name="void"),
    *rates,
    *pictures,
    *walk,
    *channels,
    *phone,
    *intercom,
    *online,
    *questions,
    *logs,
    *paper,
    *callbacks,
    *rechecks,
    *seals,
    *lights,
    path("census/night/", include("firstline.census.night.urls")),
]
