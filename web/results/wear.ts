/**
 * The style of a page that is loaded later, put on by its script: so the first view carries none of it, and a policy that
 * forbids inline styles holds.
 */

/** Several pages may bring the same. */
const worn = new Set<string>();

export function wear(css: string): void {
  if (worn.has(css)) return;
  worn.add(css);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
