import { onApi } from '../edge/api.ts';
import { describeHandlers } from './describe-handlers.ts';

export const handler = onApi<'describe'>(describeHandlers(), { grantOf: async () => undefined });
