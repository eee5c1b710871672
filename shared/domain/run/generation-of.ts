import type { OperationRequest } from './request.schema.ts';

/** The generation that a request asks for. Its id is that of the request, so asking twice generates once. */
export const generationOf = (request: OperationRequest) => ({
  generationId: request.id,
  requestId: request.id,
  env: request.env,
  project: request.project,
  bizDate: request.bizDate,
  cutoffAt: request.kind === 'generate' ? request.cutoffAt : request.at,
  ...(request.kind === 'generate' && request.from ? { from: request.from } : {}),
});
