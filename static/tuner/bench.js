import { changed } from "../programs/race.js";
import { detailOf, fieldsOf } from "./fields.js";
/** @import { Limit, Lineup, LiveRun, Run, Scene, Tunable, Tuner as Message } from "../stage/messages.d.ts" */

/**
 * @typedef {object} Others who may join
 * @property {string[]} aside their ids
 * @property {number} most how many can take part
 * @property {number[][]} dashes of copies, one after the other
 *
 * @typedef {{run: Run, live: LiveRun | null, limit: Limit | null, control: Tunable | undefined}} Contestant
 */

/** A race where no server stands behind it: who takes part, and who sits beside it and may join. */
export class Bench {
  /** @type {Map<string, Contestant>} */
  #everybody;
  /** @type {string[]} */
  #taking;
  #scene;
  #controls;

  /** @param {Scene} scene of everybody @param {Message} controls of everybody @param {Others} others */
  constructor(scene, controls, others) {
    this.#scene = scene;
    this.#controls = controls;
    this.others = others;
    this.#everybody = new Map(scene.runs.map((run, i) => [run.id, {
      run, live: scene.live?.runs[i] ?? null, limit: scene.limits?.[i] ?? null, control: controls.runs.find(({ id }) => id === run.id),
    }]));
    this.#taking = scene.runs.map(({ id }) => id).filter((id) => !others.aside.includes(id));
  }

  get #here() {
    return this.#taking.map((id) => /** @type {Contestant} */ (this.#everybody.get(id)));
  }

  /** The scene of those who take part. */
  get scene() {
    const { live } = this.#scene;
    return { ...this.#scene, runs: this.#here.map(({ run }) => run), limits: this.#here.map(({ limit }) => limit), live: live && { ...live, runs: this.#here.map((each) => each.live) } };
  }

  /** Their controls. */
  get controls() {
    const { aside, most } = this.others;
    const addable = aside.filter((id) => !this.#taking.includes(id)).map((id) => ({ id, label: this.#everybody.get(id)?.run.label ?? id }));
    return { ...this.#controls, runs: this.#here.flatMap(({ control }) => control ?? []), addable, most };
  }

  /**
   * Let somebody join or leave; what was tuned until then counts.
   *
   * @param {Lineup} told
   */
  lineUp({ act, id, changes }) {
    this.#tune(changes);
    if (act === "add") this.#taking.push(id);
    else if (act === "remove") this.#taking = this.#taking.filter((each) => each !== id);
    else this.#taking.push(this.#copy(id));
  }

  /** @param {Record<string, string>} changes */
  #tune(changes) {
    const textOf = (/** @type {string} */ name) => changes[name];
    for (const [id, { run, live, limit, control }] of this.#everybody) {
      if (!live || !control || !Object.keys(changes).some((name) => name.startsWith(`${id}.`))) continue;
      this.#everybody.set(id, {
        limit,
        run: { ...run, detail: detailOf(control, textOf) },
        live: changed(live, fieldsOf(control, textOf, () => true)),
        control: { ...control, settings: control.settings.map((setting) => ({ ...setting, value: textOf(`${id}.${setting.name}`) ?? setting.value })) },
      });
    }
    const shared = this.#controls.shared?.map((setting) => ({ ...setting, value: textOf(setting.name) ?? setting.value }));
    this.#controls = { ...this.#controls, shared };
  }

  /** @param {string} id */
  #copy(id) {
    const { run, live, limit, control } = /** @type {Contestant} */ (this.#everybody.get(id)), { dashes } = this.others;
    let k = 2;
    while (this.#everybody.has(`${id}~${k}`)) k += 1;
    const named = { id: `${id}~${k}`, label: `${run.label} (${k})` };
    const own = dashes.findIndex((dash) => String(dash) === String(run.dash));
    this.#everybody.set(named.id, {
      run: { ...run, ...named, dash: dashes[(own + k - 1) % dashes.length] }, live, limit, control: control && { ...control, ...named },
    });
    return named.id;
  }
}
