"""The pages of working from home: what they show, to whom, and what they cost."""

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from personnel.models import Job
from schedules import actions
from schedules.models import PlanVersion, ServiceGroup, VersionState, WfhPolicy
from schedules.rules import cells
from tests.clock import NOW, TODAY
from tests.factories.personnel import make_person, make_unit
from tests.factories.schedules import (
    DECEMBER,
    make_colleagues,
    make_group,
    make_policy,
    make_ratified,
    make_submitted,
    make_version,
)

pytestmark = pytest.mark.usefixtures("still_clock")


@pytest.fixture
def office(cast):
    cast.team = make_colleagues(cast.seksi, 6)
    make_policy(ratio_percent=50)
    return cast


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


class TestPolicy:
    URL = "/wfh/kebijakan/"

    def form(self, **changes):
        from schedules.forms import initial_of

        values = initial_of({})
        given = {name: value for name, value in values.items() if value is not None and value is not False}
        frame = {"number": "SE 9/2026", "legal_basis": "SE Bupati", "starts_on": "2026-12-01"}
        return {**given, **frame, **changes}

    def test_it_shows_what_is_inherited_and_what_is_own(self, office, client_of):
        make_policy(unit=office.dinas_a, number="SK 7", ratio_percent=30)

        page = text_of(client_of(office.bkd).get(self.URL))

        assert re.search(r"Dinas Perizinan .*? 30 %", page)
        assert re.search(r"Dinas Sosial .*? 50 %", page)
        assert "SE 1/2026, SK 7" in page

    def test_more_units_cost_no_more_queries(self, office, client_of, queries_for):
        browser = client_of(office.bkd)
        few = queries_for(lambda: browser.get(self.URL))
        for number in range(8):
            make_unit(parent=office.root, name=f"Dinas {number}", kind="DEPARTMENT", pd=True)

        assert queries_for(lambda: browser.get(self.URL)) == few
        assert few <= 14

    def test_a_preset_fills_the_form(self, office, client_of):
        form = client_of(office.bkd).get("/wfh/kebijakan/baru/?preset=karawang_box9").context["form"]

        assert form["box9_mode"].value() == "ROLLING_3_3"
        assert form["number"].value() == "Karawang 2025"

    def test_without_a_preset_the_form_begins_with_what_holds(self, office, client_of):
        make_policy(unit=office.dinas_a, number="SK 7", ratio_percent=30)

        form = client_of(office.bkd).get(f"/wfh/kebijakan/baru/?unit={office.dinas_a.pk}").context["form"]

        assert form["ratio_percent"].value() == 30

    def test_setting_it(self, office, client_of):
        response = client_of(office.bkd).post("/wfh/kebijakan/tetapkan/", self.form(ratio_percent=40))

        assert response.status_code == 302
        row = WfhPolicy.objects.latest("pk")
        assert (row.number, row.starts_on, row.parameters["ratio_percent"]) == ("SE 9/2026", DECEMBER, 40)

    def test_a_unit_document_stores_only_what_differs(self, office, client_of):
        client_of(office.bkd).post(
            "/wfh/kebijakan/tetapkan/",
            self.form(unit=office.dinas_a.pk, ratio_percent=40, blocked_dates="2026-12-07 Apel"),
        )

        assert WfhPolicy.objects.get(unit=office.dinas_a).parameters == {
            "ratio_percent": 40,
            "blocked_dates": [{"day": "2026-12-07", "label": "Apel"}],
        }

    def test_a_contradiction_is_shown_and_asks_for_a_decision(self, office, client_of):
        browser = client_of(office.bkd)

        refused = browser.post("/wfh/kebijakan/tetapkan/", self.form(max_days_per_week=3))
        decided = browser.post(
            "/wfh/kebijakan/tetapkan/", self.form(max_days_per_week=3, decision_note="Sekda: tiga hari")
        )

        assert refused.status_code == 422
        assert "PermenPANRB 4/2025" in text_of(refused)
        assert decided.status_code == 302

    def test_the_preview_writes_nothing_and_counts_the_changes(self, office, client_of):
        response = client_of(office.bkd).post("/wfh/kebijakan/tetapkan/", self.form(ratio_percent=0, preview="1"))

        assert WfhPolicy.objects.count() == 1
        assert response.context["preview"]["impact"]["changes"] == [{"before": "MAY", "after": "MAY_NOT", "count": 14}]

    def test_a_wrong_date_line_is_named(self, office, client_of):
        response = client_of(office.bkd).post("/wfh/kebijakan/tetapkan/", self.form(blocked_dates="7 Desember Apel"))

        assert response.status_code == 422
        assert "7 Desember Apel" in text_of(response)


class TestPlanList:
    def test_generating_puts_a_job_on_the_list_and_leads_to_its_bar(self, office, client_of, monkeypatch):
        sent = []
        from schedules.views import plans

        monkeypatch.setattr(plans.generate_plan, "delay_on_commit", lambda **given: sent.append(given))

        response = client_of(office.officer).post("/wfh/jadwal/susun/", {"unit": office.dinas_a.pk, "month": "2026-12"})

        job = Job.objects.get()
        assert response.url == reverse("personnel:job_detail", args=[job.pk])
        assert sent == [{"job_id": job.pk}]

    def test_another_perangkat_daerah_is_refused(self, office, client_of):
        response = client_of(office.other_officer).post(
            "/wfh/jadwal/susun/", {"unit": office.dinas_a.pk, "month": "2026-12"}
        )

        assert (response.status_code, Job.objects.count()) == (403, 0)

    def test_who_sees_which_plans(self, office, client_of):
        make_version(office.dinas_a)

        for who, count in (("officer", 1), ("head", 1), ("bkd", 1), ("inspector", 1), ("other_officer", 0)):
            page = client_of(getattr(office, who)).get("/wfh/jadwal/")
            assert len(page.context["page"].object_list) == count, who


class TestGrid:
    def url(self, version):
        return f"/wfh/jadwal/{version.pk}/"

    def test_a_row_per_person_a_lamp_per_day_and_the_figures(self, office, client_of):
        make_group(office.seksi, office.team[:3], min_office=2)
        version = make_version(office.dinas_a)

        page = client_of(office.officer).get(self.url(version))

        names = [line["row"].person.name for block in page.context["blocks"] for line in block["rows"]]
        assert len(names) == 10
        assert page.context["total"][1].text.endswith("/5")
        assert page.context["total"][4].text == ""
        assert [name for _key, name, _line in page.context["groups"]] == ["Loket"]
        assert page.context["fairness"]["spread"] <= 1
        assert "data-c=" in page.content.decode()

    def test_the_lamp_says_at_the_limit_and_above(self, office, client_of):
        version = make_version(office.dinas_a)
        for row in version.rows.all():
            row.cells = cells.set_letter(row.cells, 1, cells.HOME)
            row.save()

        page = client_of(office.officer).get(self.url(version))

        assert (page.context["total"][1].text, page.context["total"][1].state) == ("10/5", "bad")
        assert page.context["broken_count"] > 0

    def test_one_unit_can_be_chosen(self, office, client_of):
        version = make_version(office.dinas_a)

        page = client_of(office.officer).get(f"{self.url(version)}?unit={office.seksi.pk}")

        assert {block["unit"].pk for block in page.context["blocks"]} == {office.seksi.pk}

    def test_only_readers_cannot_change(self, office, client_of):
        version = make_version(office.dinas_a)

        for who in ("bkd", "inspector"):
            assert "data-url=" not in client_of(getattr(office, who)).get(self.url(version)).content.decode()

    def test_more_people_cost_no_more_queries(self, office, client_of, queries_for):
        browser = client_of(office.officer)
        version = make_version(office.dinas_a)
        browser.get(self.url(version))  # the problem of a version is read once a process
        few = queries_for(lambda: browser.get(self.url(version)))
        make_colleagues(office.bidang, 25)
        more = make_version(office.dinas_a)
        browser.get(self.url(more))

        assert queries_for(lambda: browser.get(self.url(more))) == few
        assert few <= 26

    def test_a_person_is_found_on_a_later_page(self, office, client_of):
        for number in range(60):
            make_person(unit=office.bidang, name=f"Aaa {number:02d}")
        version = make_version(office.dinas_a)

        page = client_of(office.officer).get(f"{self.url(version)}?person={office.team[5].pk}")

        names = [line["row"].person.name for block in page.context["blocks"] for line in block["rows"]]
        assert page.context["page"].number == 2
        assert "Rekan 06" in names


class TestCell:
    def post(self, browser, version, person, position, **values):
        return browser.post(
            f"/wfh/jadwal/{version.pk}/sel/",
            {"person": person.pk, "position": position, **values},
            headers={"HX-Request": "true"},
        )

    def test_it_answers_the_findings_and_what_to_paint(self, office, client_of):
        version = make_version(office.dinas_a)
        position = version.rows.get(person=office.team[0]).cells.index(cells.HOME)

        response = self.post(client_of(office.officer), version, office.team[0], position, home="false")

        painted = json.loads(response["HX-Trigger"])["k9:cell"]
        row = version.rows.get(person=office.team[0])
        assert (painted["letter"], painted["home"]) == (".", cells.count_home(row.cells))
        assert {lamp["row"] for lamp in painted["lamps"]} == {f"unit-{office.dinas_a.pk}", f"unit-{office.seksi.pk}"}
        assert 'id="findings"' in response.content.decode()
        assert "<html" not in response.content.decode()

    def test_a_refusal_is_said_and_the_page_stays(self, office, client_of):
        version = make_version(office.dinas_a)

        response = self.post(client_of(office.officer), version, office.team[0], 4, home="true")

        assert response.status_code == 204
        assert json.loads(response["HX-Trigger"])["k9:say"]["level"] == "error"

    def test_the_officer_of_another_unit_finds_nothing(self, office, client_of):
        version = make_version(office.dinas_a)

        assert self.post(client_of(office.other_officer), version, office.team[0], 1, home="true").status_code == 404

    def test_get_is_not_allowed(self, office, client_of):
        version = make_version(office.dinas_a)

        assert client_of(office.officer).get(f"/wfh/jadwal/{version.pk}/sel/").status_code == 405


class TestBoard:
    URL = "/wfh/pengajuan/"

    def test_one_row_per_perangkat_daerah_with_its_state(self, office, client_of):
        make_submitted(office.dinas_a)
        make_version(office.dinas_b)

        page = client_of(office.bkd).get(self.URL)

        states = {row.unit.name: row.state for row, _counted, _state in page.context["rows"]}
        assert states == {"BKPSDM": "MISSING", "Dinas Perizinan": "SUBMITTED", "Dinas Sosial": "DRAFT"}
        assert page.context["late"] == 0

    def test_after_the_due_day_what_is_missing_is_late(self, office, client_of, monkeypatch):
        from django.utils import timezone

        make_submitted(office.dinas_a)
        monkeypatch.setattr(timezone, "now", lambda: NOW.replace(day=25))

        page = client_of(office.bkd).get(f"{self.URL}?state=LATE")

        assert [row.unit.name for row, _c, _s in page.context["rows"]] == ["BKPSDM", "Dinas Sosial"]

    def test_many_are_ratified_at_once_and_one_refusal_does_not_stop_the_others(self, office, client_of):
        good, bad = make_submitted(office.dinas_a), make_submitted(office.dinas_b)
        make_person(unit=office.dinas_b, name="Baru")

        client_of(office.bkd).post(
            "/wfh/pengajuan/putuskan/",
            {"versions": [good.pk, bad.pk], "decision": "ratify", "decree_number": "Kep. 1", "month": "2026-12"},
        )

        good.refresh_from_db()
        bad.refresh_from_db()
        assert (good.state, bad.state) == (VersionState.RATIFIED, VersionState.SUBMITTED)

    def test_returning_with_a_reason(self, office, client_of):
        version = make_submitted(office.dinas_a)

        client_of(office.bkd).post(
            "/wfh/pengajuan/putuskan/", {"versions": [version.pk], "decision": "return", "reason": "Loket kurang"}
        )

        version.refresh_from_db()
        assert (version.state, version.decision_reason) == (VersionState.RETURNED, "Loket kurang")
        page = text_of(client_of(office.officer).get(f"/wfh/jadwal/{version.pk}/"))
        assert "Loket kurang" in page

    def test_more_units_cost_no_more_queries(self, office, client_of, queries_for):
        make_submitted(office.dinas_a)
        browser = client_of(office.bkd)
        few = queries_for(lambda: browser.get(self.URL))
        for number in range(6):
            unit = make_unit(parent=office.root, name=f"Dinas {number}", kind="DEPARTMENT", pd=True)
            make_person(unit=unit)
            make_submitted(unit)

        assert queries_for(lambda: browser.get(self.URL)) == few
        assert few <= 14


class TestWay:
    def test_submit_return_correct_submit_ratify(self, office, client_of):
        version = make_version(office.dinas_a)
        officer, bkd = client_of(office.officer), client_of(office.bkd)

        officer.post(f"/wfh/jadwal/{version.pk}/ajukan/")
        bkd.post("/wfh/pengajuan/putuskan/", {"versions": [version.pk], "decision": "return", "reason": "x"})
        answer = officer.post(f"/wfh/jadwal/{version.pk}/perbaiki/")
        draft = PlanVersion.objects.get(number=2)
        officer.post(f"/wfh/jadwal/{draft.pk}/ajukan/")
        bkd.post("/wfh/pengajuan/putuskan/", {"versions": [draft.pk], "decision": "ratify", "decree_number": "Kep. 9"})

        draft.refresh_from_db()
        assert answer.url == f"/wfh/jadwal/{draft.pk}/"
        assert (draft.state, draft.decree_number) == (VersionState.RATIFIED, "Kep. 9")

    def test_a_refused_submission_says_why(self, office, client_of):
        version = make_version(office.dinas_a)
        make_person(unit=office.seksi, name="Baru Sekali")

        page = client_of(office.officer).post(f"/wfh/jadwal/{version.pk}/ajukan/", follow=True)

        assert "Baru Sekali" in text_of(page)

    def test_bkd_withdraws_with_a_reason(self, office, client_of):
        version = make_ratified(office.dinas_a)

        page = client_of(office.bkd).post(f"/wfh/jadwal/{version.pk}/cabut/", {"reason": "Darurat"}, follow=True)

        assert page.context["version"].state == VersionState.WITHDRAWN
        assert "Darurat" in text_of(page)


class TestMyDays:
    def test_own_days_the_decree_and_the_reason(self, office, client_of):
        version = make_ratified(office.dinas_a)

        page = client_of(office.staff).get("/wfh/saya/")

        month = page.context["months"][0]
        assert month["home"] == cells.count_home(version.rows.get(person=office.staff.person).cells)
        assert "Kep. 800/412/2026" in text_of(page)
        assert "SE 1/2026" in text_of(page)

    def test_before_ratification_nothing_is_shown(self, office, client_of):
        make_submitted(office.dinas_a)

        assert client_of(office.staff).get("/wfh/saya/").context["months"] == []

    def test_asking_for_a_reward_one_has_not_earned(self, office, client_of):
        page = client_of(office.staff).post("/wfh/saya/kotak9/", follow=True)

        assert page.status_code == 200
        assert page.context["choice"] is None


class TestEligibility:
    HEALTH = [{"category": "PREGNANT", "treatment": "MANDATORY", "entered_by": "OFFICER"}]

    def test_everybody_with_verdict_and_deciding_rule(self, office, client_of):
        page = client_of(office.officer).get("/wfh/kelayakan/")

        assert page.context["counts"] == {"MAY": 10, "MUST": 0, "MAY_NOT": 0, "PERMANENT": 0}
        assert "SE 1/2026" in text_of(page)

    def test_the_health_reason_is_for_the_officer_not_for_head_or_inspector(self, office, client_of):
        make_policy(unit=office.dinas_a, starts_on=TODAY, number="SK 7", categories=self.HEALTH)
        actions.record_category(
            person=office.staff.person,
            category="PREGNANT",
            starts_on=TODAY,
            ends_on=None,
            actor=office.officer,
            now=NOW,
        )
        url = f"/wfh/kelayakan/{office.staff.person_id}/"

        rules = {
            who: client_of(getattr(office, who)).get(url).context["found"]["deciding"]["rule"]
            for who in ("officer", "bkd", "staff", "head", "inspector")
        }

        assert rules == {
            "officer": "CATEGORY_MANDATORY",
            "bkd": "CATEGORY_MANDATORY",
            "staff": "CATEGORY_MANDATORY",
            "head": "EXCEPTION",
            "inspector": "EXCEPTION",
        }
        head = text_of(client_of(office.head).get(url)).lower()
        assert "hamil" not in head
        assert "kesehatan" not in head.replace("puskesmas", "")

    def test_granting_and_withdrawing_an_exception(self, office, client_of):
        browser, url = client_of(office.head), f"/wfh/kelayakan/{office.staff.person_id}/"

        browser.post(
            f"{url}pengecualian/", {"answer": "MAY_NOT", "starts_on": "2026-11-18", "reason": "Audit"}, follow=True
        )
        granted = browser.get(url)
        row = granted.context["exceptions"][0]
        browser.post(f"/wfh/pengecualian/{row.pk}/cabut/")

        assert granted.context["found"]["answer"] == "MAY_NOT"
        assert browser.get(url).context["found"]["answer"] == "MAY"

    def test_nobody_grants_an_exception_to_oneself(self, office, client_of):
        url = f"/wfh/kelayakan/{office.head.person_id}/pengecualian/"

        response = client_of(office.head).post(url, {"answer": "MAY", "starts_on": "2026-11-18", "reason": "x"})

        assert response.status_code == 403

    def test_recording_and_withdrawing_a_category(self, office, client_of):
        browser, url = client_of(office.officer), f"/wfh/kelayakan/{office.staff.person_id}/"

        browser.post(f"{url}kategori/", {"category": "HEALTH_WATCH", "starts_on": "2026-11-18"})
        row = browser.get(url).context["categories"][0]
        browser.post(f"/wfh/kategori/{row.pk}/cabut/")

        assert list(browser.get(url).context["categories"]) == []

    def test_more_people_cost_no_more_queries(self, office, client_of, queries_for):
        browser = client_of(office.officer)
        few = queries_for(lambda: browser.get("/wfh/kelayakan/"))
        make_colleagues(office.bidang, 10)

        assert queries_for(lambda: browser.get("/wfh/kelayakan/")) == few
        assert few <= 26


class TestGroups:
    def test_making_and_closing_one(self, office, client_of):
        browser = client_of(office.officer)

        browser.post(
            "/wfh/kelompok/buat/",
            {
                "unit": office.seksi.pk, "name": "Loket", "min_office": 1, "starts_on": "2026-11-18",
                "people": [person.pk for person in office.team[:2]],
            },
        )  # fmt: skip
        group = ServiceGroup.objects.get()
        page = text_of(browser.get("/wfh/kelompok/"))
        browser.post(f"/wfh/kelompok/{group.pk}/tutup/")

        group.refresh_from_db()
        assert "Rekan 01, Rekan 02" in page
        assert group.ends_on == TODAY

    def test_a_unit_of_another_perangkat_daerah_cannot_be_chosen(self, office, client_of):
        response = client_of(office.officer).post(
            "/wfh/kelompok/buat/",
            {
                "unit": office.dinas_b.pk, "name": "x", "min_office": 1, "starts_on": "2026-11-18",
                "people": [office.team[0].pk],
            },
        )  # fmt: skip

        assert (response.status_code, ServiceGroup.objects.count()) == (422, 0)


class TestApi:
    def test_my_schedule(self, office, client_of):
        version = make_ratified(office.dinas_a)

        answer = client_of(office.staff).get("/api/v1/schedules/mine/").json()

        row = version.rows.get(person=office.staff.person)
        assert answer == [
            {
                "month": "2026-12-01",
                "version": 1,
                "decree": "Kep. 800/412/2026",
                "home_days": [d.isoformat() for d in cells.home_days(row.cells, date(2026, 12, 1))],
            }
        ]

    def test_plans_are_those_one_reads(self, office, client_of):
        make_submitted(office.dinas_a)

        mine = client_of(office.officer).get("/api/v1/schedules/plans/").json()
        others = client_of(office.other_officer).get("/api/v1/schedules/plans/").json()

        assert [(row["unit_name"], row["state"]) for row in mine] == [("Dinas Perizinan", "SUBMITTED")]
        assert others == []
