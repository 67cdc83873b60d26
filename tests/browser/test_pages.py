"""Every page: accessible, narrow, without scripts, by keyboard, within the security policy."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .conftest import Visit


def test_everything_can_be_read_without_scripts(visit: Visit) -> None:
    visitor = visit(scripts=False)
    visitor.log_in()
    page = visitor.go("/regio/ijsselland/zien/")
    figure = page.locator("#care-forms")
    expect(figure.locator(".vw-chart svg:visible")).to_have_count(1)
    expect(figure.locator("table")).to_be_hidden()
    figure.get_by_text("Tabel", exact=True).click()
    expect(figure.locator("table")).to_be_visible()
    expect(figure.locator(".vw-chart")).to_be_hidden()
    figure.get_by_text("Hoe is dit berekend?").click()
    expect(figure.get_by_text("Overgenomen uit de bron")).to_be_visible()

    page = visitor.go("/regio/twente/zien/wachttijden/")
    page.get_by_label("Zoeken").fill("accare")
    page.get_by_role("button", name="Tonen").click()
    assert "zoek=accare" in page.url
    page = visitor.go("/regio/ijsselland/begrijpen/kaart/")
    page.locator(".vw-map [data-node='4']").click()
    assert page.url.endswith("/begrijpen/4/")


def test_the_menu_opens_without_scripts_on_a_narrow_screen(visit: Visit) -> None:
    visitor = visit(width=320, scripts=False)
    visitor.log_in()
    page = visitor.go("/regio/ijsselland/zien/")
    link = page.get_by_role("link", name="Begrijpen")
    expect(link).to_be_hidden()
    page.get_by_text("Menu: Zien").click()
    link.click()
    assert page.url.endswith("/regio/ijsselland/begrijpen/")


def test_the_first_tab_skips_to_the_content(visit: Visit) -> None:
    page = visit().go("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def focus_is_seen(page: Page) -> bool:
    """Whether what has the focus, or what stands around it, is drawn with a line."""
    return bool(
        page.evaluate(
            """() => {
              const drawn = element => {
                const style = getComputedStyle(element);
                return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
                  || (style.stroke !== "none" && parseFloat(style.strokeWidth) >= 4);
              };
              let element = document.activeElement;
              if ([...element.querySelectorAll("rect, path")].some(drawn)) return true;
              for (let i = 0; element && i < 4; i++, element = element.parentElement) {
                if (drawn(element)) return true;
              }
              return false;
            }"""
        )
    )


def test_every_stop_of_the_keyboard_is_seen(visit: Visit) -> None:
    visitor = visit()
    visitor.log_in()
    unseen = []
    for path in (
        "/regio/ijsselland/",
        "/regio/twente/",
        "/regio/ijsselland/zien/",
        "/regio/ijsselland/begrijpen/kaart/",
    ):
        page = visitor.go(path)
        for _stop in range(45):
            page.keyboard.press("Tab")
            where = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
            if where.startswith("<body"):
                break
            if not focus_is_seen(page):
                unseen.append((path, where))
    assert unseen == []


def test_the_map_lights_up_relations_of_what_has_the_focus(visit: Visit) -> None:
    visitor = visit()
    visitor.log_in()
    page = visitor.go("/regio/ijsselland/begrijpen/kaart/")
    page.locator("[data-node='5']").focus()
    expect(page.locator(".vw-map")).to_have_class("vw-map has-choice")
    lit = page.locator("[data-node].is-related").evaluate_all("all => all.map(e => e.dataset.node)")
    assert sorted(lit) == ["4", "5", "6"]
    page.locator("[data-node='5']").blur()
    expect(page.locator(".vw-map")).to_have_class("vw-map")


def test_arrows_are_spoken_of_only_where_they_stand(visit: Visit) -> None:
    for width, drawn in ((1280, True), (320, False)):
        visitor = visit(width=width)
        visitor.log_in()
        page = visitor.go("/regio/ijsselland/begrijpen/kaart/")
        expect(page.locator(".vw-map")).to_be_visible(visible=drawn)
        expect(page.get_by_text("Een pijl loopt van een inzicht")).to_be_visible(visible=drawn)
        expect(page.get_by_text("Op een breder scherm")).to_be_visible(visible=not drawn)
        expect(page.get_by_role("link", name="1. It takes a village")).to_have_count(1 + drawn)


def test_the_waits_of_a_region_are_reached_from_its_ring_by_keyboard(visit: Visit) -> None:
    visitor = visit()
    visitor.log_in()
    page = visitor.go("/regio/twente/")
    link = page.locator(".vw-ring").get_by_role("link", name="130 wachttijden")
    for _stop in range(40):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    assert focus_is_seen(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/regio/twente/zien/wachttijden/")
    expect(page.locator("#wait-to-intake")).to_be_visible()


def test_a_table_is_refused_with_what_is_wanted(
    visit: Visit, assert_accessible: Callable[[Page], None]
) -> None:
    visitor = visit(width=320)
    visitor.log_in()
    page = visitor.go("/regio/twente/zien/wachttijden/inlezen/")
    table = {"name": "tijden.csv", "mimeType": "text/csv", "buffer": b"a;b\n1;2\n"}
    page.get_by_label("Bestand met gepubliceerde wachttijden").set_input_files(table)
    page.get_by_role("button", name="Het bestand nakijken").click()
    expect(page.get_by_text("Dit lijkt een CSV-bestand")).to_be_visible()
    page.get_by_text("Hoe ziet zo'n bestand eruit?").click()
    assert_accessible(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320, "nothing sticks out of a narrow screen"


def test_a_filter_renews_the_list_without_leaving_the_page(visit: Visit) -> None:
    visitor = visit()
    visitor.log_in()
    page = visitor.go("/regio/twente/zien/wachttijden/")
    page.evaluate("window.stayed = true")
    page.get_by_label("Soort hulp", exact=True).select_option("diagnostics")
    expect(page.locator("#offers")).not_to_contain_text("130")
    assert page.evaluate("window.stayed") is True
    assert "soort=diagnostics" in page.url


def test_the_interface_changes_language_and_stays_where_it_is(visit: Visit) -> None:
    visitor = visit()
    visitor.log_in()
    page = visitor.go("/regio/ijsselland/zien/")
    page.get_by_role("button", name="English").click()
    assert page.url.endswith("/regio/ijsselland/zien/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Figures of the region")
    assert page.locator("html").get_attribute("lang") == "en"


def test_dark_and_light_have_their_own_ground(visit: Visit) -> None:
    grounds = {
        scheme: visit(scheme=scheme)
        .go("/")
        .evaluate("getComputedStyle(document.documentElement).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert grounds == {"light": "rgb(255, 255, 255)", "dark": "rgb(13, 26, 29)"}


def test_on_paper_chart_and_table_both_stand_there(visit: Visit) -> None:
    visitor = visit()
    visitor.log_in()
    page = visitor.go("/regio/ijsselland/zien/")
    page.emulate_media(media="print")
    figure = page.locator("#care-forms")
    expect(figure.locator("table")).to_be_visible()
    expect(figure.locator(".vw-chart")).to_be_visible()
    expect(page.locator(".vw-loopnav")).to_be_hidden()
