"""Addresses of devices. Each stands in a list of ``hats``, or is answered to nobody."""

from django.urls import path

from firstline.sync import views
from firstline.sync.feed import views as feed
from firstline.sync.intake import views as intake
from firstline.sync.kept import views as kept

app_name = "sync"
urlpatterns = [
    path("sync/v1/alive", views.alive, name="alive"),
    path("sync/v1/commands", intake.commands, name="commands"),
    path("sync/v1/enrol", views.enrol, name="enrol"),
    path("sync/v1/parcels", intake.parcels, name="parcels"),
    path("sync/v1/wiped", views.wiped, name="wiped"),
    path("sync/v1/changes", feed.changes, name="changes"),
    # For supervisors, in a browser.
    path("devices/kept/", kept.kept, name="kept"),
    path("devices/kept/decide/", kept.decide, name="decide"),
    path("devices/kept/open/", kept.open_again, name="reopen"),
]
