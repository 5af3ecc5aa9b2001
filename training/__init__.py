"""The worker's side: stages that turn snapshots into scorers, selections and captioners."""
