"""Two stages and one transport."""

from urllib.parse import parse_qs, urlparse

from playwright.sync_api import Page, expect

LINK = (
    "/compare?mode=side_by_side&a.problem=quadratic&a.runs=batch-adam&a.run.n_steps=60"
    "&b.problem=rosenbrock&b.runs=momentum&b.momentum.learning_rate=0.0005&b.run.n_steps=60"
)
STEPS = "[...document.querySelectorAll('[data-testid=stage]')].map(stage => stage.dataset.step)"


ON_ONE_SCREEN = """() => {
  const parts = document.querySelectorAll('.lo-surface .lo-body, .lo-common .lo-play');
  const [play, one, other] = [...parts].map(part => part.getBoundingClientRect());
  return one.right <= other.left && one.top === other.top && other.right <= innerWidth
    && one.bottom <= play.top && play.bottom <= innerHeight;
}"""
"""Of a phone: both surfaces beside one another, and play below them."""


def open_both(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_test_id("stage")).to_have_count(2, timeout=15_000)
    page.wait_for_function(f"() => {STEPS}.every(Number)", timeout=15_000)


def test_both_sides_stay_in_step_and_the_link_restores_them(page: Page, app_url: str) -> None:
    open_both(page, app_url + LINK)
    transport = page.get_by_test_id("transport")
    page.evaluate(
        f"""() => new Promise(done => {{
          window.apart = 0; let left = 20;
          const look = () => {{
            window.apart += new Set({STEPS}).size - 1;
            if (left--) requestAnimationFrame(() => setTimeout(look)); else done();
          }};
          look();
        }})"""
    )
    assert page.evaluate("() => window.apart") == 0
    transport.get_by_role("button", name="To the start").click()
    page.wait_for_function(f"() => {STEPS}.join() === '0,0'")
    transport.get_by_role("button", name="One step forward").click()
    page.wait_for_function(f"() => {STEPS}.join() === '1,1'")
    scrub = transport.get_by_role("slider")
    scrub.focus()
    scrub.press("End")
    page.wait_for_function(f"() => {STEPS}.join() === '60,60'")
    seen = page.locator("[data-testid=stage] tbody").all_inner_texts()
    other = page.context.new_page()
    open_both(other, page.url)
    other.get_by_test_id("transport").get_by_role("button", name="To the end").click()
    other.wait_for_function(f"() => {STEPS}.join() === '60,60'")
    other.wait_for_timeout(300)  # the table may lag behind the pictures
    assert other.locator("[data-testid=stage] tbody").all_inner_texts() == seen


def test_the_left_side_is_copied_to_the_right(page: Page, app_url: str) -> None:
    open_both(page, app_url + LINK)
    page.get_by_role("button", name="Copy left to right").click()
    page.wait_for_function("() => location.search.includes('b.problem=quadratic')")
    query = parse_qs(urlparse(page.url).query)
    left = {name[2:]: text for name, text in query.items() if name.startswith("a.")}
    assert left == {name[2:]: text for name, text in query.items() if name.startswith("b.")}
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(ON_ONE_SCREEN)
