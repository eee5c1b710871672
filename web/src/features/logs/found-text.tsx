import './logs.css';

/** Where a text holds what is looked for: half-open, in order, not overlapping. */
export type Marks = (text: string) => readonly (readonly [number, number])[];

/** A text with what was searched for marked in it. */
export const FoundText = ({ text, marks }: { text: string; marks: Marks }) => {
  const found = marks(text);
  if (found.length === 0) return text;
  const last = found.at(-1)?.[1] ?? 0;
  return (
    <>
      {found.map(([from, to], n) => (
        <span key={from}>
          {text.slice(found[n - 1]?.[1] ?? 0, from)}
          <mark className="log-found">{text.slice(from, to)}</mark>
        </span>
      ))}
      {text.slice(last)}
    </>
  );
};
