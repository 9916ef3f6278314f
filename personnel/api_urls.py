"""Addresses of the ground under the versioned API."""

from django.urls import path

from personnel import api

urlpatterns = [
    path("people/", api.People.as_view(), name="api_people"),
    path("units/", api.Units.as_view(), name="api_units"),
]
