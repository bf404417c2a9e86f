/** A question in front of the page: takes the focus, keeps the keys to itself, and Esc leaves it. */
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { useSpeech } from "../../ui/language.tsx";
import { type Key, useKeys } from "./keys.ts";
import { SHELL_WORDS } from "./words.ts";

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** Keys that answer the question. */
  readonly keys?: readonly Key[];
  /** Wide enough for a list beside a field. */
  readonly wide?: boolean;
}

export function Dialog({ title, onClose, children, keys = [], wide }: Props) {
  const speech = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useKeys([{ key: "Escape", does: SHELL_WORDS.close, run: onClose, inFields: true }, ...keys], true);
  useLayoutEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    element?.querySelector<HTMLElement>("[data-first]")?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={wide ? "dialog wide" : "dialog"}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <button type="button" class="quiet" onClick={onClose}>
          {speech.text(SHELL_WORDS.close)} <kbd>Esc</kbd>
        </button>
      </header>
      {children}
    </dialog>
  );
}
