import { Fault } from '../../shared/domain/kernel/fault.ts';
import {
  MessageTemplate,
  type TemplateKey,
} from '../../shared/domain/notice/message-template.schema.ts';
import { catalogTable } from './catalog-table.ts';
import { getItem } from './instances.ts';
import { padded } from './instances-table.ts';
import { isAbsent } from './put-if.ts';
import { queryAll } from './query.ts';
import type { Item, Table } from './table.ts';
import { putOf, transact } from './transact.ts';

/** Words of messages: each version for good, and beside them the one that counts. */
export const messageTemplates = (table: Table) => ({
  async findTemplate(key: TemplateKey): Promise<MessageTemplate | undefined> {
    const item = await getItem(table, {
      pk: catalogTable.templates,
      sk: catalogTable.templateName(key),
    });
    return item && read(item);
  },

  /** What administrators have changed, in order of channel, kind and language. At most one for each. */
  async currentTemplates(): Promise<MessageTemplate[]> {
    return (await queryAll(table, { partition: catalogTable.templates, strong: true })).map(read);
  },

  /** The newest first. People write them by hand, so they are few. */
  async templateVersions(key: TemplateKey): Promise<MessageTemplate[]> {
    const partition = catalogTable.templateVersions(key);
    return (await queryAll(table, { partition, order: 'desc', strong: true })).map(read);
  },

  async templateVersion(key: TemplateKey, version: number): Promise<MessageTemplate | undefined> {
    const pk = catalogTable.templateVersions(key);
    const item = await getItem(table, { pk, sk: padded(version) });
    return item && read(item);
  },

  /** Adds the version after the one that counts, and lets it count. False when somebody else was first. */
  async addTemplate(template: MessageTemplate): Promise<boolean> {
    const { version } = template;
    const item = { ...template, v: 1 };
    const added = await transact(
      table,
      [
        putOf(
          table,
          { ...item, pk: catalogTable.templateVersions(template), sk: padded(version) },
          isAbsent,
        ),
        putOf(
          table,
          { ...item, pk: catalogTable.templates, sk: catalogTable.templateName(template) },
          version === 1
            ? isAbsent
            : {
                expression: '#version = :was',
                values: { ':was': version - 1 },
                names: { '#version': 'version' },
              },
        ),
      ],
      'words of a message not saved',
    );
    if (added) return true;
    // The first reply may be lost: then this very version stands there.
    const stored = await this.templateVersion(template, version);
    return stored !== undefined && said(stored) === said(template);
  },
});

/** Who wrote what, when. */
const said = ({ at, by, subject, body, builtIn }: MessageTemplate): string =>
  JSON.stringify([at, by, subject, body, builtIn]);

const read = (item: Item): MessageTemplate => {
  const parsed = MessageTemplate.safeParse(item);
  if (!parsed.success)
    throw new Fault('RecordInvalid', `words not readable: ${parsed.error.message}`, {
      pk: String(item.pk),
      sk: String(item.sk),
    });
  return parsed.data;
};
