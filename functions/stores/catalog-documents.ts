import { Calendar } from '../../shared/domain/calendar/calendar.schema.ts';
import { Contact } from '../../shared/domain/contact/contact.schema.ts';
import { Dataset } from '../../shared/domain/dataset/dataset.schema.ts';
import { Hold } from '../../shared/domain/hold/hold.schema.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { Room } from '../../shared/domain/notice/channel.schema.ts';
import { NotifySettings } from '../../shared/domain/notice/notify-settings.schema.ts';
import {
  maxThrottleRules,
  ResourceGroup,
  ThrottleRule,
} from '../../shared/domain/pool/pool.schema.ts';
import { Project } from '../../shared/domain/project/project.schema.ts';
import { SettingsOverrides } from '../../shared/domain/project/runtime-settings.schema.ts';
import { TaskState } from '../../shared/domain/workflow/task-state.schema.ts';
import { catalogTable } from './catalog-table.ts';
import { collection, type PageQuery } from './collection.ts';
import { limitDocuments } from './limit-documents.ts';
import type { Table } from './table.ts';
import { uses } from './uses.ts';

/** What people set up: projects, limits, calendars, datasets, settings, and the switches of tasks. */
export const catalogDocuments = (table: Table) => {
  const projects = collection(table, Project);
  const rules = limitDocuments(table, ThrottleRule, {
    partition: catalogTable.rules,
    lifted: (rule) => ({ ...rule, enabled: false }),
    most: maxThrottleRules,
  });
  const groups = limitDocuments(table, ResourceGroup, {
    partition: catalogTable.groups,
    lifted: (group) => ({ ...group, slots: undefined }),
  });
  const contacts = collection(table, Contact);
  const rooms = collection(table, Room);
  const calendars = collection(table, Calendar);
  const holds = collection(table, Hold);
  const datasets = collection(table, Dataset);
  const settings = collection(table, SettingsOverrides);
  const notifySettings = collection(table, NotifySettings);
  const tasks = collection(table, TaskState);

  return {
    findProject: (name: string) => projects.find(catalogTable.projects, name),
    listProjects: (page?: PageQuery) => projects.list(catalogTable.projects, page),
    allProjects: () => projects.all(catalogTable.projects),
    /** The stored revision is `ifMatch` + 1, whatever `project.rev` says. */
    saveProject: (project: Project, ifMatch: number | undefined) =>
      projects.save(catalogTable.projects, project.name, project, ifMatch),

    findRule: rules.find,
    currentRules: rules.current,
    /** For whoever wakes queues: those removed lately, too, disabled. */
    allRules: rules.withRemoved,
    saveRule: rules.save,
    removeRule: rules.remove,

    findGroup: groups.find,
    currentGroups: groups.current,
    /** For whoever wakes queues: those removed lately, too, without a limit. */
    allGroups: groups.withRemoved,
    saveGroup: groups.save,
    removeGroup: groups.remove,

    findContact: (name: string) => contacts.find(catalogTable.contacts, name),
    findContacts: (names: readonly string[]) => contacts.findMany(catalogTable.contacts, names),
    allContacts: () => contacts.all(catalogTable.contacts),
    saveContact: (contact: Contact, ifMatch: number | undefined) =>
      contacts.save(catalogTable.contacts, contact.name, contact, ifMatch),

    findRoom: (name: string) => rooms.find(catalogTable.rooms, name),
    allRooms: () => rooms.all(catalogTable.rooms),
    saveRoom: (room: Room, ifMatch: number | undefined) =>
      rooms.save(catalogTable.rooms, room.name, room, ifMatch),

    findHold: (id: string) => holds.find(catalogTable.holds, id),
    /** Holds that have ended are removed by whoever looks after them, so these are few. */
    allHolds: () => holds.all(catalogTable.holds),
    saveHold: (hold: Hold, ifMatch: number | undefined) =>
      holds.save(catalogTable.holds, hold.id, hold, ifMatch),
    removeHold: (id: string, ifMatch: number) => holds.remove(catalogTable.holds, id, ifMatch),

    findCalendar: (name: string) => calendars.find(catalogTable.calendars, name),
    allCalendars: () => calendars.all(catalogTable.calendars),
    saveCalendar: (calendar: Calendar, ifMatch: number | undefined) =>
      calendars.save(catalogTable.calendars, calendar.name, calendar, ifMatch),
    removeCalendar: (name: string, ifMatch: number) =>
      calendars.remove(catalogTable.calendars, name, ifMatch),

    findDataset: (project: string, name: string) =>
      datasets.find(catalogTable.datasets(project), name),
    findDatasets: (project: string, names: readonly string[]) =>
      datasets.findMany(catalogTable.datasets(project), names),
    listDatasets: (project: string, page?: PageQuery) =>
      datasets.list(catalogTable.datasets(project), page),
    allDatasets: (project: string) => datasets.all(catalogTable.datasets(project)),
    saveDataset: (dataset: Dataset, ifMatch: number | undefined) =>
      datasets.save(catalogTable.datasets(dataset.project), dataset.name, dataset, ifMatch),
    removeDataset: (project: string, name: string, ifMatch: number) =>
      datasets.remove(catalogTable.datasets(project), name, ifMatch),

    /** Runtime settings of the whole system; a project's own are part of the project. */
    systemSettings: () => settings.find(catalogTable.settings, 'SYSTEM'),
    saveSystemSettings: (overrides: SettingsOverrides, ifMatch: number | undefined) =>
      settings.save(catalogTable.settings, 'SYSTEM', overrides, ifMatch),

    /** Which paid channels may be used; undefined while nobody has said anything about it: none. */
    notifySettings: () => notifySettings.find(catalogTable.settings, 'NOTIFY'),
    saveNotifySettings: (settings: NotifySettings, ifMatch: number | undefined) =>
      notifySettings.save(catalogTable.settings, 'NOTIFY', settings, ifMatch),

    /** Undefined while nobody has changed anything about the task. */
    findTaskState: (env: Env, project: string, workflow: string, task: string) =>
      tasks.find(catalogTable.tasks(env, project, workflow), task),
    taskStatesOf: (env: Env, project: string, workflow: string) =>
      tasks.all(catalogTable.tasks(env, project, workflow)),
    async saveTaskState(state: TaskState, ifMatch: number | undefined) {
      const { env, project, workflow, task, resourceGroup } = state;
      if (resourceGroup !== undefined)
        await uses(table).putUses({ project, workflow }, [{ kind: 'group', name: resourceGroup }]);
      return tasks.save(catalogTable.tasks(env, project, workflow), task, state, ifMatch);
    },
  };
};
