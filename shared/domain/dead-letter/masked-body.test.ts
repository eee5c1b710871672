import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskedBody } from './masked-body.ts';

const isSecret = (name: string) => /token/i.test(name);

describe('the body of a dead letter', () => {
  it('never shows the value of a secret field, at any depth, nor in JSON within JSON', () => {
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.constant({ apiToken: 'HIDDEN-7f3a' }),
        fc.dictionary(fc.string(), tie('node'), { maxKeys: 3 }),
        fc.array(tie('node'), { maxLength: 3 }),
        tie('node').map((inner) => ({ text: JSON.stringify(inner) })),
        fc.string(),
      ),
    })).node;
    fc.assert(
      fc.property(tree, (value) => {
        expect(maskedBody(JSON.stringify(value), isSecret)).not.toContain('HIDDEN-7f3a');
      }),
    );
  });

  it('shows the rest, and of what is no JSON only how long it is', () => {
    expect(maskedBody('{"a":1,"token":"x"}', isSecret)).toBe('{\n  "a": 1,\n  "token": "***"\n}');
    expect(maskedBody('token=x', isSecret)).toBe('(7 characters that are no JSON)');
  });
});
