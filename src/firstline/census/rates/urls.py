from django.urls import path

from firstline.census.rates import views

urlpatterns = [
    path("rates/", views.rates, name="rates"),
    path("rates/doors/", views.rates_doors, name="rates_doors"),
]
