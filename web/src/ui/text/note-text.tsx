import { parseNote, type Span } from './parse-note.ts';

const tags = { text: 'span', strong: 'strong', code: 'code' } as const;

/** What somebody wrote, with its few marks; never as markup. */
export const NoteText = ({ text }: { text: string }) => (
  <div className="note-text">
    {parseNote(text).map(({ kind, spans }, n) => (
      // Blocks have no identity besides their place, and a note is drawn anew when it changes.
      // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
      <p key={n} className={kind === 'item' ? 'note-item' : undefined}>
        {spans.map((span, m) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
          <Piece key={m} span={span} />
        ))}
      </p>
    ))}
  </div>
);

const Piece = ({ span: { kind, text } }: { span: Span }) => {
  const Tag = tags[kind];
  return <Tag>{text}</Tag>;
};
