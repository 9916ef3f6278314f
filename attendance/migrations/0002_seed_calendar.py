"""The working hours of Perpres 21/2023 for the whole institution, and the Ramadans known so far.

Three and one rows; running it again adds nothing. Reverse: nothing to undo, the rows may be in use.
Holidays are read from attendance/data/holidays_id.csv by `manage.py import_calendar`.
"""

from datetime import date

from django.db import migrations

RAMADANS = [
    (1446, date(2025, 3, 1), date(2025, 3, 30), "Sidang isbat 28 Februari dan 29 Maret 2025", False),
    (1447, date(2026, 2, 19), date(2026, 3, 20), "Sidang isbat 17 Februari 2026", False),
    (1448, date(2027, 2, 8), date(2027, 3, 9), "Kriteria MABIMS dan SKB hari libur 2027", True),
]


def seed(apps, schema_editor):
    db = schema_editor.connection.alias
    ramadan = apps.get_model("attendance", "RamadanPeriod").objects.using(db)
    for year, first, last, basis, is_estimate in RAMADANS:
        ramadan.get_or_create(
            hijri_year=year,
            defaults={"starts_on": first, "ends_on": last, "basis": basis, "is_estimate": is_estimate},
        )
    apps.get_model("attendance", "HoursPolicyDocument").objects.using(db).get_or_create(
        unit=None,
        starts_on=date(2023, 4, 12),
        defaults={"legal_basis": "Perpres 21/2023", "parameters": {"weekly_minutes": 2250}},
    )


class Migration(migrations.Migration):
    dependencies = [("attendance", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
