/**
 * What the servers say, as lines of JSON for a program that gathers them: `{"time", "role", "text"}`. What is said is written by us,
 * word by word, and names addresses, states and faults: never a body, a pass, a vote or a secret; a test holds a running
 * server to that.
 */

/** One line, with its end. `at`: milliseconds since 1970. */
function jsonLine(at: number, line: string): string {
  const [, role, text] = /^([a-z]+): (.*)$/s.exec(line) ?? [];
  const said = role === undefined ? { text: line } : { role, text };
  return `${JSON.stringify({ time: new Date(at).toISOString(), ...said })}\n`;
}

export const LOG_FORMATS = ["text", "json"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** What writes a line in a form. */
export function lineWriter(format: LogFormat, write: (text: string) => void): (line: string) => void {
  return (line) => write(format === "json" ? jsonLine(Date.now(), line) : `${line}\n`);
}
