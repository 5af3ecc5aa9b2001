"""The `crest` command: noun, verb. `crest --help` lists the nouns, `crest run --help` its verbs."""

from crest.commands.app import main

__all__ = ["main"]
