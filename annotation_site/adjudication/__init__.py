"""Settling what annotators disagree on: a blind third rating, a decision, a word to the author."""
