/** What the parts of an account on the screen are given. */
import type { Choice } from "../choice.ts";
import type { PageProps } from "../page-props.ts";
import type { Book } from "../verify/objects.ts";
import type { Between } from "./load.ts";

export interface ShownProps extends PageProps {
  readonly between: Between;
  readonly book: Book;
  readonly choice: Choice;
}
