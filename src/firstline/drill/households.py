"""Invented households: weighted names (faker, zh_CN), well-formed numbers that belong to nobody we know."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from faker import Faker

# Weights and check characters of ISO 7064 MOD 11-2 as GB 11643 uses it.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_AREAS = ("141102", "142302", "141124", "140106", "141126")


@dataclass(frozen=True)
class Resident:
    """Somebody who lives behind an invented door."""

    name: str
    relation: str
    sex: str
    born: date
    id_number: str
    phone: str


@dataclass
class Inventor:
    """Gives the same households for the same seed."""

    seed: int
    _random: random.Random = field(init=False)
    _names: Faker = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._names = Faker("zh_CN")
        self._names.seed_instance(self.seed)

    def household(self) -> list[Resident]:
        """One to five people, the head first; children carry the head's surname."""
        size = self._random.choices((1, 2, 3, 4, 5), (18, 27, 30, 17, 8))[0]
        head = self._resident("户主", self._random.randint(26, 78), self._random.choice("男女"))
        family = [head]
        if size > 1:
            age = 2020 - head.born.year + self._random.randint(-4, 4)
            family.append(self._resident("配偶", max(age, 22), "女" if head.sex == "男" else "男"))
        for _number in range(size - 2):
            sex = self._random.choice("男女")
            age = max(2020 - head.born.year - self._random.randint(23, 32), 1)
            child = self._resident("儿子" if sex == "男" else "女儿", age, sex, surname=head.name[0])
            family.append(child)
        return family

    def staff_name(self) -> str:
        """A name for one of our own people."""
        name: str = self._names.name()
        return name

    def phone(self) -> str:
        """A well-formed mobile number; never called."""
        return f"1{self._random.choice('35789')}{self._random.randrange(10**9):09d}"

    def chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def choice(self, options: list[str], weights: list[float]) -> str:
        return self._random.choices(options, weights)[0]

    def minutes_between(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def _resident(self, relation: str, age: int, sex: str, surname: str | None = None) -> Resident:
        born = date(2020, 2, 12) - timedelta(days=age * 365 + self._random.randrange(365))
        name = self._names.name_male() if sex == "男" else self._names.name_female()
        if surname:
            name = surname + name[1:]
        phone = self.phone() if age > 12 else ""
        return Resident(name, relation, sex, born, self._id_number(born, sex), phone)

    def _id_number(self, born: date, sex: str) -> str:
        order = self._random.randrange(50) * 2 + (1 if sex == "男" else 0)
        body = f"{self._random.choice(_AREAS)}{born:%Y%m%d}{order:03d}"
        total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
        return body + _CHECK[total % 11]
