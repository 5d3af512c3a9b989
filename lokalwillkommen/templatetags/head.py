"""What stands in the head of a page twice: for browsers, and for those who show a shared link."""

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def kept(content: SafeString) -> SafeString:
    """Keep what stands inside under a name, without space around it: a block can stand in a template only once."""
    return SafeString(content.strip())
