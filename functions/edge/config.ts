import * as z from 'zod';

/**
 * The environment variables that one entry needs, read once at start. A missing one ends the start with the names of
 * all that are wrong.
 */
export const readConfig = <S extends z.ZodObject>(schema: S): z.infer<S> => {
  const config = schema.safeParse(process.env);
  if (!config.success) throw new Error(`configuration: ${z.prettifyError(config.error)}`);
  return config.data;
};
