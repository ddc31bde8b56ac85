/* What the teacher's desk hears. */

import type { Question, Room, Step, Truth } from "./class.d.ts";

export interface Student {
  student: string;
  nickname: string;
  answered: boolean;
  present: boolean;
}

/** A question with all that the teacher knows of it. */
export interface Asked extends Question {
  step: Step | null;
  truth: Truth | null;
  n_answers: number;
}

/** `GET CODE/live` with the teacher's key. */
export interface State {
  link: string | null;
  language: string;
  expires: number;
  step: Step | null;
  question: Question | null;
  students: Student[];
  answers: { student: string; nickname: string; value: unknown }[];
  questions: Asked[];
  thought?: Room;
  truth?: Truth | null;
}

export type Texts = Readonly<Record<string, string>>;

export interface Told {
  lang: string;
  plotly: string;
  texts: Texts;
  results: Texts;
  refusals: Texts;
  stage: Texts;
}
