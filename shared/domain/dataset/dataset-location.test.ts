import { describe, expect, it } from 'vitest';
import { mentionedDatasets } from './mentioned-datasets.ts';
import { keyToWrite, parseS3Location } from './s3-location.ts';

describe('the location of a dataset', () => {
  const locate = (location: string) => {
    const parsed = parseS3Location(location);
    if (!parsed.ok) throw new Error(parsed.error);
    return parsed.value;
  };

  it('is one object, or all that match', () => {
    expect(locate('s3://data-1/a/b.csv')).toEqual({ bucket: 'data-1', prefix: 'a/b.csv' });
    expect(locate('s3://data-1/a/*.csv')).toEqual({
      bucket: 'data-1',
      prefix: 'a/',
      suffix: '.csv',
    });
  });

  it.each(['data/a.csv', 's3://data-1', 's3://data-1/', 's3://D/a', 's3://data-1/*/*'])(
    'is not %s',
    (location) => {
      expect(parseS3Location(location).ok).toBe(false);
    },
  );

  it('names the object that a task writes, the same one each time', () => {
    expect(keyToWrite(locate('s3://data-1/a.parquet'), 'u', 'parquet')).toBe('a.parquet');
    expect(keyToWrite(locate('s3://data-1/a/*'), 'u', 'parquet')).toBe('a/u.parquet');
    expect(keyToWrite(locate('s3://data-1/a/*.pq'), 'u', 'parquet')).toBe('a/u.pq');
  });
});

describe('the datasets of a statement', () => {
  const datasets = ['flights', 'flight', 'air-ports', 'a.b'].map((name) => ({ name }));
  const names = (sql: string) => mentionedDatasets(sql, datasets).map(({ name }) => name);

  it('are those whose name stands in it', () => {
    expect(names('SELECT * FROM Flights')).toEqual(['flights']);
    expect(names('from "air-ports" join "a.b" on true')).toEqual(['air-ports', 'a.b']);
    expect(names('from flights_2 join flightsé on true join xflight')).toEqual([]);
    expect(names('from flights_2, flights')).toEqual(['flights']);
  });
});
