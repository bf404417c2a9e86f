import type { PageProps } from "../page-props.ts";

export function CheckingPage(_props: PageProps) {
  return <p>…</p>;
}
