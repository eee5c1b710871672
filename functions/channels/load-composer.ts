import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { ChannelKind } from '../../shared/domain/notice/channel.schema.ts';
import { compose } from '../../shared/domain/notice/compose.ts';
import type { Language } from '../../shared/domain/notice/language.schema.ts';
import { linksOf } from '../../shared/domain/notice/links-of.ts';
import type { MessageAction, MessageFacts } from '../../shared/domain/notice/message-facts.ts';
import type { TemplateKey } from '../../shared/domain/notice/message-template.schema.ts';
import type { Content } from '../../shared/domain/notice/notice.schema.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import { catalogTable } from '../stores/catalog-table.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';
import { linkKeysOf } from './link-key.ts';
import { linkIdOf, signLink } from './link-token.ts';

/** Composes with the words that count and, in mails, with links that open plans. */
export type Composer = (
  facts: MessageFacts,
  to: { readonly channel: ChannelKind; readonly language: Language },
) => Content;

type ComposerStores = {
  readonly catalog: Pick<CatalogStore, 'currentTemplates'>;
  readonly ledger: Pick<LedgerStore, 'linkKeys' | 'saveLinkKeys'>;
};

/** Reads the words of administrators and the key of links once; good for a batch. Two requests. */
export const loadComposer = async (
  { catalog, ledger }: ComposerStores,
  { consoleUrl, now }: { readonly consoleUrl: string | undefined; readonly now: Instant },
): Promise<Composer> => {
  const [templates, keys] = await Promise.all([
    catalog.currentTemplates(),
    consoleUrl === undefined ? undefined : linkKeysOf(ledger, now),
  ]);
  const words = new Map(
    templates
      .filter(({ builtIn }) => !builtIn)
      .map((template) => [catalogTable.templateName(template), template]),
  );
  const templateOf = (key: TemplateKey) => words.get(catalogTable.templateName(key));
  const actionsOf = (facts: MessageFacts): readonly MessageAction[] =>
    keys === undefined
      ? []
      : linksOf(facts).map((link) => ({
          action: link.action,
          token: signLink(keys.current, { ...link, id: linkIdOf(facts.notice, link.action) }),
        }));

  return (facts, { channel, language }) =>
    compose(channel === 'mail' ? { ...facts, actions: actionsOf(facts) } : facts, {
      ...{ channel, language, consoleUrl },
      template: templateOf({ channel, kind: facts.kind, language }),
    });
};
