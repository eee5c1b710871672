import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SESClient, SendEmailCommand, SendRawEmailCommand } from '@aws-sdk/client-ses';
import {
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Host, startHost } from './host.ts';
import { machineArn } from './local-names.ts';
import { readNotes, untilNotes } from './testing/notes.ts';
import { type TinyApp, writeTinyApp } from './testing/tiny-app.ts';

let app: TinyApp;
let host: Host;
let sdk: {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
};

beforeAll(async () => {
  app = writeTinyApp();
  const file = join(app.assembly, 'greet.mjs');
  writeFileSync(
    file,
    "export const handler = async ({ name }) => { console.log('greeting'); return `hello ${name}`; };",
  );
  host = await startHost({
    assembly: app.assembly,
    site: app.site,
    state: app.state,
    functions: { greet: file },
  });
  sdk = {
    endpoint: host.endpoints.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: host.accessKeyId, secretAccessKey: 'x' },
  };
});
afterAll(async () => {
  await host.stop();
  app.remove();
});

const get = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${host.url}${path}`, init);
const work = { n: 2, timeoutSeconds: 5, sleep: null, fail: null };

describe('the HTTP API', () => {
  it('hands a request on as payload 2.0 with the claims as text', async () => {
    const answer = await get('/api/things/a%20b?x=1&x=2', {
      headers: { authorization: `Bearer ${await host.token()}` },
    });
    const { event, left } = (await answer.json()) as {
      event: Record<string, unknown>;
      left: number;
    };
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /api/things/{id}',
      pathParameters: { id: 'a b' },
      queryStringParameters: { x: '1,2' },
      requestContext: {
        http: { method: 'GET', path: '/api/things/a%20b' },
        authorizer: {
          jwt: {
            claims: { client_id: 'MachineClient', scope: 'tiny/operator', token_use: 'access' },
          },
        },
      },
    });
    expect(left).toBeGreaterThan(1000);
    expect(left).toBeLessThanOrEqual(3000);
  });

  it('answers like API Gateway without a token, with a wrong one, and when the function fails', async () => {
    expect((await get('/api/things/1')).status).toBe(401);
    expect(
      (await get('/api/things/1', { headers: { authorization: 'Bearer x.y.z' } })).status,
    ).toBe(401);
    const failed = await get('/api/fail');
    expect([failed.status, await failed.json()]).toEqual([
      500,
      { message: 'Internal Server Error' },
    ]);
    expect((await get('/api/nothing')).status).toBe(404);
    expect((await get('/openapi.json')).status).toBe(200);
  });

  it('serves the site with the headers of the template and every page as index.html', async () => {
    const page = await get('/projects/a/workflows');
    expect(page.headers.get('content-security-policy')).toBe("default-src 'self'");
    expect(await page.text()).toContain('<title>tiny</title>');
    expect((await get('/nothing.js')).status).toBe(404);
    expect((await get('/..%2f..%2fhost.db')).status).not.toBe(500);
    expect(await (await get('/config.json')).json()).toMatchObject({
      apiUrl: '/api',
      clientId: 'ConsoleClient',
      clock: { speed: 1 },
    });
  });

  it('does not answer to a name that is not its own', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((done) => {
      request(`${host.url}/config.json`, { headers: { host: 'rebound.example' } }, (answer) =>
        done(answer.statusCode),
      ).end();
    });
    expect(status).toBe(421);
  });
});

describe('state machines', () => {
  const start = async (input: object, machine = 'Express', name?: string) =>
    new SFNClient(sdk).send(
      new StartExecutionCommand({
        stateMachineArn: machineArn(machine),
        input: JSON.stringify(input),
        name,
      }),
    );
  const ended = async (executionArn: string | undefined) => {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const answer = await new SFNClient(sdk).send(new DescribeExecutionCommand({ executionArn }));
      if (answer.status !== 'RUNNING') return answer;
      await sleep(25);
    }
    throw new Error('still running');
  };

  it('run Lambdas with the name of the execution in the context', async () => {
    const { executionArn } = await start(work, 'Standard', 'by-name');
    const { status, output } = await ended(executionArn);
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output ?? '')).toMatchObject({
      execution: 'by-name',
      result: { doubled: 4 },
    });
  });

  it('give a running Standard execution of the same name and input, and refuse another input', async () => {
    const first = await start({ ...work, sleep: 300 }, 'Standard', 'twice');
    const second = await start({ ...work, sleep: 300 }, 'Standard', 'twice');
    expect(second.executionArn).toBe(first.executionArn);
    await expect(start({ ...work, n: 9 }, 'Standard', 'twice')).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
    await ended(first.executionArn);
  });

  it('catch an error of a function by its name, after its retry', async () => {
    const { executionArn } = await start({ ...work, fail: 'Again' }, 'Standard');
    await ended(executionArn);
    const told = await untilNotes(host.endpoints.dynamodb, 'told', 1);
    expect(told).toContainEqual(
      expect.objectContaining({ error: expect.objectContaining({ Error: 'Again' }) }),
    );
  });

  it('end a task by the time-out in its input', async () => {
    const { executionArn } = await start(
      { ...work, n: 77, sleep: 2500, timeoutSeconds: 1 },
      'Standard',
    );
    await ended(executionArn);
    const told = await readNotes(host.endpoints.dynamodb, 'told');
    expect(told).toContainEqual(
      expect.objectContaining({
        error: { Error: 'States.Timeout', Cause: '' },
        work: expect.objectContaining({ n: 77 }),
      }),
    );
  });

  it('can be stopped when they are Standard, which the default bus is told', async () => {
    const { executionArn } = await start({ ...work, at: '2999-01-01T00:00:00Z' }, 'Standard');
    await new SFNClient(sdk).send(new StopExecutionCommand({ executionArn, error: 'Because' }));
    expect(await ended(executionArn)).toMatchObject({ status: 'ABORTED', error: 'Because' });
    const told = await untilNotes(host.endpoints.dynamodb, 'told', 3);
    expect(told).toContainEqual(
      expect.objectContaining({
        source: 'aws.states',
        'detail-type': 'Step Functions Execution Status Change',
        detail: expect.objectContaining({ status: 'ABORTED', executionArn }),
      }),
    );
  });

  it('refuse to describe or stop Express executions, as AWS does', async () => {
    const { executionArn } = await start(work);
    const client = new SFNClient(sdk);
    const refused = { name: 'StateMachineTypeNotSupported' };
    await expect(client.send(new DescribeExecutionCommand({ executionArn }))).rejects.toMatchObject(
      refused,
    );
    await expect(client.send(new StopExecutionCommand({ executionArn }))).rejects.toMatchObject(
      refused,
    );
  });

  it('are refused when there is no such machine', async () => {
    await expect(start(work, 'Nobody')).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
  });
});

describe('the services that the bundles call', () => {
  it('carry events to the rules that match, and refuse a wrong entry', async () => {
    const entry = (kind: string, Source = 'tiny.test') => ({
      EventBusName: 'happenings',
      Source,
      DetailType: 'Happened',
      Detail: JSON.stringify({ kind }),
    });
    const answer = await new EventBridgeClient(sdk).send(
      new PutEventsCommand({
        Entries: [entry('a'), entry('c'), entry('b', 'other'), { ...entry('a'), Detail: 'no' }],
      }),
    );
    expect(answer.FailedEntryCount).toBe(1);
    expect(answer.Entries?.map((each) => each.EventId !== undefined)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    await sleep(300);
    const happened = (await readNotes(host.endpoints.dynamodb, 'told')).filter(
      (note) => note['detail-type'] === 'Happened',
    );
    expect(happened).toEqual([
      expect.objectContaining({ source: 'tiny.test', detail: { kind: 'a' } }),
    ]);
  });

  it('keep mails for the mailbox page', async () => {
    const ses = new SESClient(sdk);
    await ses.send(
      new SendEmailCommand({
        Source: 'night@localhost.test',
        Destination: { ToAddresses: ['op@localhost.test'] },
        Message: {
          Subject: { Data: '<b>late</b>' },
          Body: { Text: { Data: 'text' }, Html: { Data: '<p>html</p>' } },
        },
      }),
    );
    const raw = 'From: a@b.test\r\nTo: c@d.test\r\nSubject: raw\r\n\r\nbody';
    await ses.send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(raw) } }));
    await expect(
      ses.send(
        new SendEmailCommand({
          Source: 'nobody',
          Destination: { ToAddresses: ['x@y.test'] },
          Message: undefined,
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    const mails = (await (await get('/_local/mailbox.json')).json()) as {
      subject: string;
      recipients: string;
      id: number;
    }[];
    expect(mails.map(({ subject, recipients }) => [subject, recipients])).toEqual([
      ['raw', 'c@d.test'],
      ['<b>late</b>', 'op@localhost.test'],
    ]);
    expect(await (await get('/_local/mailbox')).text()).toContain('&lt;b&gt;late&lt;/b&gt;');
    expect(await (await get(`/_local/mailbox/${mails[1]?.id}/html`)).text()).toBe('<p>html</p>');
  });

  it('store objects in a folder, by page and prefix', async () => {
    const s3 = new S3Client(sdk);
    const Bucket = 'tiny-data';
    for (const Key of ['in/a b.csv', 'in/b=1/c.csv', 'out/../x', 'z'])
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: `of ${Key}` }));
    const read = await s3.send(new GetObjectCommand({ Bucket, Key: 'out/../x' }));
    expect(await read.Body?.transformToString()).toBe('of out/../x');
    const first = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'in/', MaxKeys: 1 }));
    expect([first.IsTruncated, first.Contents?.map(({ Key }) => Key)]).toEqual([
      true,
      ['in/a b.csv'],
    ]);
    const rest = await s3.send(
      new ListObjectsV2Command({
        Bucket,
        Prefix: 'in/',
        ContinuationToken: first.NextContinuationToken,
      }),
    );
    expect(rest.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([['in/b=1/c.csv', 15]]);
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'z' }))).ETag).toBe(
      (await s3.send(new GetObjectCommand({ Bucket, Key: 'z' }))).ETag,
    );
    await expect(
      s3.send(new PutObjectCommand({ Bucket, Key: 'z', IfNoneMatch: '*' })),
    ).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'z' }));
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'z' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    await expect(
      s3.send(new GetObjectCommand({ Bucket: 'other', Key: 'z' })),
    ).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('invoke functions of the user, with the tail of their log', async () => {
    const lambda = new LambdaClient(sdk);
    const answer = await lambda.send(
      new InvokeCommand({
        FunctionName: 'greet',
        Payload: JSON.stringify({ name: 'you' }),
        LogType: 'Tail',
      }),
    );
    expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toBe('hello you');
    expect(Buffer.from(answer.LogResult ?? '', 'base64').toString()).toMatch(
      /greeting\nREPORT RequestId: .*Memory Size: 512 MB/,
    );
    const failed = await lambda.send(
      new InvokeCommand({ FunctionName: 'Step:live', Payload: JSON.stringify({ fail: 'Odd' }) }),
    );
    expect(failed.FunctionError).toBe('Unhandled');
    expect(JSON.parse(failed.Payload?.transformToString() ?? '')).toMatchObject({
      errorType: 'Odd',
      errorMessage: 'on purpose',
    });
    await expect(lambda.send(new InvokeCommand({ FunctionName: 'nobody' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('end a function at its own time-out and serve the next call anew', async () => {
    const lambda = new LambdaClient(sdk);
    const late = await lambda.send(
      new InvokeCommand({ FunctionName: 'Step', Payload: JSON.stringify({ sleep: 10_000 }) }),
    );
    expect(JSON.parse(late.Payload?.transformToString() ?? '')).toMatchObject({
      errorType: 'Sandbox.Timedout',
    });
    const next = await lambda.send(
      new InvokeCommand({ FunctionName: 'Step', Payload: JSON.stringify({ n: 4 }) }),
    );
    expect(JSON.parse(next.Payload?.transformToString() ?? '')).toMatchObject({ doubled: 8 });
  });

  it('run a bundle with native modules in a process of its own, which a time-out ends', async () => {
    const lambda = new LambdaClient(sdk);
    const call = async (event: object) => {
      const answer = await lambda.send(
        new InvokeCommand({ FunctionName: 'Native', Payload: JSON.stringify(event) }),
      );
      return JSON.parse(answer.Payload?.transformToString() ?? '');
    };
    const pid = await call({});
    expect(pid).not.toBe(process.pid);
    expect(await call({})).toBe(pid);
    expect(await call({ sleep: 10_000 })).toMatchObject({ errorType: 'Sandbox.Timedout' });
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow());
    expect(await call({})).not.toBe(pid);
  });

  it('refuse callers without the key of this start', async () => {
    const stranger = new SFNClient({
      ...sdk,
      credentials: { accessKeyId: 'guess', secretAccessKey: 'x' },
    });
    await expect(
      stranger.send(new StartExecutionCommand({ stateMachineArn: machineArn('Express') })),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });
});
