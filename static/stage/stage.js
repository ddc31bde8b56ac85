import { Diagram, SquarePicks } from "../network/diagram.js";
import { EdgeChart } from "../network/edge.js";
import { isNetwork } from "../network/neurons.js";
import { aboutRuns, aboutWork } from "./about_runs.js";
import { Chosen } from "./chosen.js";
import { Clock } from "./clock.js";
import { ContourView } from "./contour.js";
import { write } from "./dom.js";
import { FitView } from "./fit.js";
import { classLegend, listenToCurve, makeControls, VIEWS } from "./heads.js";
import { later } from "./later.js";
import { buildLayout } from "./layout.js";
import { LiveSentences } from "./live.js";
import { hasGaps, LossCurve } from "./loss_curve.js";
import { Magnifier } from "./magnifier.js";
import { grounded, MovedData, onItsPlane, rounded } from "./moved_data.js";
import { Notes } from "./notes.js";
import { number } from "./numbers.js";
import { captionOf, composeSvg, drawnAsSvg, EDGE, placeOf } from "./picture.js";
import { Rerun } from "./rerun.js";
import { decodeScene, frameAt, withRuns } from "./scene.js";
import { SurfaceView } from "./surface.js";
import { RunTable } from "./table.js";
import { fill, subscript } from "./texts.js";
import { readTheme, watchTheme } from "./theme.js";
import { listenToKeys, Transport } from "./transport.js";
/** @import { Change, Race } from "../programs/race.js" */
/** @import { Parts, Place, Reading, Scene, Theme } from "./drawn.d.ts" */
/** @import * as message from "./messages.d.ts" */

const TABLE_PAUSE = 120; // ms between two texts of the table while playing
/**
 * What a page asks of a stage.
 *
 * @typedef {object} Settings
 * @property {string} [plotlyUrl] address of Plotly; without it nobody zooms the surface that is seen from above
 * @property {boolean} [plotlyWaits] whether it is loaded only once somebody reaches for that surface
 * @property {(point: message.Start) => void} [onStart] another start was chosen: a point
 * of the plane, and its params where the runs from there are drawn already
 * @property {boolean} [movable] whether a person may choose one
 * @property {(options: message.Options) => void} [onOptions] the person changed the view options
 * @property {(point: message.Point) => void} [onPoint] a data point was dragged; where the race is run here, once it is dropped
 * @property {(point: message.Point | null) => void} [onMove] a data point is being dragged here, or was dropped
 * @property {(scene: Scene) => void} [onDrawn] another scene, or the same with other runs, is drawn
 * @property {() => void} [onPresent] the person begins or ends presenter mode, where there is one
 * @property {Clock} [clock] to be shared by several stages
 * @property {boolean} [transport] whether it has buttons of its own
 * @property {boolean} [magnifies] whether a magnifier opens by itself
 *
 * @typedef {ReturnType<typeof mountStage>} MountedStage
 *
 * @typedef {{message: message.Scene, scene: Scene, race: Race | null}} Coming
 */

/**
 * Mount the stage in an element. `update(message)` shows another scene, `tune(id, fields, detail)` runs one
 * contestant with other hyperparameters, where `canTune(id, field)` says that this is possible, between `hold()` and
 * `rest()`; `setSteps(nSteps)` runs all for another number of steps, `learn(limits)` takes what theory says about tuned
 * runs, `movePoint(point)` follows a data point that is dragged beside it, `samples()` tells what each sample costs,
 * `looks(i)` how sharp the loss is where a run is another one than the page knows, `svg()` gives the picture as it stands.
 *
 * @param {HTMLElement} host
 * @param {Settings} settings
 */
export function mountStage(host, settings) {
  const stage = new Stage(host, settings);
  return {
    update: (/** @type {message.Scene} */ message) => stage.update(message),
    tune: (/** @type {string} */ id, /** @type {Change | null} */ fields, /** @type {string} */ detail) => stage.tune(id, fields, detail),
    canTune: (/** @type {string} */ id, /** @type {string} */ field) => stage.canTune(id, field),
    canTakeSteps: () => stage.canTakeSteps,
    knowsLimit: (/** @type {string} */ id) => stage.knowsLimit(id),
    learn: (/** @type {Record<string, message.Limit | null>} */ limits) => stage.learn(limits),
    hold: () => stage.hold(),
    rest: () => stage.rest(),
    movePoint: (/** @type {message.Point | null} */ point) => stage.movePoint(point),
    tryStart: (/** @type {Place | null} */ place) => stage.tryStart(place),
    samples: () => stage.samples(),
    looks: (/** @type {number} */ i) => stage.looks(i),
    setSteps: (/** @type {number | null} */ nSteps) => stage.setSteps(nSteps),
    svg: (/** @type {{marks?: boolean}} */ options = {}) => stage.svg(options),
    canvases: () => stage.canvases(),
    caption: () => stage.caption(),
    clock: stage.clock,
    destroy: () => stage.destroy(),
  };
}

class Stage {
  /** @type {message.Scene | null} */
  #message = null;
  /** @type {Scene} */
  #base; // the scene as it was sent, with the runs that are made of its race here
  /** @type {Scene} */
  #scene; // the scene that is drawn: the same, or what was chosen here makes of it
  /** @type {Coming | null} */
  #coming = null; // a scene that waits for its runs
  /** @type {Race | null} */
  #race = null; // the race of the scene that was sent; one that was overtaken has none here
  #rerun = new Rerun();
  #chosen = new Chosen();
  #data = new MovedData();
  #morphing = false;
  /** @type {message.Options} */
  #options;
  /** @type {Theme} */
  #theme;
  /** @type {string | null} */
  #focus = null;
  #lit = ""; // id of the run that was looked at or tuned last
  #request = 0;
  #stale = false;
  #drawn = { frame: -1, words: -1, table: -1, tableTime: 0 }; // frames
  #undo;

  /**
   * @param {HTMLElement} host
   * @param {Settings} settings
   */
  constructor(host, { plotlyUrl = "", plotlyWaits = false, onStart = () => {}, movable = true, onOptions = () => {}, onPoint = () => {}, onMove = () => {}, onDrawn = () => {}, onPresent, clock = new Clock(), transport = true, magnifies = true }) {
    const parts = buildLayout(host);
    const choose = (/** @type {Partial<message.Options>} */ change) => this.#choose(change);
    const refresh = () => this.#refresh();
    this.parts = parts;
    this.clock = clock;
    this.onStart = onStart;
    this.movable = movable;
    this.onOptions = onOptions;
    this.onDrawn = onDrawn;
    this.controls = makeControls(parts, () => this.#view, choose, onPresent ?? null, () => this.magnifier.ask(!this.magnifier.isOpen));
    this.magnifier = new Magnifier(parts.surface.body, { onChange: () => this.#wake() });
    this.views = {
      "2d": new ContourView(parts.surface.body, {
        url: plotlyUrl,
        waits: plotlyWaits,
        magnifier: this.magnifier,
        onMove: () => this.#wake(),
        onPick: (point) => this.#pick(point),
        onHold: (point) => this.#hold(point),
        onDrop: (point) => this.#drop(point),
        onHover: (point) => this.#readOut(point),
      }),
      "3d": new SurfaceView(parts.surface.body, {
        magnifier: this.magnifier,
        onMove: () => this.#wake(),
        onPick: (point) => this.#pick(point),
        onHold: (point) => this.#hold(point),
        onDrop: (point) => this.#drop(point),
        onHover: (point) => this.#readOut(point),
        onHeights: (heights) => choose({ heights }),
      }),
    };
    if (!magnifies) this.magnifier.ask(false);
    this.curve = new LossCurve(parts.curve.body);
    this.fit = new FitView(parts.fit.body, {
      onPoint: (point) => onPoint(rounded(point)),
      onHold: (point) => {
        onMove(point);
        return this.movePoint(point);
      },
    });
    this.diagram = new Diagram(parts.net);
    this.edge = new EdgeChart(parts.edge.body, (i) => this.looks(i));
    this.squares = new SquarePicks(parts.fit, (id) => this.#setFocus(id));
    this.live = new LiveSentences(parts.live);
    this.notes = new Notes(parts.messages);
    this.table = new RunTable(parts.table, { onFocus: (id) => this.#setFocus(id) });
    this.transport = new Transport(parts.transport, { clock, onOptions: choose });
    parts.transport.hidden = !transport;
    listenToKeys(parts.root, clock);
    listenToCurve(parts.curve, this.curve, clock);
    this.#undo = [clock.subscribe(() => this.#wake()), watchTheme(parts.probe, refresh), watchSize(parts, refresh)];
  }

  /**
   * Show another scene. Zoom, camera, play state, step and focus stay. Where its race can be run
   * here, these runs are shown and no others: a message never puts another path in their place.
   *
   * @param {message.Scene} message
   */
  async update(message) {
    /** @type {Coming} */
    const coming = { message, scene: decodeScene(message), race: null };
    this.#coming = coming;
    if (message.live) coming.race = await Rerun.of(message.live, coming.scene.steps).catch(console.error) ?? null;
    coming.scene.failed = Boolean(message.live) && coming.race === null;
    if (this.#coming !== coming) return;
    const { scene, race } = coming;
    if (race) this.#chosen.hear(message, this.#message, race);
    if (race && this.#base) this.#data.hear({ scene, race }, { base: this.#base, scene: this.#scene, race: this.#rerun.race });
    this.#rerun.take(race, this.#asked(scene));
    if (coming.race) this.#wake();
    else this.#arrive();
  }

  /** @param {Scene} base @param {Race} race */
  #drawnRace(base, race) {
    const how = { moved: this.#isOther, elsewhere: this.#chosen.isElsewhere || this.#data.isOther, details: this.#chosen.details(base.runs) };
    return withRuns(grounded(base, race, this.#data), race, how);
  }

  /** Whether another race is shown than the one that was sent. */
  get #isOther() {
    return this.#chosen.isOther || this.#data.isOther;
  }

  /** @param {Scene} base */
  #asked(base) {
    return { ...this.#chosen.asked(base.runs), ...this.#data.asked(base) };
  }

  /** Take over the scene that was coming, now that its runs are there. */
  #arrive() {
    if (!this.#coming) return;
    const { message, scene, race } = this.#coming;
    const before = this.#message;
    this.#coming = null;
    const again = before !== null && message.play !== before.play;
    this.#options = mergeOptions(this.#options, message.options, before?.options);
    this.#message = message;
    this.#race = race;
    if (!race) this.#chosen.forget();
    if (!race) this.#data.forget();
    this.#chosen.beginLimits(race, scene.runs, message.limits);
    scene.movable = this.movable && race !== null;
    this.#scene = race ? this.#drawnRace(scene, race) : scene;
    this.#base = !this.#isOther ? this.#scene : race ? onItsPlane(scene, race) : scene;
    if (!this.#scene.runs.some((run) => run.id === this.#focus)) this.#focus = null;
    this.clock.setRun(this, this.#scene.last_step, this.#scene.frames.stride);
    if (!before && this.#isNetwork) this.magnifier.ask(false); // its surface is small
    this.#applyOptions();
    this.#refresh();
    if (again) this.clock.seek(0);
    if (again) this.#playAgain();
    if (!before && message.options.autoplay && !prefersStillness()) this.clock.playSoon();
  }

  /**
   * Run for another number of steps, null: as many as were sent.
   *
   * @param {number | null} nSteps
   */
  setSteps(nSteps) {
    if (!this.canTakeSteps) return;
    this.#chosen.setSteps(nSteps === this.#base.last_step ? null : nSteps);
    this.#run();
  }

  /** Whether the race can take another number of steps here. */
  get canTakeSteps() {
    return Boolean(this.#base && this.#rerun.race?.canTakeSteps);
  }

  /**
   * Whether it is known what theory says about a run as it is tuned now.
   *
   * @param {string} id
   */
  knowsLimit(id) {
    return Boolean(this.#base) && this.#chosen.knowsLimit(this.#race, this.#base.runs, id);
  }

  /**
   * Learn what theory says about runs that were tuned.
   *
   * @param {Record<string, message.Limit | null>} limits by the runs' ids
   */
  learn(limits) {
    if (!this.#base) return;
    this.#chosen.learn(this.#race, this.#base.runs, limits);
    this.#tell();
  }

  /**
   * Run with other hyperparameters of one run, told by its id; `detail` says them. Null: as it was sent.
   *
   * @param {string} id
   * @param {Change | null} fields
   * @param {string} detail
   */
  tune(id, fields, detail) {
    const i = this.#base?.runs.findIndex((run) => run.id === id) ?? -1;
    const other = i >= 0 && this.#rerun.race?.isOther(i, fields);
    this.#chosen.tune(id, other && fields ? { fields, detail } : null);
    this.#lit = id;
    this.#run();
  }

  /** Hyperparameters are under the hand: no message changes them until they rest. */
  hold() {
    this.#chosen.turning = true;
  }

  /** They rest, and the page is being told: they stay until it answers. */
  rest() {
    const { race } = this.#rerun;
    this.#chosen.turning = false;
    if (race && this.#base) this.#chosen.tellRuns(race, this.#base.runs);
    this.#settle();
  }

  /** Nothing is under the hand: a plane that the runs decide is found anew. */
  #settle() {
    const { race } = this.#rerun;
    if (!race?.live.principal) return;
    this.#rerun.ask({ ...this.#asked(this.#base), rests: true });
    this.#wake();
  }

  /**
   * Whether a run can be made here with another value of a hyperparameter.
   *
   * @param {string} id
   * @param {string} field
   */
  canTune(id, field) {
    const i = this.#base?.runs.findIndex((run) => run.id === id) ?? -1;
    return i >= 0 && Boolean(this.#rerun.race?.canChange(i, field));
  }

  #run() {
    if (!this.#rerun.race) return;
    this.#rerun.ask(this.#asked(this.#base));
    this.#wake();
  }

  /**
   * The start was clicked to a point of the plane.
   *
   * @param {Place} point
   */
  #pick(point) {
    this.parts.root.dispatchEvent(new CustomEvent("lossopt-pick", { bubbles: true, detail: { x: point[0], y: point[1] } }));
    if (this.#rerun.race) this.#move(point);
    this.#drop(point);
  }

  /**
   * The start is dragged over a point of the plane: whole paths follow it.
   *
   * @param {Place} point
   */
  #hold(point) {
    this.#chosen.held = true;
    this.#showWhole();
    this.#move(point);
  }

  /**
   * Another start is tried elsewhere on the page: whole paths follow it. Null takes it back.
   *
   * @param {Place | null} place
   */
  tryStart(place) {
    if (place) this.#hold(place);
    else this.#chosen.takeStartBack();
    this.#run();
  }

  /** What is dragged shows in whole paths. */
  #showWhole() {
    if (!this.clock.playing && this.clock.step === 0) this.clock.hold(this.clock.last);
  }

  /** @param {Place} point */
  #drop([x, y]) {
    const { start } = this.#chosen;
    this.#chosen.held = false;
    this.#chosen.tellStart();
    this.#settle();
    if (this.movable) this.onStart({ x, y, ...(start && { params: Array.from(start) }) });
  }

  /**
   * A data point is dragged, or with null was dropped, here or on a stage beside it that shows the same data. Says
   * whether the race is run here, so that the page need not be told in between.
   *
   * @param {message.Point | null} point
   */
  movePoint(point) {
    const { race } = this.#rerun;
    this.fit.hold(point);
    if (!race?.canMove || !this.#base) return false;
    this.#data.held = point !== null;
    if (point) this.#showWhole();
    if (point) this.#data.move(rounded(point));
    else this.#data.tell(race);
    this.#run();
    return true;
  }

  /**
   * Where the sharpness of a run was measured that came out otherwise here than for the page, and undefined as long as
   * it is being measured; null for one that is as the page knows it.
   *
   * @param {number} i
   */
  looks(i) {
    const { astray = [], steps, runs } = this.#scene ?? {}, found = runs?.[i].sharpness;
    if (!this.#isOther && !astray.includes(i)) return null;
    return steps && found && { steps: found.frames.map((frame) => steps[frame]), values: found.values };
  }

  /** Measure what the page tells of runs, and that came out otherwise here. */
  #measure() {
    const { astray = [], runs, sentences } = this.#scene;
    const asked = astray.filter((i) => !runs[i].sharpness && sentences.some(({ of }) => of?.run === i && of.rate));
    if (asked.length) this.#rerun.measure(asked);
  }

  /** Every sample at the step shown of the only run, where it is another race than the page knows; else null. */
  samples() {
    const { race } = this.#rerun, { on } = race?.ran ?? {}, params = this.#scene?.runs[0]?.params;
    if (!this.#isOther || !race?.canMove || !on || !params) return null;
    const at = frameAt(this.#scene, this.clock.step).index * this.#scene.n_params;
    return { labels: on.data.labels, outputs: on.outputsAt(params, at), costs: on.costsAt(params, at), slopes: on.slopesAt(params, at) };
  }

  /** @param {Place} point */
  #move(point) {
    const { race } = this.#rerun;
    if (!this.movable || !race) return;
    this.#chosen.move(race.startAt(point));
    this.#run();
  }

  /** Runs have come out: those of a scene that waits for them, or of what was chosen here. */
  #showRuns() {
    const { race } = this.#rerun;
    if (this.#coming?.race === race) {
      this.#arrive();
      return;
    }
    if (!race || race !== this.#race) return;
    const { last_step: before } = this.#scene;
    this.#scene = this.#drawnRace(this.#base, race);
    if (this.#scene.last_step !== before) this.clock.setRun(this, this.#scene.last_step, this.#scene.frames.stride);
    this.#morphing = true;
  }

  destroy() {
    cancelAnimationFrame(this.#request);
    this.#request = -1;
    for (const undo of this.#undo) undo();
    this.clock.dropRun(this);
    for (const view of Object.values(this.views)) view.destroy();
    this.parts.root.remove();
  }

  /** The picture as it stands as an SVG file; without marks, only what never moves. */
  async svg({ marks = true } = {}) {
    const panels = this.#panels, { surface } = this.parts;
    const base = await this.#view.picture();
    const pictures = panels.map(({ picture }) => picture);
    const parts = { scene: this.#scene, options: this.#options, theme: this.#theme, texts: this.#scene.texts };
    const state = this.#stateAt(frameAt(this.#scene, this.clock.step).index);
    this.#view.laidOut = "";
    const drawn = drawnAsSvg(pictures.flatMap(({ sheets }) => sheets), () => {
      for (const picture of this.#sides) picture.layOut(parts);
      if (!marks) return;
      this.#drawPaths();
      for (const picture of this.#sides) picture.draw(state);
    });
    this.#refresh();
    const composed = panels.map(({ panel, picture }) => ({
      panel, base: panel === surface ? base : "", marks: picture.sheets.map((sheet) => drawn.get(sheet)).join(""),
    }));
    return composeSvg({ root: this.parts.root, theme: this.#theme, scene: this.#scene, index: marks ? state.index : null, words: marks ? this.transport.words : "", panels: composed });
  }

  /** The canvases that move, with their places in the picture that `svg` gives. */
  canvases() {
    const box = this.parts.root.getBoundingClientRect();
    return this.#panels.map(({ picture: { sheets } }) => {
      const { canvas } = sheets[sheets.length - 1];
      const { x, y, width, height } = placeOf(canvas, box);
      return { canvas, x: x + EDGE, y: y + EDGE, width, height };
    });
  }

  /** The step shown, as a film writes it into the picture. */
  caption() {
    return captionOf({ scene: this.#scene, theme: this.#theme, words: this.transport.words });
  }

  /** Pictures that are drawn in two dimensions, whatever the surface is. */
  get #sides() {
    const { edge } = this.#scene;
    return [this.curve, this.fit, ...(this.#isNetwork ? [this.diagram] : []), ...(edge ? [this.edge] : [])];
  }

  /** Where every picture stands. */
  get #panels() {
    const { surface, curve, fit, net, edge } = this.parts;
    const places = [{ panel: surface, picture: this.#view }, { panel: curve, picture: this.curve }, { panel: fit, picture: this.fit }, { panel: net, picture: this.diagram }, { panel: edge, picture: this.edge }];
    return places.filter(({ picture }) => picture === this.#view || this.#sides.some((side) => side === picture));
  }

  /** Whether the network of a run is shown, and the regions of every run in a square of its own. */
  get #isNetwork() {
    return this.#scene.layout === "network" && isNetwork(this.#scene.fit);
  }

  /** @param {number} index */
  #stateAt(index) {
    const [first] = this.#scene.runs, lit = this.#scene.runs.find(({ id }) => id === this.#lit) ?? first;
    return { index, focus: this.#focus, lit: this.#isNetwork ? lit.id : undefined };
  }

  get #view() {
    return this.views[this.#options.view];
  }

  /** @param {Partial<message.Options>} change */
  #choose(change) {
    this.#options = { ...this.#options, ...change };
    this.#applyOptions();
    this.#refresh();
    this.onOptions(this.#options);
  }

  #applyOptions() {
    const { speed, loop, heights } = this.#options;
    this.clock.setSpeed(speed);
    this.clock.setLoop(loop);
    for (const name of VIEWS) this.views[name].setVisible(name === this.#options.view);
    this.views["3d"].setHeights(heights);
  }

  /** @param {string} id */
  #setFocus(id) {
    this.#focus = this.#focus === id ? null : id;
    this.#lit = id;
    this.#drawn.frame = -1;
    this.#wake();
  }

  /** Lay everything out again at the next animation frame. */
  #refresh() {
    this.#stale = true;
    this.#wake();
  }

  #wake() {
    if (this.#request === 0 && (this.#scene || this.#coming)) this.#request = requestAnimationFrame((now) => this.#onFrame(now));
  }

  /** @param {number} now */
  #onFrame(now) {
    this.#request = 0;
    if (!this.parts.root.isConnected) return; // parked: being placed again wakes it
    if (this.#rerun.work({ first: !this.#scene })) {
      this.#showRuns();
      if (this.#scene) this.#measure();
    }
    if (this.#rerun.busy) this.#wake();
    if (!this.#scene) return;
    this.clock.tick(now);
    if (this.#stale) this.#layOut();
    else if (this.#morphing) this.#layOutPictures();
    this.#drawPictures();
    if (this.#morphing) this.#takeRuns();
    this.#drawWords(now);
  }

  /** Play what was just chosen elsewhere on the page, and bring it into sight. */
  #playAgain() {
    this.clock.playSoon();
    const behavior = prefersStillness() ? "auto" : "smooth";
    this.parts.surface.body.scrollIntoView({ behavior, block: "nearest", inline: "nearest" });
  }

  /** Lay the pictures out that depend on the runs, before any words: text on a canvas asks for the layout of a changed page. */
  #layOutPictures() {
    this.#drawn.frame = -1;
    const parts = { scene: this.#scene, options: this.#options, theme: this.#theme, texts: this.#scene.texts };
    this.#layOutSides(parts);
    this.#view.show(this.#scene, this.#theme);
  }

  /** @param {Parts} parts */
  #layOutSides(parts) {
    for (const picture of this.#sides) picture.layOut(parts);
    if (this.#isNetwork) this.squares.layOut({ ...parts, frames: this.fit.frames });
    const { panel, readout } = this.parts.edge, waits = this.edge.waits;
    panel.classList.toggle("lo-apart", waits);
    later(readout, () => write(readout, waits ? parts.texts.network_apart : ""));
  }

  /** Take the words over that depend on the runs. */
  #takeRuns() {
    this.#morphing = false;
    this.#drawn.tableTime = 0;
    this.table.take(this.#scene);
    this.live.take(this.#scene);
    this.#markChosen();
    this.#tell();
    this.onDrawn(this.#scene);
    this.clock.touch();
  }

  /** What the page says of the race as it is set is hidden while another one is shown. */
  #markChosen() {
    const { classList } = this.parts.root;
    classList.toggle("lo-turned", this.#isOther);
    classList.toggle("lo-other-data", this.#data.isOther);
  }

  #layOut() {
    this.#stale = this.#morphing = false;
    this.#drawn.frame = -1;
    this.#theme = readTheme(this.parts.probe);
    const { texts } = this.#scene;
    const parts = { scene: this.#scene, options: this.#options, theme: this.#theme, texts };
    this.#describe();
    this.controls.layOut(parts);
    this.transport.layOut({ lang: this.#scene.lang, texts });
    this.live.layOut(parts);
    this.table.layOut(parts);
    this.#markChosen();
    this.#layOutSides(parts);
    this.#tell();
    this.onDrawn(this.#scene);
    this.#showSurface();
  }

  async #showSurface() {
    const { body } = this.parts.surface;
    try {
      const drawn = this.#view.show(this.#scene, this.#theme);
      body.dataset.failure = this.#scene.failed ? this.#scene.texts.load_failed : "";
      if (this.#view.isSketched) this.#begin();
      await drawn;
    } catch (error) {
      console.error(error);
      body.dataset.failure = this.#scene.texts.load_failed;
    }
    this.#begin();
  }

  /** There is a picture to play on. */
  #begin() {
    this.clock.begin();
    this.#wake();
  }

  #drawPictures() {
    const { index } = frameAt(this.#scene, this.clock.step);
    this.#drawPaths();
    if (index === this.#drawn.frame) return;
    const state = this.#stateAt(index);
    for (const picture of this.#sides) picture.draw(state, this.clock.playing);
    if (state.lit) this.squares.mark(state.lit);
    this.#drawn.frame = index;
    this.#drawn.words = this.#drawn.table = -1;
  }

  /** @param {number} now */
  #drawWords(now) {
    const { index } = frameAt(this.#scene, this.clock.step), { playing } = this.clock, { root } = this.parts;
    root.dataset.playing = String(playing);
    this.transport.draw();
    if (index !== this.#drawn.words) {
      root.dataset.step = String(this.#scene.steps[index]);
      this.live.draw({ index });
      this.#drawn.words = index;
    }
    if (index !== this.#drawn.table && (!playing || now - this.#drawn.tableTime > TABLE_PAUSE)) {
      this.table.draw({ index, focus: this.#focus });
      this.#drawn.table = index;
      this.#drawn.tableTime = now;
    }
  }

  #drawPaths() {
    this.#view.draw({ frame: frameAt(this.#scene, this.clock.position), focus: this.#focus, theme: this.#theme });
    this.controls.markMagnifier(this.magnifier.isOpen);
  }

  /** Say in words what the pictures show. */
  #describe() {
    const { texts, plane, runs, fit, last_step: last } = this.#scene;
    const [x, y] = plane.labels.map(subscript);
    const label = fill(texts.stage_label, { runs: runs.map((run) => run.label).join(", "), x, y, last });
    this.parts.root.setAttribute("aria-label", label);
    this.parts.root.lang = this.#scene.lang;
    this.parts.root.classList.toggle("lo-column", this.#scene.layout === "column");
    this.parts.root.classList.toggle("lo-network", this.#isNetwork);
    this.parts.root.classList.toggle("lo-edged", Boolean(this.#scene.edge));
    this.parts.root.style.setProperty("--lo-rows", String(Math.ceil(runs.length / 3))); // of squares on a phone
    this.parts.edge.title.textContent = texts.network_edge;
    this.parts.surface.title.textContent = texts.surface_title;
    this.parts.curve.title.textContent = texts.loss;
    this.parts.fit.title.textContent = texts[this.#isNetwork ? "network_regions" : `fit_${fit.kind}`];
    this.parts.fit.tools.replaceChildren(...classLegend(fit, this.#theme));
  }

  /** The sentences below the pictures. */
  #tell() {
    const { texts, plane, messages } = this.#scene;
    const gaps = this.#options.scale === "log" && hasGaps(this.#scene) ? [texts.log_gap] : [];
    const exits = [{ text: texts.paths_leave, runs: this.#leaving() }, { text: texts.loss_leaves, runs: this.curve.left }, { text: texts.params_leave, runs: this.fit.left }]
      .filter(({ runs }) => runs.length)
      .map(({ text, runs }) => fill(text, { names: runs.map((run) => run.label).join(", ") }));
    const work = this.#options.axis === "steps" ? [aboutWork(this.#scene)] : [];
    const runs = aboutRuns(this.#scene, this.#chosen.limits(this.#race, this.#base.runs));
    const sentences = [...runs, ...messages].filter(Boolean), notes = [...work, plane.note ?? "", ...gaps, ...exits].filter(Boolean);
    this.notes.show(sentences, { lang: this.#scene.lang, sign: fill(texts.notes, { count: notes.length }), notes: notes.map((text) => ({ text, name: text === plane.note ? "lo-note" : "" })) });
  }

  /** Runs that end outside of the surface. */
  #leaving() {
    const { runs, surface: { box: [[left, right], [bottom, top]] } } = this.#scene;
    return runs.filter(({ xy }) => {
      const [x, y] = xy.slice(-2);
      return !(x >= left && x <= right && y >= bottom && y <= top);
    });
  }

  /** @param {Reading | null} point */
  #readOut(point) {
    if (!this.#scene) return; // a pointer can be there before it
    const { texts, plane } = this.#scene, { readout } = this.parts.surface;
    const words = point && [
      `${subscript(plane.labels[0])} ${number(point.x)}`, `${subscript(plane.labels[1])} ${number(point.y)}`, `${texts.loss} ${number(point.loss)}`,
    ];
    later(readout, () => write(readout, words ? words.join("   ") : ""));
  }
}

/**
 * The scene's options count where the server changed them; a choice made here since then stays,
 * even when a message that left the server earlier arrives.
 *
 * @param {message.Options | undefined} mine
 * @param {message.Options} next
 * @param {message.Options | undefined} previous
 * @returns {message.Options}
 */
function mergeOptions(mine, next, previous) {
  if (!mine) return { ...next };
  const changed = Object.entries(next).filter(([key, value]) => value !== previous?.[/** @type {keyof message.Options} */ (key)]);
  return { ...mine, ...Object.fromEntries(changed) };
}

/** @param {ReturnType<typeof buildLayout>} parts @param {() => void} onChange */
function watchSize({ surface, curve, fit, net, edge }, onChange) {
  const observer = new ResizeObserver(onChange);
  for (const part of [surface, curve, fit, net, edge]) observer.observe(part.body);
  return () => observer.disconnect();
}

function prefersStillness() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
