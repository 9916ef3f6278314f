"""The three shipped scoring profiles, so that a new office can open a period at once.

Three rows. Running it again changes nothing: a version that stands already is left as it is.
Reverse: profiles no period uses are removed.
"""

import json
from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).resolve().parent.parent / "data" / "profiles"
SHIPPED = ("BKN-411", "DJBK", "DAERAH")


def seed(apps, schema_editor):
    Profile = apps.get_model("talent", "Profile")
    for code in SHIPPED:
        definition = json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))
        Profile.objects.using(schema_editor.connection.alias).get_or_create(
            code=code,
            version=definition["version"],
            defaults={
                "name": definition["name"]["id"],
                "sk_number": definition["sk_number"],
                "definition": definition,
            },
        )


def unseed(apps, schema_editor):
    Profile = apps.get_model("talent", "Profile")
    Profile.objects.using(schema_editor.connection.alias).filter(code__in=SHIPPED, used_at__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("talent", "0001_initial")]
    operations = [migrations.RunPython(seed, unseed)]
