import { type StageName, stages } from '../../shared/contracts/stages.ts';
import { fieldsOf } from './fields-of.ts';
import { code, generatedFrom, pageOf, tableOf } from './markdown.ts';

/** `docs/generated/stages.md`: every stage that a state machine, a schedule or an event calls. */
export const stagesPage = (): string =>
  pageOf(
    generatedFrom('shared/contracts/stages.ts'),
    '# Stages',
    '',
    'The Lambdas that state machines, schedules and events call, by name (`<stage>-<function>`).',
    'The consumers of the stream, *release* and *record*, and the API have contracts of their own.',
    '',
    tableOf(
      ['stage', 'takes', 'answers', 'time limit', 'faults'],
      (Object.keys(stages) as StageName[]).map((name) => {
        const { input, output, timeoutSeconds, raises } = stages[name];
        return [
          code(name),
          fieldsOf(input),
          fieldsOf(output),
          typeof timeoutSeconds === 'number' ? `${timeoutSeconds} s` : timeoutSeconds,
          raises.map(code).join(', '),
        ];
      }),
    ),
    '',
    'What each fault means and whether it is tried again: [faults](faults.md).',
  );
