import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, send } from './http-io.ts';
import type { Lambdas } from './lambdas.ts';
import { WireRefused } from './wire-refused.ts';

/** Lambda's Invoke: waits for the answer, or takes the event and answers at once. */
export const lambdaInvoke =
  (lambdas: Lambdas) =>
  async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const [, encoded] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path) ?? [];
    if (encoded === undefined)
      throw new WireRefused('UnknownOperationException', `the local host does not know ${path}`);
    const name = decodeURIComponent(encoded);
    if (!lambdas.has(name))
      throw new WireRefused('ResourceNotFoundException', `Function not found: ${name}`, 404);

    const event = (await readBody(request)).toString('utf8') || '{}';
    if (request.headers['x-amz-invocation-type'] === 'Event') {
      void lambdas.invoke(name, event);
      send(response, 202, '');
      return;
    }
    const { payload, failed, logTail } = await lambdas.invoke(name, event);
    send(response, 200, payload, {
      'content-type': 'application/json',
      'x-amz-executed-version': '$LATEST',
      ...(failed && { 'x-amz-function-error': 'Unhandled' }),
      ...(request.headers['x-amz-log-type'] === 'Tail' && {
        'x-amz-log-result': Buffer.from(logTail).toString('base64'),
      }),
    });
  };
