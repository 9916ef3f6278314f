"""Addresses of monitoring."""

from django.urls import path

from evaluation import views

app_name = "evaluation"
urlpatterns = [path("", views.day_board, name="day_board")]
