/** @type {Map<string, Promise<any>>} */
const loaded = new Map();
/** @type {Promise<any>} */
let queue = Promise.resolve();

/**
 * Load a Plotly bundle once and return it, leaving the page's own globals as they were.
 *
 * @param {string} url
 */
export function loadPlotly(url) {
  if (!loaded.has(url)) {
    queue = queue.catch(() => {}).then(() => runScript(url));
    loaded.set(url, queue);
    queue.catch(() => loaded.delete(url));
  }
  return loaded.get(url);
}

/**
 * Text for a Plotly title, which reads some HTML tags.
 *
 * @param {string} text
 */
export function escapePlotly(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** Settings that all pictures share: nothing that calls other hosts, no buttons of its own. */
export const PLOTLY_CONFIG = { displayModeBar: false, displaylogo: false, doubleClick: false, showTips: false };

/** @param {string} url */
function runScript(url) {
  const script = document.createElement("script");
  const globals = ["Plotly", "moduleName"].map((name) => borrowGlobal(name, script));
  return new Promise((resolve, reject) => {
    const finish = (/** @type {(plotly: any) => void} */ settle) => () => {
      const [plotly] = globals.map((giveBack) => giveBack());
      script.remove();
      settle(plotly);
    };
    script.src = url;
    script.onload = finish(resolve);
    script.onerror = finish(() => reject(new Error(`could not load ${url}`)));
    document.head.append(script);
  });
}

/**
 * The bundles write `window.Plotly` and `window.moduleName`. Streamlit may set its own Plotly while
 * ours is on the way, so tell the writers apart instead of saving and restoring.
 *
 * @param {string} name
 * @param {HTMLScriptElement} script
 */
function borrowGlobal(name, script) {
  const globals = /** @type {any} */ (window);
  const existed = name in window;
  let theirs = globals[name];
  /** @type {any} */
  let ours;
  let written = existed;
  Object.defineProperty(window, name, {
    configurable: true,
    enumerable: true,
    get: () => theirs,
    set(value) {
      if (document.currentScript === script) {
        ours = value;
      } else {
        theirs = value;
        written = true;
      }
    },
  });
  return () => {
    delete globals[name];
    if (written) globals[name] = theirs;
    return ours;
  };
}
