"""The audit log: who changed what of people's rights, settings and data. Postgres writes it."""
