import { Calendar } from '../../shared/domain/calendar/calendar.schema.ts';
import { Dataset } from '../../shared/domain/dataset/dataset.schema.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { ResourceGroup, ThrottleRule } from '../../shared/domain/pool/pool.schema.ts';
import { Project } from '../../shared/domain/project/project.schema.ts';
import { SettingsOverrides } from '../../shared/domain/project/runtime-settings.schema.ts';
import { TaskState } from '../../shared/domain/workflow/task-state.schema.ts';
import { catalogTable } from './catalog-table.ts';
import { collection, type PageQuery } from './collection.ts';
import type { Table } from './table.ts';

/** What people set up: projects, limits, calendars, datasets, settings, and the switches of tasks. */
export const catalogDocuments = (table: Table) => {
  const projects = collection(table, Project);
  const rules = collection(table, ThrottleRule);
  const groups = collection(table, ResourceGroup);
  const calendars = collection(table, Calendar);
  const datasets = collection(table, Dataset);
  const settings = collection(table, SettingsOverrides);
  const tasks = collection(table, TaskState);

  return {
    findProject: (name: string) => projects.find(catalogTable.projects, name),
    listProjects: (page?: PageQuery) => projects.list(catalogTable.projects, page),
    allProjects: () => projects.all(catalogTable.projects),
    /** The stored revision is `ifMatch` + 1, whatever `project.rev` says. */
    saveProject: (project: Project, ifMatch: number | undefined) =>
      projects.save(catalogTable.projects, project.name, project, ifMatch),

    findRule: (name: string) => rules.find(catalogTable.rules, name),
    allRules: () => rules.all(catalogTable.rules),
    saveRule: (rule: ThrottleRule, ifMatch: number | undefined) =>
      rules.save(catalogTable.rules, rule.name, rule, ifMatch),
    removeRule: (name: string, ifMatch: number) => rules.remove(catalogTable.rules, name, ifMatch),

    findGroup: (name: string) => groups.find(catalogTable.groups, name),
    allGroups: () => groups.all(catalogTable.groups),
    saveGroup: (group: ResourceGroup, ifMatch: number | undefined) =>
      groups.save(catalogTable.groups, group.name, group, ifMatch),
    removeGroup: (name: string, ifMatch: number) =>
      groups.remove(catalogTable.groups, name, ifMatch),

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

    /** Undefined while nobody has changed anything about the task. */
    findTaskState: (env: Env, project: string, workflow: string, task: string) =>
      tasks.find(catalogTable.tasks(env, project, workflow), task),
    taskStatesOf: (env: Env, project: string, workflow: string) =>
      tasks.all(catalogTable.tasks(env, project, workflow)),
    saveTaskState: (state: TaskState, ifMatch: number | undefined) =>
      tasks.save(
        catalogTable.tasks(state.env, state.project, state.workflow),
        state.task,
        state,
        ifMatch,
      ),
  };
};
