"""`python -m benchmarks [understanding] [follow_ups] [talks] [crisis] [public] [speed] [road] [recovery]`: all eight
when none is named.

`--keep` writes the figures of the first three and of the public tasks into docs/understanding.md, of the last three
into docs/road.md.
"""

from __future__ import annotations

import sys

from benchmarks import crisis, figures, follow_ups, public, recovery, road, speed, talks, understanding

PARTS = {
    "understanding": understanding.main,
    "follow_ups": follow_ups.main,
    "talks": talks.main,
    "crisis": crisis.main,
    "public": public.main,
    "speed": speed.main,
    "road": road.main,
    "recovery": recovery.main,
}


def main(names: list[str]) -> int:
    figures.keeping = "--keep" in names
    names = [name for name in names if name != "--keep"]
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    return max([PARTS[name]() for name in names or PARTS], default=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
