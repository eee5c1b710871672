import * as z from 'zod';
import { type EventInType, eventInTypes, eventsIn } from './event-in.ts';
import { type EventType, eventSource, eventsOut } from './event-out.ts';
import { eventExamples, eventInExamples } from './examples.ts';

/** An event of the catalog, with what somebody needs to use it. */
export type CatalogEntry = (
  | { readonly direction: 'out'; readonly type: EventType }
  | { readonly direction: 'in'; readonly type: EventInType }
) & {
  readonly version: number;
  readonly description: string;
  /** JSON Schema of the detail. */
  readonly schema: unknown;
  /** The event as EventBridge delivers it. */
  readonly example: unknown;
  /** The pattern of a rule that matches it. */
  readonly pattern: unknown;
  /** How an app with the construct takes it, or puts it. */
  readonly cdk: string;
};

/** Everything that is said on the bus: what Nightshift announces, then what it takes. */
export const eventCatalog = (): readonly CatalogEntry[] => [
  ...(Object.keys(eventsOut) as EventType[]).map(entryOut),
  ...eventInTypes.map(entryIn),
];

const entryOut = (type: EventType): CatalogEntry => {
  const example = eventExamples.find((each) => each.type === type);
  if (!example) throw new Error(`shared/contracts/events/examples.ts has no example of ${type}`);
  const pattern = patternOf(eventSource, type, 'status' in eventsOut[type].shape);
  return {
    ...{ direction: 'out', type, version: 1, pattern },
    description: descriptionOf(eventsOut[type]),
    schema: schemaOf(type, eventsOut[type]),
    example: envelopeOf(
      type,
      eventSource,
      example.detail.at,
      eventsOut[type].parse(example.detail),
    ),
    cdk: ruleCdk(pattern),
  };
};

const entryIn = (type: EventInType): CatalogEntry => {
  const at = '2026-11-20T01:58:00.000Z';
  return {
    ...{ direction: 'in', type, version: 1 },
    description: descriptionOf(eventsIn[type]),
    schema: schemaOf(type, eventsIn[type]),
    example: envelopeOf(type, 'acme.lake', at, eventInExamples[type]),
    pattern: patternOf('acme.lake', type, false),
    cdk: putCdk(type),
  };
};

const descriptionOf = (schema: z.ZodType): string =>
  z.globalRegistry.get(schema)?.description ?? '';

const schemaOf = (type: string, schema: z.ZodType): unknown => ({
  title: `${type} v1`,
  ...z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }),
});

const envelopeOf = (type: string, source: string, time: string, detail: unknown): unknown => ({
  version: '0',
  id: '11112222-3333-4444-5555-666677778888',
  'detail-type': type,
  source,
  account: '123456789012',
  time,
  region: 'eu-central-1',
  resources: [],
  detail,
});

/** Narrowed by a field where that is what people usually want. */
const patternOf = (source: string, type: string, hasStatus: boolean): unknown => ({
  source: [source],
  'detail-type': [type],
  detail: { project: ['sales'], ...(hasStatus && { status: ['FAILED'] }) },
});

const ruleCdk = (pattern: unknown): string => {
  const { source, 'detail-type': detailType, detail } = pattern as Record<string, unknown>;
  return `new Rule(stack, 'OnEvent', {
  eventBus: center.events.bus,
  eventPattern: ${indented(shortJson({ source, detailType, detail }))},
  targets: [new LambdaFunction(listener)],
});`;
};

const putCdk = (type: string): string => `center.events.bus.grantPutEventsTo(teller);
teller.addEnvironment('NIGHTSHIFT_BUS', center.events.bus.eventBusName);
// in the function: PutEvents with
// { EventBusName: process.env.NIGHTSHIFT_BUS, Source: 'acme.lake', DetailType: '${type}', Detail: JSON.stringify(detail) }`;

const indented = (text: string): string => text.replaceAll('\n', '\n  ');

/** Lists of one text stay on their line. */
export const shortJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replaceAll(/\[\s+("[^"]*")\s+\]/g, '[$1]');
