from tests.scorer.fixtures import make_clip, shared_videos, tiny_model

__all__ = ["make_clip", "shared_videos", "tiny_model"]
