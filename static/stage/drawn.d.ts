/* What the stage makes of a message (./messages.d.ts): text becomes arrays, and more is known. */

import type { readTheme } from "./theme.js";
import type { Looks } from "../programs/race.js";
import type * as message from "./messages.d.ts";

/** A message whose packed arrays are arrays. */
export type Decoded<T> = T extends message.Floats
  ? Float32Array
  : T extends message.Bytes
    ? Int8Array
    : T extends object
      ? { [K in keyof T]: Decoded<T[K]> }
      : T;

export type Numbers = Float32Array | Float64Array;

/** One descent. */
export interface Run extends Omit<Decoded<message.Run>, RunArray | "gradient_norm" | "test_loss"> {
  params?: Numbers;
  loss: Numbers;
  distance: Numbers | null;
  evaluations: Numbers;
  gradientNorm: Numbers;
  testLoss: Numbers | null;
  /** Places on the plane, (x, y) frame by frame. */
  xy: Numbers;
  /** Heights over the plane. */
  heights: Numbers;
  /** Loss of the run that the page knows, where it was made here. */
  known?: Numbers;
  sharpness?: Looks;
}

type RunArray = "params" | "xy" | "loss" | "distance" | "evaluations";

/** The surface under the paths. */
export interface Surface extends Omit<message.Grid, "x" | "y" | "z"> {
  x: Numbers;
  y: Numbers;
  z: Numbers;
  /** Lowest and highest x, and y. */
  box: [number, number][];
  /** Heights, row by row. */
  h: number[][];
  /** Whether a finer one takes its place as soon as nothing moves. */
  passing?: boolean;
  /** Lowest and highest height, and loss. */
  heights: number[];
  losses: number[];
}

/** All that a stage plays. */
export interface Scene extends Omit<Decoded<message.Scene>, "runs" | "surface" | "plane" | "fit" | ExtraName> {
  surface: Surface;
  /** Loss at a place of the plane, where the race is run here. */
  lossAt?: (x: number, y: number) => number;
  plane: Omit<message.Axes, "origin" | "directions"> & { origin: Numbers; directions: Numbers };
  runs: Run[];
  fit: Fit;
  arrows: Decoded<message.Arrow>[];
  dots: Decoded<message.Dots>[];
  lines: Decoded<message.Line>[];
  bands: Decoded<message.Band>[];
  sentences: (Decoded<message.Sentence> & { made?: (index: number) => number[] })[];
  /** Descents that are drawn thin and without names. */
  crowd: Path[];
  /** Step of every frame. */
  steps: number[];
  /** Whether the start can be dragged. */
  movable?: boolean;
  /** Runs that come out visibly otherwise here than for the page. */
  astray?: number[];
  /** Whether its race could not be loaded. */
  failed?: boolean;
  /** Whether a run leaves the surface. */
  leaves: boolean;
}

/** One of many descents. */
export interface Path extends Decoded<message.Path> {
  heights: Numbers;
}

type ExtraName = "arrows" | "dots" | "lines" | "bands" | "sentences" | "crowd";

/** Makes what the data view shows at a frame of a run, where it was not sent. */
export interface Made {
  /** What marks show of every sample. */
  penalties?: (run: Run, index: number) => Float64Array;
  /** Predictions, output by output, of a model that is not linear in its params. */
  outputs?: (run: Run, index: number) => ArrayLike<number> | undefined;
}

export type Fit = Decoded<message.AnyFit> & Made;
export type Theme = ReturnType<typeof readTheme>;
export type Texts = Record<string, string>;

/** What a view lays itself out for. */
export interface Parts {
  scene: Scene;
  options: message.Options;
  theme: Theme;
  texts: Texts;
}

/** What is drawn now: a frame, and the id of the run that is looked at. */
export interface State {
  index: number;
  focus: string | null;
  /** Of the run whose network is shown. */
  lit?: string;
}

/** How points are placed on a canvas; what lies outside low..high is cut off. */
export interface View {
  dimensions: number;
  low: number[];
  high: number[];
  /** Where the picture ends, if not there. */
  edges?: { low: number[]; high: number[] };
  /** Left, top, width and height. */
  clip: [number, number, number, number];
  /** The same of the part that names may stand in, if not everywhere. */
  names?: [number, number, number, number];
  /** The same of what is written on it already. */
  words?: [number, number, number, number][];
  project(point: number[]): [number, number];
  /** Height of the relief. */
  heightAt?(x: number, y: number): number;
  /** Whether the relief hides a point. */
  isHidden?(point: number[]): boolean;
  /** Point of a step between two iterates, and how many straight pieces it is drawn as. */
  between?(from: number[], to: number[], t: number): number[];
  pieces?(from: number[], to: number[]): number;
  /** How the marker of a run is drawn, if not as drawMarker does. */
  drawHead?(context: Context, marker: { shape: string; x: number; y: number; radius: number; color: string }): void;
}

/** What moves: a frame, how far it is on the way to the next, and the run that is looked at. */
export interface Moment {
  frame: { index: number; fraction: number };
  focus: string | null;
  theme: Theme;
}

/** A place on the plane. */
export type Place = [number, number];

/** A point of the plane that is read, with its loss. */
export interface Reading {
  x: number;
  y: number;
  loss: number;
}

/** How a line is drawn. */
export interface Stroke {
  color: string;
  dash: number[];
  width: number;
}

/** What is drawn with: a canvas, or SvgContext in its place. */
export type Context = CanvasRenderingContext2D;
