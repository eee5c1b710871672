import { describe, expect, it } from 'vitest';
import { workflowRefusal } from './batch-refusal.ts';

type Row = Parameters<typeof workflowRefusal>[0];

const row = (state: Partial<Row['state']> = {}, rest: Partial<Row> = {}): Row => ({
  state: {
    publish: 'PUBLISHED',
    online: 'ONLINE',
    timing: 'ON',
    version: 1,
    latestVersion: 1,
    ...state,
  },
  periodic: true,
  ...rest,
});

describe('what a batch leaves out', () => {
  it('starts only what is online', () => {
    expect(workflowRefusal(row(), 'start')).toBeUndefined();
    expect(workflowRefusal(row({ online: 'OFFLINE' }), 'start')).toBe('not-online');
  });

  it('switches timing on only where it is online, periodic and off', () => {
    expect(workflowRefusal(row({ timing: 'OFF' }), 'timing-on')).toBeUndefined();
    expect(workflowRefusal(row(), 'timing-on')).toBe('timing-is-on');
    expect(workflowRefusal(row({ timing: 'OFF' }, { periodic: false }), 'timing-on')).toBe(
      'not-periodic',
    );
    expect(workflowRefusal(row({ online: 'OFFLINE', timing: 'OFF' }), 'timing-on')).toBe(
      'not-online',
    );
  });

  it('puts online only what was published and is offline', () => {
    expect(workflowRefusal(row({ online: 'OFFLINE' }), 'online')).toBeUndefined();
    expect(workflowRefusal(row({ online: 'OFFLINE', latestVersion: 0 }), 'online')).toBe(
      'not-published',
    );
    expect(workflowRefusal(row(), 'online')).toBe('is-online');
  });

  it('has nothing to stop where nothing ran', () => {
    expect(workflowRefusal(row(), 'stop')).toBe('nothing-to-stop');
  });
});
