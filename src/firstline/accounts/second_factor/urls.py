"""Addresses of the second factor; brought into the app's own by ``accounts.urls``."""

from django.urls import path

from firstline.accounts.second_factor import views

urlpatterns = [
    path("second-factor/", views.second_factor, name="second_factor"),
    path("second-factor/codes/", views.printed_codes, name="printed_codes"),
    path("second-factor/codes/anew/", views.print_anew, name="print_codes_anew"),
    path("second-factor/phone/", views.new_phone, name="new_phone"),
    path("second-factor/people/", views.people, name="second_factors"),
    path("second-factor/people/<uuid:person_id>/reset/", views.reset, name="reset_second_factor"),
]
