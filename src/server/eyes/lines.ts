/**
 * What the servers say, as lines of JSON for a program that gathers them: `{"time", "role", "text"}`. What is said is written by us,
 * word by word, and names addresses, states and faults: never a body, a pass, a vote or a secret; a test holds a running
 * server to that.
 */

/** One line, with its end. `at`: milliseconds since 1970. */
export function jsonLine(at: number, line: string): string {
  const [, role, text] = /^([a-z]+): (.*)$/s.exec(line) ?? [];
  const said = role === undefined ? { text: line } : { role, text };
  return `${JSON.stringify({ time: new Date(at).toISOString(), ...said })}\n`;
}
