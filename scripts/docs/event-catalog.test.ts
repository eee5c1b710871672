import { describe, expect, it } from 'vitest';
import { eventPattern } from '../../local/event-pattern.ts';
import { eventCatalog } from '../../shared/contracts/events/catalog.ts';
import { eventInTypes, eventsIn } from '../../shared/contracts/events/event-in.ts';
import { type EventType, eventsOut } from '../../shared/contracts/events/event-out.ts';
import { eventExamples, eventInExamples } from '../../shared/contracts/events/examples.ts';

describe('the catalog of events', () => {
  it('has every event of both directions, with an example that its schema takes', () => {
    const types = Object.keys(eventsOut) as EventType[];
    expect(eventExamples.map(({ type }) => type).toSorted()).toEqual(types.toSorted());
    for (const { type, detail } of eventExamples)
      expect([type, eventsOut[type].safeParse(detail).error]).toEqual([type, undefined]);
    for (const type of eventInTypes)
      expect([type, eventsIn[type].safeParse(eventInExamples[type]).error]).toEqual([
        type,
        undefined,
      ]);
    expect(eventCatalog()).toHaveLength(types.length + eventInTypes.length);
  });

  it('describes each, and its rule matches its example but for the project and the status', () => {
    for (const { type, description, example, pattern } of eventCatalog()) {
      expect([type, description]).toEqual([type, expect.stringMatching(/\w/)]);
      const { detail, ...rest } = pattern as { detail: object };
      expect([type, eventPattern(rest, type).matches(example)]).toEqual([type, true]);
      expect(detail).toHaveProperty('project');
    }
  });

  it('gives each fact an id of its own', () => {
    const ids = eventExamples.map(({ detail }) => detail.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
