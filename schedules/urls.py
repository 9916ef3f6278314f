"""Addresses of working from home, one list a noun."""

from django.urls import path

from schedules.views import board, people, plans, policies

app_name = "schedules"

policy_urls = [
    path("kebijakan/", policies.policy_list, name="policy_list"),
    path("kebijakan/baru/", policies.policy_new, name="policy_new"),
    path("kebijakan/tetapkan/", policies.policy_set, name="policy_set"),
]
plan_urls = [
    path("jadwal/", plans.plan_list, name="plan_list"),
    path("jadwal/susun/", plans.plan_generate, name="plan_generate"),
    path("jadwal/<int:version_id>/", plans.version_detail, name="version_detail"),
    path("jadwal/<int:version_id>/sel/", plans.cell_change, name="cell_change"),
    path("jadwal/<int:version_id>/ajukan/", plans.version_submit, name="version_submit"),
    path("jadwal/<int:version_id>/perbaiki/", plans.version_revise, name="version_revise"),
    path("jadwal/<int:version_id>/cabut/", plans.version_withdraw, name="version_withdraw"),
]
board_urls = [
    path("pengajuan/", board.board, name="board"),
    path("pengajuan/putuskan/", board.board_decide, name="board_decide"),
]
people_urls = [
    path("saya/", people.my_days, name="my_days"),
    path("saya/kotak9/", people.reward_choose, name="reward_choose"),
    path("saya/kotak9/lepas/", people.reward_leave, name="reward_leave"),
    path("kelayakan/", people.eligibility_list, name="eligibility_list"),
    path("kelayakan/<int:person_id>/", people.eligibility_person, name="eligibility_person"),
    path("kelayakan/<int:person_id>/pengecualian/", people.exception_grant, name="exception_grant"),
    path("kelayakan/<int:person_id>/kategori/", people.category_record, name="category_record"),
    path("pengecualian/<int:exception_id>/cabut/", people.exception_withdraw, name="exception_withdraw"),
    path("kategori/<int:record_id>/cabut/", people.category_withdraw, name="category_withdraw"),
]
group_urls = [
    path("kelompok/", people.group_list, name="group_list"),
    path("kelompok/buat/", people.group_create, name="group_create"),
    path("kelompok/<int:group_id>/tutup/", people.group_end, name="group_end"),
]
urlpatterns = [*policy_urls, *plan_urls, *board_urls, *people_urls, *group_urls]
