from django.urls import path

from firstline.census.lights.urls import urlpatterns as lights
from firstline.census.logs import urls as logs
from firstline.census.pictures.urls import urlpatterns as pictures
from firstline.census.rates.urls import urlpatterns as rates
from firstline.census.recheck.urls import urlpatterns as rechecks
from firstline.census.seals.urls import urlpatterns as seals
from firstline.census.views import campaigns, doors

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
]
urlpatterns += logs.urlpatterns
urlpatterns += [*rechecks, *seals, *lights]
