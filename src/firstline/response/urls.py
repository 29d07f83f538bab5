"""Addresses of emergencies, their keys, their levels and measures."""

from django.urls import path

from firstline.response import views
from firstline.response.answering.urls import urlpatterns as answering
from firstline.response.levels import views as levels
from firstline.response.measures import views as measures
from firstline.response.persons.urls import urlpatterns as persons

app_name = "response"
urlpatterns = [
    path("keys/", views.keys, name="keys"),
    path("keys/<uuid:emergency_id>/end/", views.end, name="end"),
    path("keys/<uuid:emergency_id>/call-off/", views.call_off, name="call_off_end"),
    path("keys/<uuid:emergency_id>/propose/", views.propose, name="propose"),
    path("keys/<uuid:emergency_id>/confirm/", views.confirm, name="confirm"),
    path("keys/<uuid:emergency_id>/copy/", views.register_copy, name="register_copy"),
    path("keys/copies/<uuid:copy_id>/destroyed/", views.copy_destroyed, name="copy_destroyed"),
    *answering,
    *persons,
    path("levels/", levels.levels, name="levels"),
    path("levels/change/", levels.change, name="change"),
    path("levels/steps/<uuid:change_id>/back/", levels.take_back, name="take_back"),
    path("levels/<uuid:emergency_id>/lead/", levels.lead, name="lead"),
    path("levels/catalogue/", measures.catalogue, name="catalogue"),
    path("levels/measures/new/", measures.order, name="order"),
    path("levels/measures/<uuid:order_id>/", measures.measure, name="measure"),
    path("levels/measures/<uuid:order_id>/renew/", measures.renew, name="renew"),
    path("levels/measures/<uuid:order_id>/lift/", measures.lift, name="lift"),
    path("here/<str:code>/", measures.here, name="here"),
]
