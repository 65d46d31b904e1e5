import { useEffect, useState } from 'react';
import { TextField } from './Field.tsx';

interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  /** Called when the typing rests, and at once on Enter. */
  readonly onSearch: (text: string) => void;
  readonly placeholder?: string;
}

/** So long the typing has to rest before the server is asked. */
const REST_MS = 250;

/** A search whose text lives in the address. */
export function SearchBox({ label, value, onSearch, placeholder }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const [asked, setAsked] = useState(value);
  if (asked !== value) {
    // The address changed by itself: the back button, or a cleared filter.
    setAsked(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onSearch(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text, value, onSearch]);
  return (
    <TextField
      type="search"
      label={label}
      hidesLabel
      value={text}
      {...(placeholder === undefined ? {} : { placeholder })}
      onValue={setText}
      onKeyDown={(event) => event.key === 'Enter' && onSearch(text)}
      className="w-64 max-w-full"
    />
  );
}
