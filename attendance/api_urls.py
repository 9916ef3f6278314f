"""Addresses of attendance under the versioned API."""

from django.urls import path

from attendance import api

urlpatterns = [
    path("punches/", api.PunchCreate.as_view(), name="api_attendance_punches"),
    path("my-day/", api.MyDay.as_view(), name="api_attendance_my_day"),
]
