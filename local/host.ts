import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { appModel } from './app-model.ts';
import { readAssembly } from './assembly.ts';
import { bus } from './bus.ts';
import type { ClockWish, HostClock } from './clock.ts';
import { type Credentials, writeCredentials } from './credentials-file.ts';
import { startEngine } from './engine.ts';
import { startErrands } from './errands.ts';
import { executions } from './executions.ts';
import { httpApi } from './http-api.ts';
import { startIssuer } from './issuer.ts';
import { keptClock } from './kept-clock.ts';
import { lambdas, templateSpec, userSpec } from './lambdas.ts';
import { machineArn, region } from './local-names.ts';
import { takeLock } from './lock.ts';
import { machine } from './machine.ts';
import { mailbox } from './mailbox.ts';
import { mails } from './mails.ts';
import { messages } from './messages.ts';
import { messagesPage } from './messages-page.ts';
import { sns, voiceActions } from './phones.ts';
import { queueActions } from './queues.ts';
import { s3Folder } from './s3-folder.ts';
import { scheduler } from './scheduler.ts';
import { ses } from './ses.ts';
import { sesMood } from './ses-mood.ts';
import { site } from './site.ts';
import { emptyStateFolder, makeStateFolder } from './state-folder.ts';
import { openStateStore } from './state-store.ts';
import { statusEvent } from './status-event.ts';
import { streamPumps } from './stream-pumps.ts';
import type { Reshape } from './stream-record.ts';
import { createTables } from './tables.ts';
import { startWebServer } from './web-server.ts';
import { webhookRecorder } from './webhook-recorder.ts';
import { eventBridgeActions, stepFunctionsActions } from './wire-actions.ts';
import { lambdaInvoke } from './wire-lambda.ts';
import { startWireServer } from './wire-server.ts';
import { writeWorkerEntry } from './worker-entry.ts';

export type HostOptions = {
  /** Cloud assembly of the app. @default cdk.out */
  readonly assembly?: string;
  /** Built console. @default dist/site */
  readonly site?: string;
  /** @default .nightshift */
  readonly state?: string;
  /** Forgets what the state folder holds. */
  readonly fresh?: boolean;
  /** @default 127.0.0.1 */
  readonly host?: string;
  /** 0 picks a free one. @default 0 */
  readonly port?: number;
  /** Virtual time to start at (epoch milliseconds) and its speed. */
  readonly clock?: ClockWish;
  /** Further functions for tasks of kind `lambda`: name → module file. */
  readonly functions?: Readonly<Record<string, string>>;
  /** For tests: puts a proxy between the bundles and the engine. */
  readonly dynamoProxy?: (endpoint: string) => string | Promise<string>;
  /** For tests: delivers the batches of streams in another way, e.g. twice. */
  readonly reshape?: Reshape;
};

export type Host = {
  /** Origin of the console and the API. */
  readonly url: string;
  readonly endpoints: {
    /** The engine itself, past any proxy. */
    readonly dynamodb: string;
    /** Everything else of AWS that the bundles use; it wants the access key. */
    readonly aws: string;
  };
  readonly accessKeyId: string;
  readonly clock: HostClock;
  /** What a machine signs in with, and the file where it stands; missing when the template has no such client. */
  readonly credentials: Credentials | undefined;
  readonly credentialsFile: string;
  /** A machine's access token. */
  token(): Promise<string>;
  /** Logical id → name on this host. */
  readonly tableNames: Readonly<Record<string, string>>;
  /** Outputs of the stack, with names of this host. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Executions under way. */
  running(): number;
  /** Ends in order: takes no new work, lets calls under way end (5 s), then stops the engine. */
  stop(): Promise<void>;
  /** Ends like a crash, for tests: nothing is waited for. */
  kill(): Promise<void>;
};

const graceMs = 5000;

/** Runs the synthesized app on this machine. Rejects with a HostError when the surroundings do not allow it. */
export const startHost = async (options: HostOptions = {}): Promise<Host> => {
  const { host = '127.0.0.1', reshape = (batch) => [batch] } = options;
  const state = resolve(options.state ?? '.nightshift');
  const closers: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };

  try {
    const assembly = readAssembly(resolve(options.assembly ?? 'cdk.out'));
    const model = appModel(assembly);
    const web = await startWebServer(host, options.port ?? 0);
    closers.push(web.close);
    const url = `http://${/^(0\.0\.0\.0|::)$/.test(host) ? '127.0.0.1' : host}:${web.port}`;

    makeStateFolder(state);
    closers.push(takeLock(state).release);
    if (options.fresh) emptyStateFolder(state);
    const store = openStateStore(state);
    closers.push(store.close);
    const clock = keptClock(store, options.clock ?? {});
    closers.push(clock.close);

    const engine = await startEngine(state);
    closers.push(() => engine.stop());
    const tables = model.all('AWS::DynamoDB::Table');
    const streams = await createTables(engine.wire, tables);

    const accessKeyId = `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`;
    const wire = await startWireServer(accessKeyId);
    closers.push(wire.close);
    const dynamodb = await (options.dynamoProxy?.(engine.endpoint) ?? engine.endpoint);
    const shared = sharedEnvironment(accessKeyId, wire.endpoint, dynamodb);
    const functions = lambdas({
      specs: [
        ...model
          .all('AWS::Lambda::Function')
          .flatMap((lambda) => templateSpec(lambda, assembly.assetFolder, shared, url) ?? []),
        ...Object.entries(options.functions ?? {}).map(([name, file]) =>
          userSpec(name, file, shared),
        ),
      ],
      base: { entry: writeWorkerEntry(state), clock: clock.setting },
      logFolder: join(state, 'logs'),
    });
    closers.push(functions.stop);

    const events = bus(model.all('AWS::Events::Rule'), functions, store, clock);
    const machines = model.all('AWS::StepFunctions::StateMachine').map((entry) => ({
      arn: machineArn(entry.name),
      name: entry.name,
      express: entry.StateMachineType === 'EXPRESS',
      machine: machine(entry.logicalId, JSON.parse(entry.DefinitionString), functions, clock),
    }));
    const runs = executions(machines, store, clock, (row) =>
      events.put('default', statusEvent(row)),
    );
    const timetable = scheduler(
      model.all('AWS::Scheduler::Schedule'),
      { lambdas: functions, executions: runs },
      store,
      clock,
    );
    const letters = mails(store, clock);
    const mood = sesMood(store, clock);
    const kept = messages(store, clock);
    const takeSms = sns(kept);
    const takeMail = ses({ mails: letters, bus: events, mood, clock });
    wire.open({
      actions: {
        ...stepFunctionsActions(runs),
        ...eventBridgeActions(events),
        ...queueActions(model, store, clock),
        ...voiceActions(kept),
      },
      invoke: lambdaInvoke(functions),
      mail: async (response, form) => {
        if (!takeSms(response, form)) await takeMail(response, form);
      },
      s3: s3Folder(join(state, 's3'), model.buckets()),
    });

    const issuer = await startIssuer(model, store, url);
    const { credentials, credentialsFile } = writeCredentials(state, url, issuer.machineClient);
    web.open({
      api: httpApi(model, functions, issuer, clock),
      issuer,
      mailbox: mailbox(letters),
      mood,
      showMessages: messagesPage(kept),
      recordWebhook: webhookRecorder(kept),
      site: site(resolve(options.site ?? 'dist/site'), model, (origin) =>
        issuer.siteConfig(origin, { offset: clock.now() - Date.now(), speed: clock.setting.speed }),
      ),
      clock,
    });

    events.recover();
    runs.recover();
    const pumps = streamPumps(model, streams, {
      wire: engine.wire,
      lambdas: functions,
      store,
      clock,
      reshape,
    });
    const errands = startErrands({ engine, tables, pumps, clock });
    timetable.start();

    /** From here on nothing that happens is written down any more. */
    const letGo = async (): Promise<void> => {
      timetable.close();
      errands.close();
      events.close();
      runs.close();
    };
    return {
      url,
      endpoints: { dynamodb: engine.endpoint, aws: wire.endpoint },
      accessKeyId,
      clock,
      credentials,
      credentialsFile,
      token: issuer.machineToken,
      tableNames: Object.fromEntries(tables.map(({ logicalId, name }) => [logicalId, name])),
      outputs: model.outputs(),
      running: runs.running,
      async stop() {
        timetable.close();
        await Promise.all([web.close(), pumps.close(graceMs)]);
        const deadline = performance.now() + graceMs;
        while (functions.busy() && performance.now() < deadline) await sleep(20);
        await letGo();
        await close();
      },
      async kill() {
        await letGo();
        functions.stop();
        await Promise.all([pumps.close(0), engine.stop('SIGKILL')]);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/** What Lambda would give: region and credentials; and the endpoints that stand in for AWS. */
function sharedEnvironment(
  accessKeyId: string,
  aws: string,
  dynamodb: string,
): Record<string, string> {
  const services = ['SFN', 'EVENTBRIDGE', 'SES', 'SNS', 'S3', 'SQS', 'LAMBDA'];
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    // The user's own AWS profile must not reach a bundle.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_ENDPOINT_URL: aws,
    ...Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, aws])),
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
  };
}
