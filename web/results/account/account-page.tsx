import type { PageProps } from "../pages.ts";

export function AccountPage(_props: PageProps) {
  return <p>…</p>;
}
