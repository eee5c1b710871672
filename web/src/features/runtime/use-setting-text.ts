import { useT } from '../../ui/i18n/language-provider.tsx';
import type { SettingName } from './runtime.queries.ts';
import { textOfSetting, unitOf } from './setting-units.ts';

/** A value with its unit, in the language of the person. */
export const useSettingText = () => {
  const t = useT();
  return (name: SettingName, value: number | boolean): string => {
    if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
    const text = textOfSetting(name, value);
    switch (unitOf[name]) {
      case 'hours':
        return t('settings.hours', { hours: text });
      case 'minutes':
        return t('settings.minutes', { minutes: text });
      default:
        return t('settings.times', { count: text });
    }
  };
};
