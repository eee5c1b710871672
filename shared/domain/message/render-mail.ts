import type { Draft } from './draft.ts';
import {
  button,
  escapeHtml,
  frame,
  type MailTone,
  paragraph,
  rowsTable,
  section,
} from './mail-markup.ts';
import type { MessageFact, MessageLine } from './message-parts.ts';
import type { TemplateBlock } from './template-facts.ts';

/**
 * A mail as HTML that old clients draw, too: tables and inline styles, nothing from outside, 600 px wide and down to
 * 320 px. Dark colours are an addition for clients that know them.
 */
export const renderMail = (draft: Draft): string => {
  const { parts, pieces, subject, language } = draft;
  const tone: MailTone = parts.tone;
  const body = [
    ...parts.notes.map((note) => section(paragraph(breaks(note), 'note'))),
    ...pieces.map((piece) =>
      'text' in piece ? section(paragraph(breaks(piece.text), 'lead')) : block(piece.block, draft),
    ),
  ].join('');

  return frame({
    ...{ language, tone, body },
    title: escapeHtml(subject),
    preheader: escapeHtml(parts.summary),
    headline: escapeHtml(parts.headline),
    footer: escapeHtml(parts.footer),
  });
};

const block = (name: TemplateBlock, { parts, words }: Draft): string => {
  switch (name) {
    case 'facts':
      return parts.facts.length === 0 ? '' : section(rowsTable(parts.facts.map(factRow)));
    case 'error': {
      if (!parts.error) return '';
      const { text, cut } = parts.error;
      const rest = cut > 0 ? `<br>${escapeHtml(words.errorCut(cut))}` : '';
      return section(
        `${paragraph(escapeHtml(words.error), 'label')}${paragraph(`${codeBreaks(text)}${rest}`, 'code')}`,
      );
    }
    case 'items': {
      if (parts.items.length === 0) return '';
      const more = parts.more > 0 ? paragraph(escapeHtml(words.more(parts.more)), 'more') : '';
      const lines = parts.items.map((item) => paragraph(lineHtml(item), 'item')).join('');
      return section(`${paragraph(escapeHtml(words.items), 'label')}${lines}${more}`);
    }
    case 'actions':
      return parts.actions.length === 0
        ? ''
        : section(
            parts.actions
              .map(({ label, url }, n) => button(escapeHtml(label), escapeHtml(url), n === 0))
              .join(''),
          );
  }
};

const factRow = ({ label, value, url }: MessageFact): readonly [string, string] => [
  escapeHtml(label),
  linked(escapeHtml(value), url),
];

const lineHtml = ({ text, url }: MessageLine): string => linked(escapeHtml(text), url);

const linked = (html: string, url: string | undefined): string =>
  url === undefined
    ? html
    : `<a class="link" href="${escapeHtml(url)}" style="color:#0b5cad;text-decoration:underline">${html}</a>`;

const breaks = (text: string): string => wholeDates(escapeHtml(text)).replaceAll('\n', '<br>');

/** A date in a narrow letter is not torn at its hyphens. */
const wholeDates = (html: string): string =>
  html.replace(/\b\d{4}-\d\d-\d\d\b/g, '<span style="white-space:nowrap">$&</span>');

/** Lines of code keep their indentation without `white-space`, which some clients ignore. */
const codeBreaks = (text: string): string =>
  escapeHtml(text)
    .replace(/^ +/gm, (spaces) => '&nbsp;'.repeat(spaces.length))
    .replaceAll('\n', '<br>');
