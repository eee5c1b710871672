import * as z from 'zod';
import { WorkflowDefinition } from './definition.schema.ts';
import { Task, TaskCommon, TaskWork } from './task.schema.ts';

/** The JSON Schema (draft 2020-12) of what a team writes: defaults may be left out, unknown fields are refused. */
export const definitionJsonSchema = (): z.core.JSONSchema.JSONSchema => {
  // A task is the sum of these parts, so only the sum may refuse what no part knows.
  const parts = new Set<z.core.$ZodType>([TaskCommon, ...TaskWork.options]);

  return z.toJSONSchema(WorkflowDefinition, {
    target: 'draft-2020-12',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === Task) jsonSchema.unevaluatedProperties = false;
      else if (jsonSchema.properties && !parts.has(zodSchema))
        jsonSchema.additionalProperties = false;
    },
  });
};
