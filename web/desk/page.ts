/** What a page of a hall is to the table of pages (`pages.ts`), which no page may know. */
import type { ComponentType } from "preact";
import type { Role } from "../../src/election/statements.ts";
import type { Text } from "../../src/election/text.ts";
import type { HallView } from "../../src/recap/wire/views.ts";

export interface PageProps {
  /** What follows the page's name in the address. */
  readonly args: readonly string[];
}

export interface PageEntry {
  /** In the address: `#/510303/<name>`. Empty: the first page of a hall. */
  readonly name: string;
  readonly title: Text;
  readonly roles: readonly Role[];
  /** Whether the navigation shows it, and of which halls; absent: everywhere. */
  readonly inNavigation?: false | ((hall: HallView) => boolean);
  /** Name of the page under which the navigation shows it. */
  readonly under?: string;
  /** Without the frame around it (the projector). */
  readonly bare?: true;
  readonly load: () => Promise<{ readonly default: ComponentType<PageProps> }>;
}
