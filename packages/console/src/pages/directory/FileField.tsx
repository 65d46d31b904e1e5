import { useId } from 'react';

interface FileFieldProps {
  readonly label: string;
  readonly hint: string;
  /** Told the whole text of a file that was chosen, and its name. */
  readonly onText: (text: string, name: string) => void;
}

/** A file of the reader's own machine, read as UTF-8. */
export function FileField({ label, hint, onText }: FileFieldProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        id={id}
        type="file"
        accept=".csv,.json,text/csv,application/json"
        aria-describedby={`${id}-hint`}
        className="control"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) void file.text().then((text) => onText(text, file.name));
        }}
      />
      <div id={`${id}-hint`} className="text-muted text-xs">
        {hint}
      </div>
    </div>
  );
}
