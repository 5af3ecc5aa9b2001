"""A small world whose truth is known: its clips, captioners, annotators and model."""
