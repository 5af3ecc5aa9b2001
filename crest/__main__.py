"""`python -m crest`, where the command itself is not on the path."""

from crest.commands import main

main()
