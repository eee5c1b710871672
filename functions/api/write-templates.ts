import { err, ok } from '../../shared/domain/kernel/result.ts';
import { defaultWords } from '../../shared/domain/message/default-words.ts';
import { problemOfWords } from '../../shared/domain/message/fill-template.ts';
import type {
  MessageTemplate,
  MessageWords,
  TemplateKey,
} from '../../shared/domain/notice/message-template.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { stale } from './save-document.ts';
import { templateView } from './template-view.ts';
import { systemProject, writeAudit } from './write-audit.ts';

type Next = Pick<MessageTemplate, 'subject' | 'body' | 'builtIn' | 'note'>;

/** Words of messages; each change is a version for good. */
export const writeTemplates = (
  stores: ApiStores,
): Pick<ApiHandlers<'tell'>, 'saveMessageTemplate' | 'revertMessageTemplate'> => {
  const { catalog, clock } = stores;

  const add = async (key: TemplateKey, next: Next, context: ApiContext, action: string) => {
    const stored = await catalog.findTemplate(key);
    const rev = stored?.version ?? 0;
    if (rev !== context.rev) return stale(rev);
    if (isSame(stored, next))
      return err({ code: 'nothing-changed', detail: 'these words count already' } as const);

    const template: MessageTemplate = {
      ...{ channel: key.channel, kind: key.kind, language: key.language, ...next },
      ...{ version: rev + 1, by: context.caller.user, at: clock() },
    };
    if (!(await catalog.addTemplate(template))) return stale(undefined);
    await writeAudit(stores, context, {
      ...{ object: `message-template:${key.channel}/${key.kind}/${key.language}` },
      ...{ project: systemProject, action, comment: next.note },
      ...{ before: stored, after: template },
    });
    return ok(templateView(key, template));
  };

  return {
    saveMessageTemplate: async ({ params, body }, context) =>
      invalid(body) ?? add(params, body, context, 'update'),

    async revertMessageTemplate({ params, body: { to, note } }, context) {
      const noted = note === undefined ? {} : { note };
      if (to === 0)
        return add(
          params,
          { ...defaultWords[params.channel], builtIn: true, ...noted },
          context,
          'revert',
        );
      const version = await catalog.templateVersion(params, to);
      if (!version)
        return err({ code: 'version-not-found', detail: `there is no version ${to}` } as const);
      const { subject, body, builtIn } = version;
      return (
        (builtIn ? undefined : invalid({ subject, body })) ??
        add(params, { subject, body, ...(builtIn ? { builtIn } : {}), ...noted }, context, 'revert')
      );
    },
  };
};

const isSame = (stored: MessageTemplate | undefined, next: Next): boolean =>
  stored === undefined
    ? next.builtIn === true
    : stored.subject === next.subject &&
      stored.body === next.body &&
      (stored.builtIn ?? false) === (next.builtIn ?? false);

const invalid = (words: MessageWords) => {
  const problem = problemOfWords(words);
  if (problem === undefined) return undefined;
  const path = problem.startsWith('the subject') ? 'body.subject' : 'body.body';
  const errors = [{ path, message: problem }];
  return err({ code: 'template-invalid' as const, detail: problem, errors });
};
