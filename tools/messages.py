"""The translation catalogue without GNU gettext: extract, merge, check and compile with Babel.

update   bring the catalogue up to date with the sources; obsolete entries go
check    fail when an entry is missing, untranslated, fuzzy, obsolete, or its placeholders differ
compile  write the .mo that Django reads
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "firstline"
CATALOGUE = SOURCES / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|\{\w*\}|%[sd]")
HEADER = "# Simplified Chinese for Firstline.\n"


def sources() -> Iterator[Path]:
    for path in sorted(SOURCES.rglob("*")):
        inside = path.relative_to(SOURCES).parts
        speaks = path.suffix == ".py" or ("templates" in inside and path.suffix in {".html", ".txt"})
        if speaks and path.is_file() and not {"migrations", "tests", "testing"}.intersection(inside):
            yield path


def extracted() -> Catalog:
    if not settings.configured:
        settings.configure()  # templatize reads delimiters from the template engine, which asks for settings
    catalogue = Catalog()
    for path in sources():
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = templatize(text, origin=str(path))
        for _line, message, comments, context in extract(
            extract_python, io.BytesIO(text.encode()), KEYWORDS, comment_tags=("Translators:",), options={}
        ):
            place = (path.relative_to(ROOT).as_posix(), None)
            catalogue.add(message, locations=[place], auto_comments=comments, context=context)
    return catalogue


def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def update() -> None:
    known = catalogue() if CATALOGUE.exists() else Catalog(locale="zh_Hans")
    known.update(extracted(), no_fuzzy_matching=True)
    known.obsolete.clear()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(written(known))


def written(messages: Catalog) -> bytes:
    """Without dates and line numbers, which would make every change touch the whole file."""
    buffer = io.BytesIO()
    write_po(buffer, messages, width=0, omit_header=True, sort_by_file=True, include_lineno=False)
    header = (
        f'{HEADER}msgid ""\nmsgstr ""\n"Language: zh_Hans\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    return header.encode() + buffer.getvalue()


def check() -> list[str]:
    known, wanted = catalogue(), extracted()
    faults = [f"missing: {message.id!r}" for message in wanted if message.id and not found(known, message)]
    for message in known:
        if message.id:
            faults += faults_of(message, in_use=found(wanted, message) is not None)
    faults += [f"obsolete: {identity!r}" for identity in known.obsolete]
    return faults


def found(messages: Catalog, message: Message) -> Message | None:
    return messages.get(message.id, message.context)


def faults_of(message: Message, *, in_use: bool) -> Iterator[str]:
    originals = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    translations = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    if not in_use:
        yield f"no longer in the sources: {message.id!r}"
    if message.fuzzy:
        yield f"fuzzy: {message.id!r}"
    if not all(translations):
        yield f"not translated: {message.id!r}"
        return
    wanted = set(PLACEHOLDER.findall(originals[-1]))
    for translation in translations:
        if set(PLACEHOLDER.findall(translation)) != wanted:
            yield f"placeholders differ: {message.id!r} / {translation!r}"


def compile_catalogue() -> None:
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue())


def main(command: str) -> None:
    if command == "update":
        update()
    elif command == "compile":
        compile_catalogue()
    elif command == "check":
        if faults := check():
            summary = f"{len(faults)} faults in {CATALOGUE.relative_to(ROOT)}; `make messages` helps"
            sys.exit("\n".join([*faults, summary]))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) == 2 else "")
