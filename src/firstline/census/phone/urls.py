from django.urls import path

from firstline.census.phone import views

urlpatterns = [
    path("calls/", views.calls, name="calls"),
    path("calls/next/", views.next_call, name="next_call"),
    path("calls/<uuid:door_id>/", views.call, name="call"),
]
