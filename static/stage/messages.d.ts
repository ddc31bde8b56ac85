// Written by python -m benchmarks.messages from lossopt/figures/messages.py.

/** Base64 of little-endian float32, row by row. */
export type Floats = string & { readonly packed: "float32" };
/** Base64 of little-endian float64, row by row. */
export type Doubles = string & { readonly packed: "float64" };
/** Base64 of signed bytes, row by row. */
export type Bytes = string & { readonly packed: "int8" };

/** A color on a light and on a dark page. */
export interface Color {
  /** As in style sheets. */
  light: string;
  /** As in style sheets. */
  dark: string;
}

/** The surface under the paths. */
export interface Grid {
  /** Changes with the numbers. */
  id: string;
  /** Places of the columns (nx) and of the rows (ny). */
  x: Floats;
  /** Places of the columns (nx) and of the rows (ny). */
  y: Floats;
  /** Losses (ny × nx). */
  z: Floats;
  /** Whether heights are log₁₀(loss − `floor`); else they are the losses. */
  log: boolean;
  /** Lies below every loss. */
  floor: number;
}

/** The plane of params that is drawn. */
export interface Axes {
  /** Names of its two axes. */
  labels: string[];
  /** Params (n_params) at its origin. */
  origin: Floats;
  /** Params (2 × n_params) that its axes run along. */
  directions: Floats;
  /** Which plane it is and what it does not show, in words. */
  note?: string;
}

/** Steps of which something was sent. */
export interface Frames {
  /** How many there are. */
  count: number;
  /** Steps between two of them; the last one may be nearer. */
  stride: number;
}

/** One descent, frame by frame. */
export interface Run {
  /** Name in links and in words. */
  id: string;
  /** Name in links and in words. */
  label: string;
  /** Its settings in a few signs. */
  detail: string;
  /** How it is drawn; dashes are lengths in pixels. */
  color: Color;
  /** How it is drawn; dashes are lengths in pixels. */
  dash: number[];
  /** How it is drawn; dashes are lengths in pixels. */
  marker: string;
  /** One number per frame. */
  loss: Floats;
  /** Steps of one pass over the samples. */
  steps_per_epoch: number;
  /** The step at which it is lost. */
  diverged_at: number | null;
  /** The same, of a run that the browser does not make again: distance where there is a minimizer, test loss where data were held out, and gradients of single samples so far. */
  gradient_norm?: Floats;
  /** The same, of a run that the browser does not make again: distance where there is a minimizer, test loss where data were held out, and gradients of single samples so far. */
  distance?: Floats;
  /** The same, of a run that the browser does not make again: distance where there is a minimizer, test loss where data were held out, and gradients of single samples so far. */
  test_loss?: Floats;
  /** The same, of a run that the browser does not make again: distance where there is a minimizer, test loss where data were held out, and gradients of single samples so far. */
  evaluations?: Floats;
  /** Iterates (frames × n_params) of a run that the browser does not make again, of models with few params. */
  params?: Floats;
  /** Their places on the plane (frames × 2), of all others. */
  xy?: Floats;
  /** Predictions at the key frames of `Fit`: bytes for classes, else floats. */
  outputs?: Floats | Bytes;
  /** The step after which it waits for the others. */
  rests_at?: number;
}

/** What a page draws on the data view. */
export interface Marks {
  /** Rows of the samples that are ringed (frames × `batch_size`); −1 rings nothing. */
  batches?: Floats;
  /** Rows per frame. */
  batch_size?: number;
  /** What every sample costs the focused or only run: a square or a bar from the point to its prediction, or a disc whose area is its loss. */
  residuals?: "square" | "bar" | "disc";
  /** Predictions, or losses where there are discs (frames × samples). */
  residual_values?: Floats;
  /** The loss of a usual disc. */
  residual_unit?: number;
  /** Whether points can be dragged (curves and regions). */
  draggable?: boolean;
}

/** What all data views have in common. */
export interface Fit extends Marks {
  /** Of a model that is linear in its params: predictions (points × `d1`) are it times params. */
  basis?: Floats;
  /** Columns of the basis. */
  d1?: number;
  /** Of any other model: the frames whose predictions every run brings as `Run.outputs`. */
  key_frames?: number[];
}

/** Params over the steps, where there are no data to draw. */
export interface ParamsFit extends Fit {
  kind: "params";
}

/** Predictions over one feature. */
export interface CurveFit extends Fit {
  kind: "curve";
  /** The samples. */
  x: Floats;
  /** The samples. */
  y: Floats;
  /** Where predictions are drawn. */
  grid: Floats;
  /** What turns the model's output into a prediction. */
  link: "sigmoid" | "identity";
  /** Names of the feature and the target. */
  labels: string[];
}

/** Predictions over what they should be. */
export interface ScatterFit extends Fit {
  kind: "scatter";
  /** Targets. */
  y: Floats;
  /** Names of target and prediction. */
  labels: string[];
}

/** Classes over two features. */
export interface RegionsFit extends Fit {
  kind: "regions";
  /** The samples. */
  x1: Floats;
  /** The samples. */
  x2: Floats;
  /** Their classes, from 0. */
  y: Floats;
  /** Two classes share one logit. */
  n_classes: number;
  /** Columns and rows of the points that are classified. */
  grid_x: Floats;
  /** Columns and rows of the points that are classified. */
  grid_y: Floats;
  /** Names of the classes and of the two features. */
  class_names: string[];
  /** Names of the classes and of the two features. */
  labels: string[];
}

/** An arrow per frame on the contour. */
export interface Arrow {
  /** Its look, and its name at the head. */
  color: Color;
  /** Its look, and its name at the head. */
  dash: number[];
  /** From x, y to x, y (frames × 4); NaN draws nothing. */
  xy: Floats;
  /** Its look, and its name at the head. */
  label?: string;
}

/** A cloud of points on the contour. */
export interface Dots {
  /** Its look. */
  color: Color;
  /** Its look. */
  marker: string;
  /** Number of points. */
  n: number;
  /** Places (n × 2), or those of every frame (frames × n × 2). */
  xy: Floats;
}

/** A still line on the contour. */
export interface Line {
  /** Its look, and its name at the first point. */
  color: Color;
  /** Its look, and its name at the first point. */
  dash: number[];
  /** Whether the last point is joined to the first. */
  closed: boolean;
  /** Places (points × 2). */
  xy: Floats;
  /** Its look, and its name at the first point. */
  label?: string;
}

/** A spread on the loss curve. */
export interface Band {
  /** Of area and middle. */
  color: Color;
  /** One number per frame. */
  low: Floats;
  /** One number per frame. */
  middle: Floats;
  /** One number per frame. */
  high: Floats;
}

/** A line below the transport whose numbers follow the step. */
export interface Sentence {
  /** ``{0}``, ``{1}`` … become numbers; tabs cut it into columns, and the first such line is their head. */
  text: string;
  /** The numbers (frames × numbers). */
  values: Floats;
}

/** How the browser runs one contestant. */
export interface LiveRun {
  /** Which of the module's ``runs`` it is. */
  function: number;
  learning_rate: number;
  /** Hyperparameters besides it, in the order in which the function takes them. */
  settings: Record<string, number>;
  /** Passes over the batch of each step. */
  cost: number;
  /** Whether gradients are taken at the iterates themselves. */
  direct: boolean;
  /** Samples per step, and their order; a seed may be too large for a number. */
  batch_size: number;
  /** Samples per step, and their order; a seed may be too large for a number. */
  seed: string;
  /** On the learning rate, one per step. */
  factors?: Doubles;
  /** As in ``lossopt.Entry``. */
  clip_norm?: number;
  /** As in ``lossopt.Entry``. */
  average?: boolean;
  /** The step after which it moves no more. */
  rests_at?: number;
}

/** The race for the browser to run: `lossopt.figures.live` packs it. */
export interface Live {
  /** A module, see ``lossopt.programs.Script``. */
  text: string;
  /** Params of the start. */
  start: Doubles;
  /** Of the plane, as in `Axes`. */
  origin: Doubles;
  /** Of the plane, as in `Axes`. */
  directions: Doubles;
  /** 1 where there are no data. */
  n_samples: number;
  /** In the order of the scene's; null for a rule that has no program. */
  runs: (LiveRun | null)[];
  /** Where minimizers are known. */
  goals?: Goals;
  /** Nothing for a function. */
  data?: Samples;
}

/** Minimizers, and how the distance to them is measured. */
export interface Goals {
  /** Params (m × n_params). */
  places: Doubles;
  /** In which the distance counts (r × n_params). */
  directions: Doubles;
}

/** Data of a mean loss. */
export interface Samples {
  /** What the model predicts from (n × inputs), and what it should (n); of many samples nothing, where the triangle is enough. */
  inputs?: Doubles;
  /** What the model predicts from (n × inputs), and what it should (n); of many samples nothing, where the triangle is enough. */
  labels?: Doubles;
  /** R of the QR factorization of [inputs, labels], of a squared error. */
  triangle?: Doubles;
  /** Of samples that are never learned from. */
  test_inputs?: Doubles;
  /** Of samples that are never learned from. */
  test_labels?: Doubles;
}

/** What a dial makes of a race that the browser runs. */
export interface Turns {
  /** What each value means. */
  texts: string[];
  /** What the contestants say of themselves at each value. */
  details: string[][];
  /** Their hyperparameters there. */
  fields: Record<string, number>[][];
}

/** A choice of the dial. */
export interface Choice {
  /** Name in links and in words. */
  id: string;
  /** Name in links and in words. */
  label: string;
}

/** What a dial turns. */
export interface Dial {
  /** Id of a choice. */
  chosen: string;
  /** What can be chosen. */
  choices: Choice[];
  /** Id of the fan that holds the race at every value. */
  fan: string;
  /** The value that is the race as it was sent. */
  index: number;
  /** Words in the place of a value, where there is none. */
  note: string | null;
  /** The values, where the browser runs the race and needs no fan. */
  rows?: Turns;
}

/** How a person looks at a scene. */
export interface Options {
  /** The surface from above or as a landscape. */
  view: "2d" | "3d";
  /** Of the loss curve. */
  scale: "log" | "linear";
  /** Of the loss curve. */
  axis: "steps" | "epochs" | "gradients";
  /** Whether the surface reaches as far as the runs. */
  follow: boolean;
  /** Of the clock. */
  speed: number;
  /** Of the clock. */
  loop: boolean;
  /** Whether the run plays as soon as it is drawn. */
  autoplay: boolean;
}

/** What trajectories give: `lossopt.figures.scene.stage_scene` packs it. */
export interface Descents {
  plane: Axes;
  surface: Grid;
  /** Places on the plane. */
  minimizers: [number, number][];
  /** Places on the plane. */
  start: [number, number];
  /** Number and names of the params. */
  n_params: number;
  /** 1 where there are no data. */
  n_samples: number;
  /** Number and names of the params. */
  param_names: string[];
  /** Which steps were sent. */
  frames: Frames;
  /** Which steps were sent. */
  last_step: number;
  runs: Run[];
  fit: AnyFit;
  /** The race, where the browser can run it. */
  live?: Live;
}

/** What a page may add. */
export interface Extras {
  arrows?: Arrow[];
  dots?: Dots[];
  lines?: Line[];
  bands?: Band[];
  sentences?: Sentence[];
  /** When it changes, the run plays from its start. */
  play?: number;
  /** Whether paths carry no names, where arrows and dots need the room. */
  unnamed?: boolean;
  /** One picture below the other without a scale of colors, for stages side by side. */
  layout?: "column";
}

/** All that a stage plays. */
export interface Scene extends Descents, Extras {
  /** Counts where it differs from that of the scene before. */
  options: Options;
  /** ``en`` or ``ko``, and the words of the stage in it. */
  lang: string;
  /** ``en`` or ``ko``, and the words of the stage in it. */
  texts: Record<string, string>;
  /** Sentences about this race. */
  messages: string[];
  /** Where the page has one. */
  dial?: Dial;
}

/** The event ``start``: another start was chosen. */
export interface Start {
  /** Place on the plane. */
  x: number;
  /** Place on the plane. */
  y: number;
  /** Its params, where the browser has run the race from there. */
  params?: number[];
}

/** The event ``point``: a data point was dragged. */
export interface Point {
  /** Of the sample. */
  index: number;
  /** Where it is now. */
  x: number;
  /** Where it is now. */
  y: number;
}

/** The event ``dial``: something else is to be turned. */
export interface DialChosen {
  /** Id of a choice. */
  choice: string;
}

/** The event ``dial``: it rests at another value. */
export interface DialRests {
  /** Of the value. */
  index: number;
}

/** The event ``cell`` of a map: a cell was chosen. */
export interface Cell {
  /** From the left and from below. */
  column: number;
  /** From the left and from below. */
  row: number;
}

export type AnyFit = ParamsFit | CurveFit | ScatterFit | RegionsFit;
