import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Fault } from '../../shared/domain/kernel/fault.ts';

export type ExportFiles = {
  /** Writes a file, the same each time it is asked to. */
  readonly put: (key: string, body: Buffer, contentType: string) => Promise<void>;
};

/** Files of exports in the bucket of the deployment. */
export const exportFiles = (bucket: string): ExportFiles => {
  const client = new S3Client({
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return {
    async put(key, body, contentType) {
      const put = new PutObjectCommand({
        ...{ Bucket: bucket, Key: key, Body: body, ContentType: contentType },
        ContentDisposition: `attachment; filename="${key.split('/').at(-1)}"`,
      });
      try {
        await client.send(put);
      } catch (error) {
        throw new Fault('StoreUnavailable', 'file not written', { key }, { cause: error });
      }
    },
  };
};
