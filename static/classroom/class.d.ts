/* What the pages of a class say to each other and draw. */

import type { Grid } from "../stage/messages.d.ts";

export type Place = [number, number];

/** Starts of the plane, row by row from below: "1" where the truth comes out. */
export interface Region {
  box: [[number, number], [number, number]];
  nx: number;
  ny: number;
  cells: string;
}

/** What came out of a question on a place. */
export interface PointTruth {
  point?: Place;
  /** Places of a run, (x, y) step by step. */
  path?: number[];
  region?: Region;
}

/** A rank of a race: whoever has the same loss has the same rank. */
export interface Rank {
  nickname: string;
  rank: number;
  /** Null where the run diverged. */
  loss: number | null;
}

/** A rule with its settings, as the tuner says them. */
export interface Entered {
  rule: string;
  settings: Readonly<Record<string, string>>;
}

export type Truth = number | number[] | PointTruth | { ranking: Rank[] };

export type Kind = "number" | "choice" | "point" | "race";

/** A question as everybody sees it. */
export interface Question {
  id: string;
  kind: Kind;
  text: string;
  link: string | null;
  scale?: "log" | "linear";
  low?: number;
  high?: number;
  label?: string;
  symbol?: string;
  options?: string[];
  runs?: string[];
  region?: [[number, number], [number, number]];
  labels?: string[];
  n_steps?: number;
  rules?: string[];
}

export type Step = "open" | "closed" | "answers" | "truth";

/** The surface of a question: `GET /class/scene`. */
export interface Ground {
  surface: Grid;
  plane: { labels: string[] };
  /** What of the plane is drawn. */
  region?: [[number, number], [number, number]];
  /** Where the runs start; null where that is asked for. */
  start: Place | null;
  texts: Readonly<Record<string, string>>;
  /** Rules that a race on it offers. */
  rules: Rule[];
}

/** A rule by its name. */
export interface Rule {
  id: string;
  label: string;
}

/** What is drawn on a surface. */
export interface Marks {
  dots?: Place[];
  mine?: Place | null;
  truth?: PointTruth | null;
  names?: { mine?: string; truth?: string };
}

export type Room = number[] | Place[] | [string, number][];

/** A question with what the room thinks of it and, where it may be seen, the truth. */
export interface Shown {
  question: Question;
  /** What the room thinks, null as long as nobody may see it: numbers, places, how often each option was chosen, or rules with how many chose them. */
  room: Room | null;
  truth?: Truth | null;
  mine?: unknown;
  ground?: Ground | null;
}
