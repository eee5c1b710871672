import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** A table as a store needs it. */
export type Table = {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
};

/** The primary key of an item. */
export type ItemKey = { readonly pk: string; readonly sk: string };

/** An item as the document client gives it, before it is parsed. */
export type Item = Record<string, unknown>;

/** One page of a list; `cursor` is missing on the last. */
export type Page<T> = { readonly items: readonly T[]; readonly cursor?: string | undefined };
