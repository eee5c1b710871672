import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { TemplateKey } from '../../shared/domain/notice/message-template.schema.ts';
import { padded } from './instances-table.ts';
import type { ItemKey } from './table.ts';

/**
 * Catalog table. No index, no stream; lists are partitions, in order of name.
 *
 * | access pattern                          | partition key                  | sort key          |
 * | --------------------------------------- | ------------------------------ | ----------------- |
 * | projects                                | PROJECTS                       | name              |
 * | throttling rules, removed ones for 48 h | RULES                          | name              |
 * | how many throttling rules there are     | COUNT#RULES                    | COUNT             |
 * | resource groups                         | GROUPS                         | name              |
 * | calendars                               | CALENDARS                      | name              |
 * | contacts                                | CONTACTS                       | name              |
 * | rooms                                   | ROOMS                          | name              |
 * | workflows that name a calendar or group | USE#calendar\|group#name        | project/workflow  |
 * | holds                                   | HOLDS                          | id                |
 * | notes to the next shift of a project    | NOTES#project                  | at~…              |
 * | searches that a person or a project keeps | SEARCHES#user#name, SEARCHES#project#name | id  |
 * | when a person looked at a project       | LOOKED#user                    | project           |
 * | system's runtime settings               | SETTINGS                       | SYSTEM            |
 * | datasets of a project                   | DATASETS#project               | name              |
 * | workflows of a project                  | WF#project                     | workflow          |
 * | versions of a workflow                  | V#project#workflow             | 000001…           |
 * | definition of a version without tasks   | C#project#workflow#content     | HEAD              |
 * | one task of a version, or all           | C#project#workflow#content     | T#task            |
 * | graph of a version, compressed          | C#project#workflow#content     | G#000000…         |
 * | draft of a workflow, compressed         | DRAFT#project#workflow         | 000000…           |
 * | workflows that depend on a workflow     | DEP#project#workflow           | project/workflow  |
 * | what operators changed about tasks      | TASK#env#project#workflow      | task              |
 * | notification and alert rules of a project | TELL#project                 | notification\|alert#id |
 * | the rule of a name                      | TELLNAME#project               | notification\|alert#name in small letters |
 * | how many rules of a kind there are      | TELLCOUNT#project              | notification\|alert |
 * | on-duty schedules                       | DUTY                           | name              |
 * | rules and schedules that may name a contact, a schedule or a room | NAMED#kind#name | kind/project/id |
 * | which paid channels may be used         | SETTINGS                       | NOTIFY            |
 * | words of messages that count now        | TEMPLATES                      | channel#kind#language |
 * | versions of the words of a message      | TEMPLATE#channel#kind#language | 000001…           |
 *
 * The content of a version is written in batches under its digest, which nobody reads until the record and the head of
 * the version appear in one transaction: that is the flip of the pointer.
 */
export const catalogTable = {
  projects: 'PROJECTS',
  rules: 'RULES',
  groups: 'GROUPS',
  calendars: 'CALENDARS',
  contacts: 'CONTACTS',
  rooms: 'ROOMS',
  uses: (kind: NamedKind, name: string) => `USE#${kind}#${name}`,
  holds: 'HOLDS',
  notes: (project: string) => `NOTES#${project}`,
  searches: (of: { readonly project: string } | { readonly user: string }) =>
    'project' in of ? `SEARCHES#project#${of.project}` : `SEARCHES#user#${of.user}`,
  looked: (user: string, project: string): ItemKey => ({ pk: `LOOKED#${user}`, sk: project }),
  settings: 'SETTINGS',
  datasets: (project: string) => `DATASETS#${project}`,
  workflows: (project: string) => `WF#${project}`,
  workflow: (project: string, workflow: string): ItemKey => ({ pk: `WF#${project}`, sk: workflow }),
  versions: (project: string, workflow: string) => `V#${project}#${workflow}`,
  version: (project: string, workflow: string, version: number): ItemKey => ({
    pk: `V#${project}#${workflow}`,
    sk: padded(version),
  }),
  content: ({ project, workflow, content }: ContentRef) => `C#${project}#${workflow}#${content}`,
  draft: (project: string, workflow: string) => `DRAFT#${project}#${workflow}`,
  dependants: (address: string) => `DEP#${address.replace('/', '#')}`,
  tasks: (env: Env, project: string, workflow: string) => `TASK#${env}#${project}#${workflow}`,
  tellRules: (project: string) => `TELL#${project}`,
  tellRule: (kind: RuleKind, project: string, id: string): ItemKey => ({
    pk: `TELL#${project}`,
    sk: `${kind}#${id}`,
  }),
  tellName: (kind: RuleKind, project: string, name: string): ItemKey => ({
    pk: `TELLNAME#${project}`,
    sk: `${kind}#${name.toLowerCase()}`,
  }),
  tellCount: (kind: RuleKind, project: string): ItemKey => ({
    pk: `TELLCOUNT#${project}`,
    sk: kind,
  }),
  duty: 'DUTY',
  templates: 'TEMPLATES',
  templateName: ({ channel, kind, language }: TemplateKey) => `${channel}#${kind}#${language}`,
  templateVersions: (key: TemplateKey) => `TEMPLATE#${key.channel}#${key.kind}#${key.language}`,
  namedBy: (kind: ReachableKind, name: string) => `NAMED#${kind}#${name}`,
} as const;

/** A stored definition: `content` is its digest, as the summary of a version and the pin of a workflow say. */
export type ContentRef = {
  readonly project: string;
  readonly workflow: string;
  readonly content: string;
};

/** Rules that say who is told. */
export type RuleKind = 'notification' | 'alert';

/** What rules and on-duty schedules name. */
export type ReachableKind = 'contact' | 'duty' | 'room';

/** Documents that definitions name. */
export type NamedKind = 'calendar' | 'group';
