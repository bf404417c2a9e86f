/**
 * The style of a page that is loaded later, put on by its script: so the first view carries none of it, and a policy that
 * forbids inline styles holds.
 */
export function wear(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
