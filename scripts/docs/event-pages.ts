import * as z from 'zod';
import { type EventType, eventSource, eventsOut } from '../../shared/contracts/events/event-out.ts';
import { eventExamples } from '../../shared/contracts/events/examples.ts';
import { fieldsOf } from './fields-of.ts';
import { generatedFrom, pageOf } from './markdown.ts';

type Page = { readonly file: string; readonly text: string };

const types = Object.keys(eventsOut) as EventType[];

/** The catalog of events in `folder`: one page, and for each type its JSON Schema and an example. */
export const eventPages = (folder: string): readonly Page[] => [
  { file: `${folder}.md`, text: catalogPage() },
  ...types.flatMap((type): Page[] => [
    { file: `${folder}/${schemaFile(type)}`, text: jsonText(schemaOf(type)) },
    { file: `${folder}/${exampleFile(type)}`, text: jsonText(eventOf(type)) },
  ]),
];

const slugOf = (type: EventType): string => type.toLowerCase().replaceAll(' ', '-');
const schemaFile = (type: EventType): string => `${slugOf(type)}.v1.schema.json`;
const exampleFile = (type: EventType): string => `${slugOf(type)}.v1.example.json`;
const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Lists of one text stay on their line. */
const shortJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replaceAll(/\[\s+("[^"]*")\s+\]/g, '[$1]');

/** The detail as a reader meets it: fields may be added within a version, so others are allowed. */
const schemaOf = (type: EventType): unknown => ({
  title: `${type} v1`,
  ...z.toJSONSchema(eventsOut[type], { target: 'draft-2020-12', io: 'input' }),
});

/** The example inside the envelope of EventBridge. */
const eventOf = (type: EventType): unknown => {
  const example = eventExamples.find((each) => each.type === type);
  if (!example) throw new Error(`shared/contracts/events/examples.ts has no example of ${type}`);
  return {
    version: '0',
    id: '11112222-3333-4444-5555-666677778888',
    'detail-type': type,
    source: eventSource,
    account: '123456789012',
    time: example.detail.at,
    region: 'eu-central-1',
    resources: [],
    detail: eventsOut[type].parse(example.detail),
  };
};

const catalogPage = (): string =>
  pageOf(
    generatedFrom('shared/contracts/events/'),
    '# Events',
    '',
    `Nightshift announces on its own EventBridge bus (output \`BusName\` of the stack), with source \`${eventSource}\`. Delivery is at`,
    'least once and not in order: the same `detail.id` is the same fact, so consumers drop what they have seen. Within a schema',
    'version fields are only added.',
    types.flatMap((type) => [
      '',
      `## ${type}`,
      '',
      `${z.globalRegistry.get(eventsOut[type])?.description ?? ''}.`,
      '',
      `Detail: ${fieldsOf(eventsOut[type])}.`,
      `[JSON Schema](events/${schemaFile(type)}) · [example](events/${exampleFile(type)})`,
      '',
      'A rule for it:',
      '',
      '```json',
      shortJson(ruleOf(type)),
      '```',
    ]),
  );

/** An event pattern, narrowed by a field where that is what people usually want. */
const ruleOf = (type: EventType): unknown => ({
  source: [eventSource],
  'detail-type': [type],
  detail: {
    project: ['sales'],
    ...('status' in eventsOut[type].shape && { status: ['FAILED'] }),
  },
});
