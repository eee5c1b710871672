import * as z from 'zod';

/** Languages that messages are written in. Set at the contact or the room that reads them. */
export const Language = z.enum(['en', 'zh-CN']).meta({ id: 'Language' });
export type Language = z.infer<typeof Language>;
