/** Ports for programs that run beside others in tests and measurements. */

/** Arguments of a start on this machine alone, on any ports that are free but those that are named. */
export function freePorts(
  named: Readonly<Partial<Record<"public" | "intake" | "desk" | "photos", number>>> = {},
): string[] {
  const ports = { public: 0, intake: 0, desk: 0, photos: 0, ...named };
  return [...Object.entries(ports).flatMap(([name, port]) => [`--${name}-port`, `${port}`]), "--host", "127.0.0.1"];
}
