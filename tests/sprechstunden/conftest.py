"""How long properties of dates may take: an hour of a busy machine proves nothing."""

from hypothesis import settings

settings.register_profile("without_deadline", deadline=None)
settings.load_profile("without_deadline")
