import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';
import { classNames } from './class-names.ts';

interface FieldProps {
  readonly label: string;
  /** What belongs in it, below the label. */
  readonly hint?: ReactNode;
  /** What is wrong with it; read out with the control. */
  readonly error?: string | undefined;
  /** Keeps the label for screen readers only. */
  readonly hidesLabel?: boolean;
}

interface Wiring {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

function Field(
  props: FieldProps & { readonly children: (wiring: Wiring) => ReactNode; readonly className?: string | undefined },
) {
  const { label, hint, error, hidesLabel = false, children, className } = props;
  const id = useId();
  const told = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter(
    (one) => one !== '',
  );
  const wiring: Wiring = {
    id,
    ...(told.length === 0 ? {} : { 'aria-describedby': told.join(' ') }),
    ...(error === undefined ? {} : { 'aria-invalid': true }),
  };
  return (
    <div className={classNames('grid content-start gap-1', className)}>
      <label htmlFor={id} className={hidesLabel ? 'sr-only' : 'font-medium'}>
        {label}
      </label>
      {children(wiring)}
      {hint !== undefined && (
        <div id={`${id}-hint`} className="text-muted text-xs">
          {hint}
        </div>
      )}
      {error !== undefined && (
        <div id={`${id}-error`} className="text-danger text-xs" role="alert">
          {error}
        </div>
      )}
    </div>
  );
}

type TextFieldProps = FieldProps &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'onChange'> & { readonly onValue?: (value: string) => void };

/** A line of text. */
export function TextField({ label, hint, error, hidesLabel, className, onValue, ...rest }: TextFieldProps) {
  return (
    <Field {...fieldOf({ label, hint, error, hidesLabel })} className={className}>
      {(wiring) => (
        <input
          type="text"
          autoComplete="off"
          {...rest}
          {...wiring}
          className="control"
          onChange={(event) => onValue?.(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

type TextAreaFieldProps = FieldProps &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'onChange'> & { readonly onValue?: (value: string) => void };

/** Several lines of text. */
export function TextAreaField({ label, hint, error, hidesLabel, className, onValue, ...rest }: TextAreaFieldProps) {
  return (
    <Field {...fieldOf({ label, hint, error, hidesLabel })} className={className}>
      {(wiring) => (
        <textarea
          rows={4}
          {...rest}
          {...wiring}
          className="control"
          onChange={(event) => onValue?.(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** One choice of a list. */
export interface Choice<V extends string> {
  readonly value: V;
  readonly label: string;
}

type SelectFieldProps<V extends string> = FieldProps &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'onChange' | 'value'> & {
    readonly choices: readonly Choice<V>[];
    readonly value: V;
    readonly onValue: (value: V) => void;
  };

/** One of a few; the browser's own list, which every assistive technology knows. */
export function SelectField<V extends string>(props: SelectFieldProps<V>) {
  const { label, hint, error, hidesLabel, className, choices, value, onValue, ...rest } = props;
  const pick = (text: string): void => {
    const choice = choices.find((one) => one.value === text);
    if (choice !== undefined) onValue(choice.value);
  };
  return (
    <Field {...fieldOf({ label, hint, error, hidesLabel })} className={className}>
      {(wiring) => (
        <select
          {...rest}
          {...wiring}
          value={value}
          className="control"
          onChange={(event) => pick(event.currentTarget.value)}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface CheckFieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly checked: boolean;
  readonly onValue: (isChecked: boolean) => void;
  /** What was chosen is being saved: nothing else can be chosen meanwhile, and the focus stays. */
  readonly isBusy?: boolean;
  /** A switch takes effect as "on" and "off"; a box is ticked. Default box. */
  readonly as?: 'box' | 'switch';
}

/** Yes or no. */
export function CheckField({ label, hint, checked, onValue, isBusy = false, as = 'box' }: CheckFieldProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <input
        id={id}
        type="checkbox"
        role={as === 'switch' ? 'switch' : undefined}
        checked={checked}
        aria-disabled={isBusy || undefined}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => isBusy || onValue(event.currentTarget.checked)}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && (
          <div id={`${id}-hint`} className="text-muted text-xs">
            {hint}
          </div>
        )}
      </div>
    </div>
  );
}

/** Drops what is not given, since an absent hint and an undefined one are different to the compiler. */
function fieldOf(props: {
  label: string;
  hint: ReactNode;
  error: string | undefined;
  hidesLabel: boolean | undefined;
}): FieldProps {
  const { label, hint, error, hidesLabel } = props;
  return {
    label,
    ...(hint === undefined || hint === null ? {} : { hint }),
    ...(error === undefined ? {} : { error }),
    ...(hidesLabel === undefined ? {} : { hidesLabel }),
  };
}
