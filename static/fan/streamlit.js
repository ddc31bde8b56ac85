import { entryAt, placing } from "../stage/placing.js";
import { offerFan, takeBackFan } from "../stage/registry.js";

/* Nothing to see: component.data is {stage, fan}, the fan of the dial of the stage with that name. */
export default placing(mount);

/** @param {HTMLElement} parentElement */
function mount(parentElement) {
  const place = document.createElement("div");
  place.hidden = true;
  parentElement.append(place);
  const entry = entryAt(place);
  let takeBack = () => {};
  entry.update = ({ stage, fan }) => {
    takeBack = () => takeBackFan(stage, fan);
    offerFan(stage, fan);
  };
  entry.destroy = () => takeBack();
  return entry;
}
