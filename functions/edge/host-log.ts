import { Logger } from '@aws-lambda-powertools/logger';

const logger = new Logger();

/**
 * One line per failure, with the request that failed. Only hosts log; work tells what happened by its answer, its
 * moves and the run log.
 */
export const logFailure = (
  message: string,
  error: unknown,
  facts: Readonly<Record<string, string | number | undefined>>,
): void => {
  logger.error(message, {
    error: error instanceof Error ? error : new Error(String(error)),
    ...facts,
    ...(hasFacts(error) ? error.facts : {}),
  });
};

const hasFacts = (error: unknown): error is { facts: Record<string, string | number> } =>
  error instanceof Error && 'facts' in error && typeof error.facts === 'object';
