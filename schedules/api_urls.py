"""Addresses of this app under the versioned API."""

from django.urls import path

from schedules import api

urlpatterns = [
    path("mine/", api.MySchedule.as_view(), name="api_schedules_mine"),
    path("plans/", api.Plans.as_view(), name="api_schedules_plans"),
]
