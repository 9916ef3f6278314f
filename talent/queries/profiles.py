"""Profiles ready for the rules."""

import json
from functools import lru_cache

from talent.models import Profile
from talent.rules.profile import Profile as Scheme
from talent.rules.profile_json import from_json


def scheme_of(profile: Profile) -> Scheme:
    """The profile as the rules want it; the last few stay in memory, found again by their text."""
    return _scheme(json.dumps(profile.definition, sort_keys=True))


@lru_cache(maxsize=16)
def _scheme(text: str) -> Scheme:
    return from_json(json.loads(text))
