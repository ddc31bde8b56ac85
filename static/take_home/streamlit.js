import { entryAt, linkStyles, placing } from "../stage/placing.js";
import { stageNamed } from "../stage/registry.js";
import { TakeHome } from "./menu.js";
/** @import { Told } from "./menu.js" */

/* component.data is {name, stage, stem, texts}. */
export default placing((parentElement) => {
  linkStyles(new URL("../stage/stage.css", import.meta.url).href);
  linkStyles(new URL("take_home.css", import.meta.url).href);
  let name = "";
  const menu = new TakeHome(() => stageNamed(name)), entry = entryAt(menu.root);
  entry.update = (/** @type {Told & {stage: string}} */ told) => {
    name = told.stage;
    menu.update(told);
  };
  entry.destroy = () => menu.destroy();
  parentElement.append(menu.root);
  return entry;
});
