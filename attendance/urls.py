"""Addresses of attendance, one list a noun."""

from django.urls import path

from attendance.views import calendar, clock, people, relief, requests

app_name = "attendance"
clock_urls = [
    path("", clock.today, name="today"),
    path("presensi/", clock.clock_press, name="clock_press"),
    path("kartu/jam/", clock.clock_card, name="clock_card"),
    path("kartu/pekan/", clock.week_card, name="week_card"),
    path("kartu/berikutnya/", clock.upcoming_card, name="upcoming_card"),
]
people_urls = [
    path("saya/", people.my_attendance, name="my_attendance"),
    path("tim/", people.team_today, name="team_today"),
    path("unit/", people.unit_days, name="unit_days"),
    path("orang/<int:person_id>/<str:day>/", people.person_day, name="person_day"),
]
calendar_urls = [
    path("kalender/", calendar.holiday_list, name="holiday_list"),
    path("kalender/catat/", calendar.holiday_record, name="holiday_record"),
    path("kalender/<int:holiday_id>/cabut/", calendar.holiday_withdraw, name="holiday_withdraw"),
]
request_urls = [
    path("permohonan/", requests.request_list, name="request_list"),
    path("permohonan/baru/", requests.request_form, name="request_form"),
    path("permohonan/kotak/", requests.request_inbox, name="request_inbox"),
    path("permohonan/cuti/", requests.absence_request, name="absence_request"),
    path("permohonan/koreksi/", requests.correction_request, name="correction_request"),
    path(
        "permohonan/cuti/<int:request_id>/tarik/",
        requests.request_withdraw,
        {"what": "absence"},
        name="absence_request_withdraw",
    ),
    path(
        "permohonan/koreksi/<int:request_id>/tarik/",
        requests.request_withdraw,
        {"what": "correction"},
        name="correction_request_withdraw",
    ),
    path(
        "permohonan/cuti/<int:request_id>/putuskan/",
        requests.request_decide,
        {"what": "absence"},
        name="absence_request_decide",
    ),
    path(
        "permohonan/koreksi/<int:request_id>/putuskan/",
        requests.request_decide,
        {"what": "correction"},
        name="correction_request_decide",
    ),
]
relief_urls = [
    path("dispensasi/", relief.relief, name="relief"),
    path("dispensasi/catat/", relief.relief_record, name="relief_record"),
]
urlpatterns = [*clock_urls, *people_urls, *calendar_urls, *request_urls, *relief_urls]
