"""Draws the notebook's icons from its own SVG: ``python -m tools.icons`` after a change of ``notebook/icon.svg``.

A phone that installs the notebook wants PNG files of 192 and 512 pixels, and one that it may cut to its own shape
(maskable): the drawing stays within the middle four fifths, whatever the shape. One SVG gives the three.
"""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tools import palette

FOLDER = Path(__file__).parents[1] / "src/entremise/notebook/static/notebook"
CHROMIUM = "/usr/bin/chromium"
SIZES = {"icon-192.png": 192, "icon-512.png": 512, "icon-maskable-512.png": 512}
ROUND = "#icon > rect { rx: 5px }"  # a phone that does not cut the icon sees a rounded one


def main() -> None:
    """Write the three files beside the drawing."""
    drawing = (FOLDER / "icon.svg").read_text(encoding="utf-8").replace("<svg ", '<svg id="icon" ')
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, size in SIZES.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            style = f"html, body {{ margin: 0 }} svg {{ display: block; width: {size}px; height: {size}px }}"
            page.set_content(f"<style>{style} {'' if 'maskable' in name else ROUND}</style>{drawing}")
            picture = palette.reduce(page.screenshot(omit_background=False))
            (FOLDER / name).write_bytes(picture)
            print(f"{name} {len(picture)} bytes")
        browser.close()


if __name__ == "__main__":
    main()
