import { describe, expect, it } from 'vitest';
import { maskSecrets, secretsOf } from './mask-secrets.ts';

describe('secrets of a request', () => {
  const secrets = secretsOf({
    url: 'https://user:pass%20word@api.example/x?api_key=k%2Fey1&page=12345',
    headers: { Authorization: 'Bearer abcd.efgh', 'x-trace': 'trace-1' },
    body: '{"login":{"password":"hunter22","name":"visible"}}',
  });

  it('are blotted out wherever they occur, encoded or not', () => {
    const text = 'user pass word pass%20word k/ey1 k%2Fey1 Bearer abcd.efgh abcd.efgh hunter22 end';
    expect(maskSecrets(text, secrets)).toBe('*** *** *** *** *** *** *** *** end');
  });

  it('are nothing else', () => {
    const text = 'page=12345 trace-1 visible api.example';
    expect(maskSecrets(text, secrets)).toBe(text);
  });

  it('are none in a body that is no JSON', () => {
    expect(secretsOf({ url: 'https://api.example/', headers: {}, body: 'token=' })).toEqual([]);
  });
});
