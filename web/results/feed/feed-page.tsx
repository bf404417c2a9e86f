import type { PageProps } from "../pages.ts";

export function FeedPage(_props: PageProps) {
  return <p>…</p>;
}
