import './logs.css';

/** A text with what was searched for marked in it; case does not count. */
export const FoundText = ({ text, words }: { text: string; words: readonly string[] }) => {
  const wanted = words.map((word) => word.trim()).filter((word) => word !== '');
  if (wanted.length === 0) return text;
  const pattern = new RegExp(
    `(${wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`,
    'giu',
  );
  // A split by a captured pattern alternates: text, hit, text, hit, …
  return text.split(pattern).map((part, n) =>
    n % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name
      <mark key={n} className="log-found">
        {part}
      </mark>
    ) : (
      part
    ),
  );
};
