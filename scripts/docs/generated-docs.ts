import { definitionJsonSchema } from '../../shared/domain/workflow/definition-json-schema.ts';
import { checklistPage } from './checklist-page.ts';
import { cronVectorReport } from './cron-vectors.ts';
import { eventPages } from './event-pages.ts';
import { faultsPage } from './faults-page.ts';
import { lifecyclePage } from './lifecycle-page.ts';
import { openApiDocument } from './openapi.ts';
import { stagesPage } from './stages-page.ts';

export const generatedFolder = 'docs/generated';

/** Every page that is computed from the sources, by path from the root of the repository. */
export const generatedDocs = (): ReadonlyMap<string, string> =>
  new Map([
    [`${generatedFolder}/openapi.json`, jsonText(openApiDocument())],
    [`${generatedFolder}/workflow-definition.schema.json`, jsonText(definitionJsonSchema())],
    [`${generatedFolder}/lifecycle.md`, lifecyclePage()],
    [`${generatedFolder}/stages.md`, stagesPage()],
    [`${generatedFolder}/faults.md`, faultsPage()],
    [`${generatedFolder}/cron-vectors.md`, cronVectorReport()],
    ...eventPages(`${generatedFolder}/events`).map(
      ({ file, text }) => [file, text] as [string, string],
    ),
    ['docs/checklist.md', checklistPage()],
  ]);

/** JSON as files hold it: two spaces, a newline at the end. */
const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
