/** Why a statement failed, and where in it (both from 1). */
export type SqlProblem = {
  readonly message: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly interrupted: boolean;
};

/**
 * Reads an error of DuckDB that was raised under `errors_as_json`. The parser counts its position in characters, all
 * others in bytes. An error of another shape keeps its own text.
 */
export const sqlProblemOf = (cause: unknown, sql: string): SqlProblem => {
  const text = cause instanceof Error ? cause.message : String(cause);
  const { exception_type: type, exception_message: message, position } = jsonIn(text);
  if (!message) return { message: text, interrupted: /^INTERRUPT/.test(text) };

  const offset = type === 'Parser' ? Number(position) : charsOf(sql, Number(position));
  return {
    message: `${type} Error: ${message}`,
    interrupted: type === 'INTERRUPT',
    ...(position === undefined ? {} : placeOf(sql, offset)),
  };
};

type JsonError = { exception_type?: string; exception_message?: string; position?: string };

const jsonIn = (text: string): JsonError => {
  try {
    return JSON.parse(text.slice(text.indexOf('{'))) as JsonError;
  } catch {
    return {};
  }
};

const charsOf = (sql: string, bytes: number): number =>
  [...Buffer.from(sql).subarray(0, bytes).toString('utf8')].length;

const placeOf = (sql: string, offset: number): { line: number; column: number } => {
  const before = [...sql].slice(0, offset).join('').split('\n');
  return { line: before.length, column: [...(before.at(-1) ?? '')].length + 1 };
};
