#!/usr/bin/env python
"""Django's command line for Crest."""

import os
import sys

from django.core.management import execute_from_command_line

from annotation_site.common.acting import acting


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotation_site.settings")
    with acting("command", reference=" ".join(sys.argv[1:2])):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
