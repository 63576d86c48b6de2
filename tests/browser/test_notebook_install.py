"""The notebook installs on a phone's home screen: Chromium itself says so."""

from playwright.sync_api import expect

from tests.browser.conftest import CHROMIUM, FLAGS, PHONE


def test_the_browser_finds_nothing_that_prevents_installing(chromium, enter, cast, site, tmp_path):
    # A private window never installs anything: this profile is kept in a folder, as a phone's is.
    options = {"executable_path": CHROMIUM, "args": FLAGS, "viewport": PHONE, "locale": "fr-FR"}
    context = chromium.browser_type.launch_persistent_context(str(tmp_path), **options)
    try:
        page = context.pages[0]
        enter(page, cast.samia)
        page.goto(f"{site}/carnet/")
        expect(page.get_by_role("heading", name="Préparer ce téléphone")).to_be_visible()
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        browser = context.new_cdp_session(page)
        manifest = browser.send("Page.getAppManifest")
        assert manifest["errors"] == []
        assert manifest["url"].endswith("/carnet/manifeste.webmanifest")
        assert browser.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    finally:
        context.close()
