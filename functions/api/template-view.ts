import type { TemplateView } from '../../shared/contracts/api/message-template-routes.ts';
import { defaultWords } from '../../shared/domain/message/default-words.ts';
import { problemOfWords } from '../../shared/domain/message/fill-template.ts';
import {
  type TemplateFact,
  templateBlocks,
  templateFacts,
} from '../../shared/domain/message/template-facts.ts';
import type {
  MessageTemplate,
  TemplateKey,
} from '../../shared/domain/notice/message-template.schema.ts';

const blocks: readonly string[] = templateBlocks;
const facts = (Object.keys(templateFacts) as TemplateFact[]).map((name) => ({
  ...{ name, about: templateFacts[name], block: blocks.includes(name) },
}));

/** Words of a channel, kind and language with all that an editor of them needs. */
export const templateView = (
  { channel, kind, language }: TemplateKey,
  stored: MessageTemplate | undefined,
): TemplateView => {
  const builtIn = defaultWords[channel];
  const custom = stored !== undefined && !stored.builtIn;
  const current = custom ? { subject: stored.subject, body: stored.body } : builtIn;
  return {
    ...{ channel, kind, language, current, builtIn, custom, facts },
    problem: problemOfWords(current),
    rev: stored?.version ?? 0,
    ...(stored ? { by: stored.by, at: stored.at } : {}),
  };
};
