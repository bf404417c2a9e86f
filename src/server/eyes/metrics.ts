/** The figures as Prometheus reads them. Counters are set to what the processes counted: they begin anew with a process, as there. */
import { Counter, Gauge, Registry } from "prom-client";
import { STEPS } from "../../intake/figures.ts";
import type { PlaceFigures } from "./place.ts";
import type { Now } from "./watch.ts";

/** The text of one scrape, and its type. `at`: milliseconds since 1970. */
export async function metricsText(
  now: Now | null,
  place: PlaceFigures,
  at: number,
): Promise<{ text: string; type: string }> {
  const registry = new Registry();
  const gauge = (name: string, help: string, values: readonly Value[]) => {
    const made = new Gauge({ name, help, labelNames: labelsOf(values), registers: [registry] });
    for (const [value, labels = {}] of values) made.set(labels, value);
  };
  const counter = (name: string, help: string, values: readonly Value[]) => {
    const made = new Counter({ name, help, labelNames: labelsOf(values), registers: [registry] });
    for (const [value, labels = {}] of values) made.inc(labels, value);
  };
  gauge("teguh_disk_free_bytes", "Room on the disk of the data folder.", [[place.disk.free]]);
  gauge("teguh_disk_bytes", "Size of the disk of the data folder.", [[place.disk.total]]);
  if (place.edition !== null) {
    gauge("teguh_edition_number", "Number of the newest public edition.", [[place.edition.number]]);
    gauge("teguh_edition_age_seconds", "Time since the newest public edition.", [[(at - place.edition.time) / 1000]]);
  }
  if (now !== null) processes(now, gauge, counter);
  if (now?.door) door(now.door.figures, gauge, counter);
  return { text: await registry.metrics(), type: registry.contentType };
}

type Labels = Readonly<Record<string, string>>;
type Value = readonly [value: number, labels?: Labels];
type Put = (name: string, help: string, values: readonly Value[]) => void;

const labelsOf = (values: readonly Value[]): string[] => Object.keys(values[0]?.[1] ?? {});

function processes({ roles }: Now, gauge: Put, counter: Put): void {
  const each = (value: (role: Now["roles"][number]) => number | undefined): Value[] =>
    roles.flatMap((role) => {
      const known = value(role);
      return known === undefined ? [] : [[known, { role: role.name }] as const];
    });
  gauge(
    "teguh_process_up",
    "1 while the process is ready.",
    each(({ readySince }) => (readySince === null ? 0 : 1)),
  );
  counter(
    "teguh_process_restarts_total",
    "How often it was started again.",
    each(({ restarts }) => restarts),
  );
  counter(
    "teguh_process_cpu_seconds_total",
    "Processor time.",
    each(({ figures }) => figures?.cpu),
  );
  gauge(
    "teguh_process_memory_bytes",
    "Memory.",
    each(({ figures }) => figures?.memory),
  );
  gauge(
    "teguh_process_delay_seconds",
    "How late its turns come, 99th percentile.",
    each(({ figures }) => (figures === null ? undefined : figures.delay / 1000)),
  );
}

function door(figures: NonNullable<Now["door"]>["figures"], gauge: Put, counter: Put): void {
  const steps = STEPS.flatMap((step): Value[] => [
    [figures.byStep[step].passed, { step, outcome: "passed" }],
    [figures.byStep[step].refused, { step, outcome: "refused" }],
  ]);
  counter("teguh_door_checks_total", "Requests that passed a step of the door, or were refused by it.", steps);
  counter("teguh_door_accepted_total", "Sheets that were appended.", [[figures.accepted]]);
  counter("teguh_door_duplicates_total", "Sheets that were there already.", [[figures.duplicates]]);
  counter("teguh_door_late_total", "Work that was dropped since nobody waited for it any more.", [[figures.late]]);
  counter("teguh_door_passes_total", "Passes.", [
    [figures.passes.passed, { outcome: "issued" }],
    [figures.passes.refused, { outcome: "refused" }],
  ]);
  const waiting = Object.entries(figures.waiting).map(([lane, count]): Value => [count, { lane }]);
  gauge("teguh_door_waiting", "Work that waits for its turn, by lane.", waiting);
  gauge("teguh_door_appending", "Sheets that are with the sequencer.", [[figures.appending]]);
  gauge("teguh_door_queue_delay_seconds", "Mean wait for a turn.", [[figures.queueDelay / 1000]]);
  gauge("teguh_door_overloaded", "1 while lower lanes give way.", [[figures.overloaded ? 1 : 0]]);
}
