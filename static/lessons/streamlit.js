import { entryAt, linkStyles, placing } from "../stage/placing.js";
import { GalleryView } from "./gallery.js";
import { QuestionView } from "./question.js";
/** @import { Component } from "../stage/placing.js" */

/* component.data is {name, assets} with a `gallery` of all lessons or with the `question` of one. */
export default placing(mount);

/** @param {HTMLElement} parentElement @param {Component} component */
function mount(parentElement, { data }) {
  linkStyles(new URL("../stage/stage.css", import.meta.url).href);
  linkStyles(new URL("lessons.css", import.meta.url).href);
  const place = document.createElement("div");
  parentElement.append(place);
  const entry = entryAt(place);
  const view = data.gallery
    ? new GalleryView(place, { onOpen: (lesson) => entry.component.setTriggerValue("open", { lesson }) })
    : new QuestionView(place, { onGuess: (value) => entry.component.setTriggerValue("guess", { value }) });
  entry.update = ({ gallery, question }) => view.update(gallery ?? question);
  entry.destroy = () => view.destroy();
  return entry;
}
