// Written by python -m benchmarks.messages from lossopt/figures/messages.

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
  /** Samples of a step, and steps of one pass over the samples. */
  batch_size: number;
  /** Samples of a step, and steps of one pass over the samples. */
  steps_per_epoch: number;
  /** The step at which it is lost, and why. */
  diverged_at: number | null;
  /** One number per frame; left out where nobody has made the run yet. */
  loss?: Floats;
  /** Where it is known how it was made. */
  learning_rate?: number;
  /** The step at which it is lost, and why. */
  ending?: "too_large" | "no_value" | "no_gradient" | "no_step";
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
  /** Params (key frames × n_params) of a network whose regions are drawn. */
  weights?: Floats;
  /** The step after which it waits for the others. */
  rests_at?: number;
}

/** Up to which learning rate a run is stable. */
export interface Limit {
  rate: number;
  /** What is said of a run above it, with ``{name}`` and ``{rate}`` in the place of its own. */
  text: string;
  /** Whether it holds everywhere; else it explains runs that diverge. */
  exact: boolean;
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
  /** Of a landscape: losses, their logarithms, or losses as long as they show more than the rim. */
  heights: "auto" | "loss" | "log";
}

/** What trajectories give: `lossopt.figures.scene.stage_scene` packs it. */
export interface Descents {
  plane: Axes;
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
  /** Left out where the browser finds the plane, see `Principal`. */
  surface?: Grid;
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
  /** Descents that are drawn thin and without names, beside or instead of `runs`. */
  crowd?: Path[];
  /** When it changes, the run plays from its start. */
  play?: number;
  /** Whether paths carry no names, where arrows and dots need the room. */
  unnamed?: boolean;
  /** One picture below the other without a scale of colors, for stages side by side; or a network: regions of every run in a square of its own, neurons and weights of one of them. */
  layout?: "column" | "network";
  /** Learning rate times sharpness, drawn beside the loss curve. */
  edge?: Edges;
}

/** All that a stage plays. */
export interface Scene extends Descents, Extras {
  /** Counts where it differs from that of the scene before. */
  options: Options;
  /** ``en`` or ``ko``, and the words of the stage in it. */
  lang: string;
  /** ``en`` or ``ko``, and the words of the stage in it. */
  texts: Record<string, string>;
  /** Sentences about what is descended. */
  messages: string[];
  /** What theory says about each run as it was sent. */
  limits?: (Limit | null)[];
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
  /** How far from 0 they can be dragged in either direction, where that is bounded. */
  reach?: number;
}

/** What all data views have in common. */
export interface Fit extends Marks {
  /** What predictions are made of (points × `d1`): they are it times params where a model is linear in these, else the browser's program makes them. */
  basis?: Floats;
  /** Columns of the basis. */
  d1?: number;
  /** How the basis is made of a grid, where it is not sent: of each point the products of these features, and a 1; features that the grid does not span are held at `others`. */
  monomials?: number[][];
  /** How the basis is made of a grid, where it is not sent: of each point the products of these features, and a 1; features that the grid does not span are held at `others`. */
  others?: number[];
  /** The frames whose predictions a run brings as `Run.outputs` that the browser does not make, or of a network the params as `Run.weights`. */
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

/** A network, whose params are W row by row and then b, layer by layer. */
export interface Neurons {
  /** Of the hidden layers. */
  activation: "tanh" | "relu" | "sigmoid";
  /** Inputs and outputs of every layer. */
  sizes: [number, number][];
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
  /** Where the model is one: what its neurons say is made of params and `basis`. */
  network?: Neurons;
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

/** Whose numbers are told: the stage makes them anew where it draws another run. */
export interface Measured {
  /** Number of the run. */
  run: number;
  /** The product told is `rate` × (sharpness + `decay`). */
  rate: number;
  /** The product told is `rate` × (sharpness + `decay`). */
  decay: number;
}

/** A line below the transport whose numbers follow the step. */
export interface Sentence {
  /** ``{0}``, ``{1}`` … become numbers; tabs cut it into columns, and the first such line is their head. */
  text: string;
  /** The numbers (frames × numbers). */
  values: Floats;
  /** If they are its loss, the height of the surface below it and the product measured last. On the stage of a network such lines are columns of the table, but for the first column. */
  of?: Measured;
}

/** One of many descents: a thin line on the surface and on the loss curve, without a name. */
export interface Path {
  color: Color;
  /** Places on the plane (frames × 2). */
  xy: Floats;
  /** One number per frame. */
  loss: Floats;
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

/** Minimizers, and how the distance to them is measured. */
export interface Goals {
  /** Params (m × n_params). */
  places: Doubles;
  /** In which the distance counts (r × n_params). */
  directions: Doubles;
}

/** How a sample is put elsewhere: see `lossopt.datasets.move_points`. */
export interface Moving {
  /** Numbers of the features that each input is the product of, but the last one, which is 1. */
  monomials: number[][];
  /** What the height of a sample in the picture is; a class is the nearest of 0 and 1. */
  up: "target" | "class" | "feature";
}

/** Data of a mean loss. */
export interface Samples {
  /** What the model predicts from (n × inputs), and what it should (n); of many samples nothing, where the triangle is enough. */
  inputs?: Doubles;
  /** What the model predicts from (n × inputs), and what it should (n); of many samples nothing, where the triangle is enough. */
  labels?: Doubles;
  /** R of the QR factorization of [inputs, labels], of a squared error. */
  triangle?: Doubles;
  /** How much each sample counts, where they differ. */
  weights?: Doubles;
  /** Of samples that are never learned from. */
  test_inputs?: Doubles;
  /** Of samples that are never learned from. */
  test_labels?: Doubles;
  /** Where samples can be moved. */
  moving?: Moving;
}

/** How the browser finds the plane in which the runs move most, and the region that holds them. */
export interface Principal {
  /** Params through which it passes. */
  origin: Doubles;
  /** Whether it passes through the end of the run that ends lowest instead, where one ends. */
  through_end: boolean;
  /** Params (m × n_params). */
  minimizers: Doubles;
  /** Points of the surface along each axis. */
  side: number;
  /** Minimum of the loss, where one is known. */
  lowest?: number;
}

/** The part of the plane whose surface the browser evaluates, where none is sent. */
export interface Region {
  /** Ends of its sides. */
  x: [number, number];
  /** Ends of its sides. */
  y: [number, number];
  /** Points of the surface along each axis. */
  side: number;
  /** Minimum of the loss, where one is known. */
  lowest?: number;
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
  /** Where the runs decide the plane. */
  principal?: Principal;
  /** Where the plane is known and its surface is not. */
  region?: Region;
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

/** The event ``cell`` of a map: a cell was chosen. */
export interface Cell {
  /** From the left and from below. */
  column: number;
  /** From the left and from below. */
  row: number;
}

/** The event ``tuned``: settings were chosen, and rest. */
export interface Tuned {
  /** Grows from one to the next; who has heard it says so. */
  number: number;
  /** Every value that was chosen and is not answered yet, by the whole name of the setting. */
  changes: Record<string, string>;
  /** Whether the stage runs all of them by itself. */
  ran: boolean;
}

/** The event ``lineup``: somebody joins or leaves, and settings are as `Tuned` says. */
export interface Lineup extends Tuned {
  /** What happens. */
  act: "add" | "copy" | "remove";
  /** Of a choice that is added, or of the contestant. */
  id: string;
}

/** One of several things to choose. */
export interface Choice {
  /** Name in links and in words. */
  id: string;
  /** Name in links and in words. */
  label: string;
}

/** A control, drawn from what a param says of itself. */
export interface Setting {
  /** In the link, below that of its contestant. */
  name: string;
  /** Which control it is. */
  kind: "number" | "whole" | "switch" | "choice";
  /** Words. */
  label: string;
  /** As it is written in a link. */
  value: string;
  /** Words. */
  help?: string;
  /** Between which a number is offered; the box takes all between `limits`. */
  low?: number;
  /** Between which a number is offered; the box takes all between `limits`. */
  high?: number;
  /** Between two numbers on a linear scale. */
  step?: number;
  /** Whether numbers are offered on a logarithmic scale. */
  log?: boolean;
  /** Smallest and largest number that is accepted. */
  limits?: [number, number];
  /** The highest number under another name, where it stands for all. */
  every?: Choice;
  /** Of a choice. */
  choices?: Choice[];
  /** Whether it is folded away. */
  minor?: boolean;
  /** Whether it has no effect now. */
  rests?: boolean;
  /** A sentence below it. */
  note?: string;
}

/** What a library, or a paper, sets: values of several settings at once. */
export interface Preset {
  /** Name among presets, and in words. */
  id: string;
  /** Name among presets, and in words. */
  label: string;
  /** By the names of the settings: what is not a default of the rule. */
  values: Record<string, string>;
  /** Names of settings that it leaves as they are. */
  stays?: string[];
}

/** What a contestant says of a setting that is on. */
export interface Sign {
  /** Of the setting. */
  name: string;
  /** Has ``{value}`` in the place of a number. */
  text: string;
}

/** A contestant in the tuner. */
export interface Tunable {
  /** Name in links and in words. */
  id: string;
  /** Name in links and in words. */
  label: string;
  color: Color;
  /** In the order in which they are shown. */
  settings: Setting[];
  /** What it says of itself, in this order. */
  signs: Sign[];
  /** Conventions that it can take over. */
  presets?: Preset[];
  /** What presets set where they name nothing else, by the names of the settings. */
  defaults: Record<string, string>;
}

/** Controls of a race. */
export interface Tuner {
  /** The contestants. */
  runs: Tunable[];
  /** As in `Scene`. */
  lang: string;
  /** As in `Scene`. */
  texts: Record<string, string>;
  /** Settings of them all; their names are whole. */
  shared?: Setting[];
  /** A factor on all learning rates, which is no setting of its own. */
  together?: Setting;
  /** Who may join. */
  addable?: Choice[];
  /** How many can take part; 0 where nobody joins or leaves. */
  most?: number;
  /** A sentence about those who cannot join. */
  note?: string;
}

/** Learning rate times sharpness of one run. */
export interface EdgeRun {
  /** Its name and look. */
  label: string;
  /** Its name and look. */
  color: Color;
  /** Its name and look. */
  dash: number[];
  /** Its name and look. */
  marker: string;
  /** Where the sharpness was measured, and the product there. */
  steps: Floats;
  /** Where the sharpness was measured, and the product there. */
  products: Floats;
  /** Of the rule's stability. */
  limit: number;
  of: Measured;
}

/** The edge of stability of all runs. */
export interface Edges {
  /** Of the runs. */
  last_step: number;
  /** Those whose rule has a limit. */
  runs: EdgeRun[];
}

/** One loss over the prediction, with its samples. */
export interface Shape {
  /** Its look. */
  color: Color;
  /** Its look. */
  dash: number[];
  /** Its look. */
  marker: string;
  /** For every target the loss and its slope over the grid. */
  curves: [Floats, Floats][];
  /** That the curves belong to. */
  targets: number[];
  /** Number of samples. */
  n: number;
  /** Of the samples on the axis (frames × n). */
  places: Floats;
  /** Their losses and slopes (frames × n). */
  dots: [Floats, Floats];
}

/** Frames of a chart that follows a stage. */
export interface Pace {
  /** How many frames there are, and the step of the last one. */
  count: number;
  /** How many frames there are, and the step of the last one. */
  last_step: number;
}

/** Losses over the prediction: the value above, the slope below. */
export interface Shapes {
  /** From where to where the axes go. */
  x: [number, number];
  /** From where to where the axes go. */
  panels: [[number, number], [number, number]];
  /** Where the curves are known. */
  grid: Floats;
  /** Of the samples. */
  frames: Pace;
  /** One shape each. */
  losses: Shape[];
  /** Of the axis below, and of both upright ones. */
  labels?: string[];
  /** The picture in words. */
  description?: string;
}

/** An axis of a map. */
export interface MapAxis {
  /** In the middle of the cells; a cell reaches halfway to its neighbors. */
  values: Floats;
  /** Whether the axis is logarithmic. */
  log: boolean;
  /** Its name in words. */
  label?: string;
}

/** A coloring of the cells by a number. */
export interface Layer {
  /** Name in links. */
  id: string;
  /** Cell by cell, row by row from the bottom. */
  values: Floats;
  /** Whether colors follow the logarithm of what lies above the floor. */
  log: boolean;
  /** Whether colors follow the logarithm of what lies above the floor. */
  floor: number;
  /** The unit of a scale that is logarithmic on both sides of zero. */
  signed?: number;
  /** The loss that was taken off the values. */
  lowest?: number;
  /** Words on the switch, at the color bar, and for cells without a number. */
  name?: string;
  /** Words on the switch, at the color bar, and for cells without a number. */
  label?: string;
  /** Words on the switch, at the color bar, and for cells without a number. */
  missing?: string;
}

/** What became of the runs of some cells. */
export interface Fate {
  /** Name of this kind. */
  id: string;
  /** Of its cells. */
  color: Color;
  /** Its name in words. */
  label?: string;
}

/** A number that is read out for a cell, where it is not NaN. */
export interface Fact {
  /** Name of the number. */
  id: string;
  /** Cell by cell. */
  values: Floats;
  /** Words, with ``{value}`` for the number. */
  text?: string;
}

/** A line across a map. */
export interface MapLine {
  /** Its look. */
  color: Color;
  /** Its look. */
  dash: number[];
  /** Places (points × 2). */
  xy: Floats;
  /** Its name in words. */
  label?: string;
}

/** A spot on a map. */
export interface Mark {
  /** Its look. */
  marker: string;
  /** Its look. */
  color: Color;
  /** Its place. */
  xy: [number, number];
  /** Its name in words. */
  label?: string;
}

/** Which stage runs the cell that is being pointed at. */
export interface Preview {
  /** Its name. */
  stage: string;
  /** Id of the run, and its settings along both axes; empty where the map is one of starts. */
  run?: string;
  /** Id of the run, and its settings along both axes; empty where the map is one of starts. */
  x?: string;
  /** Id of the run, and its settings along both axes; empty where the map is one of starts. */
  y?: string;
}

/** A map of many runs. */
export interface HeatMap {
  x: MapAxis;
  y: MapAxis;
  layers: Layer[];
  /** A cell with code k > 0 has color and label of class k − 1, whatever the layer. */
  codes: Bytes;
  /** A cell with code k > 0 has color and label of class k − 1, whatever the layer. */
  classes: Fate[];
  facts: Fact[];
  /** Color of cells without a class and without a number. */
  missing?: Color;
  /** 1 where a cell is to stand back. */
  faded?: Bytes;
  lines?: MapLine[];
  marks?: Mark[];
  /** Id of the layer that is shown. */
  layer?: string;
  /** The chosen column and row; whether what is played lies beside its middle. */
  cell?: [number, number];
  /** The chosen column and row; whether what is played lies beside its middle. */
  between?: boolean;
  /** Whether the map is to be low; whether the legend is its own. */
  compact?: boolean;
  /** Whether the map is to be low; whether the legend is its own. */
  legend?: boolean;
  preview?: Preview;
  /** Words of the reader's language. */
  title?: string;
  /** Words of the reader's language. */
  label?: string;
  /** Words of the reader's language. */
  texts?: Record<string, string>;
  /** Words of the reader's language. */
  lang?: string;
}

/** The step size of a race: that of one run, and of all others in proportion. */
export interface Handle {
  /** Id of the run whose learning rate it shows. */
  run: string;
  /** That learning rate as the race was sent. */
  rate: number;
  /** Learning rates of all runs then, by their ids. */
  rates: Record<string, number>;
  /** Ends of the handle. */
  low: number;
  /** Ends of the handle. */
  high: number;
  /** Largest stable learning rate of the run. */
  limit: number;
}

/** Where the race is run. */
export interface Ground {
  /** Name in the page's address and in words. */
  id: string;
  /** Name in the page's address and in words. */
  label: string;
  /** What there is to see. */
  sentence: string;
  /** Why the run flies apart beyond its limit. */
  burst: string;
  /** The race. */
  scene: Scene;
  /** Its step size. */
  handle: Handle;
  /** Its settings in a link to the Descent Lab. */
  link: Record<string, string>;
  /** Name of the start among them. */
  start: string;
}

/** All that the page shows. */
export interface Welcome {
  /** The first one is shown first. */
  grounds: Ground[];
  /** Words of the page. */
  texts: Record<string, string>;
  /** ``en`` or ``ko``. */
  lang: string;
}

/** A lesson in the gallery. */
export interface Card {
  /** Name in links, name in words, and level and minutes in words. */
  id: string;
  /** Name in links, name in words, and level and minutes in words. */
  title: string;
  /** Name in links, name in words, and level and minutes in words. */
  about: string;
  /** Its scene as an ``<svg>``. */
  still: string;
  /** Link to it. */
  href: string;
}

/** All lessons. */
export interface Gallery {
  cards: Card[];
  texts: Record<string, string>;
}

/** A scale on which a number is pointed at. */
export interface Ruler {
  /** Its ends, and which numbers it has. */
  low: number;
  /** Its ends, and which numbers it has. */
  high: number;
  /** Its ends, and which numbers it has. */
  log: boolean;
  /** Its ends, and which numbers it has. */
  whole: boolean;
  /** Numbers that the question speaks of. */
  marks: number[];
  /** What the number is. */
  unit: string;
  /** What happens on either side of it, where it is a limit. */
  below?: string;
  /** What happens on either side of it, where it is a limit. */
  above?: string;
}

/** An answer that is a place on the plane. */
export interface Spot {
  id: string;
  x: number;
  y: number;
}

/** What a reader predicts. */
export interface Question {
  /** Its name in links. */
  lesson: string;
  /** Where one points: at a number, or at a place on the plane. */
  ruler: Ruler | null;
  /** Where one points: at a number, or at a place on the plane. */
  spots: Spot[];
  /** As texts; empty as long as they are not there. */
  guess: string;
  /** As texts; empty as long as they are not there. */
  answer: string;
  /** Name of the stage that plays the answer. */
  stage: string;
  /** Step around which it plays slowly. */
  slowly: number;
  /** Words of the page. */
  texts: Record<string, string>;
}

/** The event ``guess``: something was pointed at. */
export interface Guess {
  /** A number as text, or the id of a spot. */
  value: string;
}

/** The event ``open``: a lesson of the gallery was chosen. */
export interface Opened {
  /** Its name in links. */
  lesson: string;
}

/** How a run is drawn. */
export interface PocketLook {
  /** As in `Run`. */
  color: Color;
  /** As in `Run`. */
  dash: number[];
  /** As in `Run`. */
  marker: string;
}

/** Who can take part. */
export interface PocketChoice {
  /** Name in links. */
  id: string;
  /** Id of its update rule. */
  rule: string;
  /** What it is called on data and on functions. */
  label: string;
  /** What it is called on data and on functions. */
  plain: string;
  /** Of its copies, one after the other. */
  looks: PocketLook[];
  /** Hyperparameters at their defaults. */
  settings: Setting[];
  /** Samples per step where nobody chooses; left out: all. */
  batch_size?: number;
  /** Whether a batch can be chosen at all. */
  draws?: boolean;
  /** Whether a browser runs it. */
  here?: boolean;
}

/** What can learn a kind of data. */
export interface PocketModel {
  /** Name in links and in words. */
  id: string;
  /** Name in links and in words. */
  label: string;
  /** Its usual loss. */
  loss: string;
}

/** What goes with a kind of data. */
export interface PocketTask {
  /** The usual model comes first. */
  models: PocketModel[];
  /** The usual model comes first. */
  losses: Choice[];
}

/** Something to descend. */
export interface PocketItem {
  /** Name in links and in words. */
  id: string;
  /** Name in links and in words. */
  label: string;
  /** Which kind of data it is; left out of functions and of what a person brings along. */
  task?: string;
  /** Whether it is shipped. */
  here?: boolean;
}

/** Ready settings. */
export interface PocketExample {
  /** Name in the catalog, and in words. */
  id: string;
  /** Name in the catalog, and in words. */
  label: string;
  /** As in a link. */
  settings: Record<string, string>;
}

/** How a learning rate to begin with is found: see `lossopt.comparisons.usual_rate`. */
export interface PocketSearch {
  /** As there. */
  rates: number[];
  /** As there. */
  steps: number;
  /** As there. */
  near: number;
  /** As there. */
  rise: number;
  /** As there. */
  depth: number;
  /** As there. */
  share: number;
  /** Parts of a formula that a run may work through: see `lossopt.trajectories.affordable_steps`. */
  operations: number;
}

/** Functions that a person writes. */
export interface PocketFormula {
  /** Before anything is written. */
  text: string;
  /** Before anything is written. */
  region: string;
  /** Of refusals, by their codes. */
  sentences: Record<string, string>;
  /** Of the fields. */
  words: Record<string, string>;
}

/** All that can be chosen, in one language. */
export interface Pocket {
  /** As in `Scene`; texts by the page that has them. */
  lang: string;
  /** As in `Scene`; texts by the page that has them. */
  texts: Record<string, Record<string, string>>;
  /** In the order of the menu. */
  problems: PocketItem[];
  /** By their names. */
  tasks: Record<string, PocketTask>;
  /** Contestants in the order of the menu. */
  choices: PocketChoice[];
  /** Settings of problems, models, losses and schedules at their defaults, by their ids. */
  specs: Record<string, Setting[]>;
  /** The menu of schedules, the usual one first, and what each is in a formula. */
  schedule: Setting;
  /** The menu of schedules, the usual one first, and what each is in a formula. */
  laws: Record<string, string>;
  /** What acts on any rule from outside, what all share, and the order of samples. */
  outside: Setting[];
  /** What acts on any rule from outside, what all share, and the order of samples. */
  run: Setting;
  /** What acts on any rule from outside, what all share, and the order of samples. */
  order: Setting;
  /** Controls of a batch and of all learning rates, and what contestants say of themselves. */
  batch: Setting;
  /** Controls of a batch and of all learning rates, and what contestants say of themselves. */
  together: Setting;
  /** Controls of a batch and of all learning rates, and what contestants say of themselves. */
  signs: Sign[];
  /** What view options can be, the usual one first. */
  view: Record<string, string[]>;
  examples: PocketExample[];
  /** What an address without settings stands for. */
  opening: Record<string, string>;
  /** Settings that are in every link of the app. */
  always: string[];
  /** Settings that only the app knows, and what they are, in words. */
  away: Record<string, string>;
  /** Files of problems with other settings than the usual ones, by the settings. */
  variants: Record<string, string>;
  search: PocketSearch;
  formula: PocketFormula;
  /** How many can take part. */
  most: number;
}

/** Names of a problem's parts in a language. */
export interface PocketWords {
  /** Of the plane's axes and of those of the data view. */
  labels: string[];
  /** Of the plane's axes and of those of the data view. */
  fit: string[];
  /** Of every param. */
  params: string[];
  /** Of the data. */
  classes: string[];
  /** What is to be known of the loss. */
  said: string[];
  /** What the plane does not show, with ``{x}`` and ``{y}`` for the names of its axes; of the plane that the runs decide first. */
  note: string[];
  /** What theory says about every rule as it is at first. */
  limits: (Limit | null)[];
}

/** A problem with everybody who may descend it. */
export interface PocketProblem {
  /** Without runs; `Live` has those of all `rules`. */
  drawn: Descents;
  /** Their ids. */
  rules: string[];
  /** By language. */
  words: Record<string, PocketWords>;
  /** Region of each param that is worth drawing. */
  bounds: [number, number][];
  /** Where params that are not drawn are held. */
  resting: Doubles;
  /** Params (m × n_params). */
  minimizers: Doubles;
  /** Points of the surface along each axis. */
  side: number;
  /** Most steps, by the number of contestants from 1. */
  affordable: number[];
  /** Of the search for a learning rate. */
  search_steps: number;
  /** Of the search for a learning rate. */
  search_floor?: number;
  /** Whether it has losses below zero. */
  falls?: boolean;
  /** Minimum of the loss, where one is known. */
  lowest?: number;
  /** As in `Principal`. */
  through_end?: boolean;
}

/** One optimizer in the family tree. */
export interface Relative {
  /** Name in links and in words. */
  id: string;
  /** Name in links and in words. */
  label: string;
  /** Of its publication. */
  year: number;
  /** Its place: rows follow the years, lanes keep the lines apart. */
  row: number;
  /** Its place: rows follow the years, lanes keep the lines apart. */
  lane: number;
  /** Ids; the first one is the closest. */
  parents: string[];
  /** Of its dot. */
  color: Color;
}

/** A part of a page that one can choose. */
export interface PocketPart {
  /** Name in links and in words. */
  id: string;
  /** Name in links and in words. */
  label: string;
  /** What it says. */
  html: string;
}

/** The page of the optimizers in a language. */
export interface PocketCards {
  /** As in `Pocket`. */
  lang: string;
  /** As in `Pocket`. */
  texts: Record<string, Record<string, string>>;
  /** Of the family tree; the one to begin with. */
  members: Relative[];
  /** Of the family tree; the one to begin with. */
  usual: string;
  /** Of a card, the first one to begin with. */
  parts: Choice[];
  /** Of the libraries, with what is to be known of each; the one to begin with. */
  schedules: PocketPart[];
  /** Of the libraries, with what is to be known of each; the one to begin with. */
  usual_schedule: string;
  /** For the anatomy of a step, the first one to begin with. */
  surfaces: Choice[];
  /** How many steps are taken apart. */
  length: Setting;
  /** What buttons do that show a difference, as HTML. */
  where: string;
}

/** One line of an update. */
export interface PocketLine {
  /** As in `Sentence`. */
  text: string;
  /** How many numbers either param has in it, the result last. */
  width: number;
  /** Name of the arrow that shows the negative of the result; none if empty. */
  arrow: string;
}

/** How an arrow of the anatomy looks. */
export interface PocketArrow {
  /** As in `Arrow`. */
  color: Color;
  /** As in `Arrow`. */
  dash: number[];
  /** As in `Arrow`. */
  label: string;
}

/** How a browser takes the steps of a rule apart. */
export interface PocketAnatomy {
  /** Source of a module: see `lossopt.programs.AnatomyScript`. */
  text: string;
  /** Names of the hyperparameters that it takes; all others are at their defaults. */
  settings: string[];
  /** Of the update. */
  lines: PocketLine[];
  /** By their names, in the order in which they are drawn. */
  arrows: Record<string, PocketArrow>;
  /** Length of an arrow that only shows a direction, as a share of the picture. */
  reach: number;
}

/** One optimizer in a language. */
export interface PocketCard {
  /** Name in links and in words. */
  id: string;
  /** Name in links and in words. */
  label: string;
  /** What there is to say, as HTML. */
  card: string;
  /** Of its run. */
  look: PocketLook;
  /** Hyperparameters, at the values that suit a small surface. */
  settings: Setting[];
  /** Of its step, where it has one that a browser can take apart. */
  anatomy?: PocketAnatomy;
}

/** The path of some libraries. */
export interface PocketPath {
  /** One of them, and what is said of all. */
  id: string;
  /** One of them, and what is said of all. */
  label: string;
  /** One of them, and what is said of all. */
  detail: string;
  /** Of the path. */
  look: PocketLook;
  /** How a browser takes it. */
  run: LiveRun;
}

/** All paths of an optimizer. */
export interface PocketPaths {
  /** Source of a module that descends whatever it is handed: see `lossopt.programs.script_for_any`. */
  text: string;
  /** In the order of the libraries. */
  paths: PocketPath[];
}

/** One optimizer in the libraries, in a language. */
export interface PocketLibraries {
  /** How many paths there are, and how they differ. */
  lead: string;
  /** How many paths there are, and how they differ. */
  html: string;
  /** Those that a browser runs, if it runs all. */
  paths: PocketPaths | null;
  /** Settings of the link under which a difference shows most. */
  differences: PocketExample[];
  /** Libraries that have it, and the two to begin with. */
  known: Choice[];
  /** Libraries that have it, and the two to begin with. */
  ends: string[];
  /** What to set to take the path of one in another, as HTML, by the ids of both. */
  moving: Record<string, string>;
}

/** A term of the glossary. */
export interface PocketTerm {
  /** Name in links and in words. */
  id: string;
  /** Name in links and in words. */
  name: string;
  /** Its names in other languages. */
  others: string;
  /** Its sentence. */
  html: string;
  /** All in which it is found, as it is compared. */
  sought: string;
  /** Ids of terms that lead on. */
  related: string[];
  /** Address of a page that shows it at work, below the edition, and what that is called. */
  seen?: string;
  /** Address of a page that shows it at work, below the edition, and what that is called. */
  place?: string;
}

/** A topic of the glossary. */
export interface PocketTopic {
  /** In words. */
  name: string;
  /** Ids, as they build on each other. */
  terms: string[];
}

/** The glossary in a language. */
export interface PocketGlossary {
  /** As in `Pocket`. */
  lang: string;
  /** As in `Pocket`. */
  texts: Record<string, Record<string, string>>;
  /** How terms can be ordered, the usual one first. */
  orders: Choice[];
  /** In their order. */
  topics: PocketTopic[];
  /** By name. */
  terms: PocketTerm[];
  /** Characters of what is sought. */
  longest: number;
}

/** The page of the lessons in a language. */
export interface PocketLessons {
  /** As in `Pocket`. */
  lang: string;
  /** As in `Pocket`. */
  texts: Record<string, Record<string, string>>;
  /** In their order. */
  lessons: Choice[];
}

/** Where to go on after a lesson. */
export interface PocketAdvice {
  /** In words, and the address below the edition; left out where only the app has it. */
  label: string;
  /** In words, and the address below the edition; left out where only the app has it. */
  href?: string;
}

/** A lesson before its answer. */
export interface PocketLesson {
  /** Name in links and in words. */
  id: string;
  /** Name in links and in words. */
  title: string;
  /** The question. */
  html: string;
  /** What the number is, as HTML; empty where one chooses. */
  unit: string;
  /** Answers to choose from, in HTML. */
  choices: Choice[];
  /** Lowest and highest number that can be an answer. */
  low: number;
  /** Lowest and highest number that can be an answer. */
  high: number;
  /** As in `Question`. */
  ruler: Ruler | null;
  /** As in `Question`. */
  spots: Spot[];
  /** Paths to the places that can be predicted, by the ids of the spots. */
  ghosts: Record<string, Line>;
  /** What may be seen. */
  scene: Scene;
  /** Names of the settings that can be changed in the app, by their names in links. */
  free: Record<string, string>;
  /** Worksheets without and with answers. */
  sheets: [string, string];
}

/** How a prediction becomes a run: the last one of the scene. */
export interface PocketGuess {
  /** Hyperparameter that takes the number. */
  setting: string;
  /** What is said of the run, with ``{guess}`` for the number. */
  detail: string;
  /** Numbers from here on are no runs. */
  below?: number;
}

/** A lesson after its answer. */
export interface PocketAnswer {
  /** As text in links: a number or the id of a choice. */
  answer: string;
  /** A number counts as met when it differs by a factor of at most 1 + tolerance. */
  tolerance: number;
  /** As in `Question`. */
  slowly: number;
  /** What is said to every choice, as HTML. */
  verdicts: Record<string, string>;
  /** As HTML. */
  measured: string;
  /** As HTML. */
  why: string;
  /** Where to go on. */
  advice: PocketAdvice[];
  /** All runs. */
  scene: Scene;
  /** Of the run of a prediction, where it can be one. */
  guess?: PocketGuess;
}

export type AnyFit = ParamsFit | CurveFit | ScatterFit | RegionsFit;
