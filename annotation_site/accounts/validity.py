"""Saving a row, or saying which field is wrong, as a form would."""

from django.core.exceptions import ValidationError

from annotation_site.accounts.models import Organisation, Project, User
from annotation_site.common.refusals import Invalid


def save_valid(row: User | Organisation | Project, *, unique: bool = True) -> None:
    """`unique=False` leaves it to the database whether another has the same, alone or at once."""
    try:
        row.full_clean(validate_unique=unique)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), errors=dict(error.message_dict)) from error
    row.save()
