import type { PageProps } from "../page-props.ts";

export function FeedPage(_props: PageProps) {
  return <p>…</p>;
}
