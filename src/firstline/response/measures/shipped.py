"""What each level switches on before a county words it otherwise: what counties ordered in the spring of 2020.

Days are for how long at first; 0 is without an end, for what restricts nobody.
"""

from collections.abc import Mapping
from typing import Any

from firstline.response.models import Level

Asked = Mapping[str, Any]

SHIPPED: Mapping[Level, tuple[tuple[str, Asked, int], ...]] = {
    Level.I: (
        ("pass_at_gates", {"vehicles": True, "temperature": True}, 14),
        ("outsiders_held_back", {"vehicles": True, "couriers": True}, 14),
        ("observation_days", {"days": 14}, 14),
        ("close_businesses", {"categories": ["hotel", "guesthouse", "restaurant", "teahouse", "banquet"]}, 14),
        ("live_poultry_stop", {}, 14),
        ("reporting_hours", {"hours": [11, 17]}, 0),
        ("disinfection_rhythm", {"every_hours": 12}, 0),
        ("pass_quota", {"people": 1, "days": 2}, 14),
    ),
    Level.II: (
        ("pass_at_gates", {"vehicles": True, "temperature": True}, 14),
        ("outsiders_held_back", {"vehicles": True, "couriers": True}, 14),
        ("observation_days", {"days": 14}, 14),
        ("close_businesses", {"categories": ["banquet", "card_room", "cinema"]}, 14),
        ("live_poultry_stop", {}, 14),
        ("reporting_hours", {"hours": [17]}, 0),
        ("disinfection_rhythm", {"every_hours": 24}, 0),
    ),
    Level.III: (
        ("pass_at_gates", {"vehicles": False, "temperature": True}, 14),
        ("observation_days", {"days": 14}, 14),
        ("live_poultry_stop", {}, 14),
        ("reporting_hours", {"hours": [17]}, 0),
        ("disinfection_rhythm", {"every_hours": 48}, 0),
    ),
    Level.IV: (
        ("reporting_hours", {"hours": [17]}, 0),
        ("disinfection_rhythm", {"every_hours": 168}, 0),
    ),
}
