import { isSecretName } from '../log/secret-name.ts';

type Values = Readonly<Record<string, string>>;

/** Parameters as people may see them: what is secret by its name is blotted out (W70). */
export const shownParameters = (values: Values): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isSecretName(name) ? '***' : value]),
  );

/** The same for the parameters of several tasks. */
export const shownTaskParameters = (
  ofTasks: Readonly<Record<string, Values>>,
): Record<string, Record<string, string>> =>
  Object.fromEntries(
    Object.entries(ofTasks).map(([task, values]) => [task, shownParameters(values)]),
  );
