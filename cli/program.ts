import { Command } from 'commander';
import { addAlerts } from './commands/alerts.ts';
import { addAudit } from './commands/audit.ts';
import { addBackfill } from './commands/backfill.ts';
import { addCalendars } from './commands/calendars.ts';
import { addContacts } from './commands/contacts.ts';
import { addDuty } from './commands/duty.ts';
import { addGenerate } from './commands/generate.ts';
import { addHandover } from './commands/handover.ts';
import { addHolds } from './commands/holds.ts';
import { addImport } from './commands/import.ts';
import { addIncidents } from './commands/incidents.ts';
import { addInstances } from './commands/instances.ts';
import { addLogs } from './commands/logs.ts';
import { addMembers } from './commands/members.ts';
import { addMonitoring } from './commands/monitoring.ts';
import { addNotices } from './commands/notices.ts';
import { addOperations } from './commands/operations.ts';
import { addPreview } from './commands/preview.ts';
import { addProjects } from './commands/projects.ts';
import { addPublish } from './commands/publish.ts';
import { addRerunDownstream } from './commands/rerun-downstream.ts';
import { addRetry } from './commands/retry.ts';
import { addRooms } from './commands/rooms.ts';
import { addRules } from './commands/rules.ts';
import { addRuns } from './commands/runs.ts';
import { addSchedule } from './commands/schedule.ts';
import { addSettings } from './commands/settings.ts';
import { addSimulate } from './commands/simulate.ts';
import { addSystem } from './commands/system.ts';
import { addTasks } from './commands/tasks.ts';
import { addTemplates } from './commands/templates.ts';
import { addValidate } from './commands/validate.ts';
import { addWorkflows } from './commands/workflows.ts';
import { exitCodeHelp } from './exit-code.ts';

const surroundings = `Where it connects:
  .nightshift/credentials.json of this folder or one above it, written by the local host,
  unless NIGHTSHIFT_TOKEN_FILE names a file: {"url", "tokenUrl", "clientId", "clientSecret", "scope"} or a bare token.
  NIGHTSHIFT_URL overrides the address.`;

/** Every command. Usage errors are thrown, so that `main` decides how the process ends. */
export const createProgram = (): Command => {
  const program = new Command('nightshift')
    .description('the operation center for data tasks, from a terminal')
    .exitOverride()
    .showHelpAfterError('(--help shows usage and examples)')
    .addHelpText('after', `\n${surroundings}\n\n${exitCodeHelp}`);

  addProjects(program);
  addMembers(program);
  addImport(program);
  addValidate(program);
  addPublish(program);
  addWorkflows(program);
  addRuns(program);
  addRetry(program);
  addMonitoring(program);
  addSchedule(program);
  addGenerate(program);
  addBackfill(program);
  addInstances(program);
  addLogs(program);
  addOperations(program);
  addRerunDownstream(program);
  addTasks(program);
  addHolds(program);
  addHandover(program);
  addRules(program);
  addDuty(program);
  addIncidents(program);
  addAlerts(program);
  addNotices(program);
  addAudit(program);
  addPreview(program);
  addSimulate(program);
  addSettings(program);
  addCalendars(program);
  addContacts(program);
  addRooms(program);
  addTemplates(program);
  addSystem(program);
  overrideExits(program);
  return program;
};

/**
 * Commander hands settings down only to commands that are added later. Options belong to the command they stand behind,
 * since `instances` and what lies below it share some.
 */
const overrideExits = (command: Command): void => {
  command
    .exitOverride()
    .enablePositionalOptions()
    .showHelpAfterError('(--help shows usage and examples)');
  for (const each of command.commands) overrideExits(each);
};
