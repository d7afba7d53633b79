"""`python -m benchmarks [understanding] [crisis] [public] [speed] [road]`: all five when none is named."""

from __future__ import annotations

import sys

from benchmarks import crisis, public, road, speed, understanding

PARTS = {
    "understanding": understanding.main,
    "crisis": crisis.main,
    "public": public.main,
    "speed": speed.main,
    "road": road.main,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    return max([PARTS[name]() for name in names or PARTS], default=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
