// Loaded before a program: its clock is off by as many milliseconds as TEGUH_CLOCK_OFF says, or, once it is told by SIGUSR2, as
// the file TEGUH_CLOCK_FILE holds.
import { existsSync, readFileSync } from "node:fs";

const file = process.env.TEGUH_CLOCK_FILE ?? "";
let off = Number(process.env.TEGUH_CLOCK_OFF ?? 0);
const read = () => {
  if (existsSync(file)) off = Number(readFileSync(file, "utf8"));
};
read();
process.on("SIGUSR2", read);

const now = Date.now.bind(Date);
globalThis.Date = class extends Date {
  constructor(...args) {
    if (args.length === 0) super(now() + off);
    else super(...args);
  }

  static now() {
    return now() + off;
  }
};
