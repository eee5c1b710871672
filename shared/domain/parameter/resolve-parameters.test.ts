import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { referencesOf } from './parse-template.ts';
import { type ParameterContext, resolveParameters } from './resolve-parameters.ts';
import { substitute, substituteIn } from './substitute.ts';

const context: ParameterContext = {
  workflowParameters: {},
  taskParameters: {},
  overrides: {},
  outputs: {},
  bizDate: '2021-10-31',
  dueAt: '2021-10-31T16:00:00.000Z',
  zone: 'Asia/Shanghai',
  family: 'recurring',
  instanceId: 'prod~p~w~r~20211031~1~t~1',
  task: 't',
  workflow: 'w',
  project: 'p',
  run: 'prod~p~w~r~20211031~1',
  attempt: 1,
};

const valuesOf = (given: Partial<ParameterContext> = {}): Readonly<Record<string, string>> => {
  const resolved = resolveParameters({ ...context, ...given });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.error));
  return resolved.value;
};

const problemsOf = (given: Partial<ParameterContext>) => {
  const resolved = resolveParameters({ ...context, ...given });
  return resolved.ok ? [] : resolved.error;
};

const filled = (text: string, given: Partial<ParameterContext> = {}) =>
  substitute(text, valuesOf(given));

describe('dates of an instance', () => {
  it.each([
    ['${yyyymmdd}', '20211031'],
    ['$[yyyymmddhh24miss]', '20211101000000'],
    ['${bizdate}', '20211031'],
    ['$bizdate', '20211031'],
    ['$cyctime', '20211101000000'],
    ['$gmtdate', '20211101'],
    ['$bizmonth', '202110'],
    ['${yyyymmdd-1}', '20211030'],
    ['${yyyymmdd+1}', '20211101'],
    ['${yyyymmdd-7*2}', '20211017'],
    ['${yyyy-mm-dd}', '2021-10-31'],
    ['${yyyy-mm-dd-31}', '2021-09-30'],
    ['${yyyymm-1}', '202109'],
    ['${yyyy-1}', '2020'],
    ['${mm}', '10'],
    ['$[yyyymmdd-1]', '20211031'],
    ['$[yyyymmddhh24miss-1/24]', '20211031230000'],
    ['$[yyyymmddhh24mi-15/24/60]', '202110312345'],
    ['$[yyyy-mm-dd hh24:mi:ss]', '2021-11-01 00:00:00'],
    ['$[add_months(yyyymmdd,-12)]', '20201101'],
    ['$[add_months(yyyymmdd, -12*2)]', '20191101'],
  ])('%s is %s on run day 2021-11-01 00:00', (text, expected) => {
    expect(filled(text)).toEqual({ ok: true, value: expected });
  });

  it('N13 the business date is the run date minus one day in every reading', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-02'), max: new Date('2090-01-01'), noInvalidDate: true }),
        (day) => {
          const runDate = day.toISOString().slice(0, 10);
          const bizDate = new Date(Date.parse(runDate) - 86_400_000).toISOString().slice(0, 10);
          const given = { bizDate, dueAt: `${runDate}T00:00:00.000Z`, zone: 'UTC' };
          expect(filled('${yyyy-mm-dd+1}|${yyyy-mm-dd}', given)).toEqual({
            ok: true,
            value: `${runDate}|${bizDate}`,
          });
        },
      ),
    );
  });

  it('takes the last day of a month that lacks the day', () => {
    const given = { bizDate: '2021-03-31', dueAt: '2021-03-31T16:00:00.000Z' };
    expect(filled('${yyyymm-1} ${add_months(yyyymmdd,-1)}', given)).toEqual({
      ok: true,
      value: '202102 20210228',
    });
  });

  it('N53 reads $[…] of a backfill as the day after its business date, whenever it runs', () => {
    const late = { family: 'backfill', bizDate: '2020-05-04', dueAt: '2026-11-20T03:04:05.000Z' };
    expect(filled('$[yyyymmddhh24miss] ${bizdate}', late)).toEqual({
      ok: true,
      value: '20200505000000 20200504',
    });
    const hourly = { family: 'backfill', bizDate: '2020-05-04', dueAt: '2020-05-04T22:00:00.000Z' };
    expect(filled('$[yyyymmddhh24]', hourly)).toEqual({ ok: true, value: '2020050506' });
  });

  it('says where a time of day comes from when it is asked of the business date', () => {
    expect(filled('${yyyymmddhh24}')).toEqual({
      ok: false,
      error: '${yyyymmddhh24}: a business date has no time of day (use $[…] for the due time)',
    });
  });
});

describe('parameters', () => {
  it('lets the start beat the task and the task the workflow', () => {
    const values = valuesOf({
      workflowParameters: { a: 'workflow', b: 'workflow', c: 'workflow' },
      taskParameters: { b: 'task', c: 'task' },
      overrides: { c: 'start' },
    });
    expect(values).toMatchObject({ a: 'workflow', b: 'task', c: 'start' });
  });

  it('resolves parameters through each other, outputs and built-in values', () => {
    const values = valuesOf({
      workflowParameters: { day: '${yyyymmdd-1}' },
      taskParameters: { table: 'sales_${day}_${load.rows}', who: '${nodeId} of ${taskId}' },
      outputs: { load: { rows: '42' } },
    });
    expect(values.table).toBe('sales_20211030_42');
    expect(values.who).toBe('t of prod~p~w~r~20211031~1~t~1');
  });

  it('names each parameter that refers to itself', () => {
    const problems = problemsOf({ taskParameters: { a: '${b}', b: '${a}', c: 'fine' } });
    expect(problems).toEqual([
      { parameter: 'a', message: 'refers to itself: a → b → a' },
      { parameter: 'b', message: 'refers to itself: b → a → b' },
    ]);
  });

  it('names what a parameter asks for in vain', () => {
    const problems = problemsOf({
      taskParameters: { a: '${gone}', b: '${load.rows}', bizdate: 'x' },
    });
    expect(problems.map(({ parameter }) => parameter)).toEqual(['a', 'b', 'bizdate']);
    expect(problems[0]?.message).toContain('${gone}');
    expect(problems[1]?.message).toContain('task load has given no output rows');
  });

  it('does not find what every object inherits', () => {
    expect(filled('${constructor}').ok).toBe(false);
  });
});

describe('texts', () => {
  it('fills strings at any depth and leaves everything else', () => {
    const work = {
      kind: 'http',
      url: 'https://x/${bizdate}',
      body: { n: 1, list: ['$$${p}', null] },
    };
    expect(substituteIn(work, { ...valuesOf(), p: 'v' })).toEqual({
      ok: true,
      value: { kind: 'http', url: 'https://x/20211031', body: { n: 1, list: ['$v', null] } },
    });
  });

  it('leaves JSON paths, plain dollars and unknown bare names alone', () => {
    const text = "select j->'$[0]', j->'$.a', $1, $foo, '5$', $$[yyyymmdd]";
    expect(filled(text)).toEqual({ ok: true, value: text.replace('$$', '$') });
  });

  it('never reads a value again', () => {
    expect(substitute('${a}', { ...valuesOf(), a: '${bizdate} $$' })).toEqual({
      ok: true,
      value: '${bizdate} $$',
    });
  });

  it('names every reference that is unknown or malformed', () => {
    const text = filled('${a} ${b c} $[yyymmdd] ${open');
    expect(text.ok ? '' : text.error.split('; ').map((problem) => problem.split(':')[0])).toEqual([
      '${a}',
      '${b c}',
      '$[yyymmdd]',
      '${',
    ]);
  });

  it('tells publish what a text refers to', () => {
    expect(
      referencesOf('${day} ${load-1.rows} ${bizdate} $[yyyymmdd]').map(({ kind }) => kind),
    ).toEqual(['parameter', 'output', 'built-in', 'date']);
  });

  it('gives any text back when its dollars are doubled', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(substitute(text.replaceAll('$', '$$$$'), {})).toEqual({ ok: true, value: text });
      }),
    );
  });

  it('fills exactly what it lists: a text without problems has no unknown reference', () => {
    const piece = fc.constantFrom('${a}', '${z}', '$bizdate', '${yyyymmdd-1}', 'x', '$$', '${t.o}');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join(' ');
        const unknown = referencesOf(text).filter(
          (reference) =>
            (reference.kind === 'parameter' && reference.name === 'z') ||
            reference.kind === 'output',
        );
        expect(substitute(text, { ...valuesOf(), a: '1' }).ok).toBe(unknown.length === 0);
      }),
    );
  });
});
