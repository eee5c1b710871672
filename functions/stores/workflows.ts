import { createHash } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { WorkflowDefinition } from '../../shared/domain/workflow/definition.schema.ts';
import { Task } from '../../shared/domain/workflow/task.schema.ts';
import {
  VersionSummary,
  WorkflowRecord,
} from '../../shared/domain/workflow/workflow-record.schema.ts';
import { batchPut } from './batch-write.ts';
import { type ContentRef, catalogTable } from './catalog-table.ts';
import { collection, type NotSaved, type PageQuery, type Revised } from './collection.ts';
import { packJson, piecesOf, unpackJson, wholeOf } from './compressed.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { getItem } from './instances.ts';
import { padded } from './instances-table.ts';
import { isRevision, newMark, writeMark } from './put-if.ts';
import { queryAll, queryPage } from './query.ts';
import { withRetry } from './retry.ts';
import type { Item, Page, Table } from './table.ts';

const DefinitionHead = WorkflowDefinition.omit({ tasks: true });

/** A definition without its tasks: what every task of it may need. */
export type DefinitionHead = z.infer<typeof DefinitionHead>;

/** Workflows, their versions and drafts. */
export const workflows = (table: Table) => {
  const records = collection(table, WorkflowRecord);

  return {
    findWorkflow: (project: string, workflow: string) =>
      records.find(catalogTable.workflows(project), workflow),

    /** A page in order of name, deleted ones included as they are: a page may be all deleted. */
    listWorkflows: (project: string, page?: PageQuery) =>
      records.list(catalogTable.workflows(project), page),

    /** Creates or replaces a record; a new version needs `saveVersion`. */
    saveWorkflow: (record: WorkflowRecord, ifMatch: number | undefined) =>
      records.save(catalogTable.workflows(record.project), record.workflow, record, ifMatch),

    /**
     * Writes the content of a definition, in batches, where nobody reads it yet, and returns the digest that names it.
     * The same definition has the same digest, so writing twice is writing once.
     */
    async putContent(
      project: string,
      definition: WorkflowDefinition,
      graph: unknown,
    ): Promise<string> {
      const { tasks, ...head } = definition;
      const content = contentOf(definition);
      const pk = catalogTable.content({ project, workflow: definition.workflow, content });
      await batchPut(table, [
        ...tasks.map((task, n) => ({ pk, sk: `T#${task.name}`, n, task: JSON.stringify(task) })),
        ...packJson(graph).map((data, n) => ({ pk, sk: `G#${padded(n)}`, data })),
        { pk, sk: 'HEAD', definition: JSON.stringify(head) },
      ]);
      return content;
    },

    /**
     * Flips the pointer: the record and the head of its latest version appear together or not at all. Of two who publish
     * at once the second gets 'stale' (or 'exists'), and no reader meets a mixture.
     */
    async saveVersion(
      record: WorkflowRecord & { readonly latest?: VersionSummary | undefined },
      ifMatch: number | undefined,
    ): Promise<Result<Revised<WorkflowRecord>, NotSaved>> {
      const { project, workflow, latest } = record;
      if (!latest) throw new Fault('InputInvalid', 'no version to publish', { project, workflow });
      await batchPut(
        table,
        record.dependsOn.map((address) => ({
          pk: catalogTable.dependants(address),
          sk: `${project}/${workflow}`,
        })),
      );
      const rev = (ifMatch ?? 0) + 1;
      const mark = newMark();
      const { expression, values } = isRevision(ifMatch);
      const request = new TransactWriteCommand({
        TransactItems: [
          {
            Put: {
              TableName: table.table,
              Item: {
                ...record,
                ...catalogTable.workflow(project, workflow),
                v: 1,
                rev,
                [writeMark]: mark,
              },
              ConditionExpression: expression,
              ExpressionAttributeValues: values,
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
          {
            Put: {
              TableName: table.table,
              Item: { ...catalogTable.version(project, workflow, latest.version), v: 1, ...latest },
            },
          },
        ],
      });
      try {
        await withRetry(() => table.client.send(request), 'version not published');
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        if (error.CancellationReasons?.[0]?.Item?.[writeMark]?.S !== mark)
          return err(ifMatch === undefined ? 'exists' : 'stale');
      }
      return ok({ ...record, rev });
    },

    async findVersion(
      project: string,
      workflow: string,
      version: number,
    ): Promise<VersionSummary | undefined> {
      const item = await getItem(table, catalogTable.version(project, workflow, version));
      return item && VersionSummary.parse(item);
    },

    /** A page of versions, the newest first. */
    async listVersions(
      project: string,
      workflow: string,
      { limit = 25, cursor }: PageQuery = {},
    ): Promise<Page<VersionSummary>> {
      const range = { partition: catalogTable.versions(project, workflow), order: 'desc' } as const;
      const page = await queryPage(table, range, { limit, after: positionOf(cursor) });
      return {
        items: page.items.map((item) => VersionSummary.parse(item)),
        cursor: cursorOf(page.last),
      };
    },

    /** A stored definition as it was published, tasks in their order. */
    async definitionOf(ref: ContentRef): Promise<WorkflowDefinition | undefined> {
      const partition = catalogTable.content(ref);
      const [head, tasks] = await Promise.all([
        getItem(table, { pk: partition, sk: 'HEAD' }),
        queryAll(table, { partition, prefix: 'T#' }),
      ]);
      if (!head) return undefined;
      return {
        ...headOf(head),
        tasks: tasks.toSorted((a, b) => Number(a.n) - Number(b.n)).map(taskOf),
      };
    },

    async definitionHeadOf(ref: ContentRef): Promise<DefinitionHead | undefined> {
      const item = await getItem(table, { pk: catalogTable.content(ref), sk: 'HEAD' }, false);
      return item && headOf(item);
    },

    /** One task of a stored definition; contents never change, so the cheap read is as good as the strong one. */
    async taskOf(ref: ContentRef, task: string): Promise<Task | undefined> {
      const key = { pk: catalogTable.content(ref), sk: `T#${task}` };
      const item = (await getItem(table, key, false)) ?? (await getItem(table, key));
      return item && taskOf(item);
    },

    /** The graph as it was handed to `putContent`. */
    async graphOf(ref: ContentRef): Promise<unknown> {
      const pieces = await queryAll(table, {
        partition: catalogTable.content(ref),
        prefix: 'G#',
      });
      return pieces.length === 0
        ? undefined
        : unpackJson(pieces.map(({ data }) => data as Uint8Array));
    },

    /** Keeps what an author is working on; it may be invalid, so it is kept as it is. */
    async putDraft(project: string, workflow: string, draft: unknown): Promise<void> {
      const pk = catalogTable.draft(project, workflow);
      const pieces = piecesOf(draft, newMark());
      await batchPut(
        table,
        pieces.map((piece, n) => ({ pk, sk: padded(n), ...piece })),
      );
    },

    async findDraft(project: string, workflow: string): Promise<unknown> {
      const partition = catalogTable.draft(project, workflow);
      return wholeOf(await queryAll(table, { partition, strong: true }));
    },

    /** `project/workflow` of the workflows whose newest version waits for this one. */
    async dependantsOf(project: string, workflow: string): Promise<string[]> {
      const address = `${project}/${workflow}`;
      const hints = await queryAll(table, { partition: catalogTable.dependants(address) });
      const named = hints.map(({ sk }) => String(sk));
      const found = await Promise.all(
        named.map((name) => {
          const [other = '', flow = ''] = name.split('/');
          return records.find(catalogTable.workflows(other), flow);
        }),
      );
      return named.filter(
        (_, n) => !found[n]?.deletedAt && found[n]?.dependsOn.includes(address) === true,
      );
    },
  };
};

/** The digest of a definition: 26 letters and digits. Key order is that of the schema, so it is the same for equals. */
const contentOf = (definition: WorkflowDefinition): string =>
  BigInt(`0x${createHash('sha256').update(JSON.stringify(definition)).digest('hex')}`)
    .toString(36)
    .slice(0, 26);

const headOf = ({ definition }: Item): DefinitionHead =>
  DefinitionHead.parse(JSON.parse(String(definition)));

const taskOf = ({ task }: Item): Task => Task.parse(JSON.parse(String(task)));
