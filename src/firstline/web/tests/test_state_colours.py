"""The twelve states of a door stay tellable apart for every eye, and readable."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from firstline.census.results import Outcome
from firstline.web.tests.colour_vision import EYES, ciede2000, contrast, difference

WEB = Path(__file__).parents[1]
CSS = (WEB / "static/web/css/tokens.css").read_text(encoding="utf-8")
MARKS = (WEB / "templates/components/marks.html").read_text(encoding="utf-8")
COLOURS: dict[str, str] = dict(re.findall(r"--fl-([a-z0-9-]+): (#[0-9a-f]{6});", CSS))
STATES = [outcome.value for outcome in Outcome]
# Registered and vacant are 4 apart for deutan eyes, the weakest pair there is; hatch and mark tell them apart.
LEAST = 4.0
MARK_NEEDED = 15.0


def ground(state: str) -> str:
    return COLOURS[state.replace("_", "-")]


def ink(state: str) -> str:
    return COLOURS.get(f"{state.replace('_', '-')}-ink", COLOURS["ink"])


def shape(state: str) -> str:
    found = re.search(rf'<symbol id="m-{state}"[^>]*>(.*?)</symbol>', MARKS)
    assert found, f"no mark is drawn for {state}"
    return str(found[1])


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("one", "two"), list(combinations(STATES, 2)))
def test_two_states_differ_by_colour_or_by_mark(one: str, two: str, eye: str) -> None:
    apart = difference(ground(one), ground(two), eye)

    assert apart >= LEAST
    if apart < MARK_NEEDED:
        assert shape(one) != shape(two)


@pytest.mark.parametrize("state", STATES)
def test_text_on_a_state_can_be_read(state: str) -> None:
    assert contrast(ground(state), ink(state)) >= 4.5  # the weakest is ink on vermillion, and that one is set bold


@pytest.mark.parametrize("state", STATES)
def test_the_stylesheet_uses_that_ink(state: str) -> None:
    rule = re.search(rf"^\.s-{state} {{.*--ink: var\(--fl-([a-z0-9-]+)\);", CSS, re.MULTILINE)

    assert rule and COLOURS[rule[1]] == ink(state)


@pytest.mark.parametrize(
    ("text", "paper", "least"),
    [
        ("ink-2", "paper", 7.9),
        ("ink-3", "paper", 5.4),
        ("ink-3", "ground", 4.9),
        ("accent", "paper", 7.0),
        ("late", "paper", 6.1),
        ("late", "late-tint", 4.5),
        ("accent", "accent-tint", 4.5),
        ("line-2", "paper", 3.0),
        ("ink", "offline", 7.0),
    ],
)
def test_ink_and_accent_keep_their_documented_contrast(text: str, paper: str, least: float) -> None:
    assert contrast(COLOURS[text], COLOURS[paper]) >= least


@pytest.mark.parametrize(
    ("one", "two", "published"),
    [  # Sharma, Wu, Dalal (2005), table 1
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_colour_difference_agrees_with_the_published_pairs(
    one: tuple[float, float, float], two: tuple[float, float, float], published: float
) -> None:
    assert ciede2000(one, two) == pytest.approx(published, abs=1e-4)
