import { err, ok, type Result } from '../kernel/result.ts';

/** Where the files of a dataset lie: one object, or all whose key matches. */
export type S3Location = {
  readonly bucket: string;
  /** The key, or what stands before the first `*`. */
  readonly prefix: string;
  /** What stands behind the first `*`; undefined for a single object. */
  readonly suffix?: string | undefined;
};

/** Reads `s3://bucket/key` or `s3://bucket/prefix*suffix`. */
export const parseS3Location = (location: string): Result<S3Location, string> => {
  const [, bucket, key] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/.exec(location) ?? [];
  if (!bucket || !key)
    return err(`${location} is no location: write s3://bucket/key or s3://bucket/prefix*`);

  const [prefix = '', suffix, ...more] = key.split('*');
  if (more.length > 0) return err(`${location} has more than one "*"`);
  return ok({ bucket, prefix, suffix });
};

/** The object that a task writes: the dataset's own key, or, below a prefix, one named after `unit`. */
export const keyToWrite = (
  { prefix, suffix }: S3Location,
  unit: string,
  format: string,
): string => {
  if (suffix === undefined) return prefix;
  return `${prefix}${unit}${suffix === '' ? `.${format}` : suffix}`;
};
