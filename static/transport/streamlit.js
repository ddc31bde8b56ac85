import { element } from "../stage/dom.js";
import { linkStyles, placing } from "../stage/placing.js";
import { clockOf } from "../stage/registry.js";
import { listenToKeys, Transport } from "../stage/transport.js";

/* Buttons for all stages of a group. component.data is {name, group, texts, lang, options}. */
export default placing(mount);

function mount(parentElement, { data: { group } }) {
  linkStyles(new URL("../stage/stage.css", import.meta.url).href);
  const row = element("div", { className: "lo-transport" });
  const root = element("div", { className: "lo-stage", tabIndex: 0 }, [row]);
  root.dataset.testid = "transport";
  const clock = clockOf(group);
  const entry = { place: root };
  let options;
  const transport = new Transport(row, {
    clock,
    onOptions(change) {
      options = { ...options, ...change };
      obey(clock, options);
      entry.component.setStateValue("options", options);
    },
  });
  listenToKeys(root, clock);
  parentElement.append(root);
  let unsubscribe = () => {};
  entry.update = ({ texts, lang, options: told }) => {
    unsubscribe();
    options = told;
    obey(clock, options);
    transport.layOut({ lang, texts });
    unsubscribe = clock.subscribe(() => transport.draw());
  };
  entry.destroy = () => {
    unsubscribe();
    root.remove();
  };
  return entry;
}

function obey(clock, { speed, loop }) {
  clock.setSpeed(speed);
  clock.setLoop(loop);
}
