"""How often a password may be guessed: counted before it is looked at, in the database.

An attempt is counted first and forgiven when it succeeds, with the row locked in between only for
the counting, so that a hundred parallel guesses are a hundred attempts and not one.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from annotation_site.accounts.models import SignInAttempts
from annotation_site.common.refusals import Refusal

WINDOW = timedelta(minutes=15)
PER_NAME_AND_ADDRESS = 10
PER_ADDRESS = 100
"""One address may be a whole office, but not a whole list of names."""


class TooManyAttempts(Refusal):
    """There were too many wrong passwords or links. Wait a quarter of an hour, then try again."""

    status = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """Somebody at an address, saying that they are somebody."""

    username: str
    address: str

    @property
    def limits(self) -> list[tuple[str, int]]:
        """What it counts against, always in this order: two guesses never lock crosswise."""
        pair = f"{self.username.casefold()}\n{self.address}"
        return [(_key(pair), PER_NAME_AND_ADDRESS), (_key(self.address), PER_ADDRESS)]


def _key(of: str) -> str:
    return hashlib.sha256(of.encode(errors="surrogatepass")).hexdigest()


@transaction.atomic
def count(guess: Guess, *, now: datetime) -> None:
    """Count the guess, or refuse to hear it."""
    for key, limit in guess.limits:
        row, _ = SignInAttempts.objects.select_for_update().get_or_create(
            key=key, defaults={"since": now}
        )
        if now - row.since >= WINDOW:
            row.count, row.since = 0, now
        if row.count >= limit:
            raise TooManyAttempts(retry_after=int((row.since + WINDOW - now).total_seconds()) + 1)
        row.count += 1
        row.save(update_fields=["count", "since"])


@transaction.atomic
def forgive(guess: Guess, *, now: datetime) -> None:
    """Take back a guess that was right, and forget the wrong ones that led to it."""
    (pair, _), (address, _) = guess.limits
    SignInAttempts.objects.filter(key=pair).delete()
    SignInAttempts.objects.filter(key=address, count__gt=0).update(count=F("count") - 1)
    SignInAttempts.objects.filter(key=address, count=0).delete()
    old = SignInAttempts.objects.select_for_update(skip_locked=True).filter(since__lt=now - WINDOW)
    SignInAttempts.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
