"""Is this text copied? A signal for a reader, never a refusal: routine work is described alike."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

SHORT_TEXT = 12


def plain(text: str) -> str:
    """The text without case, digits, punctuation and doubled spaces, so that only words are compared."""
    return " ".join(re.sub(r"[\W\d_]+", " ", text.casefold()).split())


def trigrams(text: str) -> frozenset[str]:
    """The three-letter pieces of the plain text; a text shorter than three letters is its own piece."""
    words = plain(text)
    if len(words) < 3:
        return frozenset({words} if words else ())
    return frozenset(words[i : i + 3] for i in range(len(words) - 2))


def similarity(one: str, other: str) -> Fraction:
    """Shared pieces over all pieces, 0 to 1; symmetric; 1 for texts that differ in digits only."""
    a, b = trigrams(one), trigrams(other)
    if not a and not b:
        return Fraction(1)
    return Fraction(len(a & b), len(a | b))


def times_copied(text: str, earlier: Sequence[str]) -> int:
    """How many of the earlier texts say the same words; 0 for texts too short to mean copying."""
    words = plain(text)
    if len(words) < SHORT_TEXT:
        return 0
    return sum(1 for other in earlier if plain(other) == words)


def shared_texts(texts: Iterable[tuple[int, str]], *, at_least: int) -> dict[str, frozenset[int]]:
    """Plain texts written by at least `at_least` different people, with those people."""
    writers: dict[str, set[int]] = {}
    for person_id, text in texts:
        words = plain(text)
        if len(words) >= SHORT_TEXT:
            writers.setdefault(words, set()).add(person_id)
    return {words: frozenset(people) for words, people in writers.items() if len(people) >= at_least}


def commonest(texts: Iterable[str], *, limit: int) -> list[str]:
    """Each text once (by its words), the most used first, ties in order of appearance; for suggestions.

    The spelling kept is the first one met, so give the newest first.
    """
    spelling: dict[str, str] = {}
    uses: Counter[str] = Counter()
    for text in texts:
        words = plain(text)
        if words:
            spelling.setdefault(words, text)
            uses[words] += 1
    return [spelling[words] for words, _ in uses.most_common(limit)]
