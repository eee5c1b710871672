import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  GetObjectCommand,
  HeadObjectCommand,
  NotFound,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import type { DatasetRef } from '../../shared/contracts/stages.ts';
import {
  keyToWrite,
  parseS3Location,
  type S3Location,
} from '../../shared/domain/dataset/s3-location.ts';

/** What is wrong with a dataset, in words for the run log. */
export class DatasetProblem extends Error {
  override readonly name = 'DatasetProblem';
}

/** Checksums only where S3 demands them: the stored bytes are checked by TLS and by the reader of the format. */
export const datasetClient = (): S3Client =>
  new S3Client({
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });

/** A dataset as files of this machine. */
type StagedDataset = {
  readonly name: string;
  readonly format: DatasetRef['format'];
  readonly files: readonly string[];
};

export type DatasetFiles = {
  /** Copies the objects of `datasets` into folders of `dir`. Rejects with DatasetProblem. */
  stage(
    datasets: readonly DatasetRef[],
    dir: string,
    signal: AbortSignal,
  ): Promise<readonly StagedDataset[]>;
  /** Writes `file` as the object that `unit` has in the dataset; the same object each time. */
  store(dataset: DatasetRef, unit: string, file: string, signal: AbortSignal): Promise<string>;
};

type StoredObject = { readonly key: string; readonly size: number };

/** Datasets on S3. `maxBytes` is how much one attempt may copy. */
export const datasetFiles = (client: S3Client, maxBytes: number): DatasetFiles => ({
  async stage(datasets, dir, signal) {
    const found = await Promise.all(
      datasets.map(async (dataset) => ({ dataset, ...(await objectsOf(client, dataset, signal)) })),
    );
    const sizes = found.flatMap(({ objects }) => objects.map(({ size }) => size));
    if (sizes.reduce((sum, size) => sum + size, 0) > maxBytes)
      throw new DatasetProblem(
        `the datasets are larger than ${Math.floor(maxBytes / 1024 ** 2)} MB, too large for this engine`,
      );

    const staged: StagedDataset[] = [];
    for (const { dataset, bucket, objects } of found) {
      const folder = join(dir, encodeURIComponent(dataset.name));
      await mkdir(folder, { recursive: true });
      const files: string[] = [];
      for (const [n, { key }] of objects.entries()) {
        const file = join(folder, `${String(n).padStart(5, '0')}-${basename(key)}`);
        await download(client, { bucket, key, file }, signal);
        files.push(file);
      }
      staged.push({ name: dataset.name, format: dataset.format, files });
    }
    return staged;
  },

  async store(dataset, unit, file, signal) {
    const location = locationOf(dataset);
    const Key = keyToWrite(location, unit, dataset.format);
    const { size } = await stat(file);
    await client.send(
      new PutObjectCommand({
        Bucket: location.bucket,
        Key,
        Body: createReadStream(file),
        ContentLength: size,
      }),
      { abortSignal: signal },
    );
    return `s3://${location.bucket}/${Key}`;
  },
});

const download = async (
  client: S3Client,
  { bucket, key, file }: { readonly bucket: string; readonly key: string; readonly file: string },
  signal: AbortSignal,
): Promise<void> => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
    abortSignal: signal,
  });
  if (!(Body instanceof Readable)) throw new DatasetProblem(`s3://${bucket}/${key} is empty`);
  await pipeline(Body, createWriteStream(file), { signal });
};

const locationOf = ({ name, location }: DatasetRef): S3Location => {
  const parsed = parseS3Location(location);
  if (!parsed.ok) throw new DatasetProblem(`the dataset ${name}: ${parsed.error}`);
  return parsed.value;
};

const objectsOf = async (
  client: S3Client,
  dataset: DatasetRef,
  signal: AbortSignal,
): Promise<{ readonly bucket: string; readonly objects: readonly StoredObject[] }> => {
  const location = locationOf(dataset);
  const objects =
    location.suffix === undefined
      ? await single(client, location, signal)
      : await listed(client, { ...location, suffix: location.suffix }, signal);
  if (objects.length === 0)
    throw new DatasetProblem(`the dataset ${dataset.name} has no files at ${dataset.location}`);
  return { bucket: location.bucket, objects };
};

const single = async (
  client: S3Client,
  { bucket, prefix: key }: S3Location,
  signal: AbortSignal,
): Promise<readonly StoredObject[]> => {
  try {
    const head = new HeadObjectCommand({ Bucket: bucket, Key: key });
    const { ContentLength = 0 } = await client.send(head, { abortSignal: signal });
    return [{ key, size: ContentLength }];
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
};

const listed = async (
  client: S3Client,
  { bucket, prefix, suffix }: S3Location & { readonly suffix: string },
  signal: AbortSignal,
): Promise<readonly StoredObject[]> => {
  const found: StoredObject[] = [];
  const request = { Bucket: bucket, Prefix: prefix };
  const pages = paginateListObjectsV2({ client }, request, { abortSignal: signal });
  for await (const { Contents = [] } of pages)
    for (const { Key = '', Size = 0 } of Contents)
      if (Size > 0 && Key.endsWith(suffix)) found.push({ key: Key, size: Size });
  return found;
};
