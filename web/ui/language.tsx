/** The language of the screen: Bahasa Indonesia unless the reader chose English. */
import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Text } from "../../src/election/text.ts";
import { formatNumber, formatShare, formatTime, type Language } from "./format.ts";

/** How a component says things: each method answers in the language of the screen. */
export interface Speech {
  readonly language: Language;
  text(text: Text): string;
  number(value: number): string;
  share(part: number, whole: number): string;
  time(time: number, zone: string): string;
}

export function speechIn(language: Language): Speech {
  return {
    language,
    text: (text) => text[language],
    number: (value) => formatNumber(value, language),
    share: (part, whole) => formatShare(part, whole, language),
    time: (time, zone) => formatTime(time, zone, language),
  };
}

const LanguageContext = createContext<Speech>(speechIn("id"));

export function Speaking({ language, children }: { language: Language; children: ComponentChildren }) {
  return <LanguageContext.Provider value={speechIn(language)}>{children}</LanguageContext.Provider>;
}

export function useSpeech(): Speech {
  return useContext(LanguageContext);
}
