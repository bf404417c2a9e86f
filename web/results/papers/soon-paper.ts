/** What shows papers is fetched with the first paper that somebody scrolls to. */
export const loadPaper = async () => (await import("./paper.tsx")).PaperView;
