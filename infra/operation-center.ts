import { join } from 'node:path';
import { CfnOutput, RemovalPolicy, Tags } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BulkOperations } from './constructs/bulk-operations.ts';
import { ConsoleApi } from './constructs/console-api.ts';
import { ConsoleSite } from './constructs/console-site.ts';
import { DailyGeneration } from './constructs/daily-generation.ts';
import { DataBucket } from './constructs/data-bucket.ts';
import { DispatchLoop } from './constructs/dispatch-loop.ts';
import { OperationsBus } from './constructs/event-bus.ts';
import { Intake } from './constructs/intake.ts';
import { Mail } from './constructs/mail.ts';
import { MoveStream } from './constructs/move-stream.ts';
import { Notifications } from './constructs/notifications.ts';
import { Observability } from './constructs/observability.ts';
import { RunTask } from './constructs/run-task.ts';
import { SignIn } from './constructs/sign-in.ts';
import { Tables } from './constructs/tables.ts';
import { Watch } from './constructs/watch.ts';
import type { FunctionName } from './function-shapes.ts';

export interface OperationCenterProps {
  /**
   * Name of this deployment on bills and in the console.
   * @default 'nightshift'
   */
  readonly deployment?: string;
  /**
   * Who is invited as the first administrator, with the user name `admin`, and mailed when an alarm is raised.
   * @default nobody
   */
  readonly adminEmail?: string;
  /**
   * Address or domain that notices are sent from; SES asks its owner to confirm.
   * @default no identity is made
   */
  readonly mailFrom?: string;
  /**
   * Whether text messages may be sent, by SNS. Each costs money.
   * @default false
   */
  readonly sms?: boolean;
  /**
   * Number or pool that voice calls come from, of AWS End User Messaging. Each call costs money.
   * @default there are no calls
   */
  readonly voiceFrom?: string;
  /**
   * Buckets with datasets that SQL tasks may read and write, beside the one that is made.
   * @default none
   */
  readonly datasetBuckets?: readonly IBucket[];
  /**
   * The functions that tasks of kind `lambda` may name; no other can be invoked.
   * @default none
   */
  readonly taskFunctions?: readonly IFunction[];
  /**
   * Days that ended instances, their runs and logs are kept.
   * @default 30
   */
  readonly retentionDays?: number;
  /**
   * Functions with a share of the account's concurrency set aside. Mind that a new account has ten in all.
   * @default none
   */
  readonly reservedConcurrency?: Partial<Record<FunctionName, number>>;
  /**
   * What happens to tables, datasets and users when the stack goes.
   * @default RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Whether the console is served by CloudFront. Without it, sign-in expects the console on localhost.
   * @default true
   */
  readonly site?: boolean;
  /**
   * Whether the sign-in page of Cognito gets its style; without one it does not open.
   * @default true
   */
  readonly branding?: boolean;
  /**
   * Whether a month of the bus's events is kept to replay from.
   * @default true
   */
  readonly archive?: boolean;
  /**
   * Projects whose every move is announced on the bus, `*` for all: an event for each of the four to six moves of an
   * attempt, at a dollar a million. What ended is announced in any case.
   * @default none
   */
  readonly announceMoves?: readonly string[];
  /**
   * A web ACL (of us-east-1) for the console and the API under it.
   * @default none
   */
  readonly webAclArn?: string;
  /**
   * Whether alarms are made.
   * @default true
   */
  readonly alarms?: boolean;
  /**
   * Whether a CloudWatch dashboard is made.
   * @default true
   */
  readonly dashboard?: boolean;
  /**
   * Folder with the bundles and the site that `npm run build` wrote.
   * @default the folder `dist` of this package
   */
  readonly distFolder?: string;
}

/** A team's app that imports the construct has a working folder of its own. */
const ownDist = join(import.meta.dirname, '..', 'dist');

/** Where the console is without CloudFront. */
const localConsole = 'http://localhost:3000';

/** An operation center for data tasks: publish, generate, dispatch, run, record, watch, and a console. */
export class OperationCenter extends Construct {
  readonly tables: Tables;
  readonly events: OperationsBus;
  readonly dataBucket: DataBucket;
  readonly api: ConsoleApi;

  constructor(scope: Construct, id: string, props: OperationCenterProps = {}) {
    super(scope, id);
    const { removalPolicy = RemovalPolicy.RETAIN, distFolder = ownDist, site = true } = props;
    const defaults = {
      distFolder,
      reservedConcurrency: props.reservedConcurrency ?? {},
      retention: { RETENTION_DAYS: String(props.retentionDays ?? 30) },
    };

    const tables = new Tables(this, 'Tables', { removalPolicy });
    const events = new OperationsBus(this, 'Events', { archive: props.archive ?? true });
    const dataBucket = new DataBucket(this, 'Data', { removalPolicy });
    const line = { defaults, tables, bus: events.bus };

    const runTask = new RunTask(this, 'Run', {
      ...line,
      dataBucket,
      datasetBuckets: props.datasetBuckets ?? [],
      taskFunctions: props.taskFunctions ?? [],
    });
    const dispatch = new DispatchLoop(this, 'Dispatch', { ...line, runTask });
    const generation = new DailyGeneration(this, 'Generation', line);
    const bulk = new BulkOperations(this, 'Bulk', { ...line, dataBucket });
    const moves = new MoveStream(this, 'Moves', {
      ...line,
      runTask,
      dispatch,
      generation,
      bulk,
      announceMoves: props.announceMoves ?? [],
    });
    const intake = new Intake(this, 'Intake', line);
    const watch = new Watch(this, 'Watch', { ...line, runTask, generation, bulk });
    const mail =
      props.mailFrom === undefined ? undefined : new Mail(this, 'Mail', { from: props.mailFrom });
    const notifications = new Notifications(this, 'Notifications', {
      ...line,
      mail,
      sms: props.sms ?? false,
      voiceFrom: props.voiceFrom,
    });

    const signIn = new SignIn(this, 'SignIn', {
      removalPolicy,
      branding: props.branding ?? true,
      ...given(props, 'adminEmail'),
    });
    const deadLetters = {
      received: intake.deadLetters,
      bus: events.deadLetters,
      'run-ended': runTask.deadLetters,
      dispatch: dispatch.deadLetters,
      generation: generation.deadLetters,
      release: moves.deadLetters.release,
      record: moves.deadLetters.record,
      watch: watch.deadLetters,
      notify: notifications.deadLetters,
    };
    const api = new ConsoleApi(this, 'Api', { ...line, deadLetters, dataBucket });
    const console = site
      ? new ConsoleSite(this, 'Site', {
          distFolder,
          api: api.api,
          connectTo: signIn.origins,
          ...given(props, 'webAclArn'),
        })
      : undefined;
    const consoleUrl = console?.url ?? localConsole;
    notifications.tellConsole(consoleUrl);
    const consoleClient = signIn.addConsoleClient(this, [consoleUrl]);
    api.open(signIn.issuer, [
      consoleClient.userPoolClientId,
      signIn.machineClient.userPoolClientId,
    ]);
    console?.deploy(signIn.consoleConfig(consoleClient));

    new Observability(this, 'Observability', {
      alarms: props.alarms ?? true,
      dashboard: props.dashboard ?? true,
      ...given(props, 'adminEmail'),
      parts: {
        api: api.api,
        dispatch: dispatch.machine,
        generation: generation.machine,
        runTask: [runTask.express, runTask.standard],
        streamConsumers: [moves.release, moves.record, notifications.notify],
        watch: watch.watch,
        sentinel: watch.sentinel,
        sweep: notifications.sweep,
        deadLetters: Object.values(deadLetters),
      },
    });

    this.tables = tables;
    this.events = events;
    this.dataBucket = dataBucket;
    this.api = api;
    Tags.of(this).add('nightshift:deployment', props.deployment ?? 'nightshift');
    this.#tell('ConsoleUrl', consoleUrl);
    this.#tell('ApiUrl', api.api.apiEndpoint);
    this.#tell('TokenUrl', signIn.tokenUrl);
    this.#tell('UserPoolId', signIn.userPoolId);
    this.#tell('ConsoleClientId', consoleClient.userPoolClientId);
    this.#tell('MachineClientId', signIn.machineClient.userPoolClientId);
    this.#tell('BusName', events.bus.eventBusName);
    this.#tell('DataBucketName', dataBucket.bucketName);
  }

  #tell(name: string, value: string): void {
    new CfnOutput(this, name, { value }).overrideLogicalId(name);
  }
}

/** The property, if it was given: an optional one must be absent rather than undefined for some constructs. */
function given<T, K extends keyof T>(props: T, key: K): Partial<Pick<T, K>> {
  return props[key] === undefined ? {} : ({ [key]: props[key] } as Pick<T, K>);
}
