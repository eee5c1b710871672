import { err, ok, type Result } from '../kernel/result.ts';

/** Reported outputs as they are kept, when the task declares each of them; the error names those that it does not. */
export const checkOutputs = (
  declared: readonly string[],
  reported: Readonly<Record<string, string | number | boolean>>,
): Result<Readonly<Record<string, string>>, string> => {
  const unknown = Object.keys(reported).filter((name) => !declared.includes(name));
  if (unknown.length > 0)
    return err(
      `outputs: the task declares no output ${unknown.join(', ')}; ${declared.length === 0 ? 'it declares none' : `it declares ${declared.join(', ')}`}`,
    );
  return ok(
    Object.fromEntries(Object.entries(reported).map(([name, value]) => [name, String(value)])),
  );
};
