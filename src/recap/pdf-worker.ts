/** The thread that prints: a certificate of 551 stations takes seconds, and whoever asked must go on answering meanwhile. */
import { parentPort } from "node:worker_threads";
import { FormError } from "./form.ts";
import { certificatePdf } from "./pdf.ts";
import { incidentsPdf } from "./pdf-incidents.ts";
import { nightPdf } from "./pdf-night.ts";
import { seatsPdf } from "./pdf-seats.ts";
import type { PrintAnswer, PrintJob } from "./printer.ts";

function pages(job: PrintJob): Generator<Uint8Array> {
  switch (job.what) {
    case "certificate":
      return certificatePdf(job.form);
    case "night":
      return nightPdf(job.positions);
    case "incidents":
      return incidentsPdf(job.list);
    case "seats":
      return seatsPdf(job.paper);
  }
}

function answer(job: PrintJob): PrintAnswer {
  try {
    return { bytes: new Uint8Array(Buffer.concat([...pages(job)])) };
  } catch (error) {
    if (error instanceof FormError) return { fault: [error.where, error.message] };
    throw error;
  }
}

parentPort?.on("message", (job: PrintJob) => {
  const answered = answer(job);
  parentPort?.postMessage(answered, "bytes" in answered ? [answered.bytes.buffer as ArrayBuffer] : []);
});
