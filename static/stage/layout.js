import { element } from "./dom.js";
/** @typedef {ReturnType<typeof panel>} Panel */

/**
 * Build the stage's empty parts in `host`; the style sheet says where they stand.
 *
 * @param {HTMLElement} host
 */
export function buildLayout(host) {
  const probe = element("span", { className: "lo-probe", ariaHidden: "true" });
  const surface = panel("lo-surface");
  const curve = panel("lo-curve");
  const fit = panel("lo-fit");
  const net = panel("lo-net");
  const edge = panel("lo-edge");
  edge.panel.dataset.testid = "edge";
  const transport = element("div", { className: "lo-transport" });
  const live = element("div", { className: "lo-live" });
  const messages = element("div", { className: "lo-messages" });
  const table = element("div", { className: "lo-table-room" });
  const grid = element("div", { className: "lo-grid" }, [fit.panel, net.panel, surface.panel, curve.panel, edge.panel, transport, live, messages, table]);
  const root = element("div", { className: "lo-stage", tabIndex: 0 }, [probe, grid]);
  root.setAttribute("role", "region");
  root.dataset.testid = "stage";
  host.append(root);
  return { root, probe, surface, curve, fit, net, edge, transport, live, messages, table };
}

/**
 * A titled part of the stage: head with title, a readout and tools, and a body to draw in.
 *
 * @param {string} className
 */
function panel(className) {
  const title = element("span", { className: "lo-title" });
  const readout = element("span", { className: "lo-readout" });
  const tools = element("div", { className: "lo-tools" });
  const head = element("div", { className: "lo-head" }, [title, readout, tools]);
  const body = element("div", { className: "lo-body" });
  return { panel: element("div", { className: `lo-panel ${className}` }, [head, body]), title, readout, tools, body };
}
