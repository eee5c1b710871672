import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { BizDate } from '../../shared/domain/kernel/time.schema.ts';
import type { ItemKey } from './table.ts';

/**
 * Ledger table. Append only, point-in-time recovery, a stream of new items for the outbox.
 *
 * | access pattern                    | partition key           | sort key    | kept     |
 * | --------------------------------- | ----------------------- | ----------- | -------- |
 * | what was done to an object        | AUDIT#object            | at#id       | 400 days |
 * | what was done in a project on day | AUDIT#DAY#project#day   | at#id       | 400 days |
 * | lines of the schedule ledger      | GEN#env#project         | bizDate     | for good |
 * | answer to an idempotency key      | IDEM#key                | IDEM        | 24 h     |
 * | a notice, its deliveries          | NOTICE#notice           | NOTICE, DLV#channel~digest | 90 days |
 * | contents of the deliveries        | NOTICE#notice           | TEXT#digest | 90 days  |
 * | notices of a project on a day     | NOTICES#project#day     | at#id       | 90 days  |
 * | deliveries of a project on a day  | DLVS#project#day        | at#id       | 90 days  |
 * | delivery of a provider's message  | MSG#message id          | MSG         | 90 days  |
 * | what is due when                  | DUE#kind#stripe         | at#id       | 14 days  |
 * | addresses that are not written to | SUPPRESSED              | address     | for good |
 * | who used a link of a message      | LINK#link               | LINK        | 30 days  |
 * | keys that sign links in messages  | LINKKEYS                | KEYS        | for good |
 * | what may be sent now              | SENDING#channel         | SENDING     | for good |
 * | what happened that is told of     | OCC#occurrence          | OCC         | 30 days  |
 * | that a rule has taken it in       | TOLD#occurrence         | kind#project#rule | 30 days |
 * | an incident, those of a project   | INC#env#project         | at~digest   | open: for good, then 400 days |
 * | incidents that are not over       | INCOPEN#env#project     | at~digest   | while open |
 * | the open incident of a cause      | INCKEY#cause            | INC         | while open |
 * | failed instances, what was done   | INCM#incident           | M#instance, S#at#id | 400 days |
 * | which incident an instance is of  | FAIL#instance           | INC         | 400 days |
 * | messages of a rule about a thing  | THREAD#thread           | T#kind#project#rule | 90 days |
 * | alert events of a thread          | THREAD#thread           | A#kind#project#rule#event | 90 days |
 * | an alert event, those of a project | ALERT#env#project      | at~digest   | 35 days |
 * | alert events about an object      | ALERTOF#object          | kind#project#rule | 35 days |
 * | when rules were told of last      | TOLD#project            | kind#rule   | for good |
 * | up to when time rules are watched | WATCHED                 | RULES       | for good |
 *
 * Idempotency keys live here and not in the catalog, because they expire and the catalog does not.
 */
export const ledgerTable = {
  audit: (object: string) => `AUDIT#${object}`,
  auditDay: (project: string, day: string) => `AUDIT#DAY#${project}#${day}`,
  generations: (env: Env, project: string) => `GEN#${env}#${project}`,
  generation: (env: Env, project: string, bizDate: BizDate): ItemKey => ({
    pk: `GEN#${env}#${project}`,
    sk: bizDate,
  }),
  idempotency: (key: string): ItemKey => ({ pk: `IDEM#${key}`, sk: 'IDEM' }),
  noticePartition: (notice: string) => `NOTICE#${notice}`,
  notice: (notice: string): ItemKey => ({ pk: `NOTICE#${notice}`, sk: 'NOTICE' }),
  delivery: (notice: string, place: string): ItemKey => ({
    pk: `NOTICE#${notice}`,
    sk: `DLV#${place}`,
  }),
  text: (notice: string, digest: string): ItemKey => ({
    pk: `NOTICE#${notice}`,
    sk: `TEXT#${digest}`,
  }),
  noticeDay: (project: string, day: string) => `NOTICES#${project}#${day}`,
  deliveryDay: (project: string, day: string) => `DLVS#${project}#${day}`,
  message: (messageId: string): ItemKey => ({ pk: `MSG#${messageId}`, sk: 'MSG' }),
  dueStripe: (kind: string, stripe: number) => `DUE#${kind}#${stripe}`,
  due: (kind: string, stripe: number, at: string, id: string): ItemKey => ({
    pk: `DUE#${kind}#${stripe}`,
    sk: `${at}#${id}`,
  }),
  occurrence: (id: string): ItemKey => ({ pk: `OCC#${id}`, sk: 'OCC' }),
  toldOf: (occurrence: string, rule: string): ItemKey => ({ pk: `TOLD#${occurrence}`, sk: rule }),
  incidents: (env: Env, project: string) => `INC#${env}#${project}`,
  openIncidents: (env: Env, project: string) => `INCOPEN#${env}#${project}`,
  incidentOfCause: (key: string): ItemKey => ({ pk: `INCKEY#${key}`, sk: 'INC' }),
  incidentParts: (incident: string) => `INCM#${incident}`,
  failed: (instance: string): ItemKey => ({ pk: `FAIL#${instance}`, sk: 'INC' }),
  threadParts: (thread: string) => `THREAD#${thread}`,
  thread: (thread: string, rule: string): ItemKey => ({ pk: `THREAD#${thread}`, sk: `T#${rule}` }),
  alerts: (env: Env, project: string) => `ALERT#${env}#${project}`,
  alertsOf: (object: string) => `ALERTOF#${object}`,
  told: (project: string) => `TOLD#${project}`,
  watchedRules: { pk: 'WATCHED', sk: 'RULES' } as ItemKey,
  linkKeys: 'LINKKEYS',
  spentLink: (link: string): ItemKey => ({ pk: `LINK#${link}`, sk: 'LINK' }),
  suppressed: (address: string): ItemKey => ({ pk: 'SUPPRESSED', sk: address }),
  sending: (channel: string): ItemKey => ({ pk: `SENDING#${channel}`, sk: 'SENDING' }),
} as const;
