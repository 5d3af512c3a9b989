"""Reading the cards of dates on a page."""

from xml.etree.ElementTree import Element

from tests.pages import Page, get


def cards(page: Page) -> list[Element]:
    """Give the dates of a page as they stand."""
    return [element for element in page.root.iter("li") if element.get("class") == "date-card"]


def first_card(path: str, language: str = "de") -> tuple[str, str]:
    """Give state and words of the first date of a page, without the line of its hours and its offer or place."""
    page = get(f"/{language}/{path}")
    card = cards(page)[0]
    return card.get("data-state", ""), " ".join(page.text(part) for part in list(card)[1:])


def links_of_first_card(path: str) -> list[str]:
    """Give where the links of the first date of a page lead, those in its first line left out."""
    return [link.get("href", "") for part in list(cards(get(f"/de/{path}"))[0])[1:] for link in part.iter("a")]


def offers(page: Page) -> list[str]:
    """Give the words of each date and of each offer without dates."""
    return [page.text(element) for element in page.root.iter("li") if element.get("class") in {"date-card", "schedule"}]
