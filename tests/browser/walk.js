// What the walk sees of a page: its controls, and everything that a control can change.
(() => {
  const WIDGETS = [
    "stSlider", "stSelectbox", "stMultiSelect", "stCheckbox", "stRadio", "stNumberInput",
    "stTextInput", "stTextArea", "stButtonGroup",
  ].map((name) => `[data-testid=${name}]`).join();
  // Parts of Streamlit's own frame, helps that show on hovering, and what scrolls.
  const FOREIGN = [
    "[data-testid=stMainMenu]", "[data-testid=stToolbar]", "[data-testid=stTooltipIcon]",
    "[data-testid=stCodeCopyButton]", "[data-testid=stElementToolbar]", "[data-testid=stHeaderActionElements]",
    "[data-testid=stFileUploader]", "[data-testid=stTooltipHoverTarget] svg", "[data-testid=stNumberInput] button",
    "[data-testid=stSelectbox] button", "[data-testid=stMultiSelect] button",
  ].join();
  const CHOSEN = "[aria-pressed=true], [aria-checked=true], [aria-current=true], [data-testid$=Active]";
  const KINDS = {
    slider: "[role=slider]",
    range: "input[type=range]",
    select: "select",
    menu: "[data-testid=stSelectbox] input, [data-testid=stMultiSelect] input",
    switch: "input[type=checkbox]",
    radio: "input[type=radio]",
    number: "input[type=number]",
    text: "input[type=text]:not([role=combobox])",
    area: "textarea",
    fold: "summary",
    link: "a[href]",
    button: "button, [role=button][tabindex='0'], [role=radio]:not(input)",
  };

  const seen = (element) => {
    const box = (element.closest("label") ?? element).getBoundingClientRect();
    return box.width > 0 && box.height > 0 && (element.closest("label") ?? element).checkVisibility({ visibilityProperty: true });
  };
  const off = (element) => element.disabled || element.ariaDisabled === "true" || element.closest("[disabled]");
  const words = (element) => {
    const own = element.ariaLabel || element.innerText || element.title || element.placeholder;
    const widget = element.closest(WIDGETS)?.querySelector("label, [data-testid=stWidgetLabel]")?.innerText;
    const said = own || widget || element.labels?.[0]?.innerText || "";
    return said.trim().replace(/\s+/g, " ").slice(0, 60);
  };
  /** The dialog or the popover that is open above the page. */
  const above = () =>
    document.querySelector("[role=dialog] [data-testid=stVerticalBlock], [data-testid=stPopoverBody]");
  const scope = () => above() ?? document.querySelector("[data-testid=stMain]");

  /** Controls of the page, or of what is open above it; `data-walk` finds one again. */
  const controls = () => {
    const taken = new Set(), count = {}, found = [];
    for (const [kind, selector] of Object.entries(KINDS)) {
      for (const element of scope().querySelectorAll(selector)) {
        if (taken.has(element) || !seen(element) || off(element) || element.matches(CHOSEN)) continue;
        if (element.closest(FOREIGN) || element.checked && kind === "radio") continue;
        taken.add(element);
        const name = `${kind}: ${words(element)}`;
        count[name] = (count[name] ?? 0) + 1;
        const id = count[name] > 1 ? `${name} (${count[name]})` : name;
        element.dataset.walk = id;
        found.push({ id, kind });
      }
    }
    return found;
  };

  const hash = (text) => {
    let sum = 0;
    for (let k = 0; k < text.length; k += 1) sum = (sum * 31 + text.charCodeAt(k)) | 0;
    return sum;
  };
  const parts = (selector, tell, own) =>
    [...document.querySelectorAll(selector)].filter((part) => !own?.contains(part)).map(tell).join("\n");

  /** All that a person sees, with an id but for what this control itself shows. */
  const picture = (id) => {
    if (id) controls();
    const control = id === "" ? null : document.querySelector(`[data-walk=${CSS.escape(id)}]`);
    const own = control?.closest(WIDGETS)?.closest("[data-testid=stElementContainer]") ?? null;
    const leaf = (part) => part.querySelector("[data-testid=stElementContainer]") ? "" : part.innerText;
    return hash([
      parts("[data-testid=stElementContainer]", leaf, own),
      parts("[role=dialog], [role=listbox], [data-testid=stPopoverBody], [data-testid=stExpander] details", (part) => `${part.open} ${part.innerText}`, own),
      parts("button", (part) => part.disabled),
      parts("input, textarea, select", (part) => `${part.value} ${part.checked}`, own),
      parts("svg:not([data-testid])", (part) => hash(part.outerHTML), own),
      parts("canvas", (part) => hash(part.toDataURL()), own),
      parts(".lo-stage, [aria-pressed]", (part) => `${part.dataset.playing} ${part.dataset.step} ${part.ariaPressed} ${part.className}`, own),
    ].join("\n"));
  };

  /** A part that is still to be drawn; one that stays hidden never is. */
  const isBare = (part) => part.querySelector("svg, canvas, button, input, [hidden]") === null;

  const busy = () => {
    const app = document.querySelector("[data-testid=stApp]");
    const waits = [...document.querySelectorAll(".stBidiComponent, [data-testid=stSkeleton]")].some(isBare);
    return app?.dataset.testScriptState !== "notRunning" || document.querySelector(".st-key-footer a") === null || waits;
  };

  /** Put every clock in its middle and zoom in, so that all buttons have somewhere to go. */
  const calm = (id = "") => {
    const chosen = id ? document.querySelector(`[data-walk=${CSS.escape(id)}]`) : null;
    const zoom = chosen?.parentElement?.querySelector(".lo-follow + button");
    if (zoom && zoom !== chosen) zoom.click();
    for (const range of document.querySelectorAll("[data-testid=stage] input[type=range], [data-testid=transport] input[type=range]")) {
      if (range.closest(".lo-dial") || !seen(range)) continue;
      range.value = Math.floor((+range.min + +range.max) / 2);
      range.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  const errors = () =>
    [...document.querySelectorAll("[data-testid=stException], [data-testid=stAlertContentError]")].map((box) => box.innerText.slice(0, 200));

  window.walk = { controls, above: () => above() !== null, picture, busy, calm, errors };
})();
