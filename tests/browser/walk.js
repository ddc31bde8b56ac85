// What the walk sees of a page: its controls, and everything that a control can change.
(() => {
  const WIDGETS = [
    "stSlider", "stSelectbox", "stMultiSelect", "stCheckbox", "stRadio", "stNumberInput",
    "stTextInput", "stTextArea", "stButtonGroup",
  ].map((name) => `[data-testid=${name}]`).join();
  // Parts of Streamlit's own frame, helps that show on hovering, and what scrolls.
  const FOREIGN = [
    "[data-testid=stMainMenu]", "[data-testid=stToolbar]", "[data-testid=stTooltipIcon]", ".lo-help",
    "[data-testid=stElementToolbar]", "[data-testid=stHeaderActionElements]",
    "[data-testid=stFileUploader]", "[data-testid=stTooltipHoverTarget] svg", "[aria-haspopup=listbox]",
  ].join();
  /** Where a kind is a control at all: starts are moved on most pages, points on one. */
  const isUsed = (kind) =>
    kind === "surface" ? !/network|lessons/.test(location.pathname) : kind !== "drag" || location.pathname === "/losses";
  // Told apart by number, for what is written in them changes.
  const PLOTS = ["surface", "drag", "cell", "points", "curve", "file"];
  const CHOSEN = "[aria-pressed=true], [aria-checked=true], [aria-current=true], [role=tab][aria-selected=true], [data-testid$=Active]";
  const KINDS = {
    surface: ".lo-surface .lo-body",
    drag: ".lo-fit .lo-body",
    cell: "[data-testid=map] .lo-body",
    points: ".lo-points-plot",
    curve: ".lo-curve .lo-body",
    file: "[data-testid=stFileUploaderDropzone]",
    slider: "[role=slider], .lo-setting input[type=range]",
    range: "input[type=range]",
    choice: ".lo-setting select",
    select: "select",
    menu: "[data-testid=stSelectbox] input, [data-testid=stMultiSelect] input",
    switch: "input[type=checkbox]",
    radio: "input[type=radio]",
    number: "input[type=number]",
    text: "input[type=text]:not([role=combobox])",
    area: "textarea",
    fold: "summary",
    link: "a[href]",
    button: "button, [role=button][tabindex='0'], [role=radio]:not(input), .lo-list [role=option]",
  };

  const seen = (element) => {
    const box = (element.closest("label") ?? element).getBoundingClientRect();
    return box.width > 0 && box.height > 0 && (element.closest("label") ?? element).checkVisibility({ visibilityProperty: true });
  };
  const off = (element) => element.disabled || element.ariaDisabled === "true" || element.closest("[disabled]");
  /** The text that a person reads; that of an icon is the name of its picture, and changes with it. */
  const textOf = (element) => {
    if (element.querySelector("[data-testid=stIconMaterial]") === null) return element.innerText;
    const copy = element.cloneNode(true);
    for (const icon of copy.querySelectorAll("[data-testid=stIconMaterial]")) icon.remove();
    return copy.textContent;
  };
  const words = (element) => {
    const own = element.ariaLabel || textOf(element) || element.title || element.placeholder;
    const widget = element.closest(WIDGETS)?.querySelector("label, [data-testid=stWidgetLabel]")?.innerText;
    const said = own || widget || element.labels?.[0]?.innerText || "";
    return said.trim().replace(/\s+/g, " ").slice(0, 60);
  };
  /** The dialog, the popover or the list that is open above the page. */
  const above = () =>
    document.querySelector("[role=dialog] [data-testid=stVerticalBlock], [data-testid=stPopoverBody], .lo-add:not([hidden])");
  const scope = () => above() ?? document.querySelector("[data-testid=stMain]");

  /** Disabled, or chosen already: nobody can press it now. */
  const rests = (element, kind) => Boolean(off(element) || element.matches(CHOSEN) || (kind === "radio" && element.checked));

  /** Controls of the page, or of what is open above it; `data-walk` finds one again. */
  const controls = () => {
    const taken = new Set(), count = {}, found = [];
    for (const old of document.querySelectorAll("[data-walk]")) delete old.dataset.walk;
    for (const [kind, selector] of Object.entries(KINDS).filter(([name]) => isUsed(name))) {
      for (const element of scope().querySelectorAll(selector)) {
        if (taken.has(element) || !seen(element) || kind !== "file" && element.closest(FOREIGN)) continue;
        taken.add(element);
        const name = PLOTS.includes(kind) ? kind : `${kind}: ${words(element)}`;
        count[name] = (count[name] ?? 0) + 1;
        const id = count[name] > 1 ? `${name} (${count[name]})` : name;
        element.dataset.walk = id;
        found.push({ id, kind, rests: rests(element, kind) });
      }
    }
    return found;
  };

  /** How often something was copied: nothing of the page need tell it. */
  let copies = 0;
  const { clipboard } = navigator;
  if (clipboard) {
    const write = clipboard.writeText.bind(clipboard);
    clipboard.writeText = (text) => write(text).then(() => { copies += text !== ""; });
  }

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
    const own = control?.closest(".lo-setting") ?? control?.closest(WIDGETS)?.closest("[data-testid=stElementContainer]") ?? null;
    const leaf = (part) => part.querySelector("[data-testid=stElementContainer]") ? "" : part.innerText;
    return hash([
      parts("[data-testid=stElementContainer]", leaf, own),
      parts("[role=dialog], [role=listbox], [data-testid=stPopoverBody], [data-testid=stExpander] details", (part) => `${part.open} ${part.innerText}`, own),
      parts("button", (part) => part.disabled),
      parts("input, textarea, select", (part) => `${part.value} ${part.checked}`, own),
      parts("svg:not([data-testid])", (part) => hash(part.outerHTML), own),
      parts("canvas", (part) => hash(part.toDataURL()), own),
      parts(".lo-stage, [aria-pressed]", (part) => `${part.dataset.playing} ${part.dataset.step} ${part.ariaPressed} ${part.className}`, own),
      copies,
    ].join("\n"));
  };

  /** A part that is still to be drawn; one that stays hidden never is. */
  const isBare = (part) => part.querySelector("svg, canvas, button, input, [hidden], [role=tooltip]") === null;

  const busy = () => {
    const app = document.querySelector("[data-testid=stApp]");
    const waits = [...document.querySelectorAll(".stBidiComponent, [data-testid=stSkeleton]")].some(isBare) ||
      document.querySelector(".lo-play:not([aria-label])") !== null;
    return app?.dataset.testScriptState !== "notRunning" || document.querySelector(".st-key-footer a") === null || waits;
  };

  /** Stop what plays: it would not come to rest by itself. */
  const halt = () => {
    const playing = [...document.querySelectorAll("[data-testid=stage][data-playing=true]")];
    const common = document.querySelector("[data-testid=transport] .lo-play");
    for (const play of new Set(playing.map((stage) => stage.querySelector(".lo-play") ?? common))) play?.click();
    return playing.length > 0;
  };

  /** Resolve to what is seen when nothing has moved for a while, or when it never stops. */
  const settled = async (id, { rest = 200, patience = 5000, longest = 240000 } = {}) => {
    const began = performance.now();
    let [last, since, halted] = [null, began, began];
    for (;;) {
      const now = busy() ? null : picture(id), at = performance.now();
      if (now !== null && at - halted > rest && halt()) halted = at;
      if (now !== null && (now === last ? at - since >= rest : at - began > patience)) return now;
      if (at - began > longest) throw new Error("the page does not come to rest");
      if (now !== last || now === null) [last, since] = [now, at];
      await new Promise((resolve) => { setTimeout(resolve, 40); });
    }
  };

  /** Put every clock in its middle and zoom in, so that all buttons have somewhere to go; whether anything was moved. */
  const calm = (id = "") => {
    const chosen = id ? document.querySelector(`[data-walk=${CSS.escape(id)}]`) : null;
    const zoom = chosen?.parentElement?.querySelector(".lo-follow + button");
    let moved = Boolean(zoom && zoom !== chosen);
    if (moved) zoom.click();
    for (const range of document.querySelectorAll("[data-testid=stage] input[type=range], [data-testid=transport] input[type=range]")) {
      const middle = Math.floor((+range.min + +range.max) / 2);
      if (!seen(range) || +range.value === middle) continue;
      range.value = middle;
      range.dispatchEvent(new Event("input", { bubbles: true }));
      moved = true;
    }
    return moved;
  };

  const errors = () =>
    [...document.querySelectorAll("[data-testid=stException], [data-testid=stAlertContentError]")].map((box) => box.innerText.slice(0, 200));

  window.walk = { controls, above: () => above() !== null, picture, busy, settled, calm, errors };
})();
