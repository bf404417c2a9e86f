/** Fields of the forms: each with its label, a help if it needs one, and beneath it what is still needed. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { useSpeech } from "../../ui/language.tsx";
import { useNeed } from "./act-form.tsx";
import type { Option } from "./names.ts";

interface Field {
  /** The name by which a form says what it needs of it. */
  readonly name: string;
  readonly label: string;
  readonly help?: string;
}

interface FrameProps extends Field {
  readonly children: (attributes: {
    readonly id: string;
    readonly name: string;
    readonly "aria-invalid": boolean;
    readonly "aria-describedby": string | undefined;
  }) => ComponentChildren;
}

function FieldFrame({ name, label, help, children }: FrameProps) {
  const speech = useSpeech();
  const id = useId();
  const need = useNeed(name);
  const told = need !== null || help !== undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        name,
        "aria-invalid": need !== null,
        "aria-describedby": told ? `${id}-told` : undefined,
      })}
      {told && (
        <p id={`${id}-told`} class={need === null ? "small muted" : "small need"}>
          {need === null ? help : speech.text(need)}
        </p>
      )}
    </div>
  );
}

interface TextProps extends Field {
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** `count`: a number of people; `code`: a station's 13 digits; `moment`: a date and an hour on the hall's clock. */
  readonly of?: "text" | "count" | "code" | "moment" | "decree";
  readonly rows?: number;
}

export function TextField({ value, onInput, of = "text", rows, ...field }: TextProps) {
  return (
    <FieldFrame {...field}>
      {(attributes) => {
        const typed = { ...attributes, value, class: `of-${of}`, autocomplete: "off" } as const;
        const take = (event: { readonly currentTarget: { readonly value: string } }) =>
          onInput(event.currentTarget.value);
        if (rows !== undefined) return <textarea {...typed} rows={rows} onInput={take} />;
        if (of === "moment") return <input {...typed} type="datetime-local" onInput={take} />;
        const inputmode = of === "count" || of === "code" ? "numeric" : "text";
        return <input {...typed} inputmode={inputmode} spellcheck={false} onInput={take} />;
      }}
    </FieldFrame>
  );
}

interface SelectProps extends Field {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly Option[];
  /** What the empty choice says; without it there is none. */
  readonly empty?: string;
}

export function SelectField({ value, onChange, options, empty, ...field }: SelectProps) {
  const groups = [...new Set(options.map(({ group }) => group))];
  const list = (group: string | undefined) =>
    options
      .filter((option) => option.group === group)
      .map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ));
  return (
    <FieldFrame {...field}>
      {(attributes) => (
        <select {...attributes} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {empty !== undefined && <option value="">{empty}</option>}
          {groups.map((group) =>
            group === undefined ? (
              list(group)
            ) : (
              <optgroup key={group} label={group}>
                {list(group)}
              </optgroup>
            ),
          )}
        </select>
      )}
    </FieldFrame>
  );
}

interface RadiosProps extends Field {
  readonly value: string | null;
  readonly onChange: (value: string) => void;
  readonly options: readonly Option[];
}

/** A few choices, all in sight; arrow keys move among them. */
export function Radios({ name, label, help, value, onChange, options }: RadiosProps) {
  const speech = useSpeech();
  const id = useId();
  const need = useNeed(name);
  return (
    <fieldset class="radios" aria-describedby={need === null ? undefined : `${id}-told`}>
      <legend>{label}</legend>
      <div class="row">
        {options.map((option) => (
          <label key={option.value} class="choice">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
      {(need !== null || help !== undefined) && (
        <p id={`${id}-told`} class={need === null ? "small muted" : "small need"}>
          {need === null ? help : speech.text(need)}
        </p>
      )}
    </fieldset>
  );
}

interface ChecksProps extends Field {
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly options: readonly Option[];
}

/** Any number of a list. */
export function Checks({ name, label, values, onChange, options }: ChecksProps) {
  const speech = useSpeech();
  const need = useNeed(name);
  const toggled = (value: string) =>
    values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  return (
    <fieldset class="checks">
      <legend>{label}</legend>
      {need !== null && <p class="small need">{speech.text(need)}</p>}
      <div class="check-grid">
        {options.map((option) => (
          <label key={option.value} class="choice">
            <input
              type="checkbox"
              name={name}
              checked={values.includes(option.value)}
              onChange={() => onChange(toggled(option.value))}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
