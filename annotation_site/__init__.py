"""Who rates what, and what is known. Never loads a model."""
