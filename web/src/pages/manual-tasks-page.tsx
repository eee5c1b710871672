import { TasksOfTrigger } from './parts/tasks-of-trigger.tsx';

export const ManualTasksPage = () => <TasksOfTrigger from="/in/tasks/manual" trigger="manual" />;
