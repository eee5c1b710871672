import type { Language } from '../notice/language.schema.ts';
import type { Words } from './words.ts';
import { en } from './words-en.ts';
import { zhCn } from './words-zh-cn.ts';

const languages = { en, 'zh-CN': zhCn } as const satisfies Record<Language, Words>;

export const wordsOf = (language: Language): Words => languages[language];
