import { describe, expect, it } from 'vitest';
import type { RouteContract } from '../../shared/contracts/api/route.ts';
import { routes } from '../../shared/contracts/api/routes.ts';
import { openApiDocument } from './openapi.ts';

type Operation = {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly security?: readonly unknown[];
};
const document = openApiDocument() as {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  it.each(Object.entries<RouteContract>(routes))(
    'has %s with everything that it takes',
    (name, route) => {
      const operation = document.paths[route.path]?.[route.method.toLowerCase()];
      expect(operation?.operationId).toBe(name);
      const given = (place: string) =>
        (operation?.parameters ?? []).filter((each) => each.in === place).map((each) => each.name);
      expect(given('path').toSorted()).toEqual(Object.keys(route.params.shape).toSorted());
      expect(given('query').toSorted()).toEqual(Object.keys(route.query.shape).toSorted());
      expect(given('header').includes('If-Match')).toBe(route.ifMatch === true);
      expect(given('header').includes('Idempotency-Key')).toBe(route.idempotency !== undefined);
      expect(operation?.requestBody !== undefined).toBe(route.body !== undefined);
      expect(Object.keys(operation?.responses ?? {})).toContain(String(route.status));
    },
  );

  it('describes nothing else', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.keys(path));
    expect(operations).toHaveLength(Object.keys(routes).length);
  });
});
