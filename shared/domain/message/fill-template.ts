import { err, ok, type Result } from '../kernel/result.ts';
import type { MessageWords } from '../notice/message-template.schema.ts';
import {
  type TemplateBlock,
  type TemplateFact,
  templateBlocks,
  templateFacts,
} from './template-facts.ts';

/** A paragraph of the body, or the place where a block is drawn. */
export type TemplatePiece = { readonly text: string } | { readonly block: TemplateBlock };

const names = new Set<string>(Object.keys(templateFacts));
const tokens = /\{\{|\}\}|\{([^{}\n]*)\}|[{}]/g;

/** What is wrong with words that somebody wrote; undefined when nothing is. */
export const problemOfWords = ({ subject, body }: MessageWords): string | undefined => {
  for (const [where, text] of [
    ['subject', subject],
    ['body', body],
  ] as const) {
    for (const [token, name] of text.matchAll(tokens)) {
      if (token === '{{' || token === '}}') continue;
      if (name === undefined)
        return `the ${where} has a single ${token}; write ${token}${token} for the sign itself`;
      if (!names.has(name))
        return `the ${where} names {${name}}, which is no fact; there are ${[...names].map((known) => `{${known}}`).join(', ')}`;
    }
  }
  return undefined;
};

export type Values = Readonly<Record<TemplateFact, string>>;

/** A line with its placeholders replaced. What a value holds is never looked at again. */
export const fillLine = (text: string, values: Values): string =>
  text.replace(tokens, (token, name?: string) => {
    if (token === '{{') return '{';
    if (token === '}}') return '}';
    return values[name as TemplateFact] ?? '';
  });

const blockLine = new RegExp(`^\\s*\\{(${templateBlocks.join('|')})\\}\\s*$`);

/** The body as paragraphs and blocks, or why it cannot be filled. */
export const fillBody = (
  words: MessageWords,
  values: Values,
): Result<readonly TemplatePiece[], string> => {
  const problem = problemOfWords(words);
  if (problem !== undefined) return err(problem);

  const pieces: TemplatePiece[] = [];
  let lines: string[] = [];
  const endParagraph = () => {
    const text = lines.join('\n').trim();
    if (text !== '') pieces.push({ text });
    lines = [];
  };
  for (const line of words.body.replace(/\r\n?/g, '\n').split('\n')) {
    const block = blockLine.exec(line)?.[1] as TemplateBlock | undefined;
    if (block !== undefined || line.trim() === '') endParagraph();
    if (block !== undefined) pieces.push({ block });
    else if (line.trim() !== '') lines.push(fillLine(line, values));
  }
  endParagraph();
  return ok(pieces);
};
