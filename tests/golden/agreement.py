"""Golden values of the crate `score`: `agreement.py > ../../crates/score/tests/golden/agreement.json`.

Needs the packages that the output names. Each number comes from a package, never from a formula written here; only chance
(SplitMix64) is written out, since no package offers it. What a package does not define (no number, or an error) is null.
"""

import itertools
import json
import random
import sys
import warnings
from importlib.metadata import version

import krippendorff
import numpy as np
import pandas as pd
from irrCAC.raw import CAC
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.proportion import proportion_confint

warnings.simplefilter("ignore")
PACKAGES = ["krippendorff", "irrCAC", "statsmodels", "scikit-learn", "scipy", "numpy"]
# Krippendorff 2011, four observers, twelve units, nominal alpha 0.743
PUBLISHED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def number(value):
    """A finite number, else null."""
    return float(value) if value is not None and np.isfinite(value) else None


def alpha(items):
    """Nominal alpha; the package raises where there is one category only."""
    data = np.array(items, dtype=float).T
    try:
        return number(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))
    except ValueError:
        return None


def kappa(items):
    """Cohen's kappa of two who answered all."""
    if len(items[0]) != 2 or any(answer is None for row in items for answer in row):
        return None
    if len({answer for row in items for answer in row}) == 1:
        return None
    first, second = zip(*items)
    return number(cohen_kappa_score(first, second))


def ac1(items, scale):
    """Gwet's AC1 on a scale of 1 to `scale`."""
    try:
        frame = pd.DataFrame(items).astype(float)
        coefficients = CAC(frame, categories=[float(c) for c in range(1, scale + 1)], digits=17)
        return number(coefficients.gwet()["est"]["coefficient_value"])
    except (ValueError, ZeroDivisionError):
        return None


def case(name, items, scale):
    return {
        "name": name, "scale": scale, "items": items,
        "kappa": kappa(items), "alpha": alpha(items), "ac1": ac1(items, scale),
    }


def cases():
    """2×2 tables, tables of more categories, several raters, missing answers."""
    tables = [
        (45, 3, 3, 44), (3, 3, 3, 86), (0, 3, 3, 89), (20, 5, 10, 15), (45, 15, 25, 15), (25, 35, 5, 35), (40, 9, 6, 45),
        (80, 10, 5, 5), (0, 0, 0, 9), (9, 0, 0, 0), (0, 5, 5, 0), (0, 5, 0, 5), (0, 5, 0, 0),
        (1, 0, 0, 1), (1, 0, 0, 0), (0, 1, 0, 0), (5, 0, 0, 5), (90, 2, 3, 0), (1, 93, 1, 0),
    ]
    for table in tables:
        kinds = [[1, 1], [1, 2], [2, 1], [2, 2]]
        yield case(f"table {table}", [kind for kind, count in zip(kinds, table) for _ in range(count)], 2)
    yield case("krippendorff 2011", [list(row) for row in zip(*PUBLISHED)], 5)
    chance = random.Random(20240117)
    for raters, scale, missing in itertools.product([2, 3, 5], [2, 3, 4], [0, 0.25]):
        items = []
        for _ in range(30):
            truth = chance.randint(1, scale)
            answer = lambda: truth if chance.random() < 0.7 else chance.randint(1, scale)
            items.append([None if chance.random() < missing else answer() for _ in range(raters)])
        yield case(f"{raters} raters, {scale} categories, missing {missing}", items, scale)
    yield case("a category of the scale that nobody used", [[1, 1], [2, 2], [1, 2], [2, 2]], 4)
    yield case("three raters who all agree on one", [[1, 1, 1], [1, 1, 1]], 2)
    yield case("one answer each", [[1, None], [None, 2]], 2)


def intervals():
    """Wilson's interval at 95 %."""
    for yes, of in [(89, 95), (0, 1), (1, 1), (0, 100), (100, 100), (1, 3), (48, 96), (94, 95), (7, 1000)]:
        low, high = proportion_confint(yes, of, alpha=0.05, method="wilson")
        yield {"yes": yes, "of": of, "low": float(low), "high": float(high)}


def draws(state):
    """SplitMix64."""
    mask = (1 << 64) - 1
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & mask
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & mask
        yield mixed ^ (mixed >> 31)


def bootstraps():
    """Median and percentiles by numpy; assessors by name, times sorted, clean before assisted."""
    chance = random.Random(7)
    for people, resamples, seed in [(1, 200, 1), (2, 500, 42), (5, 999, 2**63 + 11)]:
        times = {
            f"p{n}": [
                sorted(chance.randint(20, 300) for _ in range(chance.randint(1, 9))),
                sorted(chance.randint(5, 200) for _ in range(chance.randint(2, 20))),
            ]
            for n in range(people)
        }
        saved = lambda all_times: np.median([np.median(clean) - np.median(assisted) for clean, assisted in all_times])
        source = draws(seed)
        again = lambda row: [row[(next(source) * len(row)) >> 64] for _ in row]
        drawn = [saved([(again(clean), again(assisted)) for clean, assisted in times.values()]) for _ in range(resamples)]
        low, high = np.percentile(drawn, [2.5, 97.5])
        numbers = {"median": float(saved(times.values())), "low": float(low), "high": float(high)}
        yield {"times": times, "seed": seed, "resamples": resamples, **numbers}


packages = {name: version(name) for name in PACKAGES}
table = {"packages": packages, "agreement": list(cases()), "wilson": list(intervals()), "bootstrap": list(bootstraps())}
parts = ",\n".join(
    f'"{key}": ' + (json.dumps(part) if isinstance(part, dict) else "[\n" + ",\n".join(map(json.dumps, part)) + "\n]")
    for key, part in table.items()
)
sys.stdout.write("{\n" + parts + "\n}\n")
