import document from '../../docs/generated/openapi.json' with { type: 'json' };
import { ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';

/** What is public: the description of this API. */
export const describeHandlers = (): ApiHandlers<'describe'> => ({
  getOpenApi: async () => ok(document),
});
