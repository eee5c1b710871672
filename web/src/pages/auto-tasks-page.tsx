import { TasksOfTrigger } from './parts/tasks-of-trigger.tsx';

export const AutoTasksPage = () => <TasksOfTrigger from="/in/tasks/auto" trigger="recurring" />;
