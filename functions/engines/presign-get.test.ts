import { describe, expect, it } from 'vitest';
import { objectUrl, presignGet } from './presign-get.ts';

const keys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const now = '2013-05-24T00:00:00.000Z';

describe('a link to a file', () => {
  it('is signed as the documentation of S3 signs its example', () => {
    const url = new URL('https://examplebucket.s3.amazonaws.com/test.txt');
    const link = presignGet(url, { region: 'us-east-1', seconds: 86_400, now }, keys);
    expect(new URL(link).searchParams.get('X-Amz-Signature')).toBe(
      'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    );
  });

  it('names the object in either style, and bears the token of a role', () => {
    const object = { bucket: 'b', key: 'exports/a~1/part (1).csv' };
    expect(objectUrl(object, { region: 'eu-central-1' }).href).toBe(
      'https://b.s3.eu-central-1.amazonaws.com/exports/a~1/part%20%281%29.csv',
    );
    const local = objectUrl(object, { region: 'x', endpoint: 'http://127.0.0.1:4000' });
    const link = presignGet(
      local,
      { region: 'x', seconds: 900, now },
      { ...keys, sessionToken: 'a/b+c' },
    );
    expect(link).toContain('http://127.0.0.1:4000/b/exports/a~1/part%20%281%29.csv?');
    expect(link).toContain('X-Amz-Security-Token=a%2Fb%2Bc');
  });
});
