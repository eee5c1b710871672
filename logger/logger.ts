import { lineBuffer } from './buffer.ts';
import { type Fields, type Level, lineOf } from './line.ts';
import { type Send, sendOnBus, type TaskEvent } from './send-on-bus.ts';
import { taskOf } from './task-of.ts';

export type LoggerOptions = {
  /** Name or ARN of Nightshift's bus. @default the variable NIGHTSHIFT_BUS */
  readonly bus?: string | undefined;
  /** Source of the events. @default `task.` and the name of the function */
  readonly source?: string | undefined;
  /** The least level that is kept. @default the variable NIGHTSHIFT_LOG_LEVEL, else INFO */
  readonly level?: Level | undefined;
  readonly category?: string | undefined;
  /** For tests, and for those who send another way. @default by EventBridge */
  readonly send?: Send | undefined;
  /** @default the clock of the machine */
  readonly now?: (() => Date) | undefined;
};

export type Progress = {
  readonly percent?: number;
  readonly rows?: number;
  readonly message?: string;
};

export type Logger = {
  debug(text: unknown, fields?: Fields): void;
  info(text: unknown, fields?: Fields): void;
  warn(text: unknown, fields?: Fields): void;
  error(text: unknown, fields?: Fields): void;
  /** The same log with another category and further fields in each line. */
  with(more: { readonly category?: string; readonly fields?: Fields }): Logger;
  /** Says how far the task is. At most one each second is sent, and the last one. */
  progress(progress: Progress): void;
  /** Sends what waits. Await it before the function answers: Lambda freezes what goes on afterwards. */
  flush(): Promise<void>;
};

const levels: readonly Level[] = ['DEBUG', 'INFO', 'WARN', 'ERROR'];
const afterMs = 1000;
const limits = { lines: 100, bytes: 200_000, waiting: 5_000 };

/**
 * A logger for the task that `event` was made for (`event.nightshift`). Lines are sent together: after a second, or
 * when 100 lines or 200 KB wait. It never throws: lines that cannot be sent are tried again with the next ones, and when
 * 5,000 wait further ones are dropped and counted. Without a task or a bus lines go to the console instead.
 */
export const nightshiftLogger = (event: unknown, options: LoggerOptions = {}): Logger => {
  const { env } = process;
  const task = taskOf(event);
  const bus = options.bus ?? env.NIGHTSHIFT_BUS;
  const source = options.source ?? `task.${env.AWS_LAMBDA_FUNCTION_NAME ?? 'local'}`;
  const send = options.send ?? (bus ? sendOnBus(bus, source) : undefined);
  const now = options.now ?? (() => new Date());
  const least = levels.indexOf(options.level ?? levelOf(env.NIGHTSHIFT_LOG_LEVEL));
  const at = () => now().toISOString();

  const id = globalThis.crypto.randomUUID();
  const buffer = lineBuffer(
    limits,
    (n) => `${id}-${n}`,
    (count) =>
      lineOf(
        at(),
        'WARN',
        `${count} lines were dropped: they came faster than they could be sent`,
        {},
      ),
  );
  let timer: NodeJS.Timeout | undefined;
  let progress: TaskEvent | undefined;
  let sending: Promise<void> | undefined;

  /** Sends until nothing is left or something fails; a failure leaves the rest for the next time. */
  const drain = async (): Promise<void> => {
    if (!task || !send) return;
    try {
      for (let batch = buffer.next(); batch; batch = buffer.next()) {
        const { name, lines } = batch;
        await send({ type: 'Task Log', detail: { ...task, batch: name, lines } });
        buffer.sent();
      }
      while (progress) {
        const last = progress;
        await send(last);
        if (progress === last) progress = undefined;
      }
    } catch (error) {
      complain(error);
    }
  };
  const sendNow = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    sending ??= drain().finally(() => {
      sending = undefined;
    });
    return sending;
  };
  const sendSoon = (): void => {
    timer ??= setTimeout(sendNow, afterMs);
    timer.unref?.();
  };

  const loggerWith = (category: string | undefined, common: Fields): Logger => {
    const log = (level: Level) => (text: unknown, fields?: Fields) => {
      if (levels.indexOf(level) < least) return;
      const all = fields || Object.keys(common).length > 0 ? { ...common, ...fields } : undefined;
      const line = lineOf(at(), level, text, { category, fields: all });
      if (!task || !send) console.log(JSON.stringify(line));
      else if (buffer.add(line)) void sendNow();
      else sendSoon();
    };
    return {
      debug: log('DEBUG'),
      info: log('INFO'),
      warn: log('WARN'),
      error: log('ERROR'),
      with: (more) => loggerWith(more.category ?? category, { ...common, ...more.fields }),
      progress: (said) => {
        if (!task || !send) return;
        progress = { type: 'Task Progress', detail: { ...task, at: at(), ...said } };
        sendSoon();
      },
      flush: async () => {
        if (sending) await sending;
        if (!buffer.isEmpty() || progress) await sendNow();
      },
    };
  };
  return loggerWith(options.category, {});
};

/** Runs a handler with a logger, and sends what waits before it answers or fails. */
export const withLogger =
  <E, R>(
    handler: (event: E, log: Logger) => Promise<R>,
    options: LoggerOptions = {},
  ): ((event: E) => Promise<R>) =>
  async (event) => {
    const log = nightshiftLogger(event, options);
    try {
      return await handler(event, log);
    } catch (error) {
      log.error(error);
      throw error;
    } finally {
      await log.flush();
    }
  };

const levelOf = (name: string | undefined): Level =>
  levels.find((level) => level === name?.toUpperCase()) ?? 'INFO';

const complain = (error: unknown): void => {
  try {
    console.warn(`nightshift: lines not sent: ${error instanceof Error ? error.message : error}`);
  } catch {
    // A log must not break what it reports on.
  }
};
