import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import type { Message } from './messages.ts';
import { translator } from './translate.ts';
import { zhCn } from './zh-cn.ts';

const textsOf = (message: Message): string[] =>
  typeof message === 'string' ? [message] : [message.other, ...(message.one ? [message.one] : [])];

const placeholdersOf = (message: Message): string[] =>
  [...new Set(textsOf(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].toSorted();

describe('the texts of the console', () => {
  it('exist in both languages, with the same placeholders', () => {
    expect(Object.keys(zhCn).toSorted()).toEqual(Object.keys(en).toSorted());
    for (const key of Object.keys(en) as (keyof typeof en)[])
      expect([key, placeholdersOf(zhCn[key])]).toEqual([key, placeholdersOf(en[key])]);
  });

  it('choose the plural by the count and write numbers as the language does', () => {
    const t = translator('en', en);
    expect(t('instances.total', { count: 1 })).toBe('1 instance');
    expect(t('instances.total', { count: 1234 })).toBe('1,234 instances');
    expect(translator('zh-CN', zhCn)('instances.total', { count: 1 })).toBe('共 1 个实例');
  });

  it('use the vocabulary that operators know', () => {
    const words = Object.values(zhCn).flatMap(textsOf).join(' ');
    for (const word of ['周期实例', '补数据', '置成功', '暂停', '业务日期', '运行详情', '优先级'])
      expect(words).toContain(word);
  });
});
