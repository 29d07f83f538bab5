"""Addresses of a supervisor's pages of phones; brought into the app's own by ``accounts.urls``."""

from django.urls import path

from firstline.accounts.devices import views

urlpatterns = [
    path("devices/", views.devices, name="devices"),
    path("devices/invite/", views.invite, name="invite_device"),
    path("devices/invitations/<uuid:invitation_id>/", views.invitation, name="invitation"),
    path("devices/<uuid:device_id>/", views.device, name="device"),
    path("devices/<uuid:device_id>/extend/", views.extend, name="extend_device"),
    path("devices/<uuid:device_id>/move/", views.move, name="move_device"),
    path("devices/<uuid:device_id>/revoke/", views.revoke, name="revoke_device"),
    path("devices/<uuid:device_id>/wipe/", views.wipe, name="wipe_device"),
    path("devices/<uuid:device_id>/keep/", views.keep, name="keep_device"),
    path("devices/<uuid:device_id>/settle/", views.settle, name="settle_loss"),
]
