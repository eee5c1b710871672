import PropertyFilter, {
  type PropertyFilterProps,
} from '@cloudscape-design/components/property-filter';
import { useT } from '../i18n/language-provider.tsx';

/**
 * A property that a list can be filtered by. With `options` only these, unless it is `open`: then they are proposals.
 * `multiple` values mean "one of them".
 */
export type FilterProperty<K extends string> = {
  readonly key: K;
  readonly label: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly multiple?: boolean;
  readonly open?: boolean;
};

/** Filters as they stand in the address: `key → value`, several values joined by commas. */
export type FilterValues<K extends string> = Readonly<Partial<Record<K, string | undefined>>>;

/**
 * A filter bar over the search of the address. Free text goes to `textKey`. A value that is not among the options of a
 * property is dropped, because the API would refuse it.
 */
export const FilterBar = <K extends string>({
  properties,
  values,
  textKey,
  placeholder,
  onChange,
}: {
  properties: readonly FilterProperty<K>[];
  values: FilterValues<K>;
  textKey?: K;
  placeholder: string;
  onChange: (values: FilterValues<K>) => void;
}) => {
  const t = useT();
  const labelled = new Map(properties.map((property) => [property.key, property]));

  return (
    <PropertyFilter
      query={{ operation: 'and', tokens: tokensOf(properties, values, textKey) }}
      onChange={({ detail }) => onChange(valuesOf(labelled, detail.tokens, textKey))}
      filteringProperties={properties.map(({ key, label }) => ({
        key,
        propertyLabel: label,
        groupValuesLabel: label,
        operators: ['='],
      }))}
      filteringOptions={properties.flatMap(({ key, options = [] }) =>
        options.map(({ value, label }) => ({ propertyKey: key, value, label })),
      )}
      hideOperations
      disableFreeTextFiltering={textKey === undefined}
      filteringPlaceholder={placeholder}
      filteringAriaLabel={t('common.filter')}
      expandToViewport
    />
  );
};

const tokensOf = <K extends string>(
  properties: readonly FilterProperty<K>[],
  values: FilterValues<K>,
  textKey: K | undefined,
): PropertyFilterProps.Token[] => {
  const text = textKey === undefined ? undefined : values[textKey];
  const known = properties.flatMap(({ key, multiple }) =>
    (multiple ? (values[key] ?? '').split(',') : [values[key] ?? ''])
      .filter((value) => value !== '')
      .map((value) => ({ propertyKey: key, operator: '=', value })),
  );
  return text ? [...known, { operator: ':', value: text }] : known;
};

const valuesOf = <K extends string>(
  properties: ReadonlyMap<string, FilterProperty<K>>,
  tokens: readonly PropertyFilterProps.Token[],
  textKey: K | undefined,
): FilterValues<K> => {
  const values: Partial<Record<K, string>> = {};
  for (const { propertyKey, value } of tokens) {
    const property = propertyKey === undefined ? undefined : properties.get(propertyKey);
    const text = String(value);
    if (!property) {
      if (textKey !== undefined) values[textKey] = text;
      continue;
    }
    if (!allows(property, text)) continue;
    const before = values[property.key];
    values[property.key] = property.multiple && before ? `${before},${text}` : text;
  }
  return values;
};

const allows = <K extends string>({ options, open }: FilterProperty<K>, value: string): boolean =>
  open === true || options === undefined || options.some((option) => option.value === value);
