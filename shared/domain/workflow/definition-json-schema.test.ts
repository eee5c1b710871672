import { describe, expect, it } from 'vitest';
import { definitionJsonSchema } from './definition-json-schema.ts';

describe('JSON Schema of definitions', () => {
  const schema = definitionJsonSchema();
  const definitions = schema.$defs ?? {};

  it('says which draft it is and needs only what people must write', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(definitions.WorkflowDefinition).toMatchObject({
      required: ['workflow', 'tasks'],
      additionalProperties: false,
    });
  });

  it('refuses unknown fields of a task where its parts come together, not in the parts', () => {
    expect(definitions.Task).toMatchObject({ unevaluatedProperties: false });
    expect(definitions.Task?.allOf?.[0]).not.toHaveProperty('additionalProperties');
    for (const kind of definitions.TaskWork?.oneOf ?? [])
      expect(kind).not.toHaveProperty('additionalProperties');
    expect(definitions.Upstream).toMatchObject({ additionalProperties: false });
  });
});
