"""A scorer of video captions that learns from people's ratings. Plain files in, plain files out."""
