"""The API's description is made without a warning."""

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_the_description_validates_without_a_warning(capsys):
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO())
