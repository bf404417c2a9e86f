/**
 * One measurement in a process of its own: clean memory, nothing compiled or cached by another. Called by `bench.ts` with the
 * name of a file beside it, what to do (`prepare` or `run`), and the context; answers over the channel to its parent.
 */
import type { Context, Measurement } from "./figure.ts";

const [file = "", step = "", context = "{}"] = process.argv.slice(2);
const measurement = (await import(`./${file}.ts`)) as Measurement;
const given = JSON.parse(context) as Context;
if (step === "prepare") await measurement.prepare?.(given);
else process.send?.(await measurement.run(given));
process.disconnect?.();
