import {
  type CatalogEntry,
  eventCatalog,
  shortJson,
} from '../../shared/contracts/events/catalog.ts';
import { eventsIn } from '../../shared/contracts/events/event-in.ts';
import { eventSource, eventsOut } from '../../shared/contracts/events/event-out.ts';
import { fieldsOf } from './fields-of.ts';
import { generatedFrom, pageOf } from './markdown.ts';

type Page = { readonly file: string; readonly text: string };

/** The catalog of events in `folder`: one page, and for each type its JSON Schema and an example. */
export const eventPages = (folder: string): readonly Page[] => [
  { file: `${folder}.md`, text: catalogPage() },
  ...eventCatalog().flatMap((entry): Page[] => [
    { file: `${folder}/${fileOf(entry, 'schema')}`, text: jsonText(entry.schema) },
    { file: `${folder}/${fileOf(entry, 'example')}`, text: jsonText(entry.example) },
  ]),
];

/** An event of the same name goes both ways: what is taken lies in a folder of its own. */
const fileOf = ({ direction, type, version }: CatalogEntry, what: 'schema' | 'example'): string =>
  `${direction === 'in' ? 'in/' : ''}${type.toLowerCase().replaceAll(' ', '-')}.v${version}.${what}.json`;
const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const catalogPage = (): string => {
  const entries = eventCatalog();
  const of = (direction: CatalogEntry['direction']) =>
    entries.filter((entry) => entry.direction === direction).flatMap(sectionOf);
  return pageOf(
    generatedFrom('shared/contracts/events/'),
    '# Events',
    '',
    `Nightshift announces on its own EventBridge bus (output \`BusName\` of the stack), with source \`${eventSource}\`. Delivery is at`,
    'least once and not in order: the same `detail.id` is the same fact, so consumers drop what they have seen. Within a schema',
    'version fields are only added. Events about baselines do not exist yet, because baselines do not.',
    '',
    '# What Nightshift announces',
    of('out'),
    '',
    '# What Nightshift takes',
    '',
    `Anybody who may put events on the bus may put these, under any source but \`${eventSource}\`. An event that cannot be taken lies`,
    'in the dead letters with the field that is wrong; the console shows it under _Events and integrations_. A repetition',
    'changes nothing. A field that is not known is refused.',
    of('in'),
  );
};

const sectionOf = (entry: CatalogEntry): string[] => [
  '',
  `## ${entry.type}${entry.direction === 'in' ? ' (taken)' : ''}`,
  '',
  `${entry.description}.`,
  '',
  `Detail: ${fieldsOf(shapeOf(entry))}.`,
  `[JSON Schema](events/${fileOf(entry, 'schema')}) · [example](events/${fileOf(entry, 'example')})`,
  '',
  ...(entry.direction === 'out'
    ? ['A rule for it:', '', '```json', shortJson(entry.pattern), '```', '', 'In CDK:']
    : ['Who puts it:']),
  '',
  '```ts',
  entry.cdk,
  '```',
];

const shapeOf = (entry: CatalogEntry) =>
  entry.direction === 'out' ? eventsOut[entry.type] : eventsIn[entry.type];
