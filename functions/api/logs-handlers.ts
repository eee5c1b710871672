import type { ApiHandlers } from '../edge/api.ts';
import type { LogDeps } from './log-deps.ts';
import { readLogExports } from './read-log-exports.ts';
import { readLogLine } from './read-log-line.ts';
import { readLogSearch } from './read-log-search.ts';
import { readLogs } from './read-logs.ts';
import { readSavedSearches } from './read-saved-searches.ts';

/** What looks at run logs: the only function of the API that may read them. */
export const logsHandlers = (stores: LogDeps): ApiHandlers<'logs'> => ({
  ...readLogs(stores),
  ...readLogSearch(stores),
  ...readLogLine(stores),
  ...readLogExports(stores),
  ...readSavedSearches(stores),
});
