"""Webhooks: what happens in a project is told to other servers, signed, and again if need be."""
