/* Loss from low to high: the valley is the deep colour on both themes, lightness rises steadily. */
const RELIEF = {
  light: ["#2b5876", "#4c7f93", "#7ea6a8", "#b2c6b9", "#dcdcc9", "#f3efe2"],
  dark: ["#0f2f4a", "#1f4d66", "#3b6b78", "#5f8683", "#868f82", "#a39d8a"],
};
/* What is negative and what is positive, in the hues of the first two classes. */
const SIGNS = { light: ["#3f79b5", "#d18a1f"], dark: ["#5f9bd8", "#dc9f3d"] };
const CLASSES = {
  light: ["#8aa9cf", "#e0b36a", "#9cbf98", "#c6a2c4", "#b7b7b7"],
  dark: ["#5d7fab", "#b58a42", "#6f976b", "#97719a", "#8a8a8a"],
};

/**
 * Colours of the page, for everything that CSS cannot paint. `probe` is an element that the style
 * sheet gives the page's text and background colours.
 *
 * @param {Element} probe
 */
export function readTheme(probe) {
  const style = getComputedStyle(probe);
  /** @type {"light" | "dark"} */
  const mode = brightness(style.backgroundColor) < 128 ? "dark" : "light";
  return {
    mode,
    text: style.color,
    background: style.backgroundColor,
    muted: withAlpha(style.color, 0.72),
    grid: withAlpha(style.color, 0.13),
    axis: withAlpha(style.color, 0.4),
    solidGrid: mode === "dark" ? "#2f3840" : "#d9dee2", // WebGL lines know no alpha
    ridge: mode === "dark" ? "#22485c" : "#6f929c",
    contour: mode === "dark" ? "rgba(255,255,255,0.22)" : "rgba(20,40,55,0.28)",
    relief: RELIEF[mode].map((color, i, all) => /** @type {[number, string]} */ ([i / (all.length - 1), color])),
    classes: CLASSES[mode],
    signs: SIGNS[mode],
    font: style.fontFamily,
    size: parseFloat(style.fontSize) / 13, // of all lettering; larger in presenter mode
    key: `${style.color} ${style.backgroundColor} ${style.fontFamily} ${style.fontSize}`,
  };
}

/**
 * Call `onChange` when the page changes its colours: the probe's colour transition tells.
 *
 * @param {Element} probe
 * @param {() => void} onChange
 */
export function watchTheme(probe, onChange) {
  probe.addEventListener("transitionend", onChange);
  return () => probe.removeEventListener("transitionend", onChange);
}

/** @param {string} color */
function channels(color) {
  return (color.match(/[\d.]+/g) ?? []).map(Number);
}

/** @param {string} color */
function brightness(color) {
  const [red, green, blue] = channels(color);
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** @param {string} color @param {number} alpha */
function withAlpha(color, alpha) {
  const [red, green, blue] = channels(color);
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}
