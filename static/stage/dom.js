const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element with properties and children.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [properties]
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, properties = {}, children = []) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/**
 * Make an SVG element with attributes and children.
 *
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {Node[]} [children]
 * @returns {SVGElementTagNameMap[T]}
 */
export function svgElement(tag, attributes = {}, children = []) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/**
 * Give a control its name, for eyes (tooltip) and screen readers.
 *
 * @param {HTMLElement} control
 * @param {string} text
 */
export function nameControl(control, text) {
  control.setAttribute("aria-label", text);
  control.title = text;
}

/**
 * A button with an icon, drawn from SVG path data in a 24 × 24 box.
 *
 * @param {string} icon
 * @param {() => void} onClick
 */
export function iconButton(icon, onClick) {
  const path = svgElement("path", { d: icon });
  const button = element("button", { type: "button", className: "lo-button" }, [
    svgElement("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, [path]),
  ]);
  button.addEventListener("click", onClick);
  return button;
}

/**
 * Buttons of which one is on. `show(value)` marks it, `name(group, texts)` writes on them.
 *
 * @template V
 * @param {V[]} values
 * @param {(value: V) => void} onChoose
 */
export function switchGroup(values, onChoose) {
  const buttons = values.map((value) => {
    const button = element("button", { type: "button", className: "lo-choice" });
    button.addEventListener("click", () => onChoose(value));
    return button;
  });
  const group = element("div", { className: "lo-switch" }, buttons);
  group.setAttribute("role", "group");
  return {
    group,
    show: (/** @type {V} */ chosen) => buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(values[i] === chosen))),
    /** @param {string} text @param {string[]} texts */
    name(text, texts) {
      group.setAttribute("aria-label", text);
      buttons.forEach((button, i) => { button.textContent = texts[i]; });
    },
  };
}

/**
 * A drop-down list. `show(value)` chooses, `name(text, texts)` writes its name and entries.
 *
 * @template V
 * @param {V[]} values
 * @param {(value: V) => void} onChoose
 */
export function selectBox(values, onChoose) {
  const entries = values.map((value) => element("option", { value: String(value) }));
  const select = element("select", { className: "lo-select" }, entries);
  select.addEventListener("change", () => onChoose(values[select.selectedIndex]));
  return {
    select,
    show: (/** @type {V} */ chosen) => { select.selectedIndex = values.indexOf(chosen); },
    /** @param {string} text @param {string[]} texts */
    name(text, texts) {
      nameControl(select, text);
      entries.forEach((entry, i) => { entry.textContent = texts[i]; });
    },
  };
}

/**
 * Text as children of an element: what is written `λ_max` gets its subscript.
 *
 * @param {string} text
 * @returns {(string | Node)[]}
 */
export function withSubscripts(text) {
  return text.split(/λ_(max|min)/).flatMap((part, i) => (i % 2 ? ["λ", element("sub", { textContent: part })] : [part]));
}

/**
 * Write a text where it is another one, into the node that holds it: another node in its place would have the browser
 * look through the styles of the whole page.
 *
 * @param {Node} node
 * @param {string} text
 */
export function write(node, text) {
  const held = node.firstChild;
  if (held instanceof Text && held === node.lastChild) {
    if (held.data !== text) held.data = text;
  } else if (node.textContent !== text) node.textContent = text;
}
