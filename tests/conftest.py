"""What holds for all tests."""

from hypothesis import settings

# A time limit per example makes a busy machine fail; derandomized examples make red runs repeatable.
settings.register_profile("portal", deadline=None, derandomize=True)
settings.load_profile("portal")
