import { followPresenter } from "./presenter.js";

const GRACE = 3000; // ms that a component outlives its place in the page, in case it gets another one

/**
 * @typedef {object} Component what Streamlit hands over
 * @property {HTMLElement} parentElement
 * @property {any} data what Python told
 * @property {(name: string, value: unknown) => void} setTriggerValue
 * @property {(name: string, value: unknown) => void} setStateValue
 *
 * @typedef {object} Entry a component on the page
 * @property {HTMLElement} place
 * @property {(data: any) => void} update
 * @property {() => void} destroy
 * @property {Component} component the latest one
 * @property {ReturnType<typeof setTimeout>} [timer]
 */

/**
 * What Streamlit calls for a component. `mount(parentElement, component)` puts it on the page and
 * returns an entry `{place, update(data), destroy()}`; `entry.component` is always the latest one.
 * `component.data.name` tells the components of a page apart.
 *
 * Streamlit calls the result again in the same element for every change of data or theme: what is
 * mounted is then only updated. Its cleanup also runs for calls that a newer one overtook, while
 * the component stays; so it acts only once the element has left the page.
 *
 * @param {(parentElement: HTMLElement, component: Component) => Entry} mount
 */
export function placing(mount) {
  /** @type {WeakMap<HTMLElement, Entry>} */
  const placed = new WeakMap();
  /** @type {Map<string, Entry>} */
  const parked = new Map();

  /**
   * Streamlit sometimes removes a component and makes it anew: then it moves over as it is.
   *
   * @param {HTMLElement} parentElement
   * @param {string} name
   */
  function adopt(parentElement, name) {
    const entry = parked.get(name);
    if (!entry) return undefined;
    parked.delete(name);
    clearTimeout(entry.timer);
    parentElement.append(entry.place);
    return entry;
  }

  /** @param {HTMLElement} parentElement @param {string} name */
  function leave(parentElement, name) {
    const entry = placed.get(parentElement);
    if (!entry || parentElement.isConnected) return;
    placed.delete(parentElement);
    parked.get(name)?.destroy();
    parked.set(name, entry);
    entry.timer = setTimeout(() => {
      parked.delete(name);
      entry.destroy();
    }, GRACE);
  }

  return (/** @type {Component} */ component) => {
    const { parentElement, data } = component;
    followPresenter(component);
    // What opens above the page stands outside of it in the document, and takes its color scheme from there.
    document.documentElement.style.colorScheme = getComputedStyle(parentElement).colorScheme;
    const { name } = data;
    const entry = placed.get(parentElement) ?? adopt(parentElement, name) ?? mount(parentElement, component);
    placed.set(parentElement, entry);
    entry.component = component;
    entry.update(data);
    return () => setTimeout(() => leave(parentElement, name));
  };
}

/**
 * A component on the page whose functions are still to come.
 *
 * @param {HTMLElement} place
 */
export function entryAt(place) {
  return /** @type {Entry} */ (/** @type {unknown} */ ({ place }));
}

/**
 * Load a style sheet once.
 *
 * @param {string} href
 */
export function linkStyles(href) {
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
}
