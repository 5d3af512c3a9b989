"""The film of a page."""

from django import template

from lokalwillkommen.sign_videos.models import SignVideo

register = template.Library()


@register.inclusion_tag("components/sign_video.html")
def sign_video(page: str) -> dict[str, SignVideo | None]:
    """Show the film of a page, or nothing where there is none; one query."""
    return {"video": SignVideo.objects.published().filter(page=page).first()}
