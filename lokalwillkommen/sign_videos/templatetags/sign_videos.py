"""The film of a page."""

from django import template

from lokalwillkommen.sign_videos.models import SignVideo

register = template.Library()


@register.simple_tag
def film_of(page: str) -> SignVideo | None:
    """Give the film of a page, if there is one; one query."""
    return SignVideo.objects.published().filter(page=page).first()


@register.inclusion_tag("components/sign_video.html")
def sign_video(page: str) -> dict[str, SignVideo | None]:
    """Show the film of a page, or nothing where there is none; one query."""
    return {"video": film_of(page)}
