import { ok } from '../../shared/domain/kernel/result.ts';
import { exampleFacts } from '../../shared/domain/message/example-facts.ts';
import { problemOfWords } from '../../shared/domain/message/fill-template.ts';
import { compose } from '../../shared/domain/notice/compose.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';
import { templateView } from './template-view.ts';

/** Words of messages. */
export const readTemplates = ({
  catalog,
}: Pick<ApiStores, 'catalog'>): Pick<
  ApiHandlers<'messages'>,
  'listMessageTemplates' | 'getMessageTemplate' | 'listTemplateVersions'
> => ({
  listMessageTemplates: async () => ok({ items: await catalog.currentTemplates() }),
  getMessageTemplate: async ({ params }) =>
    ok(templateView(params, await catalog.findTemplate(params))),
  listTemplateVersions: async ({ params }) => ok({ items: await catalog.templateVersions(params) }),
});

/** Draws a message about an example with words that may not be saved yet. */
export const previewMessage =
  ({
    catalog,
    clock,
  }: Pick<ApiStores, 'catalog' | 'clock'>): ApiHandlers<'messages'>['previewMessage'] =>
  async ({ body: { words, reason, ...key } }) => {
    const stored = words ? undefined : await catalog.findTemplate(key);
    const used = words ?? (stored?.builtIn ? undefined : stored);
    const { channel, language, kind } = key;
    const content = compose(exampleFacts({ kind, reason, at: clock() }), {
      ...{ channel, language, template: used, consoleUrl: 'https://console.example.com' },
    });
    return ok({ content, problem: used && problemOfWords(used) });
  };
