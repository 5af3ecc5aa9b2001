"""The one clock that leases are measured by: Postgres's, so that no machine's clock matters."""

from datetime import timedelta

from django.db.models import (
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    FloatField,
    Func,
    Value,
)
from django.db.models.expressions import Expression


class DatabaseNow(Func):
    """This very instant, also in the middle of a transaction."""

    function = "clock_timestamp"
    output_field = DateTimeField()


def seconds_from_now(seconds: float) -> Expression:
    """An instant so many seconds ahead; behind, if negative."""
    distance = Value(timedelta(seconds=seconds), output_field=DurationField())
    return ExpressionWrapper(DatabaseNow() + distance, output_field=DateTimeField())


class SecondsSince(Func):
    """How long ago an instant was."""

    template = "extract(epoch FROM clock_timestamp() - %(expressions)s)"
    output_field = FloatField()
