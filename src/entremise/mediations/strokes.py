"""A signature drawn on a screen: strokes of points, kept as short text, never as a picture that could hide anything.

``12,40 15,42;80,10 81,12``: two strokes, each of points x,y in a frame of ``WIDTH`` by ``HEIGHT``.
"""

import re

WIDTH, HEIGHT = 600, 200
LONGEST = 40_000  # characters: some five thousand points, far more than a hand makes
FEWEST = 2  # points: a touch is no signature
_STROKE = re.compile(r"\d{1,3},\d{1,3}(?: \d{1,3},\d{1,3})*", re.ASCII)

Strokes = tuple[tuple[tuple[int, int], ...], ...]


def strokes_of(text: str) -> Strokes:
    """The strokes of a drawing. ValueError when it is no drawing, or nothing was drawn."""
    if len(text) > LONGEST:
        raise ValueError("too long")
    strokes = tuple(_points(stroke) for stroke in text.split(";"))
    if sum(len(points) for points in strokes) < FEWEST:
        raise ValueError("nothing drawn")
    return strokes


def _points(stroke: str) -> tuple[tuple[int, int], ...]:
    if not _STROKE.fullmatch(stroke):
        raise ValueError("not a stroke")
    points = [tuple(map(int, point.split(","))) for point in stroke.split(" ")]
    if any(x > WIDTH or y > HEIGHT for x, y in points):
        raise ValueError("outside the frame")
    return tuple((x, y) for x, y in points)


def as_svg(strokes: Strokes, color: str) -> str:
    """The drawing as SVG, made of our own numbers alone."""
    lines = "".join(f'<polyline points="{" ".join(f"{x},{y}" for x, y in points)}"/>' for points in strokes)
    pen = f'fill="none" stroke="{color}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"'
    frame = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame}><g {pen}>{lines}</g></svg>'
