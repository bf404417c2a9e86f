/** Words for people: every text that reaches a screen exists in both languages, and a fault names its place. */

/** A text in both languages of the screens: Bahasa Indonesia first, English second. */
export interface Text {
  readonly id: string;
  readonly en: string;
}

/** One thing wrong with an input, where it is (e.g. `contests[0].districts[2].name`) and what to do about it. */
export interface Fault {
  readonly path: string;
  readonly what: Text;
}
