import { describe, expect, it } from 'vitest';
import { readArgs } from './args.ts';

describe('the command line of the host', () => {
  it('has defaults for everything', () => {
    expect(readArgs([])).toMatchObject({
      port: 4300,
      host: '127.0.0.1',
      state: '.nightshift',
      examples: true,
      fresh: false,
    });
  });

  it('reads an instant with its offset, a speed and functions', () => {
    const args = readArgs([
      '--at',
      '2026-03-28T22:50+01:00',
      '--clock-speed',
      '60',
      '--function',
      'load=tasks/a.mjs',
      '--no-examples',
    ]);
    expect(args).toMatchObject({
      at: Date.parse('2026-03-28T21:50:00Z'),
      speed: 60,
      functions: { load: 'tasks/a.mjs' },
      examples: false,
    });
  });

  it.each([
    [['--port', 'x'], '--port'],
    [['--port', '70000'], '--port'],
    [['--at', '2026-03-28T22:50'], '--at'],
    [['--at', 'soon'], '--at'],
    [['--clock-speed', '0'], '--clock-speed'],
    [['--function', 'nofile'], '--function'],
    [['--nix'], '--nix'],
  ])('%j is refused by the name of its option', (argv, option) => {
    expect(() => readArgs(argv)).toThrow(option);
  });
});
