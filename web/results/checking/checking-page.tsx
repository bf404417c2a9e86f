import type { PageProps } from "../pages.ts";

export function CheckingPage(_props: PageProps) {
  return <p>…</p>;
}
