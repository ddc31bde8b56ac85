import { element, svgElement } from "../stage/dom.js";
/** @import { Relative as Member } from "../stage/messages.d.ts" */

/**
 * @typedef {{members: Member[], chosen: string, title: string}} Tree
 * @typedef {(member: Member) => [number, number]} Place
 */

const LANE = 12; // px between two lanes
const ROWS = { wide: 21, narrow: 36 }; // px between two members
export const NARROW = matchMedia("(max-width: 900px)");

/** The family tree. @param {HTMLElement} place @param {Tree} tree @param {(id: string) => void} onPick */
export function drawFamily(place, { members, chosen, title }, onPick) {
  const height = NARROW.matches ? ROWS.narrow : ROWS.wide;
  const lanes = 1 + Math.max(...members.map(({ lane }) => lane));
  const width = LANE * (lanes + 0.5);
  /** @type {Place} */
  const at = ({ row, lane }) => [LANE * (lane + 0.75), height * (row + 0.5)];
  const byId = Object.fromEntries(members.map((member) => [member.id, member]));
  const lines = members.flatMap((member) => member.parents.map((id, k) => line(byId[id], member, at, { chosen, first: k === 0 })));
  const dots = members.map((member) => dot(member, at, chosen));
  const sorted = lines.sort((a, b) => Number(a.classList.contains("lo-kin")) - Number(b.classList.contains("lo-kin")));
  const picture = svgElement("svg", { width, height: height * members.length, "aria-hidden": "true" }, [...sorted, ...dots]);
  const active = document.activeElement;
  const focused = active instanceof HTMLElement && place.contains(active) ? active.dataset.id : null;
  const rows = members.map((member, k) => entryOf(member, { chosen, onPick, repeated: members[k - 1]?.year === member.year }));
  const list = element("ol", {}, rows);
  list.style.paddingLeft = `${width}px`;
  place.style.setProperty("--lo-row", `${height}px`);
  place.setAttribute("aria-label", title);
  place.replaceChildren(picture, list);
  /** @type {HTMLElement | null} */
  const again = focused ? place.querySelector(`[data-id="${focused}"]`) : null;
  again?.focus();
}

/**
 * Down the parent's lane, then across to the child.
 *
 * @param {Member} parent
 * @param {Member} child
 * @param {Place} at
 * @param {{chosen: string, first: boolean}} look
 */
function line(parent, child, at, { chosen, first }) {
  const [x0, y0] = at(parent);
  const [x1, y1] = at(child);
  const bend = Math.min(LANE, y1 - y0, Math.max(Math.abs(x1 - x0), 0.01));
  const side = Math.sign(x1 - x0);
  const path = `M${x0} ${y0}V${y1 - bend}Q${x0} ${y1} ${x0 + side * bend} ${y1}H${x1}`;
  const kin = parent.id === chosen || child.id === chosen;
  return svgElement("path", { d: path, class: `lo-line ${first ? "" : "lo-second"} ${kin ? "lo-kin" : ""}` });
}

/** @param {Member} member @param {Place} at @param {string} chosen */
function dot(member, at, chosen) {
  const [cx, cy] = at(member);
  const circle = svgElement("circle", { cx, cy, r: member.id === chosen ? 6 : 4, class: "lo-dot" });
  circle.style.setProperty("--lo-light", member.color.light);
  circle.style.setProperty("--lo-dark", member.color.dark);
  return circle;
}

/** @param {Member} member @param {{chosen: string, onPick: (id: string) => void, repeated: boolean}} look */
function entryOf(member, { chosen, onPick, repeated }) {
  const year = element("span", { className: `lo-year ${repeated ? "lo-again" : ""}`, textContent: member.year });
  const button = element("button", { type: "button" }, [year, element("span", { textContent: member.label })]);
  button.dataset.id = member.id;
  if (member.id === chosen) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => onPick(member.id));
  return element("li", {}, [button]);
}
