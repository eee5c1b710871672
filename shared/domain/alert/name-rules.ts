import type { AlertCondition } from './alert-rule.schema.ts';

/** A rule for each condition: one alone keeps the name, several get that of their condition behind it. */
export const nameRules = (
  name: string,
  conditions: readonly AlertCondition[],
): readonly { readonly name: string; readonly condition: AlertCondition }[] => {
  if (conditions.length < 2) return conditions.map((condition) => ({ name, condition }));
  const seen = new Map<string, number>();
  return conditions.map((condition) => {
    const times = (seen.get(condition.on) ?? 0) + 1;
    seen.set(condition.on, times);
    return { name: `${name}-${condition.on}${times > 1 ? `-${times}` : ''}`, condition };
  });
};
