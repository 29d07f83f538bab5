from django.urls import path

from firstline.census.callbacks import urls as callbacks
from firstline.census.paper import urls as paper
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
]
urlpatterns += paper.urlpatterns
urlpatterns += callbacks.urlpatterns
