"""Links by which people choose a password: they work once, an invitation for seven days, others for one."""

from datetime import timedelta

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.http import base36_to_int

from lokalwillkommen.accounts.models import User

# An invitation holds as long as settings.PASSWORD_RESET_TIMEOUT.
FORGOTTEN = timedelta(days=1)


class LinkTokens(PasswordResetTokenGenerator):
    """Django's tokens: whoever has chosen a password or logged in makes all earlier links void."""

    def check_token(self, user: User | None, token: str | None) -> bool:
        """Tell whether a link still works; who has a password already did not wait for an invitation."""
        if user is None or token is None or not super().check_token(user, token):
            return False
        if not user.has_usable_password():
            return True
        age = self._num_seconds(self._now()) - base36_to_int(token.partition("-")[0])
        return age <= FORGOTTEN.total_seconds()
