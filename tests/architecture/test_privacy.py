"""Every table with data about people says what for and how long, on the page that an auditor reads."""

import re
from pathlib import Path

from django.apps import apps

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "privacy.md"
OURS = {"personnel", "attendance", "worklogs", "talent", "schedules", "evaluation"}
ABOUT_PEOPLE = {"personnel.Person", "personnel.User"}


def _tables_about_people() -> set[str]:
    return {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in OURS
        and (
            model._meta.label in ABOUT_PEOPLE
            or any(
                field.concrete and field.is_relation and field.related_model._meta.label in ABOUT_PEOPLE
                for field in model._meta.get_fields()
                if getattr(field, "related_model", None)
            )
        )
    }


def test_every_table_about_people_has_purpose_and_retention():
    lines = re.findall(r"^\| `(\w+\.\w+)` \| (.+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    described = {table for table, purpose, kept in lines if purpose.strip() and kept.strip()}

    assert described == _tables_about_people()
