from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from annotation_site.accounts import attempts
from annotation_site.accounts.attempts import PER_ADDRESS, PER_NAME_AND_ADDRESS, Guess
from annotation_site.accounts.models import SignInAttempts

ANNA = Guess(username="anna", address="10.0.0.1")


def use_up(guess: Guess, now, times: int = PER_NAME_AND_ADDRESS) -> None:
    for _ in range(times):
        attempts.count(guess, now=now)


@pytest.mark.django_db
class TestCount:
    def test_refuses_one_guess_too_many(self, now):
        use_up(ANNA, now)

        with pytest.raises(attempts.TooManyAttempts) as caught:
            attempts.count(ANNA, now=now + timedelta(minutes=5))
        assert caught.value.facts == {"retry_after": 601}

    def test_takes_a_name_for_the_same_however_it_is_written(self, now):
        use_up(ANNA, now)

        with pytest.raises(attempts.TooManyAttempts):
            attempts.count(Guess(username="ANNA", address=ANNA.address), now=now)

    def test_listens_again_after_a_while(self, now):
        use_up(ANNA, now)

        use_up(ANNA, now + attempts.WINDOW)

    def test_does_not_lock_the_owner_out_from_elsewhere(self, now):
        use_up(ANNA, now)

        attempts.count(Guess(username="anna", address="10.0.0.2"), now=now)

    def test_stops_an_address_that_tries_many_names(self, now):
        for number in range(PER_ADDRESS):
            attempts.count(Guess(username=f"name-{number}", address="10.0.0.1"), now=now)

        with pytest.raises(attempts.TooManyAttempts):
            attempts.count(Guess(username="another", address="10.0.0.1"), now=now)

    def test_does_not_write_down_what_was_typed(self, now):
        attempts.count(Guess(username="hunter2", address="10.0.0.1"), now=now)

        stored = "".join(str(row) for row in SignInAttempts.objects.values_list())
        assert "hunter2" not in stored

    @pytest.mark.django_db(transaction=True)
    def test_counts_guesses_at_the_same_time_one_by_one(self, now):
        def guess(_: int) -> bool:
            try:
                attempts.count(ANNA, now=now)
            except attempts.TooManyAttempts:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(8) as pool:
            heard = list(pool.map(guess, range(40)))

        assert sum(heard) == PER_NAME_AND_ADDRESS


@pytest.mark.django_db
class TestForgive:
    def test_forgets_the_wrong_guesses_of_a_name(self, now):
        use_up(ANNA, now)

        attempts.forgive(ANNA, now=now)

        use_up(ANNA, now)

    def test_takes_back_no_more_than_its_own_guess_of_the_address(self, now):
        use_up(ANNA, now, times=5)

        attempts.forgive(ANNA, now=now)

        assert SignInAttempts.objects.get().count == 4

    def test_throws_old_counts_away(self, now):
        attempts.count(Guess(username="bert", address="10.0.0.9"), now=now - timedelta(days=1))

        attempts.forgive(ANNA, now=now)

        assert not SignInAttempts.objects.exists()
