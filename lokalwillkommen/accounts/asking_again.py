"""Asking people who are logged in who they are once more, before accounts, roles and exports: 15 minutes at a time.

What was typed is kept meanwhile and sent on afterwards (allauth). Who just reads a list is not asked.
"""

from allauth.account.decorators import reauthentication_required

asks_again = reauthentication_required()
asks_again_to_write = reauthentication_required(allow_get=True)
