"""A damaged or foreign backup is refused with one sentence, and nothing is touched."""

import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError

from lokalwillkommen.accounts.models import User
from tests.factories import make_user
from tests.lokalwillkommen.operations.backups import all_rows, changed, make_backup, restore, rewritten

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_does_not_fit_is_not_restored_half(tmp_path: Path) -> None:
    make_user("team@example.org")
    backup = make_backup(tmp_path)
    User.objects.update(email="spaeter@example.org")
    rows = all_rows()
    torn = rewritten(backup, "standorte.partner", b'{"model": "standorte.partner", "pk": 1, "fields": {}')
    link = {"model": "accounts.user_standorte", "pk": 1, "fields": {"user": 1, "standort": 77}}
    alone = rewritten(backup, "accounts.user_standorte", json.dumps(link).encode() + b"\n")

    for file in (torn, alone):
        with pytest.raises(CommandError, match=r"^The rows of .* do not fit into the database\. Nothing was changed\."):
            restore(file, "--replace")
        assert all_rows() == rows


def test_damage_anywhere_is_one_sentence_and_changes_nothing(tmp_path: Path) -> None:
    make_user("team@example.org")
    backup = make_backup(tmp_path)
    whole_rows = all_rows()
    User.objects.all().delete()
    whole = backup.read_bytes()
    damaged = tmp_path / "damaged.zip"
    said: list[str] = []

    for position in range(0, len(whole), len(whole) // 40):
        damaged.write_bytes(whole[:position] + bytes([whole[position] ^ 0x55]) + whole[position + 1 :])
        rows = all_rows()
        said += [_refusal(damaged)]
        # A byte of the zip may say nothing, such as the time of a file in it; then all is restored.
        assert all_rows() == (rows if said[-1] else whole_rows)
        User.objects.all().delete()

    assert {words.partition(" is ")[0] for words in said if words} == {"damaged.zip"}
    assert len([words for words in said if words]) >= 20


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "damaged.zip is no backup, or is damaged. Nothing was changed."),
        (b"no zip at all", "damaged.zip is no backup, or is damaged. Nothing was changed."),
        (None, "damaged.zip cannot be read: No such file or directory."),
    ],
)
def test_what_is_no_backup_is_called_so(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    damaged = tmp_path / "damaged.zip"
    if content is not None:
        damaged.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        restore(damaged)

    assert str(refused.value).endswith(sentence)


def test_what_the_manifest_does_not_say_is_refused(tmp_path: Path) -> None:
    backup = make_backup(tmp_path)
    other = changed(backup, {"tables/contenttypes.contenttype.jsonl": b""})
    more = changed(backup, {})
    with zipfile.ZipFile(more, "a") as archive:
        archive.writestr("tables/more.jsonl", "")
    later = changed(backup, {"manifest.json": b'{"format": 3}'})

    said = []
    for file in (other, more, later):
        with pytest.raises(CommandError) as refused:
            restore(file)
        said.append(str(refused.value))

    differs = "is damaged: what it holds is not what its manifest says. Nothing was changed."
    assert said == [
        f"changed-1.zip {differs}",
        f"changed-2.zip {differs}",
        "changed-3.zip has another format than this version reads.",
    ]


def _refusal(file: Path) -> str:
    """Give the sentence with which a file is refused, or nothing if it is restored."""
    try:
        restore(file, "--replace")
    except CommandError as fault:
        return str(fault)
    return ""
