"""One stylesheet from many files, written for both directions of writing."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from lokalwillkommen.staticfiles import join_stylesheets

STYLESHEETS = sorted((settings.BASE_DIR / "static" / "css").glob("*.css"))
OF_STAFF = settings.BASE_DIR / "static" / "today.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Properties and values that know a left or a right side, or a width and a height on paper's axes.
PHYSICAL = re.compile(
    r"[\w-]*\b(?:left|right)\b[\w-]*|(?<![\w-])(?:top|bottom)\s*:"
    r"|(?<![\w-])(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:top|bottom)\b"
    r"|(?<![\w-])(?:min-|max-)?(?:width|height)\s*:"
)


def _rules(path: Path) -> str:
    # Conditions of media queries have no logical names yet.
    return re.sub(r"@(?:media|container)[^{]*\{", "{", COMMENT.sub("", path.read_text()))


def test_the_declaration_of_layers_comes_first_and_the_rest_by_name(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("table.css", "base.css", "layers.css")]
    for file in files:
        file.write_text(f".{file.stem} {{ color: red; }}\n")

    joined = join_stylesheets(files)

    assert joined == ".layers { color: red; } .base { color: red; } .table { color: red; }\n"


def test_comments_and_spare_space_do_not_travel(tmp_path: Path) -> None:
    file = tmp_path / "base.css"
    file.write_text("/* One\n * two */\n.a {\n  color: red; /* why */\n}\n\n/* last */\n")

    assert join_stylesheets([file]) == ".a { color: red; }\n"


def test_the_real_stylesheet_begins_with_its_layers_and_has_no_comment() -> None:
    joined = join_stylesheets(STYLESHEETS)

    assert joined.startswith("@layer reset, tokens, base, layout, components, utilities, print;") is True
    assert ("/*" in joined, "*/" in joined) == (False, False)


@pytest.mark.parametrize("path", [*STYLESHEETS, OF_STAFF], ids=lambda path: path.name)
def test_a_stylesheet_knows_no_left_or_right_and_forces_nothing(path: Path) -> None:
    rules = _rules(path)

    assert (PHYSICAL.findall(rules), re.findall("!important", rules), re.findall(r"@import", rules)) == ([], [], [])


@pytest.mark.parametrize(
    "path", [path for path in STYLESHEETS if path.name != "layers.css"], ids=lambda path: path.name
)
def test_a_stylesheet_puts_its_rules_into_a_declared_layer(path: Path) -> None:
    outside = re.sub(r"@layer [a-z]+ \{.*?\n\}", "", COMMENT.sub("", path.read_text()), flags=re.DOTALL)

    assert outside.split() == []


@pytest.mark.parametrize(
    ("rule", "is_physical"),
    [
        *(("margin-left: 1px", True), ("float: right", True), ("text-align: left", True), ("left: 0", True)),
        *(
            ("border-top-right-radius: 2px", True),
            ("top: 0", True),
            ("padding-bottom: 1px", True),
            ("width: 1px", True),
        ),
        *(("max-height: 1px", True), ("inset-block-start: 0", False), ("max-inline-size: 1px", False)),
        *(("text-align: start", False), ("border-start-end-radius: 2px", False), ("line-height: 1.5", False)),
    ],
)
def test_the_search_for_sides_finds_what_it_should(rule: str, is_physical: bool) -> None:  # noqa: FBT001
    assert bool(PHYSICAL.search(rule)) is is_physical
