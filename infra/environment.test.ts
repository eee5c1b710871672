import { afterAll, describe, expect, it, vi } from 'vitest';
import { functionNames } from './function-shapes.ts';
import { synthCenter } from './testing/synth-center.ts';

type Environment = Readonly<Record<string, string>>;

const realEnvironment = process.env;
const isOurs = (name: string): boolean =>
  /_(TABLE|MACHINE|BUCKET|DAYS|MB|MOVES|LETTERS|QUEUES)$|^BUS_NAME$/.test(name);

/** Variables of a function in the template; what a reference would become does not matter here. */
const environments = new Map<string, Environment>(
  Object.values(synthCenter().findResources('AWS::Lambda::Function')).map(({ Properties }) => [
    String(Properties.Description).replace('Nightshift ', ''),
    Object.fromEntries(
      Object.entries((Properties.Environment?.Variables ?? {}) as object).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : 'referred-to',
      ]),
    ),
  ]),
);

/** The variables of ours that an entry reads while it starts. */
const askedFor = async (name: string, environment: Environment): Promise<string[]> => {
  const asked = new Set<string>();
  const watched = { ...realEnvironment, AWS_REGION: 'eu-west-1', ...environment };
  process.env = new Proxy(watched, {
    get: (target, key) => {
      if (typeof key === 'string' && isOurs(key)) asked.add(key);
      return Reflect.get(target, key) as unknown;
    },
  });
  vi.resetModules();
  await import(/* @vite-ignore */ new URL(`../functions/${name}.lambda.ts`, import.meta.url).href);
  return [...asked].toSorted();
};

afterAll(() => {
  process.env = realEnvironment;
});

describe('a function', () => {
  it.each(functionNames)(
    '%s gets the variables that its entry asks for, and no other',
    async (name) => {
      const given = environments.get(name) ?? {};
      expect(Object.keys(given).filter(isOurs).toSorted()).toEqual(await askedFor(name, given));
    },
  );
});
