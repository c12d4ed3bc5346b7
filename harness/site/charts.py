"""A line of shares over runs, as the numbers of an SVG that a template writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from harness.site.history import Point

WIDTH, HEIGHT = 360, 130
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 10, 10, 22


@dataclass(frozen=True)
class Dot:
    """A run on the chart."""

    x: float
    y: float
    point: Point


@dataclass(frozen=True)
class Segment:
    """The runs of the same versions, which a line joins."""

    version: str
    dots: Sequence[Dot]

    @property
    def path(self) -> str:
        """The points of its polyline."""
        return " ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in self.dots)


@dataclass(frozen=True)
class Chart:
    """A chart with its scale in percent."""

    segments: Sequence[Segment]
    low: float
    high: float


def chart(points: Sequence[Point]) -> Chart:
    """The chart of a column's runs, evenly spaced: what matters is their order."""
    shares = [point.share for point in points]
    low, high = min(shares), max(shares)
    if high - low < 1:  # a line that does not move is drawn as one
        low, high = max(0.0, low - 0.5), min(100.0, high + 0.5)
    inner = WIDTH - _LEFT - _RIGHT
    dots = [
        Dot(
            _LEFT + (inner * place / (len(points) - 1) if len(points) > 1 else inner / 2),
            _TOP + (HEIGHT - _TOP - _BOTTOM) * (high - point.share) / (high - low),
            point,
        )
        for place, point in enumerate(points)
    ]
    grouped = groupby(dots, key=lambda dot: dot.point.version)
    return Chart([Segment(version, list(found)) for version, found in grouped], low, high)
