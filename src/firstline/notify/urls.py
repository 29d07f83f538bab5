"""Addresses of messages and robots."""

from django.urls import path

from firstline.notify import views

app_name = "notify"
urlpatterns = [
    path("messages/", views.messages, name="messages"),
    path("messages/count/", views.count, name="count"),
    path("messages/read-all/", views.read_all, name="read_all"),
    path("messages/unread/", views.unread, name="unread"),
    path("messages/settings/", views.settings, name="settings"),
    path("messages/robots/", views.robots, name="robots"),
    path("messages/robots/<uuid:robot_id>/test/", views.test, name="test_robot"),
    path("messages/robots/<uuid:robot_id>/pause/", views.pause, name="pause_robot"),
    path("messages/robots/<uuid:robot_id>/remove/", views.remove, name="remove_robot"),
    path("messages/<uuid:message_id>/", views.open_message, name="open"),
]
