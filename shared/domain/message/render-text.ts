import type { Draft } from './draft.ts';
import type { TemplateBlock } from './template-facts.ts';

/** The text part of a mail, and what a program shows that draws nothing. */
export const renderText = (draft: Draft): string => {
  const { parts, pieces } = draft;
  const paragraphs = [
    ...parts.notes,
    ...pieces.map((piece) => ('text' in piece ? piece.text : blockText(piece.block, draft))),
    `-- \n${parts.footer}`,
  ];
  return `${paragraphs.filter((text) => text !== '').join('\n\n')}\n`;
};

const blockText = (block: TemplateBlock, { parts, words }: Draft): string => {
  switch (block) {
    case 'facts':
      return parts.facts.map(({ label, value }) => `${label}${words.colon}${value}`).join('\n');
    case 'error': {
      if (!parts.error) return '';
      const { text, cut } = parts.error;
      const lines = [...text.split('\n'), ...(cut > 0 ? [words.errorCut(cut)] : [])];
      return [`${words.error}${words.colon.trim()}`, ...lines.map((line) => `  ${line}`)].join(
        '\n',
      );
    }
    case 'items': {
      if (parts.items.length === 0) return '';
      const lines = parts.items.flatMap(({ text, url }) => [
        `- ${text}`,
        ...(url === undefined ? [] : [`  ${url}`]),
      ]);
      const more = parts.more > 0 ? [`- ${words.more(parts.more)}`] : [];
      return [`${words.items}${words.colon.trim()}`, ...lines, ...more].join('\n');
    }
    case 'actions':
      return parts.actions.map(({ label, url }) => `${label}${words.colon}${url}`).join('\n');
  }
};
