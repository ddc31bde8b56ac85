import { placing } from "../stage/placing.js";
import { offerFan, takeBackFan } from "../stage/registry.js";

/* Nothing to see: component.data is {stage, fan}, the fan of the dial of the stage with that name. */
export default placing(mount);

function mount(parentElement) {
  const place = document.createElement("div");
  place.hidden = true;
  parentElement.append(place);
  const entry = { place };
  entry.update = ({ stage, fan }) => {
    entry.takeBack = () => takeBackFan(stage, fan);
    offerFan(stage, fan);
  };
  entry.destroy = () => entry.takeBack();
  return entry;
}
